"""Pictures whose file names have any characters, through every artifact."""

from pathlib import Path
from urllib.parse import quote

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from click.testing import CliRunner
from playwright.sync_api import Browser

from aml_build.cli import cli
from tests.figures.pictures import halves, saved, write
from tests.mistakes import HEAD

NAMES = (
    "a b.png", "Scan #0010001.png", "50%.png", "50%25.png", "{curly}.png", 'quo"ted.png', "it's.png", "til~de.png",
    "ca^ret.png", "a&b.png", "$x$.png", "a:b.png", "a<b>c.png", "pipe|.png", "star*.png", "why?.png",
    "(round).png", "[square].png", "a,b;c=d+e@f!.png", "_under_.png", "Größe.png", "심장.png", "心臓.png",
    "🌱.png", "two.dots.png", "-dash.png", "`tick`.png", "UPPER.PNG",
)  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    root = folder / "content"
    lines = []
    for number, name in enumerate(NAMES):
        # A picture of its own for each, so that none stands for another.
        write(root, f"figures/{name}", saved(halves(60 + number, 40), "PNG"))
        lines.append(f"![A picture](<figures/{quote(name)}>)")
    (root / "course.yaml").write_text("id: names\ntitle: Names\nsheet: {pages: 4}\n")
    text = "\n\n".join(lines)
    (root / "01.md").write_text(f"{HEAD}## Term {{#term}}\n\nSays what it is.\n\n{text}\n")
    arguments = ["--content", str(root), "--out", str(folder / "out")]
    built = CliRunner().invoke(cli, ["build", *arguments])
    assert built.exit_code == 0, built.output
    return folder / "out"


def test_a_browser_shows_each(out: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((out / "preview" / "index.html").as_uri())
    page.evaluate("preview.showAll()")
    page.wait_for_function("[...document.images].every((i) => i.complete)")
    widths = page.evaluate("[...document.images].map((i) => i.naturalWidth)")
    assert set(widths) == {60 + number for number in range(len(NAMES))}
    page.close()


def test_anki_shows_each(out: Path, tmp_path: Path) -> None:
    student = Collection(str(tmp_path / "collection.anki2"))
    options = ImportAnkiPackageOptions()
    student.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(out / "names.apkg"), options=options)
    )
    media = student.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    assert len(list(Path(student.media.dir()).iterdir())) == len(NAMES)
    student.close()


def test_a_name_is_found_however_a_disk_composes_it(tmp_path: Path) -> None:
    write(tmp_path, "figures/U\u0308ber.png", saved(halves(), "PNG"))
    (tmp_path / "course.yaml").write_text("id: names\ntitle: Names\n")
    (tmp_path / "01.md").write_text(f"{HEAD}## T {{#t}}\n\nIs.\n\n![It](figures/Über.png)\n")
    arguments = ["--content", str(tmp_path), "--out", str(tmp_path / "out")]
    built = CliRunner().invoke(cli, ["build", *arguments])
    assert built.exit_code == 0, built.output


def test_both_documents_are_printed(out: Path) -> None:
    assert (out / "cheatsheet.pdf").is_file()
    assert (out / "booklet.pdf").is_file()
