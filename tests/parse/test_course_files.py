import json
from pathlib import Path

import pytest

from aml_build.commands.fix import fix_course
from aml_build.diagnostics.source import Source
from aml_build.parse.course import parse_course, parse_sources
from aml_build.storage.cache import Cache
from tests.mistakes import HEAD, SMALL, found

LESSON = HEAD + "## Bayes\n\nWeighs evidence.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in SMALL.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def said(root: Path) -> list[str]:
    return [f"{d.span} {d.code}" for d in found(parse_course(root))]


@pytest.mark.parametrize("folder", ["", "figures/"])
@pytest.mark.parametrize(
    "name",
    ["README.md", "readme.md", "CHANGELOG.md", "Changelog.md", "CONTRIBUTING.md", "LICENSE.md"],
)
def test_files_about_the_course_are_no_lessons(root: Path, folder: str, name: str) -> None:
    (root / "figures").mkdir(exist_ok=True)
    (root / folder / name).write_text("# No lesson\n\n## Unreleased\n", encoding="utf-8")
    assert said(root) == []


def test_a_good_course_has_no_mistakes(root: Path) -> None:
    (root / ".hidden").mkdir()
    (root / ".hidden" / "02.md").write_text("# No lesson\n", encoding="utf-8")
    assert said(root) == []


def test_bytes_that_are_no_text_are_found(root: Path) -> None:
    (root / "01.md").write_bytes(LESSON.encode() + "\nSchön, é".encode() + b" and \xe9\n")
    assert said(root)[-1] == "01.md:9:14 not-utf8"


@pytest.mark.parametrize(
    ("codec", "called"),
    [
        ("utf-16", "UTF-16 (little endian)"),
        ("utf-16-le", "UTF-16 (little endian)"),
        ("utf-16-be", "UTF-16 (big endian)"),
        ("utf-32", "UTF-32 (little endian)"),
        ("utf-32-le", "UTF-32 (little endian)"),
        ("utf-32-be", "UTF-32 (big endian)"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "ISO 8859-1 (Latin-1)"),
        ("mac-roman", "Mac Roman"),
    ],
)
@pytest.mark.parametrize("name", ["01.md", "course.yaml"])
def test_a_file_in_another_encoding_gives_one_message(
    root: Path, codec: str, called: str, name: str
) -> None:
    signs = {"cp1252": "“é”", "mac-roman": "Åéè"}.get(codec, "é")
    text = f"# {signs}\n{SMALL[name]}" if name == "course.yaml" else f"{LESSON}\n{signs} $x\n"
    (root / name).write_bytes(text.replace("\n", "\r\n").encode(codec))
    before = (root / name).read_bytes()
    (found_one,) = parse_course(root).diagnostics
    assert (found_one.span.path, found_one.code) == (name, "not-utf8")
    assert called in found_one.message
    assert "save it as UTF-8" in found_one.hint
    assert fix_course(root) == ()
    assert (root / name).read_bytes() == before


def test_a_file_of_other_bytes_gives_one_message(root: Path) -> None:
    (root / "01.md").write_bytes(bytes(range(256)) * 9)
    (found_one,) = parse_course(root).diagnostics
    assert (found_one.span.path, found_one.code) == ("01.md", "not-utf8")


def test_zeros_are_found_and_nothing_behind_them_is_misplaced(root: Path) -> None:
    zeros = (
        HEAD.replace("A lesson", "A\0lesson") + "## Bayes\0 {#bayes}\n\n### Why? {#why}\n\nWell.\n"
    )
    (root / "01.md").write_text(zeros, encoding="utf-8")
    assert said(root) == [
        "01.md:3:9 control-character",
        "01.md:5:4 missing-definition",
        "01.md:5:9 control-character",
    ]


