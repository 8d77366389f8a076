"""`events restore`: what a backup holds, without those who were erased since."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from events import checks
from events.accounts.actions import end_all_sessions
from events.kit import uploads
from events.kit.clock import BERLIN
from events.kit.database import connected
from events.mail.after_restore import hold_what_was_due
from events.operations.archive import KEY, Archive, opened
from events.operations.databases import make_room
from events.operations.erased import refuse_without_tombstones
from events.operations.transfer import refuse_unknown, transfer
from events.operations.unfinished import begin, end
from events.privacy.after_restore import erase_again
from events.programme.upkeep import refresh_entries
from events.schema import migrate
from events.settings import settings


@dataclass(frozen=True)
class Restored:
    """`aside`: where what was there before is now. `held`: mails that somebody must decide about."""

    made_at: datetime
    rows: int
    uploads: int
    erased: int
    held: int
    aside: str | None
    key_differs: bool
    faults: Sequence[checks.Fault]


async def restore(path: Path, now: datetime, *, replace: bool = False) -> Restored:
    """Puts everything back and erases again. Nothing is changed until the file has been read to its end.

    Needs the database for itself. Raises Refused: for a file that is damaged or of a later program, without
    tombstones, while a service is running, and for a database with data in it unless `replace`.
    """
    with opened(path) as archive:
        archive.prove()
        refuse_unknown(archive.manifest.layout)
        refuse_without_tombstones(archive.manifest.erased)
        aside = await make_room(settings().database_url, f"{now.astimezone(BERLIN):%Y%m%d_%H%M%S}" if replace else None)
        begin()
        _put_back_files(archive)
        async with connected():
            rows = await transfer(archive, settings().database_url)
            restored = await _made_good(archive, rows, aside, now)
        end()
    return restored


async def _made_good(archive: Archive, rows: int, aside: str | None, now: datetime) -> Restored:
    """Brings the data up to this program and to this day."""
    await migrate()
    erased = await erase_again(now)
    held = await hold_what_was_due(now)
    await end_all_sessions()
    await refresh_entries(now)
    return Restored(
        made_at=archive.manifest.made_at,
        rows=rows,
        uploads=len(archive.manifest.files) - 1,
        erased=erased,
        held=held,
        aside=aside,
        key_differs=settings().secret_key != archive.key(),
        faults=await checks.find_faults(now),
    )


def _put_back_files(archive: Archive) -> None:
    for name in archive.manifest.files:
        if name != KEY:
            with archive.upload(name) as content:
                uploads.put_back(name.rpartition("/")[2], content)
    _put_back_key(archive.key())


def _put_back_key(key: str) -> None:
    """Where a setting names another key, that one holds; the file then tells what to set."""
    path = settings().data / KEY
    with open(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(key)
    settings.cache_clear()
