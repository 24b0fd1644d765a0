"""Pictures of notes, found beside them and copied into the course."""

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from aml_build.model.slugs import Scope, slug

_LARGEST = 50_000_000
"""Bytes."""
_MAGIC = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff"}
_FOLDERS = ("", "attachments", "assets", "images", "img", "figures", "media", "_resources")


class PictureFinder:
    """Finds pictures by their paths in the notes."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.found: dict[str, bytes] = {}
        """By path in the course."""
        self._roots = tuple(dict.fromkeys(roots))
        self._known: dict[str, str | None] = {}
        self._scope = Scope()

    def __call__(self, path: str) -> str | None:
        """Return the picture's path in the course; ``None`` if there is no such file."""
        if path not in self._known:
            self._known[path] = self._taken(path)
        return self._known[path]

    def _taken(self, path: str) -> str | None:
        name = unquote(path).split("?")[0].strip()
        if not name or re.match(r"[a-z][a-z0-9+.-]*:", name, re.IGNORECASE) or "\0" in name:
            return None
        suffix = Path(name).suffix.lower().replace(".jpeg", ".jpg")
        if suffix not in _MAGIC or len(name) > 500:
            return None
        for root in self._roots:
            for folder in _FOLDERS:
                data = self._read(root, root / folder / name)
                if data is not None and data.startswith(_MAGIC[suffix]):
                    stem = self._scope.take(slug(Path(name).stem, fallback="picture"))
                    made = f"figures/{stem}{suffix}"
                    self.found[made] = data
                    return made
        return None

    def _read(self, root: Path, path: Path) -> bytes | None:
        try:
            whole = path.resolve()
            # A path must not copy files from outside of the notes' folders.
            if not whole.is_relative_to(root.resolve()) or not whole.is_file():
                return None
            return whole.read_bytes() if whole.stat().st_size <= _LARGEST else None
        except OSError:
            return None
