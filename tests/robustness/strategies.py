"""What nobody would type on purpose: notes, YAML, math and figures, made up and mutilated."""

import re
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from aml_build.items.derive import derive
from aml_build.model.course import NOT_LESSONS
from aml_build.parse.course import parse_course
from aml_build.release.compare import next_lock
from aml_build.release.lock import LOCK_NAME, Lock, dumps
from aml_build.render.anki import notes as deck_notes
from tests.mistakes import HEAD, SMALL
from tests.parse.test_properties import PIECES
from tests.robustness.authors import ODD, course_settings, formulas, notes, seldom
from tests.robustness.harness import EPOCH, ROOT, STARTER

# fmt: off
MATH = [
    "\\frac", "\\sqrt", "[", "]", "{", "}", "{a}", "^", "_", "'", "x", "1", " ", "\\\\", "\\ ", "&",
    "\\begin{matrix}", "\\end{matrix}", "\\begin{cases}", "\\end{cases}", "\\begin", "\\end", "\\left",
    "\\right", "(", ")", ".", "|", "\\|", "\\{", "\\}", "\\text", "\\text{a $b$}", "\\operatorname",
    "\\mathbb", "\\alpha", "\\alhpa", "\\R", "\\norm", "\\norm{", "#", "#1", "%", "~", "\\%", "\\#",
    "\\limits", "\\sum", "\\int", "\\not", "\\over", "\\def", "\\input", "\\tag{1}", "\\label{a}",
    "\\underbrace", "\\overset", "\\binom", "\\hline", "\\color{red}", "\\\n", "\n", "é", "🎲", "\u0301",
]
TIKZ = [
    "\\begin{tikzpicture}", "\\end{tikzpicture}", "\\begin{tikzpicture}[scale=2]", "\\begin{scope}",
    "\\end{scope}", "\\begin{axis}", "\\end{axis}", "\\begin", "\\end", "\\draw (0,0) -- (1,1);",
    "\\node[mask={1}{a}] at (0,0) {A};", "mask={2}{b}", "mask={1}{", "mask", "=", "{", "}", "[", "]", ";",
    "\\foreach \\x in {1,2,3}", "\\x", "\\def\\x{1}", "%", "\\%", "^^5c", "\\input{a}", "plot", " file",
    "plot [a] file {b}", "\\addplot", "{x^2};", "\\pgfmathsetmacro\\r{1/0}", "$", "$x$", "\n", " ", "(", ")",
    "\\fill[red]", "\\path", "\\clip", "é", "\u202e", "\\my", "\\relax", "cycle", "circle (1)", "1e9", "--",
]
YAML = [
    "id: a", "title: b", "lesson: 1", "macros:", "  \\R: '\\mathbb{R}'", "  \\n: ['#1', 1]", "checks:",
    "  long-answer: off", "sheet: {pages: 2}", "booklet: {write_lines: 3}", "retired: [a, b/c]", "authors: [x]",
    "- ", "  ", "\t", "\n", "\n", ": ", "[", "]", "{", "}", "'", '"', "|", ">", "&a", "*a", "!!python/x", "!!int",
    "? ", "#", "---", "...", "%YAML 9", "<<: *a", "null", "~", "yes", "1e999", ".nan", "0x1F", "1_000",
    "2001-01-01", "report_url: http://a/{concept}", "language: en", "\\", "é", "\x85", "\x00", "🎲",
]
SCARS = [
    "{", "}", "$", "$$", "==", "#", "\t", "\x00", "\r\n", "\r", "\n\n", "`", "```\n", "|", "> ", "[", "](", "*", "**", "\\",
    "<!--", "\ufeff", "\u202e\u05d0\u05d1", "e\u0301\u0327", "\u200b", "\u2028", "<b>", "&#0;", "&lt;", "{#x}", "{.c1}",
    "![", "---\n", "{a=\"", "\x1b[31m", "\x7f", "\ud800", "a" * 5000, "(" * 300, "> " * 100, "- " * 100, "{" * 300,
    "$x^{" * 50, "*a **b " * 100, "[" * 200, "  " * 400 + "- a\n", "\\begin{matrix}" * 60, "|a" * 300, "\n" * 500,
]
# fmt: on
#: Pieces that meet by chance; formulas that engines know, whole or cut.
math = st.one_of(
    st.lists(st.one_of(st.sampled_from(MATH), formulas), max_size=15).map("".join),
    st.lists(st.sampled_from(MATH), max_size=25).map("".join),
    st.tuples(formulas, st.integers(0, 60)).map(lambda cut: cut[0][: cut[1]]),
    formulas,
)
tikz = st.lists(st.sampled_from(TIKZ), max_size=25).map("".join)
yaml = st.lists(st.sampled_from(YAML), max_size=25).map("".join)
markdown = st.lists(
    st.one_of(
        st.sampled_from(PIECES),
        st.sampled_from(SCARS),
        math.map(lambda tex: f"${tex}$"),
        math.map(lambda tex: f"\n\n$$ {tex} $$ {{#eq}}\n\n"),
    ),
    max_size=40,
).map("".join)
_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@cache
def lessons() -> tuple[tuple[Path, str], ...]:
    """Return all real lessons and the course of each."""
    return tuple(
        (folder, path.name)
        for folder in (STARTER, ROOT / "content")
        for path in sorted(folder.glob("*.md"))
        if path.name.lower() not in NOT_LESSONS
    )


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _figures(folder: Path, text: str) -> dict[str, str]:
    """Return the figures that a text names, by path in their course."""
    paths = sorted(folder.glob("figures/*.tex"))
    return {f"figures/{path.name}": _text(path) for path in paths if path.name in text}