def test_lines_of_odd_blanks_shift_nothing(root: Path) -> None:
    odd = "> [!TIP]\n> - a\n>\n>   \u2003\n>   text {#x}\n\n\u2003\nmore {#y}\n"
    (root / "01.md").write_text(LESSON + "\n" + odd, encoding="utf-8")
    line = LESSON.count("\n") + 2
    assert said(root)[1:] == [
        f"01.md:{line + 4}:10 misplaced-attributes",
        f"01.md:{line + 7}:6 misplaced-attributes",
    ]


def test_a_folder_without_course(tmp_path: Path) -> None:
    parsed = parse_course(tmp_path)
    assert parsed.course is None
    assert [d.code for d in parsed.diagnostics] == ["no-course"]


def test_a_course_without_lessons(root: Path) -> None:
    (root / "01.md").unlink()
    assert said(root) == ["course.yaml no-lessons"]


def test_lines_may_end_as_windows_ends_them(root: Path) -> None:
    text = HEAD + "## Bayes {#bayes}\n\nWeighs\nevidence {#x}.\n"
    (root / "01.md").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert said(root) == ["01.md:8:10 misplaced-attributes"]


def test_a_link_in_the_file_system_leads_nowhere(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.png"
    secret.write_bytes(b"secret")
    (root / "figures" / "b.png").symlink_to(secret)
    (root / "01.md").write_text(
        HEAD + "## Bayes {#bayes}\n\nWeighs evidence.\n\n![It](figures/b.png){#fig}\n",
        encoding="utf-8",
    )
    assert said(root) == ["01.md:9:1 image-missing"]


def test_the_fixer_writes_once(root: Path) -> None:
    (root / "01.md").write_bytes(b"\xef\xbb\xbf" + LESSON.replace("\n", "\r\n").encode())
    assert fix_course(root) == (("01.md", 1),)
    fixed = (root / "01.md").read_bytes()
    assert (
        fixed
        == b"\xef\xbb\xbf"
        + LESSON.replace("Bayes\n", "Bayes {#bayes}\n").replace("\n", "\r\n").encode()
    )
    assert fix_course(root) == ()
    assert (root / "01.md").read_bytes() == fixed


def test_the_fixer_waits_where_a_character_cannot_be_seen(root: Path) -> None:
    unclear = HEAD + "## Bayes {\x00#bayes}\n\nWeighs evidence.\n"
    (root / "01.md").write_text(unclear, encoding="utf-8")
    (root / "02.md").write_text(LESSON.replace("lesson: 1", "lesson: 2"), encoding="utf-8")
    assert fix_course(root) == (("02.md", 1),)
    assert (root / "01.md").read_text(encoding="utf-8") == unclear


def test_the_fixer_avoids_ids_that_were(root: Path) -> None:
    (root / "02.md").write_text(
        HEAD.replace("1", "2") + "## Gauss {#gauss was=bayes}\n\nIs normal.\n", encoding="utf-8"
    )
    (root / "01.md").write_text(LESSON, encoding="utf-8")
    fix_course(root)
    assert "## Bayes {#bayes-2}\n" in (root / "01.md").read_text(encoding="utf-8")


def test_the_fixer_gives_nothing_retired_away(root: Path) -> None:
    settings = (root / "course.yaml").read_text(encoding="utf-8")
    (root / "course.yaml").write_text(
        f"{settings}retired: [gauss, bayes/why, bayes/kinds.prior]\n", encoding="utf-8"
    )
    lesson = (
        HEAD + "## Bayes {#bayes}\n\nWeighs evidence.\n\n- **Prior**: a.\n- **Posterior**: b.\n\n"
    )
    lesson += "### Why?\n\nIt does.\n\n## Gauss\n\nIs normal.\n\n### Why?\n\nIt does.\n"
    (root / "01.md").write_text(lesson, encoding="utf-8")
    fix_course(root)
    fixed = (root / "01.md").read_text(encoding="utf-8")
    for written in ("### Why? {#why-2}", "{#prior-2}", "{#posterior}", "## Gauss {#gauss-2}"):
        assert written in fixed
    # Retired in one concept, not in another.
    assert fixed.count("### Why? {#why}") == 1


def test_the_fixer_gives_no_number_of_a_highlight_to_another(root: Path) -> None:
    asked = {"1": "evidence", "2": "", "3": "prior"}
    (root / "release.lock").write_text(
        "# Of a release.\nrelease\t1.0.0\t2026-01-01\nnote-types\tx\n"
        f"bayes/said\t\tcloze\t1\t1\tx\tx\tDeck\t{json.dumps(asked)}\n"
        f"old/said\tgauss/said\tcloze\t1\t1\tx\tx\tDeck\t{json.dumps(asked)}\n",
        encoding="utf-8",
    )
    lesson = (
        HEAD
        + "## Bayes {#bayes}\n\nWeighs.\n\nIt ==weighs==, ==evidence=={.c1}\nand ==more==. {#said}\n\n"
    )
    lesson += "It is ==new==. {#new}\n\n==Never== named.\n\n"
    lesson += "## Gauss {#gauss was=old}\n\nIs normal.\n\nIt ==is==. {#said}\n"
    (root / "01.md").write_text(lesson, encoding="utf-8")
    fix_course(root)
    fixed = (root / "01.md").read_text(encoding="utf-8")
    for written in (
        "It ==weighs=={.c4}, ==evidence=={.c1}\nand ==more=={.c5}. {#said}",
        "It is ==new=={.c1}. {#new}",
        "==Never=={.c1} named. {#",
        "It ==is=={.c4}. {#said}",
    ):
        assert written in fixed, fixed
    assert not {d.code for d in parse_course(root).diagnostics} & {
        "missing-id",
        "missing-cloze-number",
    }


def test_the_fixer_does_without_a_lock_that_cannot_be_read(root: Path) -> None:
    (root / "release.lock").write_bytes(b"<<<<<<< HEAD\n\xff")
    (root / "01.md").write_text(LESSON, encoding="utf-8")
    assert fix_course(root) == (("01.md", 1),)


def test_what_is_in_the_cache_is_what_was_parsed(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    (root / "01.md").write_text(
        LESSON + "\nSee [](#bayes) and $x$ ==y==.\n\n![It](figures/a.tex){#fig}\n", encoding="utf-8"
    )
    cold = parse_course(root, cache=cache)
    warm = parse_course(root, cache=cache)
    assert warm == cold == parse_course(root)


def test_lessons_are_in_the_order_of_their_numbers() -> None:
    texts = {
        "course.yaml": SMALL["course.yaml"],
        "a.md": HEAD.replace("1", "10") + "## A {#a}\n\nOne.\n",
        "b.md": HEAD.replace("1", "9") + "## B {#b}\n\nTwo.\n",
    }
    parsed = parse_sources({path: Source(path, text) for path, text in texts.items()})
    assert parsed.course is not None
    assert [lesson.number for lesson in parsed.course.lessons] == [9, 10]


MASKED = "\\begin{tikzpicture}\\node[mask={1}{prior}] {P};\\end{tikzpicture}\n"


def test_a_figure_is_asked_as_soon_as_it_has_masks(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    figure = root / "figures" / "a.tex"
    plain = figure.read_text(encoding="utf-8")
    (root / "01.md").write_text(
        HEAD + "## Bayes {#bayes}\n\nWeighs evidence.\n\n![It](figures/a.tex)\n", encoding="utf-8"
    )
    codes = []
    for text in (plain, MASKED, plain):
        figure.write_text(text, encoding="utf-8")
        result = parse_course(root, cache=cache)
        assert result == parse_course(root)
        codes.append([d.code for d in result.diagnostics])
    assert codes == [[], ["missing-id"], []]


def test_a_figure_does_not_make_lessons_without_images_outdated(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    parse_course(root, cache=cache)
    (root / "figures" / "a.tex").write_text(MASKED, encoding="utf-8")
    monkeypatch.delattr("aml_build.parse.course.parse_lesson")
    assert parse_course(root, cache=cache).diagnostics == ()
