"""A course of botany: photographs and drawings of every type, on every artifact."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser

from aml_build.cli import cli
from tests.courses.botany_pictures import GROUND, NAMES, PLACE, SKY, write_pictures
from tests.figures.pictures import near


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("botany")
    content = folder / "content"
    content.mkdir()
    for path in (Path(__file__).parent / "botany").rglob("*.*"):
        target = content / path.relative_to(Path(__file__).parent / "botany")
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    write_pictures(content)
    arguments = ["build", "--content", str(content), "--out", str(folder / "out")]
    built = CliRunner().invoke(cli, arguments)
    assert built.exit_code == 0, built.output
    return folder / "out"


@pytest.fixture(scope="module")
def media(out: Path) -> dict[str, bytes]:
    """Return the pictures of the preview, which are those of the deck."""
    files = {path.name: path.read_bytes() for path in (out / "preview" / "media").iterdir()}
    with zipfile.ZipFile(out / "botany.apkg") as package:
        packed = {package.read(name) for name in package.namelist() if name.isdigit()}
    assert set(files.values()) == packed
    return files


def test_every_picture_is_on_a_card_in_its_true_type(media: dict[str, bytes]) -> None:
    shapes = sorted(re.sub(r"-[0-9a-f]{8}(?=\.)", "", name) for name in media)
    assert shapes == sorted(
        [
            "fig-ROOT.jpg", "fig-Scan -0010001 – 50-.png", "fig-Blatt - Stiel -größe-.jpg",
            "fig-stoma.gif", "fig-stem.svg", "fig-flower.png", "fig-fruit (ripe).png",
            "fig-種.png", "fig-seeds.jpg", "fig-parts.svg",
        ]
    )  # fmt: skip
    assert len(media) == len(NAMES) + 1


def test_no_card_tells_where_a_picture_was_taken(out: Path, media: dict[str, bytes]) -> None:
    assert not any(PLACE.encode() in data for data in media.values())
    assert not any(b"script" in data or b"onload" in data for data in media.values())
    assert not any(PLACE.encode() in path.read_bytes() for path in out.glob("*.pdf"))


def test_a_photograph_stands_upright_on_cards(media: dict[str, bytes]) -> None:
    (name,) = (name for name in media if "ROOT" in name)
    picture = Image.open(io.BytesIO(media[name]))
    assert picture.size == (1200, 1600)
    assert near(picture.getpixel((100, 100)), SKY)
    assert near(picture.getpixel((100, 1500)), GROUND)


@pytest.mark.parametrize(("name", "most"), [("cheatsheet.pdf", 300), ("booklet.pdf", 300)])
def test_no_photograph_has_more_dots_than_paper_shows(name: str, most: int, out: Path) -> None:
    done = subprocess.run(
        ["pdfimages", "-list", out / name], capture_output=True, text=True, check=True
    )
    photographs = [line.split() for line in done.stdout.splitlines() if " jpeg " in line]
    assert len(photographs) == 3
    # A picture that is lower than the page gets the dots of the widest one.
    assert all(int(fields[12]) <= 1.1 * most for fields in photographs)
    assert "smask" not in done.stdout


def test_a_photograph_stands_upright_in_print(out: Path, tmp_path: Path) -> None:
    for name in ("cheatsheet.pdf", "booklet.pdf"):
        stem = tmp_path / name
        subprocess.run(["pdfimages", "-j", "-png", out / name, stem], check=True)
        first = min(tmp_path.glob(f"{name}-*.jpg"))
        picture = Image.open(first)
        assert picture.height > picture.width
        assert near(picture.getpixel((5, 5)), SKY)
        assert near(picture.getpixel((5, picture.height - 5)), GROUND)


@pytest.fixture(scope="module")
def sizes(out: Path, browser: Browser) -> Iterator[dict[str, tuple[int, int]]]:
    """Show every card; yield the natural size of each picture, by the start of its name."""
    page = browser.new_page()
    page.goto((out / "preview" / "index.html").as_uri())
    page.evaluate("preview.showAll()")
    page.wait_for_function("[...document.images].every((i) => i.complete)")
    found = page.evaluate(
        "[...document.images].map((i) => [decodeURIComponent(i.src), i.naturalWidth, i.naturalHeight])"
    )
    yield {
        re.sub(r"-[0-9a-f]{8}\.", ".", Path(src).name): (wide, high) for src, wide, high in found
    }
    page.close()


def test_a_browser_shows_every_picture(sizes: dict[str, tuple[int, int]]) -> None:
    assert sizes == {
        "fig-ROOT.jpg": (1200, 1600),
        "fig-Scan -0010001 – 50-.png": (240, 160),
        "fig-Blatt - Stiel -größe-.jpg": (1600, 1067),
        "fig-stoma.gif": (200, 140),
        "fig-stem.svg": (320, 200),
        "fig-flower.png": (900, 900),
        "fig-fruit (ripe).png": (300, 300),
        "fig-種.png": (200, 200),
        "fig-seeds.jpg": (400, 240),
        "fig-parts.svg": sizes["fig-parts.svg"],
    }
