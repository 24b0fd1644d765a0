import pytest

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.importer.reading.note_files import decoded


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n", Code.NOT_TEXT),
        (b"a word\n" * 50 + b"\0", Code.NOT_TEXT),
        (b"word " * 1_000_000, Code.LONG_LINE),
        (b" \n", Code.NO_NOTES),
        ("naïve".encode("latin-1"), Code.NOT_UTF8),
    ],
)
def test_a_file_that_holds_no_notes_is_named(data: bytes, code: Code) -> None:
    found = decoded("notes.txt", data)
    assert isinstance(found, Diagnostic)
    assert found.code is code
