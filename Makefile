# make all   build every artifact into out/
# make test  run the fast tests; make test-all runs all of them
# Everything needed is installed by these targets themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TOOL := $(BIN)/aml-build

.PHONY: all test test-all lint check fix format bench clean setup system setup-dev lock help
.DEFAULT_GOAL := all

all: setup system  ## build the deck, the sheet, the booklet and the preview
	@$(TOOL) build

test: setup-dev system-dev  ## run the fast tests
	@$(BIN)/pytest -m "not slow"

test-all: setup-dev system-dev  ## run every test
	@$(BIN)/pytest

lint: setup-dev  ## format, lint, types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

check: lint test  ## format, lint, types, tests, and the notes
	@$(TOOL) check

fix: setup-dev  ## write missing ids into the notes; format the code
	@$(TOOL) check --fix
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup-dev system  ## measure, beside floors and peers in the same run
	@$(BIN)/python -m bench

setup: $(VENV)/.run
setup-dev: $(VENV)/.dev

$(VENV)/.run: requirements.txt pyproject.toml
	@test -x $(BIN)/python || { echo "making $(VENV)"; $(PYTHON) scripts/python_version.py && $(PYTHON) -m venv $(VENV); }
	@echo "installing the Python packages"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "installing the packages for tests and checks"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# TeX and friends: installed where we may, named where we may not.
system:
	@scripts/system-packages print
system-dev:
	@scripts/system-packages print browser
.PHONY: system-dev

lock: setup-dev  ## renew the locked dependencies
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra build pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra build --extra dev pyproject.toml -o requirements-dev.txt

clean:  ## remove artifacts and caches, keep the environment
	@rm -rf out/* out/.cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12
