"""Takes in what a mail server puts into `EVENTS_DATA/rueckmeldungen`: reports of mails that came back, unsubscriptions.

A file is worked off in the database first and then moved, so nothing is lost; whoever comes second, or again after a
crash, finds it done. What nobody understands is kept apart for somebody to read.
"""

import asyncio
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from events.kit.database import transaction
from events.kit.logs import logger
from events.kit.refusals import NotFound
from events.mail.opt_outs import Way, hash_behind
from events.mail.reports import LONGEST_READ, Outcome, Report, Unsubscription, read_report
from events.mail.tables import OutgoingMail
from events.mail.undeliverable import note_undeliverable
from events.settings import settings

BOUNCED = "bounced"
DONE, UNREADABLE = "erledigt", "unlesbar"
AT_ONCE = 50
KEPT = {DONE: timedelta(days=7), UNREADABLE: timedelta(days=30)}
"""The files hold addresses and texts; as long as our own copies of sent mails, or until somebody has looked."""

log = logger("events.mail")


class Unsubscribe(Protocol):
    """Ends everything that goes to many for the address behind the hash; doing it twice changes nothing."""

    async def __call__(self, hashed: str, *, way: Way, now: datetime) -> None: ...


def report_folder() -> Path:
    return settings().data / "rueckmeldungen"


async def take_in_reports(unsubscribe: Unsubscribe, *, now: datetime) -> int:
    """Works off some of the files; how many. Without the folder it costs one look at the disk."""
    folder = report_folder()
    files = await asyncio.to_thread(_waiting, folder)
    for file in files:
        where = await _work_off(file, unsubscribe, now)
        try:
            await asyncio.to_thread(_put_away, file, folder / where, now)
        except OSError as error:  # not ours to move: nothing is lost, it is only read again
            log.warning("mail_report_not_moved", error=type(error).__name__)
    return len(files)


async def sweep_reports(now: datetime) -> None:
    """Removes what was worked off long enough ago."""
    await asyncio.to_thread(_remove_old, report_folder(), now)


async def _work_off(file: Path, unsubscribe: Unsubscribe, now: datetime) -> str:
    """The folder the file belongs into now. A database that is away leaves it where it is."""
    try:
        found = await asyncio.to_thread(_read, file)
    except Exception as error:  # hostile or broken beyond what the parser bears, or gone meanwhile
        log.warning("mail_report_unreadable", error=type(error).__name__)
        return UNREADABLE
    if isinstance(found, Report):
        await _note(found, now)
        return DONE
    if isinstance(found, Unsubscription):
        return DONE if await _heed(found, unsubscribe, now) else UNREADABLE
    return UNREADABLE


async def _heed(wish: Unsubscription, unsubscribe: Unsubscribe, now: datetime) -> bool:
    try:
        hashed = hash_behind(wish.token)
    except NotFound:
        return False
    await unsubscribe(hashed, way="mail", now=now)
    return True


async def _note(report: Report, now: datetime) -> None:
    """What the report says of the first mail it names that is ours; nothing when we know none of them."""
    columns = (OutgoingMail.id, OutgoingMail.recipient, OutgoingMail.status)
    for id in report.mails[:3]:
        row = await OutgoingMail.select(*columns).where(OutgoingMail.id == id).first()
        if row is not None:
            async with transaction():
                for outcome in report.outcomes:
                    await _note_outcome(row, outcome, now)
            return


async def _note_outcome(mail: dict[str, Any], outcome: Outcome, now: datetime) -> None:
    """A mail fails once, whoever reads the report and however often it comes."""
    is_this = OutgoingMail.id == mail["id"]
    if outcome.action == "delayed":
        await OutgoingMail.update({OutgoingMail.reply: outcome.reply}).where(is_this, OutgoingMail.status == "sent")
    if not outcome.is_final:
        return
    values: dict[Any, Any] = {OutgoingMail.status: "failed", OutgoingMail.reason: BOUNCED, OutgoingMail.due_at: now}
    values[OutgoingMail.reply] = outcome.reply
    failed = await (
        OutgoingMail.update(values)
        .where(is_this, OutgoingMail.status.is_in(["sent", "held"]))
        .returning(OutgoingMail.id)
    )
    if failed and outcome.refuses(mail["recipient"]):
        await note_undeliverable(mail["recipient"], outcome.reply, mail["id"], now)


def _waiting(folder: Path) -> list[Path]:
    """Some files of the folder, and of `new` in it, where mail servers put theirs when it is a Maildir.

    Links are left alone: what they lead to is not ours to read.
    """
    found: list[Path] = []
    for place, is_meant in ((folder, _is_mail_file), (folder / "new", _is_whole)):
        try:
            with os.scandir(place) as entries:
                found += [
                    Path(one.path) for one in entries if is_meant(one.name) and one.is_file(follow_symlinks=False)
                ]
        except (FileNotFoundError, NotADirectoryError):
            continue
    return sorted(found)[:AT_ONCE]


def _is_mail_file(name: str) -> bool:
    return name.lower().endswith(".eml") and _is_whole(name)


def _is_whole(name: str) -> bool:
    return not name.startswith(".")


def _read(file: Path) -> Report | Unsubscription | None:
    with file.open("rb") as content:
        return read_report(content.read(LONGEST_READ))


def _put_away(file: Path, folder: Path, now: datetime) -> None:
    """Under a name of its own, with the moment it was worked off; nothing if another worker has done it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with suppress(PermissionError):  # a file of the mail server's own: its age is that of its arrival
            os.utime(file, (now.timestamp(), now.timestamp()))
        # File systems count bytes, 255 at most; a letter has up to four.
        file.rename(folder / f"{now:%Y%m%d-%H%M%S}-{uuid4().hex[:8]}-{file.name[-50:]}")
    except FileNotFoundError:
        return


def _remove_old(folder: Path, now: datetime) -> None:
    for name, kept in KEPT.items():
        for file in _files(folder / name):
            if file.stat().st_mtime < (now - kept).timestamp():
                file.unlink(missing_ok=True)


def _files(folder: Path) -> Iterable[Path]:
    return [one for one in folder.iterdir() if one.is_file()] if folder.is_dir() else []
