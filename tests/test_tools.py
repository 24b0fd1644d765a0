"""A test without its program fails where all tests must run, instead of being skipped unseen."""

import pytest

from tests.tools import required


@pytest.mark.parametrize(
    "program", ["pdflatex", "kpsewhich", "pdftocairo", "pdftotext", "chromium"]
)
def test_the_program_is_installed(program: str) -> None:
    assert required(program)


@pytest.mark.parametrize("name", ["CI", "REQUIRE_TOOLS"])
def test_a_missing_program_is_a_failure_where_all_tests_must_run(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "true")
    with pytest.raises(pytest.fail.Exception, match="nosuch is not installed: run `scripts/"):
        required("nosuch")


def test_elsewhere_it_is_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "REQUIRE_TOOLS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(pytest.skip.Exception, match="nosuch is not installed: run `scripts/"):
        required("nosuch")
