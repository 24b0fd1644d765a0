"""Builds that do nothing where nothing has changed, without loading what makes artifacts."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from aml_build.engines.git import edition
from aml_build.pipeline.outcome import Outcome, Progress, Request
from aml_build.storage.build_stamp import Stamp, inputs_digest, intact
from aml_build.storage.cache import read_sealed, write_sealed

_STAMP = "stamp"


def build(request: Request, on_progress: Progress = lambda _: None) -> Outcome:
    """Build what is asked for, if it would differ from what is there; raise ``OSError``."""
    made_from = edition(request.root)
    asked = (*request.targets, repr(request.options), request.version, repr(made_from))
    inputs = inputs_digest(request.root, *asked)
    memory = request.memory
    if memory and (last := _last_outcome(memory, request.out, inputs)):
        return last
    from aml_build.pipeline.build import run_pipeline

    outcome, outputs = run_pipeline(request, on_progress)
    if memory and outcome.exit_code == 0:
        _remember(memory, inputs, outputs, outcome)
    return outcome


def _last_outcome(memory: Path, out: Path, inputs: str) -> Outcome | None:
    """Return the outcome of the last build if doing it again would change nothing."""
    try:
        kept = read_sealed(memory / _STAMP) or b""
        stamp = msgspec.json.decode(kept, type=Stamp)
        last = msgspec.json.decode(stamp.report, type=Outcome)
    except (OSError, msgspec.MsgspecError):
        return None
    if stamp.inputs != inputs or not intact(out, stamp):
        return None
    return msgspec.structs.replace(last, unchanged=True)


def _remember(memory: Path, inputs: str, outputs: Mapping[str, str], outcome: Outcome) -> None:
    # Only the sources that a warning points to are needed to tell it again.
    pointed = {d.span.path for d in outcome.diagnostics}
    kept = {path: source for path, source in outcome.sources.items() if path in pointed}
    report = msgspec.json.encode(msgspec.structs.replace(outcome, sources=kept))
    stamp = msgspec.json.encode(Stamp(inputs, outputs, report))
    try:
        write_sealed(memory / _STAMP, stamp)
    except OSError:
        # A cache that cannot be written costs time, never a build.
        return
