"""The preview in a real browser."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from aml_build.items.derive import derive
from aml_build.items.kinds import ItemKind
from aml_build.model.drawing import Drawing
from aml_build.render.anki import notes
from aml_build.render.preview import preview
from tests.paths import ROOT
from tests.samples import COURSE, DRAWINGS


def made(drawings: dict[str, Drawing]) -> dict[str, bytes]:
    items = derive(COURSE)
    return preview(COURSE, items, notes(COURSE, items, drawings), drawings)


CARDS = 27


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out" / "preview"
    for path, data in made(DRAWINGS).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


class Seen:
    """A page, and what went wrong on it."""

    def __init__(self, browser: Browser, site: Path, width: int) -> None:
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.page: Page = browser.new_page(viewport={"width": width, "height": 800})
        self.page.on("console", lambda m: self.faults.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfailed", lambda request: self.faults.append(request.url))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto((site / "index.html").as_uri())


@pytest.fixture(params=[360, 1400])
def seen(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Seen]:
    seen = Seen(browser, site, request.param)
    seen.page.evaluate("preview.showAll()")
    yield seen
    seen.page.close()


def test_all_cards_show_without_a_fault_or_the_network(seen: Seen, site: Path) -> None:
    seen.page.wait_for_function(
        "[...document.images].every(image => image.complete && image.naturalWidth)"
    )
    assert seen.faults == []
    assert seen.page.locator(".pv-card.pv-shown").count() == CARDS
    sides = seen.page.locator(".pv-side")
    assert all(text.strip() for text in sides.all_inner_texts())
    here = site.as_uri()
    assert all(url.startswith(here) for url in seen.requests)


def test_all_math_is_set(seen: Seen) -> None:
    page = seen.page
    assert page.locator("mjx-container").count() > 20
    assert page.locator("mjx-merror, [data-mjx-error]").count() == 0
    # What is left of delimiters is the sample's plain text that only looks like math.
    left = page.evaluate(r"""[...document.querySelectorAll('.pv-side')]
        .filter(side => /\\[(\[]/.test(side.innerText)).map(side => side.innerText)""")
    assert all("Not math" in text for text in left)


def test_undefined_commands_do_not_hide(browser: Browser, site: Path) -> None:
    seen = Seen(browser, site, 1400)
    seen.page.evaluate("preview.showAll()")
    found = seen.page.evaluate(
        r"""(async () => {
            const at = document.createElement('p');
            at.textContent = String.raw`\(\nosuch\) \(a \coloneqq b\)`;
            document.body.append(at);
            await MathJax.typesetPromise([at]);
            return [at.querySelectorAll('mjx-mtext').length, at.querySelectorAll('mjx-container').length];
        })()"""
    )
    assert found == [1, 2]
    seen.page.close()


def test_nothing_is_wider_than_its_page(seen: Seen) -> None:
    page = seen.page
    width = page.viewport_size["width"]  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        """[...document.querySelectorAll('.pv-side')]
            .filter(side => side.scrollWidth > side.clientWidth).map(side => side.innerText)"""
    )
    assert wide == []


def test_wide_formulas_and_tables_scroll_by_themselves(browser: Browser, site: Path) -> None:
    seen = Seen(browser, site, 360)
    seen.page.evaluate("preview.showAll()")
    scrolling = seen.page.evaluate(
        """[...document.querySelectorAll('.math, .table')]
            .filter(box => box.scrollWidth > box.clientWidth).map(box => box.className)"""
    )
    assert {"math", "table"} == set(scrolling)
    seen.page.close()


def test_cards_wait_until_they_are_scrolled_to(browser: Browser, site: Path) -> None:
    seen = Seen(browser, site, 1400)
    seen.page.wait_for_selector(".pv-shown")
    assert 0 < seen.page.locator(".pv-shown").count() < CARDS
    seen.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    seen.page.wait_for_function(
        "[...document.querySelectorAll('.pv-card')].at(-1).classList.contains('pv-shown')"
    )
    seen.page.close()


def test_masks_hide_the_labels_and_the_answer_shows_one(seen: Seen) -> None:
    colours = seen.page.evaluate(
        """(async () => {
            await new Promise(done => setTimeout(done, 300));
            const card = document.querySelector('.pv-card[data-kind="figure"][data-ordinal="2"]');
            return [...card.querySelectorAll('.pv-side')].slice(0, 2).map(side => {
                const canvas = side.querySelector('canvas');
                const context = canvas.getContext('2d');
                const at = (x, y) => [...context.getImageData(
                    x / 260 * canvas.width, y / 150 * canvas.height, 1, 1).data].slice(0, 4).join();
                return [at(60, 35), at(185, 107), at(130, 20)];
            });
        })()"""
    )
    (curia, asked, _), (curia_after, answered, nothing) = colours
    assert curia == curia_after == "201,198,188,255"
    assert asked == "91,147,196,255"
    assert answered == nothing == "0,0,0,0"


def test_night_and_day(seen: Seen) -> None:
    page = seen.page
    ground = "getComputedStyle(document.querySelector('.pv-side')).backgroundColor"
    day = page.evaluate(ground)
    page.click("#pv-night")
    night = page.evaluate(ground)
    assert (day, night) == ("rgb(252, 251, 248)", "rgb(28, 30, 33)")
    figure = page.evaluate(
        "getComputedStyle(document.querySelector('.pv-side figure img')).backgroundColor"
    )
    assert figure == "rgb(255, 255, 255)"
    page.click("#pv-night")
    assert page.evaluate(ground) == day


def test_search_narrows_to_the_cards_that_say_it(seen: Seen) -> None:
    page = seen.page
    page.fill("#pv-search", "augustus offices")
    assert page.locator(".pv-card:visible").count() == 1
    assert page.locator(".pv-lesson:visible").count() == 1
    assert page.inner_text(".pv-count") == f"1 of {CARDS} cards"
    page.fill("#pv-search", "")
    assert page.locator(".pv-card:visible").count() == CARDS


def test_width_can_be_chosen(browser: Browser, site: Path) -> None:
    seen = Seen(browser, site, 1400)
    page = seen.page
    page.evaluate("preview.showAll()")
    assert page.locator(".pv-phone .pv-side").first.bounding_box()["width"] == 360  # type: ignore[index]
    page.select_option("#pv-width", "desktop")
    page.evaluate("preview.showAll()")
    assert page.locator(".pv-phone").count() == 0
    assert page.locator(".pv-desktop").count() == CARDS
    assert seen.faults == []
    page.close()


def test_cards_link_to_their_lines(seen: Seen, site: Path) -> None:
    links = seen.page.eval_on_selector_all(".pv-card > header a", "all => all.map(a => a.href)")
    lines = {item.id: item.span.line for item in derive(COURSE)}
    assert len(links) == CARDS
    assert {int(urlsplit(link).fragment.removeprefix("L")) for link in links} == set(lines.values())
    content = site.parent.parent / "content"
    assert {unquote(urlsplit(link).path) for link in links} == {str(content / "01-rome.md")}


@pytest.mark.slow
def test_script_takes_every_kind_by_day_and_by_night(site: Path, tmp_path: Path) -> None:
    script = ROOT / "scripts" / "screenshots.py"
    subprocess.run([sys.executable, script, site, tmp_path], check=True, timeout=60)
    for kind in ItemKind:
        day, night = (tmp_path / f"{kind}-1-{light}.png" for light in ("day", "night"))
        assert day.read_bytes() != night.read_bytes()


def test_same_course_same_files() -> None:
    assert made(DRAWINGS) == made(DRAWINGS)
    assert set(made({})) == {path for path in made(DRAWINGS) if not path.startswith("media/")}