_POINTERS = re.compile(r"(?<=[ {])(?:see|needs|contrast)=(?:\"[^\"]*\"|[^\s}]+)")
_LINKS = re.compile(r"\[([^\]]*)\]\(#[^)]*\)")


@cache
def _alone(path: Path) -> str:
    """Return a lesson that points to nothing, so that a part of it is sound without the others."""
    return _LINKS.sub(r"\1 there", _POINTERS.sub("", _text(path)))


@st.composite
def _part(draw: st.DrawFn, text: str) -> str:
    """Cut some whole concepts out of a lesson: what is small is tried more often."""
    head, *concepts = text.split("\n## ")
    chosen = draw(st.lists(st.integers(0, max(0, len(concepts) - 1)), max_size=3, unique=True))
    kept = [concepts[index] for index in chosen if concepts]
    return "\n## ".join((head, *(concept for concept in kept)))


@st.composite
def mutilated(draw: st.DrawFn, text: str) -> str:
    """Delete, double, swap and insert characters, lines and blocks, a few times."""
    for _ in range(draw(st.integers(1, 4))):
        unit = draw(st.sampled_from(["", "\n", "\n\n", " ", "{", "$", "#"]))
        pieces = text.split(unit) if unit else list(text)
        at = draw(st.integers(0, len(pieces)))
        other = draw(st.integers(0, max(0, len(pieces) - 1)))
        match draw(st.sampled_from(["delete", "double", "swap", "insert", "insert", "cut"])):
            case "delete":
                del pieces[at : at + draw(st.integers(1, 5))]
            case "double":
                pieces[at:at] = pieces[at : at + draw(st.integers(1, 5))]
            case "swap" if at < len(pieces):
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case "insert":
                pieces.insert(at, draw(st.sampled_from(SCARS)))
            case "cut":
                del pieces[at:]
        text = unit.join(pieces)
    return text.replace("\n", draw(_ENDS), draw(st.sampled_from([-1, 3, 0])))


_FIGURE = """\\begin{tikzpicture}
  \\draw[->] (0,0) -- (3,0) node[right] {$x$};
  \\node[mask={1}{left}, draw] at (1,1) {Left};
  \\begin{scope}[xshift=1cm]
    \\node[mask={2}{right}] at (2,2) {$\\R$};
  \\end{scope}
  \\begin{axis}[at={(4cm,0)}, width=3cm, height=3cm]
    \\addplot[domain=0:1, samples=5] {x^2} node[mask={3}{curve}, pos=.5] {$x^2$};
  \\end{axis}
\\end{tikzpicture}
"""


@st.composite
def well_formed_courses(draw: st.DrawFn) -> dict[str, str | bytes]:
    """Return the files of a course that has every construct, and now and then an odd setting."""
    figure = draw(st.one_of(st.just(_FIGURE), st.just(_FIGURE), mutilated(_FIGURE)))
    return {
        "01.md": draw(notes()),
        "course.yaml": draw(course_settings),
        "figures/a.tex": figure if draw(seldom) else _FIGURE,
        "figures/b.tex": SMALL["figures/a.tex"],
    }


@cache
def _lock() -> str:
    """Return the release lock of the starter course."""
    course = parse_course(STARTER).course
    assert course is not None
    written = deck_notes(course, derive(course), {})
    times = {note.published_id: int(EPOCH) for note in written}
    lock = next_lock(Lock(), written, version="1.0", date="2025-06-15", times=times, note_types="x")
    return dumps(lock)


