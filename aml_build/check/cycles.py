"""The ``needs`` of concepts must not form a cycle."""

from collections import Counter
from graphlib import CycleError, TopologicalSorter

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.model import Course
from aml_build.model.symbols import ReferenceKind, SymbolTable


def cycles(course: Course, symbols: tuple[SymbolTable, ...]) -> tuple[Diagnostic, ...]:
    """Report one cycle of ``needs``: cycles often share an edge, so one correction may end several."""
    concepts = [concept for lesson in course.lessons for concept in lesson.concepts]
    held = Counter(concept.id for concept in concepts)
    # What two concepts with one id need, and which of them is needed, is uncertain.
    needs = {
        concept.id: [name for name in concept.needs if name != concept.id]
        for concept in concepts
        if concept.id and concept.needs and held[concept.id] == 1
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as problem:
        # Graphlib lists each node before the nodes that need it.
        cycle: list[str] = list(reversed(problem.args[1]))
        start = cycle.index(min(cycle))
        cycle = [*cycle[start:-1], *cycle[: start + 1]] if start else cycle
        return (_report(course, symbols, cycle),)
    return ()


def _report(course: Course, symbols: tuple[SymbolTable, ...], cycle: list[str]) -> Diagnostic:
    here = {
        (lesson.span.path, index): concept
        for lesson in course.lessons
        for index, concept in enumerate(lesson.concepts)
    }
    spans = [
        use.span
        for file in symbols
        for use in file.references
        if use.kind is ReferenceKind.NEEDS
        and (concept := here.get((file.path, use.concept))) is not None
        and concept.id == cycle[0]
        and use.id == cycle[1]
    ]
    first = next(concept for concept in here.values() if concept.id == cycle[0])
    shown = " → ".join(f"`{name}`" for name in cycle)
    return diagnose(
        spans[0] if spans else first.span,
        Code.NEEDS_CYCLE,
        f"These concepts need each other in a circle: {shown}.",
        "Remove one of these `needs`, or make it a `see`.",
    )
