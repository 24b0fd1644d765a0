"""`aml-build check` without its command line: how far the notes are looked at."""

from pathlib import Path

from msgspec.structs import replace

from aml_build.commands.build import last_outcome
from aml_build.engines.git import edition
from aml_build.pipeline.options import Target
from aml_build.pipeline.outcome import NotLookedAt, Outcome
from aml_build.pipeline.request import BuildRequest, Progress
from aml_build.storage.cache import Cache

PAGES = (Target.SHEET, Target.BOOKLET)
"""The artifacts whose typesetting can find more than the check of the notes."""
_MOST_FIGURES = 10
"""New figures that a check without ``pages`` draws: as many as TeX draws in two seconds."""


def check(
    root: Path, out: Path, on_progress: Progress = lambda _: None, *, pages: bool = False
) -> Outcome:
    """Return what is wrong with the notes, and what was not looked at.

    With ``pages``, draw all figures and typeset the sheet and the booklet, as a build does; write
    nothing into ``out`` but the cache.
    """
    request, made_from = BuildRequest(root, out), edition(root)
    if last := last_outcome(request, made_from):
        return replace(last, rows=(), import_summary=None, notices=(), unchanged=False)
    # The pipeline is slow to import.
    from aml_build.pipeline.build import check_print, check_with_figures

    if pages:
        return check_print(replace(request, targets=PAGES), made_from, on_progress)
    state = check_with_figures(root, Cache(request.cache_folder), on_progress, most=_MOST_FIGURES)
    return replace(state.outcome, not_looked_at=NotLookedAt(state.not_drawn, PAGES))
