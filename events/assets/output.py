"""Writes files under names that carry a hash of their content, with packed twins for text."""

import gzip
import shutil
from hashlib import sha256
from pathlib import Path

import brotli

TEXT = {".css", ".js", ".svg", ".webmanifest"}


class Output:
    """A fresh folder. `manifest`: plain name to hashed name; `sizes`: packed bytes by hashed name."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.folder = folder
        self.manifest: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    def add(self, name: str, content: bytes, listed: bool = True) -> str:
        """The name it got. Unlisted files are found only through others; alike ones become one."""
        stem, _, ending = name.rpartition(".")
        hashed = f"{stem}.{sha256(content).hexdigest()[:10]}.{ending}"
        self.manifest[name if listed else hashed] = hashed
        self.sizes[hashed] = self._write(hashed, content)
        return hashed

    def _write(self, name: str, content: bytes) -> int:
        (self.folder / name).write_bytes(content)
        if Path(name).suffix not in TEXT:
            return len(content)
        packed = brotli.compress(content, quality=11)
        (self.folder / f"{name}.br").write_bytes(packed)
        (self.folder / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        return len(packed)
