"""The one place that runs pdflatex, with the real pdflatex."""

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
import pytest

from aml_build.diagnostics.source import Span
from aml_build.engines import pdflatex as tex, sandbox
from aml_build.engines.install_hints import ToolMissingError
from aml_build.engines.tex_log import mark
from aml_build.engines.tex_messages import ProblemKind
from tests.texmath.attacks import ENDLESS, READING

SECRET = "the-secret-that-nobody-may-read"


def page(body: str, preamble: str = "") -> str:
    return f"\\documentclass{{article}}{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


@pytest.fixture(params=["walled in", "without bwrap"])
def wall(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run with the file system wall where it works, and as on a machine without it."""
    if request.param == "without bwrap":
        monkeypatch.setattr(sandbox, "_bwrap", tuple)
    elif not sandbox._bwrap():
        installed = shutil.which("bwrap") is not None
        pytest.skip(f"bwrap {'may not make a namespace here' if installed else 'is not installed'}")
    return str(request.param)


def streams(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return b"".join(
            thing.read_bytes() for thing in document.objects if isinstance(thing, pikepdf.Stream)
        )


@pytest.mark.parametrize("attack", sorted(READING))
def test_a_document_reads_no_file_outside(attack: str, wall: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.tex"
    secret.write_text(SECRET)
    body = READING[attack].replace("SECRET", str(secret))
    result = tex.run(page(f"before {body} after"), timeout=20, collect=("out.tex",))
    assert SECRET not in result.log
    assert not result.files
    assert result.pdf is None or SECRET.encode() not in result.pdf + streams(result.pdf)


def test_reading_outside_is_said_even_without_bwrap(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sandbox, "_bwrap", tuple)
    (tmp_path / "secret").write_text(SECRET)
    body = READING["pdfobj stream"].replace("SECRET", str(tmp_path / "secret"))
    result = tex.run(page(f"x{body}"))
    assert result.pdf is None
    assert any("outside its own folder" in problem.message for problem in result.problems)


@pytest.mark.parametrize("attack", sorted(ENDLESS))
def test_an_endless_document_is_stopped(attack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tex, "_OUTPUT_CAP", 2_000_000)
    start = time.monotonic()
    result = tex.run(page(ENDLESS[attack]), timeout=2)
    assert time.monotonic() - start < 8
    assert any(
        problem.kind in (ProblemKind.TIMEOUT, ProblemKind.OUTPUT)
        # TeX itself gives up once its memory is full.
        or problem.message == "This is too large, or it calls itself without end."
        for problem in result.problems
    )


def test_a_document_that_writes_too_much_is_stopped_before_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tex, "_OUTPUT_CAP", 2_000_000)
    start = time.monotonic()
    result = tex.run(page(ENDLESS["endless writing"]), timeout=60)
    assert time.monotonic() - start < 20
    assert result.pdf is None
    assert [(p.kind, p.message) for p in result.problems] == [
        (ProblemKind.OUTPUT, "TeX wrote without end and was stopped.")
    ]


def test_a_document_writes_no_file_outside(wall: str, tmp_path: Path) -> None:
    target = tmp_path / "written.txt"
    tex.run(page(rf"\newwrite\w\immediate\openout\w={target} \immediate\write\w{{x}}x"))
    assert not target.exists()


def test_the_same_document_gives_the_same_bytes(
    wall: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = page(r"\today\ $x^2$\label{a}\pageref{a}", r"\usepackage{hyperref}")
    first = tex.run(document, passes=3, epoch=1_600_000_000).pdf
    time.sleep(1.1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert first is not None
    assert tex.run(document, passes=3, epoch=1_600_000_000).pdf == first
    assert tex.run(document, passes=3, epoch=1_700_000_000).pdf != first


def test_passes_are_made_while_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    once = tex._once
    monkeypatch.setattr(tex, "_once", lambda *args: made.append(1) or once(*args))
    tex.run(page("x"), passes=4)
    assert len(made) == 1
    result = tex.run(page(r"\label{a}\ref{a}\section{b}"), passes=4)
    assert 2 <= len(made) - 1 <= 3
    assert result.problems == ()


def test_problems_are_said_in_words_at_their_place() -> None:
    here, there = Span("01.md", 3, 5, 7), Span("02.md", 8, 1)
    result = tex.run(
        page(
            f"{mark(here)}Good. $a \\foo b$ and $x^a^b$.\n\n"
            f"{mark(there)}\\hbox to 10pt{{wide, too wide}} \\ref{{nowhere}}\n\n"
            "\\font\\f=cmr10 \\f \\char200"
        )
    )
    said = {(problem.kind.value, problem.message, problem.place) for problem in result.problems}
    assert ("error", "LaTeX knows no command `\\foo`.", here) in said
    assert ("error", "There are two superscripts in a row.", here) in said
    assert ("reference", "The reference `nowhere` leads nowhere.", there) in said
    wide = [problem for problem in result.problems if problem.kind is ProblemKind.OVERFULL]
    assert [problem.place for problem in wide] == [there]
    assert wide[0].amount > 30
    assert any(problem.kind is ProblemKind.MISSING_GLYPH for problem in result.problems)
    assert result.pdf is not None


def test_a_mark_in_an_input_is_found_there() -> None:
    place = Span("figures/a.tex", 2, 1)
    part = f"{mark(place)}\\foo\n"
    result = tex.run(page("\\input{part}"), inputs={"part.tex": part.encode()})
    assert [problem.place for problem in result.problems] == [place]


def test_files_that_tex_wrote_are_collected() -> None:
    body = r"\newwrite\w\immediate\openout\w=sizes.txt \immediate\write\w{12.5pt}\immediate\closeout\w x"
    result = tex.run(page(body), collect=("sizes.txt", "other.txt"))
    assert result.files == {"sizes.txt": b"12.5pt\n"}


def test_an_input_stays_in_the_folder() -> None:
    with pytest.raises(ValueError, match="outside"):
        tex.run(page("x"), inputs={"../x": b""})


def test_no_tex_is_said_with_the_commands_that_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolMissingError) as caught:
        tex.run(page("x"))
    assert caught.value.tool == "pdflatex"
    for word in ("apt-get", "dnf", "brew", "winget"):
        assert word in caught.value.hint
    assert "\n" not in str(caught.value)


def test_bitmap_fonts_are_found() -> None:
    with pikepdf.new() as document:
        document.add_blank_page()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, Name=pikepdf.Name("/F8")
        )
        document.pages[0].obj.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F8=document.make_indirect(font))
        )
        target = io.BytesIO()
        document.save(target)
    assert tex.type3_fonts(target.getvalue()) == ("/F8",)
    good = tex.run(page("x")).pdf
    assert good is not None
    assert tex.type3_fonts(good) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_kills_tex_and_leaves_nothing_behind(tmp_path: Path) -> None:
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from aml_build.engines import pdflatex as tex\n"
        f"tex.run({page(ENDLESS['loop'])!r}, timeout=60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 15
    while not list(tmp_path.glob("*/document.log")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=15)
    assert b"KeyboardInterrupt" in errors
    assert list(tmp_path.iterdir()) == []
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(tmp_path) not in running.stdout
