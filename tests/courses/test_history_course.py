"""A course of history, built whole: the tool knows no subject, and each construct serves any."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from click.testing import CliRunner
from playwright.sync_api import Browser

from aml_build.cli import cli
from aml_build.items.derive import derive
from aml_build.items.item import Item
from aml_build.items.kinds import ItemKind
from aml_build.model import Construct, Course, Remark
from aml_build.model.plain_text import plain
from aml_build.model.walk import blocks
from aml_build.parse.course import parse_course
from aml_build.render.anki import notes
from tests.paths import ROOT

CONTENT = Path(__file__).parent / "history"
SECOND = 1000


@pytest.fixture(scope="module")
def vocabulary() -> tuple[str, ...]:
    """Return what only machine learning speaks of: every name of several words in the notes, and more."""
    course = parse_course(ROOT / "content").course
    assert course is not None
    names = {
        name.lower()
        for lesson in course.lessons
        for concept in lesson.concepts
        for name in (plain(concept.term), *concept.aka, concept.id.replace("-", " "))
        if " " in name
    }
    assert len(names) > 300
    return (*sorted(names), *_SINGLE)


_SINGLE = tuple(
    "autoencoder backpropagation bayes bayesian classifier cnn convolution convolutional dropout gan "
    "hyperparameter imagenet logit lstm mlp neural neuron overfitting perceptron pooling "
    "regression regularization relu resnet rnn segmentation sgd sigmoid softmax svm tensor transformer".split()
)


def says(text: str, term: str) -> bool:
    """Return whether the term stands in the text as words of its own."""
    return term in text and bool(re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text))


@pytest.fixture(scope="module")
def course() -> Course:
    course = parse_course(CONTENT).course
    assert course is not None
    return course


@pytest.fixture(scope="module")
def items(course: Course) -> tuple[Item, ...]:
    return tuple(derive(course))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of all artifacts, built without a single complaint."""
    folder = tmp_path_factory.mktemp("history")
    shutil.copytree(CONTENT, folder / "course")
    out = folder / "out"
    built = CliRunner().invoke(
        cli, ["build", "--content", str(folder / "course"), "--out", str(out), "--json"]
    )
    assert built.exit_code == 0, built.output
    assert json.loads(built.stdout)["diagnostics"] == []
    return out


def printed(pdf: Path) -> str:
    """Return what a reader copies out of a document, with the spaces of a line."""
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def test_every_construct_and_every_kind_of_question_is_in_it(
    course: Course, items: tuple[Item, ...]
) -> None:
    concepts = [concept for lesson in course.lessons for concept in lesson.concepts]
    assert {type(part) for c in concepts for part in c.body} == set(get_args(Construct))
    assert {item.kind for item in items} == set(ItemKind)
    assert any(isinstance(block, Remark) for block in blocks(course.lessons))
    assert any(item.reverse for item in items)
    for relation in ("see", "needs", "contrast", "aka", "sources"):
        assert any(getattr(concept, relation) for concept in concepts), relation


@pytest.fixture
def student(out: Path, tmp_path: Path) -> Iterator[Collection]:
    """Yield a collection that has just imported the deck."""
    student = Collection(str(tmp_path / "collection.anki2"))
    request = ImportAnkiPackageRequest(
        package_path=str(out / "revolution.apkg"), options=ImportAnkiPackageOptions()
    )
    student.import_anki_package(request)
    yield student
    student.close()


def test_the_deck_is_studied_in_anki(student: Collection, items: tuple[Item, ...]) -> None:
    assert student.note_count() == len(items)
    assert {deck.name for deck in student.decks.all_names_and_ids() if deck.name != "Default"} == {
        "The French Revolution",
        "The French Revolution::01 The end of the monarchy",
        "The French Revolution::02 The Republic at war",
    }
    assert len(student.find_cards('"ID:to-republic/fig-timeline"')) == 4
    (card,) = student.find_cards('"ID:third-estate/poor"')
    shown = student.get_card(card).render_output()
    assert "The Third Estate was the poor of France" in shown.question_text
    assert "all commoners" in shown.answer_text
    media = student.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    assert not student.get_empty_cards().notes


