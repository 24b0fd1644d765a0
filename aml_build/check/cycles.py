"""What rests on what, without going round in circles."""

from graphlib import CycleError, TopologicalSorter

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.model import Course
from aml_build.model.symbols import ReferenceKind, SymbolTable


def cycles(course: Course, names: tuple[SymbolTable, ...]) -> tuple[Diagnostic, ...]:
    """Report a circle of ``needs``: one at a time, since mending one often mends others."""
    needs = {
        concept.id: [name for name in concept.needs if name != concept.id]
        for lesson in course.lessons
        for concept in lesson.concepts
        if concept.id and concept.needs
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as problem:
        # Graphlib lists each node before those that rest on it.
        circle: list[str] = list(reversed(problem.args[1]))
        start = circle.index(min(circle))
        circle = [*circle[start:-1], *circle[: start + 1]] if start else circle
        return (_report(course, names, circle),)
    return ()


def _report(course: Course, names: tuple[SymbolTable, ...], circle: list[str]) -> Diagnostic:
    here = {
        (lesson.span.path, index): concept
        for lesson in course.lessons
        for index, concept in enumerate(lesson.concepts)
    }
    spans = [
        use.span
        for file in names
        for use in file.references
        if use.kind is ReferenceKind.NEEDS
        and (concept := here.get((file.path, use.concept))) is not None
        and concept.id == circle[0]
        and use.id == circle[1]
    ]
    first = next(concept for concept in here.values() if concept.id == circle[0])
    shown = " → ".join(f"`{name}`" for name in circle)
    return diagnose(
        spans[0] if spans else first.span,
        Code.NEEDS_CYCLE,
        f"These concepts need each other in a circle: {shown}.",
        "Remove one of these `needs`, or make it a `see`.",
    )
