"""What to build; light, so that an unchanged build imports little."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from aml_build.pipeline.options import Options, Target
from aml_build.storage.source_paths import CACHE

Progress = Callable[[str], None]
"""Called with the name of each step of long work as it begins."""


class BuildRequest(msgspec.Struct, frozen=True):
    """What to build, from where to where."""

    root: Path
    """The folder with ``course.yaml``."""
    out: Path
    targets: tuple[Target, ...] = tuple(Target)
    options: Options = Options()
    version: str = ""
    """Of the release that this build is for; empty: the last one."""
    moment: int = 0
    """The time of that release, s since 1970."""
    use_cache: bool = True

    @property
    def cache_folder(self) -> Path | None:
        """Return the folder of the cache; nothing without one."""
        return self.out / CACHE if self.use_cache else None