@st.composite
def locks(draw: st.DrawFn) -> str:
    """Return a release lock that was edited by hand, merged badly or cut off."""
    lines = _lock().split("\n")
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        fields = lines[at].split("\t")
        field = draw(st.integers(0, len(fields) - 1))
        fields[field] = draw(
            st.sampled_from([*ODD, "0", "12", '{"1": "a"}', '{"-9": ""}', "٣", "9" * 30])
        )
        lines[at] = "\t".join(fields)
    text = "\n".join(lines)
    return draw(st.one_of(st.just(text), mutilated(text)))


@st.composite
def mutilated_courses(draw: st.DrawFn) -> dict[str, str | bytes]:
    """Return the files of a course of one lesson, real or made up, all of which may have suffered."""
    if draw(st.booleans()):
        files = draw(well_formed_courses())
        files["01.md"] = draw(mutilated(str(files["01.md"])))
        if draw(seldom):
            files["course.yaml"] = draw(mutilated(str(files["course.yaml"])))
        return files
    folder, name = draw(st.sampled_from(lessons()))
    text = draw(_part(_alone(folder / name)))
    settings = _text(folder / "course.yaml")
    if not draw(seldom):
        text = draw(mutilated(text))
    if draw(seldom):
        settings = draw(mutilated(settings))
    files = {name: text, "course.yaml": settings}
    for path, figure in _figures(folder, text).items():
        files[path] = draw(st.one_of(st.just(figure), st.just(figure), mutilated(figure), tikz))
    if draw(seldom):
        files[name] = draw(spoilt(text))
    if folder == STARTER:
        files[LOCK_NAME] = draw(locks())
    return files


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> bytes:
    """Return the bytes of a text, some of which were flipped, lost or put in."""
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=4))
    return bytes(data)


@st.composite
def marked_courses(draw: st.DrawFn) -> tuple[dict[str, str | bytes], list[str]]:
    """Return a course with words in its lesson that stand nowhere else, and the words."""
    if draw(st.booleans()):
        files = draw(well_formed_courses())
        name = "01.md"
    else:
        folder, name = draw(st.sampled_from(lessons()))
        files = {
            name: draw(_part(_alone(folder / name))),
            "course.yaml": _text(folder / "course.yaml"),
        }
        files |= _figures(folder, files[name])
    head, body = str(files[name]).split("\n---\n", 1)
    # Within a comment, which may be of many lines, or behind the language of code, words may get lost.
    comments = {
        at for found in re.finditer(r"<!--[\s\S]*?(?:-->|$)", body) for at in range(*found.span())
    }
    blanks = [
        found.start()
        for found in re.finditer(r"[ \n]", body)
        if found.start() not in comments
        and not body[body.rfind("\n", 0, found.start()) + 1 :]
        .lstrip(" ->1.*7")
        .startswith(("<!--", "```"))
    ]
    places = sorted(draw(st.lists(st.sampled_from(blanks), max_size=4, unique=True)), reverse=True)
    marks = [f"qz{index}zq" for index in range(len(places))]
    for mark, at in zip(marks, places, strict=True):
        body = f"{body[: at + 1]}{mark}{draw(st.sampled_from([' ', '', chr(10), chr(10) * 2]))}{body[at + 1 :]}"
    files[name] = f"{head}\n---\n{body}"
    return files, marks


@st.composite
def made_up_courses(draw: st.DrawFn) -> dict[str, str | bytes]:
    """Return the files of a course that was never sound."""
    front = draw(st.one_of(st.just(HEAD), yaml.map(lambda text: f"---\n{text}\n---\n")))
    start = draw(
        st.sampled_from(["", "## A {#a}\n\nIs a.\n\n", "## A {#a .formula}\n\n", "### A?\n\n"])
    )
    text = front + start + draw(st.one_of(markdown, st.text(max_size=300)))
    settings = draw(
        st.one_of(
            st.just(SMALL["course.yaml"] + "macros: {\\R: '\\mathbb{R}', \\norm: ['|#1|', 1]}\n"),
            course_settings,
            yaml,
            yaml.map(lambda more: SMALL["course.yaml"] + more),
            st.text(max_size=200),
        )
    )
    figure = draw(st.one_of(st.just(SMALL["figures/a.tex"]), tikz, st.text(max_size=200)))
    return {"01.md": text, "course.yaml": settings, "figures/a.tex": figure}
