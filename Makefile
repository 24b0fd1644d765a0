# make all   build every artifact into out/
# make test  run the fast tests; make test-unit runs the quickest, make test-all all of them
# Everything needed is installed by these targets themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TOOL := $(BIN)/aml-build

.PHONY: all test test-unit test-all lint check fix docs fuzz bench report release release-files publish audit clean setup system setup-dev lock help
.DEFAULT_GOAL := all

all: setup system  ## build the deck, the sheet, the booklet and the preview
	@$(TOOL) build

# A test fails, instead of being skipped, if a program is missing that these targets install.
PYTEST := REQUIRE_TOOLS=1 $(BIN)/pytest -n auto --dist loadfile
UNIT := check diagnostics items model parse release render/anki stats storage texmath

test: setup-dev system-dev  ## run the fast tests
	@$(PYTEST) -m "not slow"

test-unit: setup-dev system  ## run the quickest tests, while you edit: under 30 s
	@$(PYTEST) -m "not slow" $(addprefix tests/,$(UNIT)) tests/test_fixture_pairs.py

test-all: setup-dev system-dev  ## run every test
	@$(PYTEST)

lint: setup-dev  ## format, lint, types, import contracts, workflows
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/zizmor --offline --quiet --persona=auditor .github

check: lint test  ## format, lint, types, tests, and the notes
	@$(TOOL) check --print

fix: setup-dev  ## write missing ids into the notes; format the code
	@$(TOOL) check --fix
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: setup-dev  ## write the tables and schemas in docs/ that are made from the code
	@$(BIN)/python scripts/reference_docs.py

fuzz: setup-dev system-dev  ## the nightly run: tens of thousands of odd notes, hundreds of whole and broken-off builds (half an hour on two cores)
	@FUZZ=nightly $(PYTEST) tests/robustness tests/importer/test_any.py --hypothesis-show-statistics --durations 10

bench: setup-dev system  ## measure, beside floors and peers in the same run
	@$(BIN)/python -m bench

setup: $(VENV)/.run
setup-dev: $(VENV)/.dev

$(VENV)/.run: requirements.txt pyproject.toml
	@test -x $(BIN)/python || { echo "making $(VENV)"; $(PYTHON) scripts/python_version.py && $(PYTHON) -m venv $(VENV); }
	@echo "installing the Python packages"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q aml_build
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

report: setup system  ## write what was found and what would change for students: out/report.md, out/check.sarif
	@mkdir -p out
	@$(TOOL) check --print --content content --sarif out/check.sarif >out/check.txt 2>&1 || true
	@{ printf '## What the next import does\n\n'; $(TOOL) diff --content content --markdown || true; \
	   printf '\n## Mistakes in the notes\n\n'; sed 's/^/    /' out/check.txt; } >out/report.md 2>&1

release: setup system  ## release the notes: make release VERSION=1.2.0
	@$(TOOL) release --version "$${VERSION:?write make release VERSION=1.2.0}"

release-files: setup system  ## write what a released version publishes to out/release: make release-files VERSION=1.2.0
	@$(TOOL) release --files --version "$${VERSION:?write make release-files VERSION=1.2.0}"

publish: release-files  ## publish a released and tagged version by hand: make publish VERSION=1.2.0
	@TAG="v$$VERSION" FILES=out/release scripts/publish

audit: $(VENV)/.audit/.done  ## look all locked packages up in the database of known vulnerabilities (needs the network)
	@for file in requirements.txt requirements-dev.txt requirements-audit.txt; do \
	   echo "$$file"; $(VENV)/.audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r $$file \
	   || { echo "audit: a package of $$file has a known vulnerability, or pypi.org could not be asked about it" >&2; exit 1; }; done

# Apart from the other packages, which it judges.
$(VENV)/.audit/.done: requirements-audit.txt $(VENV)/.run
	@$(PYTHON) -m venv $(VENV)/.audit
	@$(VENV)/.audit/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@

lock: setup-dev  ## renew the locked dependencies
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra build pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra build --extra dev pyproject.toml -o requirements-dev.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --group pyproject.toml:audit -o requirements-audit.txt

clean:  ## remove artifacts and caches; keep the environment, and content/.aml-build, which dates the notes
	@rm -rf out/* out/.cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12
