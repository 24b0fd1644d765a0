"""What has no id yet is shown with a provisional one, and the page can have the ids written."""

import errno
import http.client
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from aml_build.commands.fix import fix_course
from aml_build.pipeline.request import BuildRequest
from aml_build.watch.rebuild import Rebuilder
from aml_build.watch.served_site import Site
from aml_build.watch.server import Server
from tests.watch.conftest import Watch
from tests.watch.seen_page import Seen

NEW = """## Year

The time of one round.

- **Leap year**: has a day more
- **Common year**: has 365 days

Every ==fourth== year is longer. [x](#nowhere)

### Why leap years?

A round takes a quarter of a day more.

"""
AFTER = "## Orbit {#orbit .reversible}"


@pytest.fixture
def notes(place: Path) -> Path:
    return place / "content"


def rebuilt(notes: Path) -> Rebuilder:
    return Rebuilder(BuildRequest(notes, notes.parent / "out"))


def insert(notes: Path, text: str) -> None:
    lesson = notes / "01-orbits.md"
    before = lesson.read_text(encoding="utf-8")
    assert AFTER in before
    lesson.write_text(before.replace(AFTER, text + AFTER, 1), encoding="utf-8")


def test_provisional_ids_are_those_that_are_written_later(notes: Path) -> None:
    rebuilder = rebuilt(notes)
    rebuilder.rebuild()
    insert(notes, NEW.replace(" [x](#nowhere)", ""))
    now = rebuilder.rebuild()
    assert now.cards is not None
    assert (now.stale, now.unwritten, now.sound) == ((), 7, False)
    assert {d.code.value for d in now.diagnostics} >= {"missing-id"}
    provisional = {
        card.key for card in now.cards.page.sections[0].cards if "pv-unwritten" in card.head
    }
    assert {key.partition("/")[0] for key in provisional} == {"year"}
    shown = {card.key: card for card in now.cards.page.sections[0].cards}
    assert fix_course(notes) == (("01-orbits.md", 7),)
    later = rebuilder.rebuild()
    assert later.cards is not None
    assert (later.unwritten, later.sound) == (0, True)
    written = {card.key: card for card in later.cards.page.sections[0].cards}
    assert list(written) == list(shown)
    assert [key for key in written if written[key].sides != shown[key].sides] == []
    assert not any("pv-unwritten" in card.head for card in written.values())


def test_places_are_those_in_the_notes_although_lines_are_added_in_memory(notes: Path) -> None:
    insert(notes, NEW)
    now = rebuilt(notes).rebuild()
    lines = (notes / "01-orbits.md").read_text(encoding="utf-8").split("\n")
    (wrong,) = (d for d in now.diagnostics if d.code == "dangling-reference")
    place = wrong.span
    assert lines[place.line - 1][place.column - 1 :][: place.length] == "[x](#nowhere)"
    for found in now.diagnostics:
        assert found.span.column <= len(lines[found.span.line - 1])
    text = (notes / "01-orbits.md").read_text(encoding="utf-8")
    (notes / "01-orbits.md").write_text(text.replace(" [x](#nowhere)", ""), encoding="utf-8")
    cards = rebuilt(notes).rebuild().cards
    assert cards is not None
    for card in cards.page.sections[0].cards:
        line = text.split("\n")[card.span.line - 1][card.span.column - 1 :]
        assert line.strip()
        if card.key.startswith("seasons/definition"):
            assert line.startswith("Seasons")


def test_only_a_new_part_of_a_known_concept_is_marked(notes: Path) -> None:
    insert(notes, "### Why do planets move?\n\nThey fall.\n\n")
    cards = rebuilt(notes).rebuild().cards
    assert cards is not None
    marked = [c.key for c in cards.page.sections[0].cards if "pv-unwritten" in c.head]
    assert marked == ["third-law/why-planets-move/1"]


