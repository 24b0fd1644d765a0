"""Make the pictures of the README from what was built: cards, sheet, booklet.

python scripts/pictures.py out docs/images
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

import pikepdf
from PIL import Image
from playwright.sync_api import sync_playwright

_CARDS = ("bayes-rule/eq-bayes/1", "cnn/fig-pipeline/3")
_GROUND = (228, 228, 224)
_GAP = 24


def main() -> None:
    """Read the two folders from the command line and fill the second."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().partition("\n")[0])
    parser.add_argument("out", type=Path, help="the folder with the artifacts")
    parser.add_argument("images", type=Path, help="where the PNG files go")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    arguments.images.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        save(
            cards(arguments.out / "preview", folder, arguments.chromium),
            arguments.images / "cards.png",
        )
        save(
            pages(arguments.out / "cheatsheet.pdf", (1, 2), 62, folder),
            arguments.images / "sheet.png",
        )
        booklet = arguments.out / "booklet.pdf"
        shown = (4, _first_answers(booklet))
        save(pages(booklet, shown, 80, folder), arguments.images / "booklet.png")


def cards(preview: Path, folder: Path, chromium: str) -> Image.Image:
    """Return two cards, front and back, one by day and one by night."""
    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        for at, item in enumerate(_CARDS):
            page.goto((preview.resolve() / "index.html").as_uri())
            page.add_style_tag(content=".pv-bar { position: static !important; }")
            if at:
                page.click("#pv-night")
            path = folder / f"{at}.png"
            card = page.locator(f'[data-card="{item}"]')
            # Cards above would grow as they come into sight, and push this one away.
            page.add_style_tag(content=f'.pv-card:not([data-card="{item}"]) {{ display: none; }}')
            card.evaluate("card => { card.scrollIntoView(); return preview.show(card); }")
            page.wait_for_timeout(2500)
            card.locator(".pv-columns").screenshot(path=path)
            taken.append(Image.open(path).convert("RGB"))
        browser.close()
    return _beside(taken, stacked=True)


def pages(pdf: Path, numbers: tuple[int, ...], dpi: int, folder: Path) -> Image.Image:
    """Return pages of a PDF side by side, 1-based."""
    taken = []
    for number in numbers:
        target = folder / f"{pdf.stem}-{number}"
        # Twice the size, then halved: small type stays legible.
        subprocess.run(
            ["pdftoppm", "-r", str(2 * dpi), "-png", "-singlefile", "-f", str(number), "-l",
             str(number), str(pdf), str(target)],
            check=True,
        )  # fmt: skip
        image = Image.open(target.with_suffix(".png")).convert("RGB")
        taken.append(image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS))
    return _beside(taken)


def _first_answers(booklet: Path) -> int:
    """Return the number of the first page of answers, from the bookmarks."""
    with pikepdf.open(booklet) as pdf, pdf.open_outline() as outline:
        answers = next(entry for entry in outline.root if entry.title == "Answers")
        destination = answers.destination if answers.destination is not None else answers.action.D
        if isinstance(destination, pikepdf.String):
            names = pikepdf.NameTree(pdf.Root.Names.Dests)
            destination = names[str(destination)]
            destination = (
                destination.D if isinstance(destination, pikepdf.Dictionary) else destination
            )
        return next(
            n for n, page in enumerate(pdf.pages, start=1) if page.objgen == destination[0].objgen
        )


def _beside(images: list[Image.Image], *, stacked: bool = False) -> Image.Image:
    width = max(i.width for i in images) if stacked else sum(i.width + _GAP for i in images) - _GAP
    height = (
        sum(i.height + _GAP for i in images) - _GAP if stacked else max(i.height for i in images)
    )
    ground = Image.new("RGB", (width + 2 * _GAP, height + 2 * _GAP), _GROUND)
    x = y = _GAP
    for image in images:
        ground.paste(image, (x, y))
        x, y = (x, y + image.height + _GAP) if stacked else (x + image.width + _GAP, y)
    return ground


def save(image: Image.Image, path: Path) -> None:
    """Write a PNG of at most 256 colours: a third of the size, and nobody sees it."""
    image.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
