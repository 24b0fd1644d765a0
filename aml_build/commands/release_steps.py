"""What a maintainer types after a release."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from aml_build.commands.release_folder import FOLDER
from aml_build.engines.git import remote, top_level
from aml_build.release.manifest import NOTES_NAME
from aml_build.storage.course_search import find_course, output_folder


def next_steps(
    version: str, root: Path, out: Path, changelog: Path, written: Sequence[Path]
) -> Iterator[str]:
    """Yield the next steps, a line each; commands are indented.

    ``written`` are the files in the course's folder that the release wrote; git is named only for a course
    in a repository.
    """
    folder, notes = out / FOLDER, f"{changelog.as_posix()}, section {version}"
    yield f"Files for students: {folder.as_posix()}"
    yield (
        f"Release notes: {notes}. Correct their wording there; "
        f"`{_renewal(root, out)}` copies them to {(folder / NOTES_NAME).as_posix()}."
    )
    top = top_level(root)
    if not top:
        yield "Then give students the files."
        return
    here = top == top_level(Path())
    git = "git" if here else f"git -C {shlex.quote(root.as_posix())}"
    files = [path if here else path.resolve() for path in written]
    yield "Then type:"
    yield f"  {git} add {' '.join(shlex.quote(path.as_posix()) for path in files)}"
    yield f"  {git} commit -m 'Release {version}'"
    yield f"  {git} tag v{version}"
    if name := remote(root):
        yield f"  {git} push --atomic {shlex.quote(name)} HEAD v{version}"


def _renewal(root: Path, out: Path) -> str:
    """Return the command that writes the release folder again, from the current folder."""
    words = ["aml-build", "release", "--files"]
    if root != find_course(Path.cwd()):
        words += ["--content", root.as_posix()]
    if out != output_folder(root):
        words += ["--out", out.as_posix()]
    return shlex.join(words)
