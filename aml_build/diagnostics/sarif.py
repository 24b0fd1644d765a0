"""Diagnostics as SARIF 2.1.0, which code hosts show on the lines of a change."""

import ast
import inspect
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import msgspec

from aml_build.diagnostics import codes as diagnostics
from aml_build.diagnostics.codes import WARNINGS, Code
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source, Span
from aml_build.storage.cache import digest

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def sarif(
    found: Sequence[Diagnostic],
    sources: Mapping[str, Source],
    root: Path,
    missing: Sequence[str] = (),
) -> str:
    """Return the diagnostics as a SARIF log, ending in a newline.

    Paths are relative to the folder that the tool was called in, which has to be the repository's;
    ``missing`` names the tools without which not everything was checked.
    """
    here = os.path.relpath(root)
    rules = sorted({one.code for one in found})
    run = {
        "tool": {
            "driver": {
                "name": "aml-build",
                "version": version("aml-build"),
                "rules": [_rule(code) for code in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not missing,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": lack}} for lack in missing
                ],
            }
        ],
        "results": list(_results(found, sources, rules, here)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1).decode() + "\n"


def _rule(code: str) -> dict[str, object]:
    says = {"text": _meanings().get(code, code)}
    return {
        "id": code,
        "shortDescription": says,
        "fullDescription": says,
        "help": {"text": f"{says['text']} See `{code}` in docs/diagnostics.md."},
        "defaultConfiguration": {"level": "warning" if code in WARNINGS else "error"},
    }


@cache
def _meanings() -> Mapping[str, str]:
    """Return what each code says of itself, so that it is said in one place only."""
    tree = ast.parse(inspect.getsource(diagnostics))
    body = next(
        n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name == Code.__name__
    )
    said = {}
    for node, following in pairwise(body):
        match node, following:
            case (
                ast.Assign(value=ast.Constant(value=str(code))),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                said[code] = text.replace("``", "`")
    return said


def _results(
    found: Sequence[Diagnostic], sources: Mapping[str, Source], rules: Sequence[str], here: str
) -> Iterator[dict[str, object]]:
    seen: Counter[str] = Counter()
    lines: dict[tuple[str, int], str] = {}
    for one in found:
        place = one.span.path, one.span.line
        if place not in lines:
            source = sources.get(one.span.path)
            lines[place] = digest(source.line(one.span.line).strip() if source else "")
        # Lines move; what stands on them tells one mistake from another.
        mark = digest(one.code, one.span.path, lines[place])[:16]
        seen[mark] += 1
        yield {
            "ruleId": one.code,
            "ruleIndex": rules.index(one.code),
            "level": one.severity.value,
            "message": {"text": f"{one.message} {one.hint}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(here, one.span.path)},
                        "region": _region(one.span),
                    }
                }
            ],
            "partialFingerprints": {"primaryLocationLineHash": f"{mark}:{seen[mark]}"},
        }


def _uri(here: str, path: str) -> str:
    return quote(Path(here, path).as_posix())


def _region(span: Span) -> dict[str, int]:
    """Return the place; a file as a whole is shown at its first line."""
    if not span.line:
        return {"startLine": 1}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endColumn": span.column + span.length,
    }
