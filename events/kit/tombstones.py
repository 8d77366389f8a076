"""Who was erased, kept outside the database and its backups: nobody may come back with an old backup.

One line each in `EVENTS_DATA/tombstones/erased.txt`, only ever appended: the day, the kind, and the SHA-256 of the id,
from which nobody learns anything. Who wants no mailings stands there too, as the hash that is stored anyway.
"""

import asyncio
import os
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from typing import Literal
from uuid import UUID

from events.kit.clock import BERLIN
from events.settings import settings

Kind = Literal["booking", "participant", "contact", "invitation", "date_wish", "topic_voice"]

FOLDER, FILE = "tombstones", "erased.txt"
OPT_OUT, OPT_IN = "opt_out", "opt_in"


async def bury(kind: Kind, ids: Collection[UUID], now: datetime) -> None:
    """On the disk when it returns. Called in the transaction of the erasure: a line too many does no harm, one too
    few would bring somebody back."""
    await _append((f"{kind} {tombstone(kind, id)}" for id in ids), now)


async def note_opt_out(hashed: str, wants_none: bool, now: datetime) -> None:
    """As in `mail.opt_outs.address_hash`; the newest line of an address counts."""
    await _append([f"{OPT_OUT if wants_none else OPT_IN} {hashed}"], now)


def tombstone(kind: Kind, id: UUID) -> str:
    return sha256(f"{kind}:{id}".encode()).hexdigest()


def buried() -> frozenset[str]:
    """The tombstones of everybody."""
    return frozenset(hashed for kind, hashed in _lines() if kind not in (OPT_OUT, OPT_IN))


def opted_out() -> frozenset[str]:
    """The addresses whose last word was that they want no mailings."""
    last = {hashed: kind for kind, hashed in _lines() if kind in (OPT_OUT, OPT_IN)}
    return frozenset(hashed for hashed, kind in last.items() if kind == OPT_OUT)


def _lines() -> Iterator[tuple[str, str]]:
    """Kind and hash in the order they were written; one that a crash cut short is left out."""
    file = _folder() / FILE
    if file.is_file():
        for line in file.read_text(encoding="ascii").splitlines():
            _day, *rest = line.split() or [""]
            if len(rest) == 2 and len(rest[1]) in (32, 64):
                yield rest[0], rest[1]


def prepare() -> None:
    """The folder, so that a restore can tell "nobody was erased" from "the list is lost"."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)


def is_prepared() -> bool:
    return _folder().is_dir()


async def _append(lines: Iterable[str], now: datetime) -> None:
    day = now.astimezone(BERLIN).date().isoformat()
    text = "".join(f"{day} {line}\n" for line in lines)
    if text:
        await asyncio.to_thread(_write, text.encode("ascii"))


def _write(content: bytes) -> None:
    """One write to the end of the file, which other processes cannot come between. Raises OSError when not all of it
    is on the disk: nobody is erased then.

    The line break comes first as well, so that a line a crash cut short spoils no other.
    """
    prepare()
    file = os.open(_folder() / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(file, b"\n" + content) <= len(content):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        os.fsync(file)
    finally:
        os.close(file)


def _folder() -> Path:
    return settings().data / FOLDER
