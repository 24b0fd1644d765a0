"""Build what changed: an unchanged build ends here, before the renderers are imported."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from aml_build.engines.git import edition
from aml_build.model.edition import Edition
from aml_build.pipeline.outcome import Outcome
from aml_build.pipeline.request import BuildRequest, Progress
from aml_build.storage.build_stamp import Stamp, inputs_digest, intact
from aml_build.storage.cache import read_sealed, write_sealed

_STAMP = "stamp"


def build(request: BuildRequest, on_progress: Progress = lambda _: None) -> Outcome:
    """Build the targets unless nothing has changed since the last build; raise ``OSError``."""
    made_from = edition(request.root)
    inputs = _inputs(request, made_from)
    folder = request.cache_folder
    if folder and (last := _last_outcome(folder, request.out, inputs)):
        return last
    from aml_build.pipeline.build import run_pipeline

    outcome, outputs = run_pipeline(request, made_from, on_progress)
    if folder and outcome.exit_code == 0:
        _write_stamp(folder, inputs, outputs, outcome)
    return outcome


def last_outcome(request: BuildRequest, made_from: Edition) -> Outcome | None:
    """Return the outcome of the last build, if it was of this request and nothing has changed since."""
    folder = request.cache_folder
    return _last_outcome(folder, request.out, _inputs(request, made_from)) if folder else None


def _inputs(request: BuildRequest, made_from: Edition) -> str:
    """Return a digest of all that a build depends on."""
    release = (request.version, str(request.moment))
    asked = (*request.targets, repr(request.options), *release, repr(made_from))
    return inputs_digest(request.root, *asked)


def _last_outcome(folder: Path, out: Path, inputs: str) -> Outcome | None:
    """Return the outcome of the last build if its inputs and outputs are unchanged."""
    try:
        kept = read_sealed(folder / _STAMP) or b""
        stamp = msgspec.json.decode(kept, type=Stamp)
        last = msgspec.json.decode(stamp.report, type=Outcome)
    except (OSError, msgspec.MsgspecError):
        return None
    if stamp.inputs != inputs or not intact(out, stamp):
        return None
    summary = last.import_summary and last.import_summary.again
    return msgspec.structs.replace(last, unchanged=True, import_summary=summary)


def _write_stamp(folder: Path, inputs: str, outputs: Mapping[str, str], outcome: Outcome) -> None:
    # Only the sources with warnings are needed to show the outcome again.
    pointed = {d.span.path for d in outcome.diagnostics}
    kept = {path: source for path, source in outcome.sources.items() if path in pointed}
    report = msgspec.json.encode(msgspec.structs.replace(outcome, sources=kept))
    stamp = msgspec.json.encode(Stamp(inputs, outputs, report))
    try:
        write_sealed(folder / _STAMP, stamp)
    except OSError:
        # Without the stamp the next build takes longer, and nothing else.
        return
