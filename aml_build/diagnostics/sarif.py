"""Diagnostics as SARIF 2.1.0, which code hosts show on the lines of a change."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source, Span
from aml_build.storage.files import digest
from aml_build.storage.relative_urls import relative_url, repository

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def sarif(
    found: Sequence[Diagnostic],
    sources: Mapping[str, Source],
    root: Path,
    missing: Sequence[str] = (),
    not_looked_at: str = "",
) -> str:
    """Return the diagnostics as a SARIF log, ending in a newline.

    Paths are relative to the repository, or to the current folder where there is none. ``missing``
    names the tools that are not installed, without which not everything was checked;
    ``not_looked_at`` says in one line what was left out.
    """
    here = relative_url(root.resolve(), repository(root))
    rules = sorted({one.code for one in found})
    notes = [
        *(("error", tool) for tool in missing),
        *(("note", not_looked_at),) * bool(not_looked_at),
    ]
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
                    {"level": level, "message": {"text": text}} for level, text in notes
                ],
            }
        ],
        "results": list(_results(found, sources, rules, here)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1).decode() + "\n"


def _rule(code: Code) -> dict[str, object]:
    meaning = {"text": code.meaning}
    return {
        "id": code.value,
        "shortDescription": meaning,
        "fullDescription": meaning,
        "help": {
            "text": f"What to type: {code.remedy} To read more: `aml-build help diagnostics`."
        },
        "defaultConfiguration": {"level": code.severity.value},
    }


def _results(
    found: Sequence[Diagnostic], sources: Mapping[str, Source], rules: Sequence[Code], here: str
) -> Iterator[dict[str, object]]:
    seen: Counter[str] = Counter()
    lines: dict[tuple[str, int], str] = {}
    for one in found:
        place = one.span.path, one.span.line
        if place not in lines:
            source = sources.get(one.span.path)
            lines[place] = digest(source.line(one.span.line).strip() if source else "")
        # Edits move lines, so a mistake is recognised by the text of its line, not by its number.
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
    return quote(path) if here == "." else f"{here}/{quote(path)}"


def _region(span: Span) -> dict[str, int]:
    """Return the place; a mistake of a whole file is shown at its first line."""
    if not span.line:
        return {"startLine": 1}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endColumn": span.column + span.length,
    }
