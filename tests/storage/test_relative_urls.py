"""URLs from one file to another, on one drive and on two."""

from pathlib import Path, PureWindowsPath

import pytest

from aml_build.storage import relative_urls
from aml_build.storage.relative_urls import relative_url, repository


def test_where_no_path_leads_there_is_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert relative_url(tmp_path / "a", tmp_path / "out" / "preview") == "../../a"

    def other_drive(target: Path, folder: Path) -> str:
        # What Windows answers for two drives.
        return str(PureWindowsPath("D:/a").relative_to(PureWindowsPath("C:/out")))

    monkeypatch.setattr(relative_urls.os.path, "relpath", other_drive)
    assert relative_url(tmp_path, Path("out")) == tmp_path.resolve().as_uri()


def test_a_relative_url_is_quoted(tmp_path: Path) -> None:
    assert relative_url(tmp_path / "my notes #1", tmp_path / "out") == "../my%20notes%20%231"


def test_the_repository_is_the_nearest_one_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "repo" / "content").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert repository(Path("repo/content")) == Path()
    (tmp_path / "repo" / ".git").mkdir()
    assert repository(Path("repo/content")) == tmp_path.resolve() / "repo"