def test_a_new_concept_is_seen_at_once_and_its_id_is_written_from_the_page(
    watch: Watch, seen: Seen
) -> None:
    insert(watch.content, "## Year\n\nThe time of one round.\n\n")
    seen.wait_for("year/definition/1", "The time of one round")
    card = seen.page.locator('[data-card="year/definition/1"]')
    expect(card.locator("header")).to_contain_text("provisional id")
    panel = seen.page.locator(".pv-live")
    expect(panel).to_contain_text("1 id is missing in the notes")
    expect(panel.locator(".pv-live-place")).to_have_count(1)
    panel.get_by_role("button", name="Write the missing ids").click()
    expect(panel.get_by_role("button")).to_have_count(0)
    expect(panel).not_to_have_attribute("data-state", "bad")
    expect(card.locator("header")).not_to_contain_text("provisional id")
    assert "## Year {#year}" in watch.lesson.read_text(encoding="utf-8")
    watch.wait_until(lambda said: "corrected" in said)
    assert not seen.reloaded


def post(watch: Watch, page: Page, **changed: str) -> int:
    """Ask for the ids to be written, as the page does but for the changed headers."""
    port = urlsplit(watch.url).port
    token = page.evaluate("document.querySelector('script[data-token]').dataset.token")
    headers = {
        "Host": f"127.0.0.1:{port}",
        "Origin": f"http://127.0.0.1:{port}",
        "X-Preview-Token": token,
    }
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    path = headers.pop("Path", "/ids")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {name: value for name, value in headers.items() if value}
    connection.request(headers.pop("Method", "POST"), path, headers=sent)
    status = connection.getresponse().status
    connection.close()
    return status


def test_no_other_page_can_have_ids_written(watch: Watch, seen: Seen) -> None:
    insert(watch.content, "## Year\n\nThe time of one round.\n\n")
    seen.wait_for("year/definition/1", "The time of one round")
    text = watch.lesson.read_bytes()
    port = urlsplit(watch.url).port
    for headers in (
        {"Host": "attacker.example"},
        {"Host": f"attacker.example:{port}", "Origin": f"http://attacker.example:{port}"},
        {"Origin": "https://attacker.example"},
        {"Origin": "null"},
        {"Origin": ""},
        # The other name of this computer is another origin.
        {"Origin": f"http://localhost:{port}"},
        {"X_Preview_Token": ""},
        {"X_Preview_Token": "guess"},
    ):
        assert post(watch, seen.page, **headers) == 403, headers
    assert post(watch, seen.page, Path="/") == 404
    assert post(watch, seen.page, Method="GET") == 404
    assert post(watch, seen.page, Method="OPTIONS") == 501
    assert watch.lesson.read_bytes() == text
    own = f"localhost:{port}"
    assert post(watch, seen.page, Host=own, Origin=f"http://{own}") == 204
    assert b"## Year {#year}" in watch.lesson.read_bytes()


def test_a_foreign_page_in_the_browser_is_refused(
    watch: Watch, seen: Seen, browser: Browser
) -> None:
    insert(watch.content, "## Year\n\nThe time of one round.\n\n")
    seen.wait_for("year/definition/1", "The time of one round")
    text = watch.lesson.read_bytes()
    other = Server(Site(), watch.out, 0, lambda: None)
    Thread(target=other.serve_forever, daemon=True).start()
    page = browser.new_page(bypass_csp=True)
    page.goto(other.url)
    send = "(url) => fetch(`${url}ids`, {method: 'POST', mode: 'no-cors'}).catch(() => 'refused')"
    with page.expect_request("**/ids"):
        assert page.evaluate(send, watch.url) == "refused"
    page.close()
    other.shutdown()
    other.server_close()
    assert watch.lesson.read_bytes() == text


def test_why_ids_cannot_be_written_is_the_answer(tmp_path: Path) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "01-orbits.md")

    server = Server(Site(), tmp_path, 0, fail)
    Thread(target=server.serve_forever, daemon=True).start()
    own = f"127.0.0.1:{server.server_port}"
    connection = http.client.HTTPConnection(own, timeout=20)
    headers = {"Origin": f"http://{own}", "X-Preview-Token": server.token}
    connection.request("POST", "/ids", headers=headers)
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (500, b"01-orbits.md: No space left on device")
    server.shutdown()
    server.server_close()
