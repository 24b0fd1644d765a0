"""The cache may be deleted, in whole or in part, and damaged: it costs time and nothing else."""

import random
import shutil
from pathlib import Path

import pytest

from tests.robustness.harness import NIGHTLY, artifacts, build

ROUNDS = 40 if NIGHTLY else 1


def damaged(path: Path, dice: random.Random) -> None:
    """Do to a file of the cache what disks, killed programs and people do."""
    data = path.read_bytes()
    match dice.choice(["delete", "empty", "cut", "flip", "junk", "folder"]):
        case "delete":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(data[: dice.randrange(len(data) + 1)])
        case "flip" if data:
            at = dice.randrange(len(data))
            path.write_bytes(
                data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]
            )
        case "junk":
            path.write_bytes(dice.randbytes(dice.randrange(1, 200)))
        case "folder":
            path.unlink()
            path.mkdir()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_damaged_cache_changes_nothing(built: Path, tmp_path: Path, seed: int) -> None:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    dice = random.Random(seed)
    files = sorted(path for path in (tmp_path / "out" / ".cache").rglob("*") if path.is_file())
    assert len(files) > 4
    for path in files:
        if dice.random() < 0.8:
            damaged(path, dice)
    # Artifacts must come anew from what the cache holds.
    for path in artifacts(tmp_path / "out"):
        (tmp_path / "out" / path).unlink()
    done = build(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert artifacts(tmp_path / "out") == artifacts(built / "out")


def test_a_cache_that_is_no_folder_costs_time_alone(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "content", tmp_path / "content")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".cache").write_bytes(b"")
    done = build(tmp_path, "deck", "model")
    assert done.returncode == 0, done.stderr
    made = artifacts(tmp_path / "out")
    assert made["solar.apkg"] == (built / "out" / "solar.apkg").read_bytes()
