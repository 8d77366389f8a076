"""Counts what this process does, for `/metrics`. Processes of one machine add up theirs through small files.

A key is made of fixed words only (what is counted, then its labels): never of anything a person typed.
"""

import os
import secrets
import time
from pathlib import Path

import msgspec

from events.settings import settings

Key = tuple[str, ...]

SHARED_EVERY = 2.0  # seconds
FOLDER = "metrics"


class _Own:
    """What this process counted, and when it last wrote it where the others look."""

    def __init__(self) -> None:
        self.numbers: dict[Key, float] = {}
        self.shared_at = 0.0
        self.name = secrets.token_hex(8)

    def share(self) -> None:
        self.shared_at = time.monotonic()
        path = _folder() / f"{self.name}-{os.getpid()}.json"
        path.with_suffix(".new").write_bytes(msgspec.json.encode(list(self.numbers.items())))
        path.with_suffix(".new").replace(path)


_own = _Own()
_numbers = msgspec.json.Decoder(list[tuple[Key, float]])


def count(*key: str, by: float = 1) -> None:
    """Now and then it is also written where the other processes see it; only while somebody may ask for it."""
    _own.numbers[key] = _own.numbers.get(key, 0) + by
    if settings().metrics_token and time.monotonic() - _own.shared_at >= SHARED_EVERY:
        _own.share()


def totals() -> dict[Key, float]:
    """Of all processes since `begin_anew`; what others did in the last moments may be absent."""
    _own.share()
    total: dict[Key, float] = {}
    for path in _folder().glob("*.json"):
        for key, number in _numbers.decode(path.read_bytes()):
            total[key] = total.get(key, 0) + number
    return total


def begin_anew() -> None:
    """Whoever starts the processes forgets what earlier ones counted."""
    for path in _folder().iterdir():
        path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = settings().data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
