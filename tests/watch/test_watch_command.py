"""The command from outside: whom it answers, what it leaves behind, how it ends."""

import http.client
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from tests.paths import ROOT
from tests.watch.conftest import Watch


def answer(url: str, path: str, host: str | None = None, method: str = "GET") -> int:
    port = urlsplit(url).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, headers={"Host": host or f"127.0.0.1:{port}"})
    status = connection.getresponse().status
    connection.close()
    return status


def children(watch: Watch) -> list[str]:
    """Return the command lines of the builds that it has started and that still run."""
    found = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(watch.process.pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return [
        line for line in found.stdout.splitlines() if "aml_build.watch.background_child" in line
    ]


def test_it_answers_this_computer_alone_and_gives_out_no_files(watch: Watch) -> None:
    url = watch.url
    watch.wait_until(lambda said: "all notes" in said)
    port = urlsplit(url).port
    (watch.content / "secret.txt").write_text("not notes")
    assert answer(url, "/") == 200
    assert answer(url, "/", f"localhost:{port}") == 200
    assert answer(url, "/", "attacker.example") == 403
    assert answer(url, "/", f"attacker.example:{port}") == 403
    assert answer(url, "/", method="PUT") == 501
    assert answer(url, "/content/01-orbits.md") == 200
    for path in ("/content/secret.txt", "/content/../out/solar.apkg", "/artifacts/solar.apkg"):
        assert answer(url, path) == 404
    for path in ("/..%2f..%2fetc/passwd", "//etc/passwd", "/artifacts/../../etc/passwd", "/media/"):
        assert answer(url, path) == 404
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", port), 2)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_with_all_that_it_started(watch: Watch, number: int) -> None:
    watch.wait_until(lambda said: "all notes" in said)
    while not children(watch):
        time.sleep(0.05)
    build = subprocess.run(
        ["pgrep", "-P", str(watch.process.pid)], capture_output=True, text=True, check=True
    )
    # In the middle of the background build, which takes longer than a second.
    time.sleep(0.2)
    began = time.monotonic()
    assert watch.stop(number) == 0
    assert time.monotonic() - began < 3
    assert watch.said.endswith("stopped\n")
    assert "background" not in watch.said
    assert "Traceback" not in watch.said
    for pid in build.stdout.split():
        assert not Path(f"/proc/{pid}").exists()
    assert [path for path in watch.out.rglob("*") if path.suffix == ".tmp"] == []


@pytest.mark.slow
def test_the_latest_edit_wins_and_two_builds_never_run_at_once(watch: Watch) -> None:
    watch.wait_until(lambda said: "all notes" in said)
    words = ["eight years", "some eight years", "about eight years", "eight long years"]
    most = 0
    for old, new in zip(["Eight years", *words], words, strict=False):
        watch.edit(old, new)
        end = time.monotonic() + 1.2
        while time.monotonic() < end:
            most = max(most, len(children(watch)))
            time.sleep(0.03)
    assert most == 1
    said = watch.wait_until(lambda said: said.count("card changed") == 4 and "background: " in said)
    assert said.count("background: ") == 1
    text = subprocess.run(
        ["pdftotext", str(watch.out / "booklet.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "eight long years" in text.stdout
    # What lies there is what a build would make.
    built = CliRunner().invoke(
        cli, ["build", "--content", str(watch.content), "--out", str(watch.out)]
    )
    assert "nothing has changed since the last build" in built.output


@pytest.mark.slow
def test_broken_notes_are_told_once_and_the_artifacts_stay(watch: Watch) -> None:
    watch.wait_until(lambda said: "background: " in said)
    deck = (watch.out / "solar.apkg").read_bytes()
    watch.edit("It is farther from the Sun", "[](#nowhere) It is farther from the Sun")
    watch.wait_until(lambda said: "[dangling-reference]" in said)
    watch.edit("Eight years", "Ten years")
    watch.wait_until(lambda said: "the same mistakes as before" in said)
    assert watch.said.count("[dangling-reference]") == 1
    assert children(watch) == []
    assert (watch.out / "solar.apkg").read_bytes() == deck


def test_an_unreadable_folder_is_one_line(watch: Watch) -> None:
    watch.wait_until(lambda said: "all notes" in said)
    (watch.content / "02-folder.md").symlink_to(watch.content / "nothing.md")
    watch.wait_until(lambda said: "cannot be read" in said)
    assert "Traceback" not in watch.said
    (watch.content / "02-folder.md").unlink()
    watch.wait_until(lambda said: "corrected" in said)


def test_what_editors_keep_beside_the_notes_wakes_nobody(watch: Watch) -> None:
    watch.wait_until(lambda said: "all notes" in said)
    for name in (".01-orbits.md.swp", "01-orbits.md~", ".#01-orbits.md"):
        (watch.content / name).write_text("x")
    time.sleep(0.6)
    watch.edit("Eight years", "Ten years")
    said = watch.wait_until(lambda said: "card changed" in said)
    assert re.findall(r"^(\S+):.*cards? changed", said, re.MULTILINE) == [
        f"{watch.content}/01-orbits.md"
    ]


def test_a_port_in_use_is_said_so(place: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = CliRunner().invoke(
            cli, ["watch", "--content", str(place / "content"), "--port", str(port)]
        )
    assert done.exit_code == 2
    assert "Omit --port" in done.output


def test_preview_builds_and_opens_the_page(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: bool(opened.append(url)) or True)
    folders = ["--content", str(place / "content"), "--out", str(place / "out")]
    page = place / "out" / "preview" / "index.html"
    assert CliRunner().invoke(cli, ["preview", "--no-open", *folders]).exit_code == 0
    assert opened == []
    assert CliRunner().invoke(cli, ["preview", *folders]).exit_code == 0
    assert opened == [page.resolve().as_uri()]
    assert page.exists()
    lesson = place / "content" / "01-orbits.md"
    lesson.write_text(lesson.read_text().replace("lesson: 1", "lesson: one"))
    assert CliRunner().invoke(cli, ["preview", *folders]).exit_code == 1
    assert len(opened) == 1


@pytest.mark.slow
def test_a_sentence_of_the_real_course_is_a_small_part_of_the_whole(tmp_path: Path) -> None:
    """Seconds are measured by `python -m bench.watching`; here, that an edit does not do all anew."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    watch = Watch(tmp_path)
    watch.wait_until(lambda said: "all notes" in said)
    first = watch.processor_time()
    lesson = max(watch.content.glob("*.md"), key=lambda path: path.stat().st_size)
    sentence = re.findall(r"^### .*\n\n(\w[^\n$=]{20,})", lesson.read_text(), re.MULTILINE)[3]
    watch.edit(sentence, f"Indeed: {sentence}", lesson)
    watch.wait_until(lambda said: "1 card changed" in said)
    assert watch.processor_time() - first < first / 4
    assert watch.stop() == 0
