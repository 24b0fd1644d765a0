"""Where a course is found, and where its artifacts go."""

from pathlib import Path

import pytest

from aml_build.storage.course_search import (
    courses_below,
    find_course,
    output_folder,
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with courses in ``a``, ``a/inner`` and ``repo/content``."""
    for course in ("a", "a/inner", "repo/content"):
        (tmp_path / course / "figures").mkdir(parents=True)
        (tmp_path / course / "course.yaml").write_text("id: x\n", encoding="utf-8")
    (tmp_path / "repo" / "docs" / "images").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("here", "found"),
    [
        ("a", "."),
        ("a/figures", ".."),
        ("a/inner", "."),
        ("a/inner/figures", ".."),
        ("repo", "content"),
        ("repo/content", "."),
        ("repo/content/figures", ".."),
        ("repo/docs", "../content"),
        ("repo/docs/images", "../../content"),
    ],
)
def test_the_nearest_course_is_found(place: Path, here: str, found: str) -> None:
    assert find_course(place / here) == Path(found)


def test_a_folder_with_courses_below_is_none_itself(place: Path) -> None:
    assert find_course(place) is None
    assert courses_below(place) == (Path("a"),)


def test_a_folder_named_course_yaml_is_no_course(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").mkdir()
    assert find_course(tmp_path) is None


@pytest.mark.parametrize(
    ("here", "root", "out"),
    [
        (".", "a", "a/out"),
        ("a", ".", "out"),
        ("a/figures", "..", "../out"),
        ("repo", "content", "out"),
        ("repo/content", ".", "../out"),
        ("repo/content/figures", "..", "../../out"),
        ("repo/docs", "../content", "../out"),
        (".", "repo/content", "repo/out"),
        ("a", "inner", "inner/out"),
    ],
)
def test_artifacts_go_into_the_course_or_beside_a_folder_content(
    place: Path, monkeypatch: pytest.MonkeyPatch, here: str, root: str, out: str
) -> None:
    monkeypatch.chdir(place / here)
    assert output_folder(Path(root)).as_posix() == out


def test_a_link_to_a_folder_content_is_followed(place: Path) -> None:
    (place / "link").symlink_to("repo/content")
    assert output_folder(place / "link").resolve() == place.resolve() / "repo" / "out"
    (place / "content").symlink_to("a")
    assert output_folder(place / "content").resolve() == place.resolve() / "a" / "out"


def test_a_folder_and_its_courses_are_the_same_from_everywhere(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outs = set()
    for here in ("repo", "repo/content", "repo/content/figures", "repo/docs/images"):
        monkeypatch.chdir(place / here)
        found = find_course(Path.cwd())
        assert found is not None
        outs.add(output_folder(found).resolve())
    assert outs == {place.resolve() / "repo" / "out"}
