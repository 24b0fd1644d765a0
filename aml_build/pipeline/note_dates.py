"""The times of the notes: from the release lock, the build record, the last deck, git or the clock."""

import errno
import functools
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from aml_build.engines.git import commit_times
from aml_build.figures.draw import STYLE
from aml_build.model import Course
from aml_build.model.drawing import is_tikz
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.request import BuildRequest
from aml_build.release.import_summary import RecordSource, import_summary
from aml_build.release.note_times import (
    RECORD_NAME,
    DatedText,
    Record,
    RecordError,
    date_notes,
    dumps,
    loads,
    release_times,
)
from aml_build.render.anki.notes import NoteContent
from aml_build.render.anki.package_reader import packaged_notes
from aml_build.storage.clock import given_epoch, now
from aml_build.storage.files import write_atomically
from aml_build.storage.source_paths import SETTINGS, STATE


def record_path(root: Path) -> Path:
    """Return where a course keeps its build record."""
    return root / STATE / RECORD_NAME


def date_contents(state: CourseState, request: BuildRequest) -> CourseState:
    """Add the times of the notes, and what an import of the deck does; raise ``EpochError``."""
    course = state.course
    if course is None or not state.readable:
        return state
    notes = state.contents
    source, record = RecordSource.RECORD, _read_record(request.root)
    if record is None:
        record = _record_of_deck(notes, request.out / f"{course.id}.apkg")
        source = RecordSource.DECK if record else RecordSource.NONE
    moment = now()
    source_times = _SourceTimes(state, course, request.root, moment)
    dates = date_notes(notes, state.lock, record, source_times, moment)
    summary = import_summary(notes, state.lock, record, dates)
    times = {published_id: text.mtime for published_id, text in dates.items()}
    if request.version:
        times = release_times(notes, state.lock, dates, request.moment)
    return replace(
        state,
        record={**record, **dates},
        times=times,
        import_summary=replace(summary, source=source),
    )


def write_record(path: Path, record: Record) -> bytes:
    """Write the build record into a folder that git ignores, unless it is there; raise ``OSError``."""
    data = dumps(record).encode()
    if path.parent.is_symlink():
        # Somebody's course must not write into another folder.
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path.parent))
    ignore = path.with_name(".gitignore")
    if not ignore.exists():
        write_atomically(ignore, b"*\n")
    if not path.exists() or path.read_bytes() != data:
        write_atomically(path, data)
    return data


def _read_record(root: Path) -> Record | None:
    """Return the build record; nothing if there is none, or none that can be read."""
    try:
        return loads(record_path(root).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, RecordError):
        return None


def _record_of_deck(notes: tuple[NoteContent, ...], deck: Path) -> Record:
    """Return what the last deck has of the notes, for a record that is lost."""
    try:
        packaged = packaged_notes(deck.read_bytes())
    except OSError:
        return {}
    record = {}
    for note in notes:
        if found := packaged.get(note.guid):
            same = (found.fields, found.tags) == (note.fields, note.tags)
            digests = (note.own, note.shown) if same else ("", "")
            record[note.published_id] = DatedText(*digests, found.mtime)
    return record


class _SourceTimes:
    """When the source of a note last changed; git is asked at the first call only."""

    def __init__(self, state: CourseState, course: Course, root: Path, moment: int) -> None:
        self._state, self._course, self._root, self._moment = state, course, root, moment
        self._times: Mapping[str, int] | None = None
        self._lesson_sources = functools.cache(self._new_lesson_sources)

    def __call__(self, published_id: str) -> int:
        """Return the time, s since 1970: the clock's if git does not know it or it is not committed."""
        if self._times is None:
            self._notes = {note.published_id: note for note in self._state.contents}
            # With a given epoch, the same files get the same times with and without git.
            self._times = {} if given_epoch() is not None else commit_times(self._root)
            self._of_lesson = {lesson.number: lesson.span.path for lesson in self._course.lessons}
            self._of_media = {
                drawing.name + drawing.suffix: path
                for path, drawing in self._state.drawings.items()
            }
        return max(
            self._times.get(path, self._moment) for path in self._sources(self._notes[published_id])
        )

    def _sources(self, note: NoteContent) -> Iterator[str]:
        """Yield the paths of the files that make the note's own text, figures and media."""
        yield from self._lesson_sources(note.lesson)
        for name in note.media:
            path = self._of_media[name]
            yield path
            if is_tikz(path) and (self._root / STYLE).exists():
                yield STYLE

    def _new_lesson_sources(self, number: int) -> tuple[str, ...]:
        path = self._of_lesson[number]
        text = self._state.sources[path].text
        with_macro = any(macro.name in text for macro in self._course.macros)
        return (path, SETTINGS) if with_macro else (path,)
