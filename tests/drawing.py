"""The drawings of a course that a test has parsed."""

from pathlib import Path

from aml_build.figures.draw import DrawResult, draw_files, pictures_in
from aml_build.model import Course
from aml_build.storage.cache import Cache


def draw(root: Path, course: Course, cache: Cache) -> DrawResult:
    return draw_files(root, pictures_in(course.lessons), course.macros, cache)