def test_each_back_reports_a_mistake_in_its_concept(
    student: Collection, items: tuple[Item, ...]
) -> None:
    for item in items:
        for card in student.find_cards(f'"ID:{item.id}"'):
            shown = student.get_card(card).render_output()
            link = f"https://example.org/issues/new?title={item.concept.id}"
            assert re.findall(r'href="(https?://[^"]*)"', shown.answer_text) == [link]
            assert link not in shown.question_text
    root = student.decks.by_name("The French Revolution")
    assert root is not None
    described = root["desc"]
    assert "https://example.org/issues/new" in described
    assert "CC BY-SA 4.0" in described


def test_without_an_address_nothing_is_reported(course: Course) -> None:
    bare = msgspec.structs.replace(course, report_url="")
    fields = [field for note in notes(bare, derive(bare, {}), {}) for field in note.fields]
    assert not any("http" in field or "Report" in field for field in fields)


def test_the_sheet_holds_every_concept(out: Path, course: Course) -> None:
    text = printed(out / "cheatsheet.pdf")
    for words in (
        *(lesson.title for lesson in course.lessons),
        "Estates General", "Storming of the Bastille", "Committee of Public Safety",
        "an appeal to the people", "The king flees, and is stopped at Varennes, in June 1791.",
        "Resistance to oppression", "taken only for public need", "Tuileries",
    ):  # fmt: skip
        assert words in text
    report = (out / "cheatsheet-report.txt").read_text(encoding="utf-8")
    assert "9 of 9 boxes are on it" in report
    assert "Nothing was left out" in report


def test_the_booklet_asks_and_answers(out: Path, items: tuple[Item, ...]) -> None:
    text = printed(out / "booklet.pdf")
    assert all(item.id in text for item in items)
    for words in (
        "What was the Estates General?",
        "Which four natural rights does the Declaration name?",
        "He left a letter that took back his consent",
        "États généraux",
        "Sieyès 1789",
        "Four days on the way to the Republic",
    ):
        assert words in text
    assert (out / "booklet-print.pdf").stat().st_size > 10_000


@pytest.fixture(scope="module")
def faults_and_text(out: Path, browser: Browser) -> Iterator[tuple[list[str], list[str]]]:
    """Show every card in a browser; return what it complains of and what stands on each side."""
    faults: list[str] = []
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.on("console", lambda m: faults.append(m.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.goto((out / "preview" / "index.html").as_uri())
    page.evaluate("preview.showAll()")
    page.wait_for_function(
        "[...document.images].every((i) => i.complete && i.naturalWidth)", timeout=60 * SECOND
    )
    yield faults, page.locator(".pv-side").all_inner_texts()
    page.close()


def test_the_preview_shows_every_card(
    faults_and_text: tuple[list[str], list[str]], items: tuple[Item, ...]
) -> None:
    faults, sides = faults_and_text
    assert faults == []
    assert all(side.strip() for side in sides)
    shown = "\n".join(sides)
    for words in ("Which four natural rights", "18 Brumaire", "He was one of twelve members"):
        assert words in shown


def test_its_macros_are_its_own(out: Path) -> None:
    assert re.search(r"18 Brumaire of year 8\b", printed(out / "cheatsheet.pdf"))


def test_nothing_of_another_subject_stands_in_what_is_made(
    out: Path, faults_and_text: tuple[list[str], list[str]], vocabulary: tuple[str, ...]
) -> None:
    _, sides = faults_and_text
    texts = [printed(path) for path in out.glob("*.pdf")]
    made = "\n".join([*sides, *texts, (out / "cheatsheet-report.txt").read_text()]).lower()
    assert "third estate" in made
    assert [term for term in vocabulary if says(made, term)] == []


def test_nothing_in_the_tool_knows_machine_learning(vocabulary: tuple[str, ...]) -> None:
    """Held against what the course of this repository teaches, so that it grows with the notes."""
    files = [
        path
        for folder in ("aml_build", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    texts = {path: path.read_text(encoding="utf-8").lower() for path in files}
    found = [
        f"{path.relative_to(ROOT).as_posix()}: {term}"
        for term in vocabulary
        for path, text in texts.items()
        if says(text, term)
    ]
    assert len(files) > 150
    assert found == []
