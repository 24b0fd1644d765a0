"""The open page while the notes are edited, in a real browser."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.watch.conftest import Watch
from tests.watch.seen_page import PATIENCE, Seen


def test_a_saved_sentence_is_seen_without_a_reload_where_it_stands(
    watch: Watch, seen: Seen
) -> None:
    watch.edit("It is farther from the Sun: its way", "Being so far out, its way")
    seen.wait_for("third-law/mars/1", "Being so far out")
    watch.edit("Being so far out", "Out there")
    seen.wait_for("third-law/mars/1", "Out there")
    assert not seen.reloaded
    assert re.search(r"content/01-orbits\.md: 1 card changed, \d\.\d\d s", watch.said)


def test_only_the_cards_that_changed_are_drawn_anew(watch: Watch, seen: Seen) -> None:
    page = seen.page
    page.evaluate("preview.showAll()")
    page.evaluate("document.querySelectorAll('.pv-columns').forEach((c) => { c.old = true; })")
    watch.edit("## Kepler's third law", "<!-- A remark\nof two lines. -->\n\n## Kepler's third law")
    watch.edit("Eight years, since", "Eight whole years, since")
    seen.wait_for("third-law/four/1", "Eight whole years")
    redrawn = """[...document.querySelectorAll('.pv-card')].filter((card) =>
        card.querySelector('.pv-columns') && !card.querySelector('.pv-columns').old)
        .map((card) => card.dataset.card)"""
    assert page.evaluate(redrawn) == ["third-law/four/1"]
    source = (watch.content / "01-orbits.md").read_text().split("\n")
    line = 1 + next(at for at, text in enumerate(source) if text.startswith("## Kepler"))
    expect(page.locator('[data-card="third-law/definition/1"] > header a')).to_have_text(
        f"01-orbits.md:{line}"
    )


def test_cards_come_go_and_change_places(watch: Watch, seen: Seen) -> None:
    count = seen.page.locator(".pv-card").count()
    keys = "[...document.querySelectorAll('.pv-card')].map((card) => card.dataset.card)"
    question = "### Is a comet a planet? {#comet}\n\nNo: it is small and mostly ice.\n\n"
    watch.edit("### Why does Mars", f"{question}### Why does Mars")
    seen.wait_for("third-law/comet/1", "mostly ice")
    expect(seen.page.locator(".pv-count")).to_contain_text(f"{count + 1} cards")
    order = seen.page.evaluate(keys)
    assert order.index("third-law/comet/1") + 1 == order.index("third-law/mars/1")
    mars = watch.lesson.read_text().partition("### Why does Mars")[2].partition("###")[0]
    watch.edit(f"### Why does Mars{mars}", "")
    expect(seen.page.locator('[data-card="third-law/mars/1"]')).to_have_count(0)
    watch.edit(question, f"### Why does Mars{mars}{question}")
    seen.page.wait_for_selector('[data-card="third-law/mars/1"]', state="attached")
    order = seen.page.evaluate(keys)
    assert order.index("third-law/mars/1") + 1 == order.index("third-law/comet/1")
    assert len(order) == count + 1
    assert not seen.reloaded


def test_a_mistake_is_shown_and_goes_when_it_is_mended(watch: Watch, seen: Seen) -> None:
    panel = seen.page.locator(".pv-live")
    expect(panel).not_to_have_attribute("data-state", "bad")
    watch.edit("Eight years, since $T", "Eight years, since T")
    expect(panel).to_have_attribute("data-state", "bad")
    line = 1 + next(
        at for at, text in enumerate(watch.lesson.read_text().split("\n")) if "since T" in text
    )
    problem = panel.locator(".pv-live-problem").first
    expect(problem).to_be_visible()
    expect(problem.locator(".pv-live-place")).to_have_text(re.compile(rf"01-orbits\.md:{line}:\d+"))
    expect(problem).to_contain_text("begins math that never ends")
    expect(problem.locator(".pv-live-hint")).to_contain_text("Close the formula with $")
    expect(panel).to_contain_text("All cards stay as they were until the last error is corrected")
    expect(seen.page.locator("body")).to_have_class(re.compile("pv-live-old"))
    mark = problem.locator("mark")
    expect(mark).to_have_text("$")
    box, line_box = mark.bounding_box(), problem.locator("pre").bounding_box()
    assert box is not None
    assert line_box is not None
    assert line_box["x"] <= box["x"] < line_box["x"] + line_box["width"]
    assert "[unclosed-math]" in watch.wait_until(lambda said: "hint:" in said)
    # The last good cards stay.
    assert seen.page.locator(".pv-card").count() > 10
    watch.edit("Eight years, since T", "Nine years, since $T")
    seen.wait_for("third-law/four/1", "Nine years")
    expect(panel).not_to_have_attribute("data-state", "bad")
    expect(seen.page.locator("body")).not_to_have_class(re.compile("pv-live-old"))
    assert "corrected" in watch.said
    assert not seen.reloaded


def test_a_file_saved_half_way_is_told_and_forgiven(watch: Watch, seen: Seen) -> None:
    whole = watch.lesson.read_bytes()
    watch.lesson.write_bytes(whole[:20])
    expect(seen.page.locator(".pv-live")).to_have_attribute("data-state", "bad")
    expect(seen.page.locator(".pv-live")).to_contain_text("front matter is not closed")
    watch.lesson.write_bytes(whole)
    expect(seen.page.locator(".pv-live")).not_to_have_attribute("data-state", "bad")
    assert not seen.reloaded


def test_a_course_taken_away_comes_back(watch: Watch, seen: Seen) -> None:
    panel = seen.page.locator(".pv-live")
    settings = watch.content / "course.yaml"
    text = settings.read_text()
    settings.unlink()
    expect(panel).to_contain_text("There is no course.yaml")
    settings.write_text(text)
    expect(panel).not_to_have_attribute("data-state", "bad")
    # As version control does when a branch is changed.
    aside = watch.content.rename(watch.content.with_name("aside"))
    expect(panel).to_contain_text("There is no course.yaml")
    shutil.copytree(aside, watch.content)
    expect(panel).not_to_have_attribute("data-state", "bad")
    watch.edit("Eight years, since", "Some eight years, since")
    seen.wait_for("third-law/four/1", "Some eight years")


def test_another_title_loads_the_page_anew_and_keeps_the_place(watch: Watch, seen: Seen) -> None:
    page = seen.page
    last = page.locator(".pv-card").last
    last.evaluate("(card) => preview.show(card)")
    last.scroll_into_view_if_needed()
    key = last.get_attribute("data-card")
    settings = watch.content / "course.yaml"
    watch.edit("title: Orbits and seasons", "title: Round the Sun", settings)
    page.wait_for_function("document.title.startsWith('Round the Sun')")
    page.wait_for_function(
        """(key) => {
            const card = document.querySelector(`[data-card="${key}"]`).getBoundingClientRect();
            return card.bottom > 0 && card.top < innerHeight;
        }""",
        arg=key,
    )
    assert seen.reloaded


def test_a_search_is_kept(watch: Watch, seen: Seen) -> None:
    seen.page.fill("#pv-search", "Eight years")
    expect(seen.page.locator(".pv-card:visible")).to_have_count(1)
    watch.edit("Eight years, since", "Eight years or so, since")
    seen.wait_for("third-law/four/1", "or so")
    expect(seen.page.locator(".pv-card:visible")).to_have_count(1)
    assert seen.page.input_value("#pv-search") == "Eight years"


def test_a_figure_is_drawn_anew(watch: Watch, seen: Seen) -> None:
    figure = watch.content / "figures" / "orbit.tex"
    picture = ".pv-side img"
    seen.page.evaluate("""() => {
        window.steps = [];
        const doing = document.querySelector('.pv-live-doing');
        new MutationObserver(() => steps.push(doing.textContent)).observe(doing, {childList: true});
    }""")
    seen.page.evaluate("preview.showAll()")
    before = seen.page.locator(picture).first.get_attribute("src")
    watch.edit(r"\begin{tikzpicture}", "\\begin{tikzpicture}\n\\draw (0,0) -- (.2,.2);", figure)
    expect(seen.page.locator(picture).first).not_to_have_attribute("src", before or "")
    seen.page.wait_for_function(
        f"[...document.querySelectorAll('{picture}')].every((i) => i.complete && i.naturalWidth)"
    )
    # Meanwhile the page said what it waits for.
    assert any("drawing figures" in step for step in seen.page.evaluate("steps"))
    expect(seen.page.locator(".pv-live-doing")).to_be_empty()


_HEIGHTS = """(key) => [...document.querySelectorAll(`[data-card="${key}"] #image-occlusion-container`)]
    .map((one) => one.getBoundingClientRect().height)"""
_DRAWN = """(key) => {
    const all = [...document.querySelectorAll(`[data-card="${key}"] #image-occlusion-container`)];
    return all.length > 0 && all.every((one) => one.querySelector('img').complete
        && one.style.aspectRatio && one.getBoundingClientRect().height > 0);
}"""
_MASKED = """(key) => [...document.querySelectorAll(`[data-card="${key}"] canvas`)].map((canvas) =>
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
        .filter((value, at) => at % 4 === 3 && value > 0).length)"""


def test_an_edited_figure_with_masks_keeps_its_picture(watch: Watch, seen: Seen) -> None:
    key = "third-law/fig-orbit/1"
    seen.page.evaluate("preview.showAll()")
    seen.page.wait_for_function(_DRAWN, arg=key)
    before = seen.page.evaluate(_HEIGHTS, key)
    assert min(before) > 100
    watch.edit('"A planet\'s orbit"', '"The orbit of a planet"')
    seen.wait_for(key, "The orbit of a planet")
    seen.page.wait_for_function(_DRAWN, arg=key)
    assert seen.page.evaluate(_HEIGHTS, key) == before
    assert min(seen.page.evaluate(_MASKED, key)) > 100
    figure = watch.content / "figures" / "orbit.tex"
    watch.edit("radius=20.8mm", "radius=10.4mm", figure)
    seen.page.wait_for_function(
        f"([key, before]) => ({_HEIGHTS})(key).every((height) => height > 0 && height < before)",
        arg=[key, min(before)],
    )
    assert min(seen.page.evaluate(_MASKED, key)) > 100
    assert not seen.reloaded


def test_a_new_figure_with_masks_shows_its_picture(watch: Watch, seen: Seen) -> None:
    orbit = (watch.content / "figures" / "orbit.tex").read_text(encoding="utf-8")
    (watch.content / "figures" / "path.tex").write_text(orbit, encoding="utf-8")
    picture = '![A closed path](figures/path.tex "The path"){#fig-path}\n\n'
    watch.edit("<!-- A cloze:", f"{picture}<!-- A cloze:")
    key = "orbit/fig-path/2"
    seen.page.wait_for_selector(f'[data-card="{key}"]', state="attached")
    seen.page.evaluate("preview.showAll()")
    seen.page.wait_for_function(_DRAWN, arg=key)
    assert min(seen.page.evaluate(_MASKED, key)) > 100
    assert not seen.reloaded


def test_only_what_was_edited_is_framed_although_all_numbers_move(watch: Watch, seen: Seen) -> None:
    new = "## Year {#year}\n\nThe time of one round.\n\n"
    watch.edit("## Kepler's third law", f"{new}## Kepler's third law")
    seen.wait_for("year/definition/1", "The time of one round")
    framed = "[...document.querySelectorAll('.pv-live-changed')].map((card) => card.dataset.card)"
    assert seen.page.evaluate(framed) == ["year/definition/1"]
    assert re.search(r"01-orbits\.md: 1 card changed", watch.said)
    # The numbers on the other cards are the new ones all the same.
    seen.page.evaluate(
        "preview.show(document.querySelector('[data-card=\"seasons/definition/1\"]'))"
    )
    expect(seen.page.locator('[data-card="seasons/definition/1"]')).to_contain_text(
        "Booklet\u00a0Q\u00a05"
    )


def test_a_figure_with_a_mistake_leaves_the_cards_and_says_so(watch: Watch, seen: Seen) -> None:
    figure = watch.content / "figures" / "orbit.tex"
    panel = seen.page.locator(".pv-live")
    watch.edit(r"\draw[curve]", r"\drow[curve]", figure)
    expect(panel).to_contain_text("figures/orbit.tex:3:3")
    expect(panel).to_contain_text("All cards stay as they were")
    # Another edit, of another file, does not come through either.
    watch.edit("Eight years, since", "Some eight years, since")
    watch.wait_until(lambda said: "the same mistakes as before" in said)
    expect(seen.page.locator('[data-card="third-law/four/1"]')).not_to_contain_text("Some eight")
    watch.edit(r"\drow[curve]", r"\draw[curve]", figure)
    seen.wait_for("third-law/four/1", "Some eight years")


@pytest.mark.slow
def test_sheet_and_booklet_follow_and_can_be_opened(watch: Watch, seen: Seen) -> None:
    watch.wait_until(lambda said: "background: " in said)
    panel = seen.page.locator(".pv-live")
    expect(panel.locator("summary")).to_contain_text("printed")
    before = (watch.out / "booklet.pdf").read_bytes()
    watch.edit("Eight years, since", "Just eight years, since")
    expect(panel.locator("summary")).to_contain_text("printing")
    expect(panel.locator("summary")).to_contain_text("printed")
    assert (watch.out / "booklet.pdf").read_bytes() != before
    panel.locator("summary").click()
    link = panel.locator("a", has_text="booklet.pdf").get_attribute("href")
    assert (
        seen.page.request.get(f"{watch.url}{link}".replace("//artifacts", "/artifacts")).body()
        == (watch.out / "booklet.pdf").read_bytes()
    )


def test_a_page_left_open_says_when_nobody_watches_any_more(watch: Watch, seen: Seen) -> None:
    assert watch.stop() == 0
    panel = seen.page.locator(".pv-live")
    expect(panel).to_have_attribute("data-state", "lost")
    # The browser complains of the connection; we do not.
    seen.faults[:] = [fault for fault in seen.faults if "ERR_" not in fault]


def test_it_begins_with_broken_notes(place: Path, browser: Browser) -> None:
    lesson = place / "content" / "01-orbits.md"
    good = lesson.read_text()
    lesson.write_text(good.replace("lesson: 1", "lesson: one"))
    running = Watch(place)
    page = browser.new_page(bypass_csp=True)
    page.goto(running.url)
    expect(page.locator(".pv-live")).to_contain_text("01-orbits.md:2:")
    expect(page.locator("h1")).to_have_text("No cards yet")
    lesson.write_text(good)
    page.wait_for_selector(".pv-shown", timeout=PATIENCE)
    page.close()
    assert running.stop() == 0


def test_the_policy_of_the_page_hinders_nothing_that_it_needs(
    watch: Watch, browser: Browser
) -> None:
    watch.wait_until(lambda said: "all notes" in said)
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(watch.url)
    page.wait_for_selector("mjx-container")
    page.evaluate("preview.showAll()")
    link = page.locator(".pv-card > header a").first
    link.click()
    expect(page.locator("li:target")).to_contain_text("## ")
    assert faults == []
    page.close()


@pytest.mark.slow
def test_the_built_preview_follows_nothing(watch: Watch) -> None:
    watch.wait_until(lambda said: "background: " in said)
    page = (watch.out / "preview" / "index.html").read_text()
    assert "EventSource" not in page
    assert "live.js" not in page
