"""Files that people hand in: which are taken, and their bytes in the folder for uploads. What they belong to, rows say.

A file lies under a random name without ending: nothing in it can be run, and no typed name ever becomes a path.
"""

import asyncio
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from events.kit.form_values import Wrong
from events.kit.refusals import NotFound
from events.kit.text import one_line
from events.kit.translation import gettext as _
from events.settings import settings

LARGEST = 10_000_000  # bytes
LONGEST_NAME = 160
FOLDER = "uploads"

_STORED = re.compile(r"[0-9a-f]{32}")
_BEGINS: dict[str, bytes] = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
_ENDINGS = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


@dataclass(frozen=True)
class Upload:
    """A file that may be taken: `name` as it was called on the other side, without folders."""

    name: str
    content_type: str
    content: bytes


def checked(name: str, content: bytes) -> Upload:
    """Only PDF, PNG and JPEG, by ending and by their first bytes alike. Raises `Wrong`, which says what to change."""
    name = one_line(name.replace("\\", "/").rpartition("/")[2])
    kind = _ENDINGS.get(Path(name).suffix.removeprefix(".").lower())
    if not content:
        raise Wrong(_("Die Datei ist leer. Bitte wählen Sie eine andere."))
    if len(content) > LARGEST:
        raise Wrong(_("Die Datei ist zu groß. Möglich sind höchstens %(most)s MB.", most=LARGEST // 1_000_000))
    if kind is None or not content.startswith(_BEGINS[kind]):
        raise Wrong(_("Bitte wählen Sie eine PDF-, PNG- oder JPEG-Datei."))
    return Upload(_shortened(name), kind, content)


async def keep(content: bytes) -> str:
    """Stores the bytes and returns the name they lie under; when it returns, they are on the disk."""
    stored_as = secrets.token_hex(16)
    await asyncio.to_thread(_write, _folder() / stored_as, content)
    return stored_as


async def read(stored_as: str) -> bytes:
    """Raises NotFound."""
    try:
        return await asyncio.to_thread(_path(stored_as).read_bytes)
    except FileNotFoundError:
        raise NotFound from None


async def remove(stored_as: str) -> None:
    """Does nothing where it is gone already."""
    with suppress(NotFound):
        await asyncio.to_thread(_path(stored_as).unlink, missing_ok=True)


def all_kept() -> list[Path]:
    """Every file in the folder, sorted; for backups."""
    return sorted(path for path in _folder().iterdir() if _STORED.fullmatch(path.name))


def is_ours(stored_as: str) -> bool:
    """A name that only `keep` gives: no path, nothing a shell or a server makes something of."""
    return _STORED.fullmatch(stored_as) is not None


def put_back(stored_as: str, content: IO[bytes]) -> None:
    """From a backup. One of that name is the same already: names are random. Raises NotFound for none of our names."""
    path = _path(stored_as)
    if path.exists():
        return
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())


def _path(stored_as: str) -> Path:
    if not is_ours(stored_as):
        raise NotFound
    return _folder() / stored_as


def _folder() -> Path:
    folder = settings().data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _write(path: Path, content: bytes) -> None:
    """For us alone, and not only in the system's memory: a row will rely on it."""
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
