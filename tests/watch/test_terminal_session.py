"""The session in the docs is one that could be seen today."""

import re

import pytest

from tests.paths import ROOT
from tests.watch.conftest import Watch

_CHANGING = re.compile(r"127\.0\.0\.1:\d+|\d+\.\d\d s")


@pytest.mark.slow
def test_the_session_in_the_docs(watch: Watch) -> None:
    doc = (ROOT / "docs" / "watch.md").read_text(encoding="utf-8")
    found = re.search(r"```\n\$ aml-build watch\n(.*?)\^Cstopped\n```", doc, re.DOTALL)
    assert found is not None
    built = "background: "
    watch.wait_until(lambda said: said.count(built) == 1)
    watch.edit("Eight years, since", "It takes eight years, since")
    watch.wait_until(lambda said: said.count(built) == 2)
    watch.edit("since $T", "since T")
    watch.wait_until(lambda said: "1 error in 1 file" in said)
    watch.edit("since T", "since $T")
    watch.wait_until(lambda said: said.count(built) == 3)
    watch.edit("### How long is the year of a planet at", "### How long is the year of a body at")
    said = watch.wait_until(lambda said: said.count(built) == 4)
    assert seen(said, watch) == seen(found[1], watch)


def seen(said: str, watch: Watch) -> list[str]:
    shown = _CHANGING.sub("", said)
    # The course in the docs is the current folder.
    for folder, here in ((watch.content, ""), (watch.out, "out/")):
        shown = shown.replace(f"{folder.as_posix()}/", here)
    return [line.rstrip() for line in shown.splitlines()]
