"""The script that installs TeX and Chromium, with an apt-get that only pretends."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.paths import ROOT

LOCKED = "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt-get)"
LISTS_LOCKED = "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)"
OFFLINE = "W: Failed to fetch http://deb.example.org/dists/x  Could not resolve 'deb.example.org'"
UNKNOWN = "E: Unable to locate package chromium"


class Machine:
    """A PATH on which nothing is installed but a shell's tools and a fake apt-get."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.calls = folder / "calls"
        for name in ("sh", "env", "id", "grep", "mktemp", "rm", "sleep", "tail", "true"):
            found = shutil.which(name)
            assert found is not None
            (self.bin / name).symlink_to(found)
        self.program("id", "echo 0")

    def program(self, name: str, script: str) -> None:
        (self.bin / name).unlink(missing_ok=True)
        (self.bin / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def apt(self, script: str) -> None:
        """Install an apt-get that notes its arguments, then runs the script."""
        self.program("apt-get", f'echo "$LC_ALL: $*" >>{self.calls}\n{script}')

    def run(self, *groups: str, timeout: int = 600) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(ROOT / "scripts" / "system-packages"), *groups],
            env={
                **os.environ,
                "PATH": str(self.bin),
                "LOCK_STEP": "1",
                "LOCK_TIMEOUT": str(timeout),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_nothing_is_done_if_all_is_installed(machine: Machine) -> None:
    machine.apt("exit 1")
    machine.program("chromium", "")
    done = machine.run("browser")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not machine.calls.exists()


def test_what_is_missing_is_installed(machine: Machine) -> None:
    machine.apt("exit 0")
    done = machine.run("browser")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "installing chromium (a minute or two)\n"
    assert machine.calls.read_text().splitlines() == [
        "C: update -q",
        "C: install -y -q --no-install-recommends chromium",
    ]


@pytest.mark.parametrize(
    ("command", "error"), [("install", LOCKED), ("update", LISTS_LOCKED)], ids=["dpkg", "lists"]
)
def test_it_waits_for_another_package_manager(machine: Machine, command: str, error: str) -> None:
    free = machine.bin / "free"
    machine.apt(
        f'[ "$1" = {command} ] && ! [ -e {free} ] && {{ echo "{error}" >&2; : >{free}; exit 100; }}\nexit 0'
    )
    done = machine.run("browser")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == ["waiting for another package manager (up to 600 s)"]
    assert machine.calls.read_text().count(f"C: {command}") == 2


def test_it_does_not_wait_for_ever(machine: Machine) -> None:
    machine.apt(f'echo "{LOCKED}" >&2; exit 100')
    done = machine.run("browser", timeout=2)
    assert done.returncode == 0
    assert "reason: another package manager still runs after 2 s" in done.stderr
    assert LOCKED in done.stderr
    assert done.stdout.count("waiting") == 1


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        # Without a network, `apt-get update` warns and succeeds.
        (f'echo "{OFFLINE}" >&2; [ "$1" = update ] || {{ echo "{UNKNOWN}"; exit 100; }}', "no network"),
        (f'[ "$1" = update ] || {{ echo "{UNKNOWN}"; exit 100; }}', "does not have the package"),
        ('echo "E: List directory is missing. - open (13: Permission denied)"; exit 100', "no permission"),
        ('echo "E: dpkg was interrupted"; exit 100', "apt-get failed\nE: dpkg was interrupted"),
    ],
)  # fmt: skip
def test_the_true_reason_is_named(machine: Machine, script: str, reason: str) -> None:
    machine.apt(script)
    done = machine.run("browser")
    assert done.returncode == 0, "the deck can still be built"
    assert reason in done.stderr
    assert "type: sudo apt-get install chromium" in done.stderr


def test_without_permission_it_says_so(machine: Machine) -> None:
    machine.apt("exit 0")
    machine.program("id", "echo 1000")
    assert "not root, and sudo is not installed" in machine.run("browser").stderr
    machine.program("sudo", "exit 1")
    assert "reason: no permission: sudo asks for a password" in machine.run("browser").stderr
    assert not machine.calls.exists()
    machine.program("sudo", '[ "$1" = -n ] && shift; exec "$@"')
    assert machine.run("browser").stderr == ""
    assert "install" in machine.calls.read_text()


def test_without_apt_it_says_so(machine: Machine) -> None:
    done = machine.run("print", "browser")
    assert "reason: this system has no apt-get" in done.stderr
    assert "texlive-latex-extra lmodern poppler-utils chromium" in done.stderr
