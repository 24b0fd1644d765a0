"""Any notes, and any bytes at all: every line is accounted for, or there is a diagnostic."""

import re
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings, strategies as st

from aml_build.commands.import_notes import begin
from aml_build.importer.dialects import NAMES
from aml_build.importer.line_account import words
from aml_build.parse.course import parse_course
from tests.robustness.harness import examples

_SETTINGS = settings(
    examples(200, times=50),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_PIECES = (
    "Lesson 3", "Lezione 4: Reti", "# Lecture 2 - On roots", "## A heading", "### Why?", "#tag",
    "1. **Osmosis** : water moves", "2. Salt vs sugar", " 3. **Ions** are charged", "7) jumps",
    "- **Cation** is positive", "  - nested", "* plain", "-", "+ x", "> a quote", "> [!tip] one",
    "$$a+b$$", "$$", "\\begin{align} x &= 1 \\end{align}", "a $x_i$ b", "loose x_i and \\hat{y}_i",
    "$5 and $6", "\\(a\\)", "\\[ b", "\\foo{1}", "| a | b | c |", "|---|---|---|", "| 1 | 2 |",
    "```python", "```", "`a", "<table><tr><td>x</td></tr></table>", "<table>", "<img src='a.png'>",
    "![alt](b.png)", "![[c.png]]", "[[Osmosis]]", "[[x|y]]", "==mark==", "a ==b== c", "Q: What?",
    "A: That.", "**Q1.** Which?", "front\tback", "one::two", "?", "%", "---", "===", "***",
    "the sentence goes", "on here.", "distri-", "bution", "Figure", "{#id .x}", "{.plain}",
    "[a]: http://x.y", "[a](b)", "[a](https://x.y)", "<b>bold</b>", "<!-- c -->", "<!--", "&amp;",
    "a\\", "**", "__x__", "*a*", "~~s~~", "\u2603", "\u200b", "\x07", "12", "#separator:tab",
    "{{c1::gap}}", "{1:gap}", "a {gap} b", "H~2~O", "x^2^", "^[note]", "[^1]", "[^1]: note", "%% c %%", "%%",
    ":::note", ":::", "!!! note", "+---+---+", ": meaning", "[@key]", "[sound:a.mp3]", "[latex]a[/latex]", "{% x %}",
    "\\eqref{a}", "\\alpha", "- [ ] task", "a) one", "b) two", "\u2022 one", "What?::That", "??", "text ^id", "30$ or 40$",
    "$a is one two three four$", "`a`~b~", "1.\u00a0x", "##\u00a0Head", "title: x", "", "", " ", "\t", "~~~", "====", "1.", "==", "a | b", "# #",
)  # fmt: skip
_LINES = st.lists(
    st.one_of(
        st.sampled_from(_PIECES),
        st.lists(st.sampled_from(_PIECES), min_size=2, max_size=4).map(" ".join),
        st.text(st.characters(codec="utf-8"), max_size=30),
        st.text(alphabet="ab.*_`$\\{}[]()<>#=|:!&~^%@?-+1 \n", max_size=25),
    ),
    max_size=25,
).map("\n".join)


def _visible(data: bytes) -> str:
    text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064]", "", text)


def _import(folder: Path, data: bytes, dialect: str) -> None:
    root = next(p for n in range(10**9) if not (p := folder / str(n)).exists())
    root.mkdir()
    (root / "notes.txt").write_bytes(data)
    done = begin([root / "notes.txt"], root / "course", dialect)
    if done.report is None:
        assert done.diagnostics
        assert not (root / "course").exists()
        return
    course = root / "course"
    parsed = parse_course(course)
    assert [str(d) for d in parsed.diagnostics if d.severity == "error"] == []
    files = sorted(course.rglob("*.md"))
    known = words("\n".join(file.read_text(encoding="utf-8") for file in files))
    known |= words((course / "course.yaml").read_text(encoding="utf-8"))
    lost = {}
    for number, line in enumerate(_visible(data).split("\n"), 1):
        if missing := {w for w in words(line) - known if not w.isdecimal()}:
            lost[number] = missing
    assert lost == {}


_DEEP_LIST = "".join(f"{'  ' * depth}- item {depth}\n" for depth in range(8))
_DEEP_QUOTATION = "".join(f"{'> ' * depth}word{depth}\n" for depth in range(300))


@_SETTINGS
@example(text=f"# One\n\n{_DEEP_LIST}", dialect="")
@example(text=f"# One\n\n{_DEEP_QUOTATION}", dialect="")
@example(text="# One\n\nA control\x81character.\n", dialect="")
@example(text="<table>\n<![", dialect="")
@example(text="$\n==mark==\n$", dialect="")
@example(text="LEZIONE:?::0", dialect="")
@example(text="30$ or 40$\n\\eqref{a}", dialect="")
@example(text="<table><tr><td>a <!b c> <?d e?> <![CDATA[f g]]></td></tr></table>", dialect="")
@given(text=_LINES, dialect=st.sampled_from(["", *NAMES]))
def test_every_word_of_any_notes_is_in_the_course_or_in_the_report(
    tmp_path: Path, text: str, dialect: str
) -> None:
    _import(tmp_path, text.encode("utf-8"), dialect)


@_SETTINGS
@given(data=st.binary(max_size=300))
def test_any_bytes_are_imported_or_refused(tmp_path: Path, data: bytes) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        (tmp_path / "x.txt").write_bytes(data)
        done = begin([tmp_path / "x.txt"], tmp_path / "no")
        assert done.diagnostics
        assert not (tmp_path / "no").exists()
    else:
        _import(tmp_path, data, "")
