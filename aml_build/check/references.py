"""References lead to existing concepts."""

from collections.abc import Iterator, Mapping

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.suggestions import Guesses
from aml_build.model import Course
from aml_build.model.symbols import Reference, ReferenceKind, SymbolTable


def references(_: Course, symbols: tuple[SymbolTable, ...]) -> tuple[Diagnostic, ...]:
    """Report references to undefined ids, and concepts that refer to themselves."""
    # An id that two concepts have is reported there; a reference to it is right for one of them.
    known: dict[str, set[tuple[str, int]]] = {}
    for file in symbols:
        for name in file.definitions:
            if not name.part:
                known.setdefault(name.id, set()).add((file.path, name.concept))
    parts = {name.id for file in symbols for name in file.definitions if name.part}
    guesses = Guesses(known)
    # What refers to an id that has to be corrected may be right afterwards.
    guessed = {name.id for file in symbols for name in file.definitions if name.guessed}
    return tuple(
        found
        for file in symbols
        for use in file.references
        for found in _problem(file.path, use, known, parts, guesses)
        if not {use.id, guesses.nearest(use.id)} & guessed
    )


def _problem(
    path: str,
    use: Reference,
    known: Mapping[str, set[tuple[str, int]]],
    parts: set[str],
    guesses: Guesses,
) -> Iterator[Diagnostic]:
    targets = known.get(use.id)
    if targets is None:
        near = guesses.nearest(use.id)
        if near:
            hint = f"Did you mean `{near}`?"
        elif use.id in parts:
            hint = "This is the id of a part of a concept: refer to the concept itself."
        else:
            hint = "Write the id of a concept, as its heading has it in `{#…}`."
        yield diagnose(use.span, Code.DANGLING_REFERENCE, f"There is no concept `{use.id}`.", hint)
    elif targets == {(path, use.concept)}:
        where = "This link" if use.kind is ReferenceKind.LINK else f"`{use.kind.value}`"
        yield diagnose(
            use.span,
            Code.SELF_REFERENCE,
            f"{where} refers to the concept that it belongs to.",
            "Remove it, or refer to another concept.",
        )
