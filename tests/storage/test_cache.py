import os
from pathlib import Path

import pytest

from aml_build.storage.cache import Cache, read_sealed, write_sealed
from aml_build.storage.files import beside, digest, write_atomically


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_digest_knows_where_a_part_ends() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc")}) == 3
    assert digest("é") == digest("é".encode())


def test_what_is_put_is_got_by_namespace_and_key(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("figures", "k1", b"one")
    assert cache.get("figures", "k1") == b"one"
    assert cache.get("formulas", "k1") is None
    assert cache.get("figures", "k2") is None
    cache.put("figures", "k1", b"")
    assert cache.get("figures", "k1") == b""


def test_a_cache_without_a_folder_forgets() -> None:
    cache = Cache(None)
    cache.put("figures", "k1", b"one")
    assert cache.get("figures", "k1") is None
    assert cache.forgetful


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file, not a folder")
    cache = Cache(tmp_path / "cache")
    cache.put("figures", "k1", b"one")
    assert cache.get("figures", "k1") is None


def test_damage_is_seen_wherever_it_is(tmp_path: Path) -> None:
    sealed = tmp_path / "sealed"
    write_sealed(sealed, b"what was kept")
    assert read_sealed(sealed) == b"what was kept"
    data = sealed.read_bytes()
    for at in range(len(data)):
        sealed.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert read_sealed(sealed) is None
        sealed.write_bytes(data[:at])
        assert read_sealed(sealed) is None


def test_a_damaged_entry_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("figures", "key", b"data")
    (file,) = tmp_path.rglob("key")
    file.write_bytes(file.read_bytes()[:-1])
    assert cache.get("figures", "key") is None


def test_a_failed_replacement_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_atomically(path, b"old")
    with pytest.raises(ZeroDivisionError), beside(path, b"n", b"ew") as temporary:
        assert temporary.read_bytes() == b"new"
        assert temporary.parent == path.parent
        assert f".{os.getpid()}-" in temporary.name
        raise ZeroDivisionError
    assert path.read_bytes() == b"old"
    assert files(tmp_path) == ["a"]


def test_an_error_names_the_file_and_not_the_temporary_one(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"")
    with pytest.raises(OSError, match=r"folder/a'$"):
        write_atomically(tmp_path / "folder" / "a", b"x")
