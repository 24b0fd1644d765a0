"""What is copied out of a sheet."""

import subprocess
from functools import cache

from aml_build.model import Pitfall
from aml_build.render.cheatsheet import sheet
from aml_build.render.latex import plain_text
from aml_build.storage.cache import Cache
from tests import samples
from tests.render.cheatsheet.test_sheet import EDITION, SMALL


@cache
def copied() -> str:
    pdf = sheet(samples.COURSE, {}, EDITION, Cache(None), options=SMALL).pdf
    command = ["pdftotext", "-raw", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_a_common_mistake_is_copied_with_a_warning() -> None:
    claims = [
        plain_text(construct.claim).replace("'", "’")
        for lesson in samples.COURSE.lessons
        for concept in lesson.concepts
        for construct in concept.body
        if isinstance(construct, Pitfall)
    ]
    assert claims
    assert [claim for claim in claims if f"⚠ {claim}" not in copied()] == []


def test_ornaments_are_not_copied() -> None:
    assert not set("▲≡➤❖★❒●◆") & set(copied())
