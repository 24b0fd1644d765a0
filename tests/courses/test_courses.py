"""Small real courses of other subjects, languages and scripts: each is built into every artifact."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from click.testing import CliRunner
from playwright.sync_api import Browser

from aml_build.cli import cli
from aml_build.commands.build import build
from aml_build.items.derive import derive
from aml_build.model import Concept, Course
from aml_build.parse.course import parse_course
from aml_build.pipeline.options import Target
from aml_build.pipeline.request import BuildRequest
from aml_build.schema import json_schemas as schemas
from tests.courses.botany_pictures import write_pictures

HERE = Path(__file__).parent
COURSES = sorted(path.parent.name for path in HERE.glob("*/course.yaml"))
SECOND = 1000


class BuiltCourse(msgspec.Struct):
    """A course, built from a copy of its notes."""

    root: Path
    out: Path
    course: Course
    diagnostics: list[Any]
    exit_code: int

    @property
    def deck(self) -> Path:
        return self.out / f"{self.course.id}.apkg"


@pytest.fixture(scope="module", params=COURSES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuiltCourse:
    folder = tmp_path_factory.mktemp(request.param)
    root, out = folder / "course", folder / "out"
    shutil.copytree(HERE / request.param, root)
    if request.param == "botany":
        write_pictures(root)
    done = CliRunner().invoke(cli, ["build", "--content", str(root), "--out", str(out), "--json"])
    course = parse_course(root).course
    assert course is not None
    report = json.loads(done.stdout)
    return BuiltCourse(root, out, course, report["diagnostics"], done.exit_code)


def test_it_is_built_without_a_mistake_or_a_warning(built: BuiltCourse) -> None:
    assert (built.exit_code, built.diagnostics) == (0, [])


def imported(collection: Collection, deck: Path) -> Any:
    """Import a deck with Anki's defaults; return Anki's log."""
    request = ImportAnkiPackageRequest(package_path=str(deck), options=ImportAnkiPackageOptions())
    return collection.import_anki_package(request).log


@pytest.fixture
def student(built: BuiltCourse, tmp_path: Path) -> Iterator[Collection]:
    """Yield a collection that has just imported the deck."""
    student = Collection(str(tmp_path / "collection.anki2"))
    imported(student, built.deck)
    yield student
    student.close()


def test_anki_has_every_card_and_its_media(built: BuiltCourse, student: Collection) -> None:
    items = derive(built.course)
    assert student.note_count() == len(items)
    for item in items:
        cards = student.find_cards(f'"ID:{item.id}"')
        assert cards, item.id
        for card in map(student.get_card, cards):
            assert re.sub(r"<[^>]*>", "", card.question() + card.answer()).strip(), item.id
    media = student.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    assert not student.get_empty_cards().notes


def first_concept(course: Course) -> Concept:
    return next(concept for lesson in course.lessons for concept in lesson.concepts)


def test_a_correction_of_a_definition_updates_its_note_alone(
    built: BuiltCourse, student: Collection, tmp_path: Path
) -> None:
    root = tmp_path / "course"
    shutil.copytree(built.root, root)
    concept = first_concept(built.course)
    place = concept.definition.span
    lesson = root / place.path
    lines = lesson.read_text(encoding="utf-8").split("\n")
    end = next(at for at in range(place.line, len(lines)) if not lines[at].strip())
    lines[end - 1] += " (1)"
    lesson.write_text("\n".join(lines), encoding="utf-8")
    assert build(BuildRequest(root, tmp_path / "out", (Target.DECK,))).exit_code == 0
    log = imported(student, tmp_path / "out" / built.deck.name)
    ids = student.find_notes(f'"ID:{concept.id}/definition"')
    assert [note.id.nid for note in log.updated] == list(ids)
    assert not (log.new or log.conflicting)


def printed(pdf: Path) -> str:
    """Return what a reader copies out of a document."""
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("name", ["cheatsheet.pdf", "booklet.pdf", "booklet-print.pdf"])
def test_what_is_printed_holds_no_code_of_a_character(built: BuiltCourse, name: str) -> None:
    text = printed(built.out / name)
    assert text
    assert re.findall(r"U\+[0-9A-F]{4}", text) == []


def test_the_booklet_asks_everything(built: BuiltCourse) -> None:
    text = printed(built.out / "booklet.pdf")
    assert [item.id for item in derive(built.course) if item.id not in text] == []


def test_the_model_keeps_to_its_schema(built: BuiltCourse) -> None:
    model = json.loads((built.out / "model.json").read_text(encoding="utf-8"))
    jsonschema.validate(model, json.loads(schemas.schema(schemas.Described.MODEL)))


def test_the_preview_shows_every_card(built: BuiltCourse, browser: Browser) -> None:
    faults: list[str] = []
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.on("console", lambda m: faults.append(m.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.goto((built.out / "preview" / "index.html").as_uri())
    page.evaluate("preview.showAll()")
    page.wait_for_function(
        "[...document.images].every((i) => i.complete && i.naturalWidth)", timeout=60 * SECOND
    )
    sides = page.locator(".pv-side").all_inner_texts()
    page.close()
    assert faults == []
    assert all(side.strip() for side in sides)
