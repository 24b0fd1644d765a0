"""The drawings of a course that a test has parsed."""

from pathlib import Path

from aml_build.figures.draw import DrawResult, draw_files, pictures_in
from aml_build.figures.picture_files import read_pictures
from aml_build.model import Course
from aml_build.storage.cache import Cache


def draw(root: Path, course: Course, cache: Cache) -> DrawResult:
    pictures = pictures_in(course.lessons)
    files, faults = read_pictures(root, pictures, cache)
    drawn, mistakes = draw_files(root, pictures, course.macros, cache)
    return DrawResult(dict(sorted({**files, **drawn}.items())), (*faults, *mistakes))
