"""Whatever is remembered, results are those of doing everything anew."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from aml_build.model.drawing import Drawing, LabelBox
from aml_build.pipeline.build import check_notes
from aml_build.pipeline.passes import compare_with_release, make_notes
from aml_build.render.anki import deck, notes
from aml_build.storage.cache import Cache, recall_or_compute
from tests.paths import STARTER
from tests.samples import EDITION

SECOND = """\
---
lesson: 2
title: Tides
---

## Tide {#tide see="orbit" contrast="seasons"}

Rises and falls with the Moon, see [](#third-law) and [the way](#orbit), twice a day.

### What raises the sea in a tide? {#why}

The pull of the Moon, $F\\propto 1/r^3$.
"""

ORBIT = Drawing(
    "orbit-1", b"", b"<svg/>", ".svg", 90, 60, (LabelBox(1, "sun", 0.1, 0.1, 0.2, 0.2),)
)

EDITS = {
    "a sentence": ("02.md", "twice a day", "every day"),
    "a term that others show": ("01-orbits.md", "## Orbit {", "## Round {"),
    "a concept before all others": ("01-orbits.md", "## Kepler", "## Sun {#sun}\n\nA star.\n\n## Kepler"),
    "an id": ("01-orbits.md", "{#orbit .rev", "{#way was=orbit .rev"),
    "a relation": ("02.md", ' contrast="seasons"', ""),
    "the title of a lesson": ("02.md", "title: Tides", "title: Seas"),
    "its number": ("02.md", "lesson: 2", "lesson: 120"),
    "the title of the course": ("course.yaml", "title: Orbits and", "title: Ways and"),
    "where to report": ("course.yaml", "language: en", "language: en\nreport_url: https://a.b/{concept}"),
    "a macro": ("course.yaml", r"\mathrm{AU}", r"\mathrm{au}"),
    "a question that is there already": ("02.md", "### What", "### What is meant by Seasons? {#b}\n\nSun.\n\n### What"),
    "a formula that is wrong": ("02.md", "1/r^3", "\\\\left( 1/r^3"),
    "and its correction": ("02.md", "\\\\left( ", ""),
}  # fmt: skip


def made(root: Path, cache: Cache, drawings: dict[str, Drawing]) -> tuple[object, ...]:
    state = check_notes(root, cache, tex=False)
    state = make_notes(msgspec.structs.replace(state, drawings=drawings), cache)
    assert state.course is not None
    if state.sound:
        assert state.contents == notes(state.course, state.items, drawings)
    state = compare_with_release(state)
    times = {note.published_id: EDITION.epoch for note in state.contents}
    package = deck(state.course, state.contents, drawings, EDITION, times, cache)
    return state, state.items, state.outcome.diagnostics, package


def test_after_every_edit_all_is_as_if_done_anew(tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(STARTER, root)
    (root / "02.md").write_text(SECOND, encoding="utf-8")
    cache, anew = Cache(tmp_path / "cache"), Cache(None)
    drawings = {"figures/orbit.tex": ORBIT}
    before = made(root, cache, drawings)
    assert before == made(root, cache, drawings) == made(root, anew, drawings)
    for name, (path, old, new) in EDITS.items():
        text = (root / path).read_text(encoding="utf-8")
        assert old in text, name
        (root / path).write_text(text.replace(old, new), encoding="utf-8")
        after = made(root, cache, drawings)
        assert after == made(root, anew, drawings), name
        assert after != before, name
        before = after
    redrawn = {"figures/orbit.tex": msgspec.structs.replace(ORBIT, name="orbit-2", width=120)}
    assert made(root, cache, redrawn) == made(root, anew, redrawn) != before


class Work:
    """Doubles numbers, and notes which."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, parts: Sequence[int]) -> list[int]:
        self.asked += parts
        return [2 * part for part in parts]


def test_only_what_is_new_is_worked_on(tmp_path: Path) -> None:
    work = Work()
    cache = Cache(tmp_path)
    assert recall_or_compute(cache, "room", "", (1, 2, 2), work, int) == [2, 4, 4]
    assert recall_or_compute(cache, "room", "", (2, 3), work, int) == [4, 6]
    assert work.asked == [1, 2, 3]
    recall_or_compute(cache, "room", "", (1,), work, int)
    assert work.asked == [1, 2, 3, 1], "what the last call did not ask for is forgotten"
    recall_or_compute(cache, "room", "other", (1,), work, int)
    assert work.asked == [1, 2, 3, 1, 1]
    recall_or_compute(Cache(None), "room", "other", (1, 1), work, int)
    assert work.asked == [1, 2, 3, 1, 1, 1, 1]


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"half"])
def test_a_damaged_memory_is_no_memory(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    recall_or_compute(cache, "room", "", (1,), Work(), int)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(damage)
    work = Work()
    assert recall_or_compute(cache, "room", "", (1,), work, int) == [2]
    assert work.asked == [1]
