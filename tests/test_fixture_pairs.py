"""A fixture that fails shows what differs, where, and how to accept it."""

from pathlib import Path

import pytest

from tests.fixtures import Fixture, check_file, check_fixture
from tests.mistakes import check_mistakes, found, parsed_fixture

PAIRS = "one\n.\nin\n.\na\nb\nc\n.\n\ntwo\n.\nin\n.\na\n.\n"


@pytest.fixture(autouse=True)
def not_updating(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPDATE_FIXTURES", raising=False)


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.md"
    path.write_text(PAIRS, encoding="utf-8")
    return path


def test_a_difference_is_shown_with_its_place_and_the_command_that_accepts_it(pairs: Path) -> None:
    with pytest.raises(pytest.fail.Exception) as failed:
        check_fixture(Fixture(pairs, "one", "in\n", "a\nb\nc\n"), "a\nB\nc")
    shown = str(failed.value)
    assert shown.startswith(f'{pairs}, fixture "one": the output is not the expected one.')
    assert "--- expected\n+++ actual\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n" in shown
    assert "UPDATE_FIXTURES=1 .venv/bin/pytest" in shown


def test_an_update_replaces_one_output_alone(pairs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPDATE_FIXTURES", "1")
    check_fixture(Fixture(pairs, "two", "in\n", "a\n"), "a\nb\nc\nd\n")
    check_fixture(Fixture(pairs, "one", "in\n", "a\nb\nc\n"), "")
    assert pairs.read_text() == "one\n.\nin\n.\n.\n\ntwo\n.\nin\n.\na\nb\nc\nd\n.\n"


def test_files_are_compared_and_updated_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"\+new"):
        check_file(tmp_path / "out.txt", "new\n")
    monkeypatch.setenv("UPDATE_FIXTURES", "1")
    check_file(tmp_path / "out.txt", "new\n")
    check_file(tmp_path / "out.txt", "new\n")
    assert (tmp_path / "out.txt").read_text() == "new\n"


def test_the_words_of_a_message_are_expected_only_where_they_are_given() -> None:
    text = "## Bayes {#bayes}\n\nHas $no end.\n"
    parsed, skipped = parsed_fixture(text)
    for expected in ("3:5 unclosed-math\n", "3:5 unclosed-math never ends\n"):
        check_mistakes(Fixture(Path("a.md"), "", text, expected), found(parsed), skipped)
    other = Fixture(Path("a.md"), "", text, "3:5 unclosed-math other words\n")
    with pytest.raises(pytest.fail.Exception, match=r"\+3:5 unclosed-math This"):
        check_mistakes(other, found(parsed), skipped)
