"""Make pictures of one card of each kind, by day and by night, from a built preview.

python scripts/screenshots.py out/preview pictures
"""

import argparse
from pathlib import Path

from playwright.sync_api import Page, sync_playwright


def main() -> None:
    """Read the two folders from the command line and fill the second."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().partition("\n")[0])
    parser.add_argument("preview", type=Path, help="the folder with index.html")
    parser.add_argument("pictures", type=Path, help="where the PNG files go")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    arguments.pictures.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=arguments.chromium, args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.goto((arguments.preview.resolve() / "index.html").as_uri())
        shoot(page, arguments.pictures)
        browser.close()


def shoot(page: Page, pictures: Path) -> None:
    """Take one card of each kind, two when it has a reverse, on both widths, day and night."""
    page.add_style_tag(content=".pv-bar { position: static !important; }")
    page.evaluate("preview.showAll()")
    kinds = page.eval_on_selector_all(
        ".pv-card",
        "cards => [...new Set(cards.map(c => `${c.dataset.kind} ${c.dataset.ordinal}`))]",
    )
    for light in ("day", "night"):
        if light == "night":
            page.click("#pv-night")
        for kind, ordinal in (entry.split() for entry in kinds):
            card = page.locator(f'.pv-card[data-kind="{kind}"][data-ordinal="{ordinal}"]').first
            card.locator(".pv-columns").screenshot(path=pictures / f"{kind}-{ordinal}-{light}.png")


if __name__ == "__main__":
    main()
