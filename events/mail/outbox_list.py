"""The outbox as a list for the office: how many mails of each state, one page of them, and which a decision means.

Each state is read along its own index, however many mails there are; contents are never read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from events.kit.clock import berlin
from events.mail.queries import TROUBLE, MailView, views
from events.mail.tables import OutgoingMail

# State: what picks it, and the moment it is sorted by, both as they stand in an index.
_LISTS = {
    "held": (f"{TROUBLE} AND status = 'held'", "due_at"),
    "failed": (f"{TROUBLE} AND status = 'failed'", "due_at"),
    "queued": ("status = 'queued'", "due_at"),
    "paused": (f"{TROUBLE} AND status = 'paused'", "due_at"),
    "sent": ("status = 'sent'", "sent_at"),
}
STATUSES = tuple(_LISTS)


@dataclass(frozen=True)
class Wanted:
    """Which mails a list shows. The span counts by Berlin's days; of a mail that waits, its next try counts."""

    status: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    address: str = ""
    mailing: UUID | None = None

    @property
    def is_everything(self) -> bool:
        return self == Wanted(self.status)


async def counts(wanted: Wanted) -> dict[str, int]:
    """How many there are of each state, whatever state is wanted."""
    parts, values = [], []
    for status in STATUSES:
        condition, used = _condition(status, wanted)
        parts.append(f"(SELECT COUNT(*) FROM outgoing_mail WHERE {condition}) AS {status}")
        values += used
    (row,) = await OutgoingMail.raw(f"SELECT {', '.join(parts)}", *values)
    return {status: row[status] for status in STATUSES}


async def mails_on_page(wanted: Wanted, start: int, number: int) -> list[MailView]:
    """The newest first: when a mail was sent or given up, or when it is tried next."""
    parts, values = [], []
    for position, status in enumerate(_meant(wanted)):
        condition, used = _condition(status, wanted)
        moment = _LISTS[status][1]
        parts.append(
            f"SELECT * FROM (SELECT id, {moment} AS moment FROM outgoing_mail WHERE {condition} "
            f"ORDER BY {moment} DESC LIMIT {start + number}) AS part{position}"
        )
        values += used
    found = await OutgoingMail.raw(
        f"{' UNION ALL '.join(parts)} ORDER BY moment DESC, id LIMIT {number} OFFSET {start}", *values
    )
    ids = [UUID(str(row["id"])) for row in found]
    by_id = {one.id: one for one in await views(OutgoingMail.id.is_in(ids))} if ids else {}
    return [by_id[id] for id in ids if id in by_id]


async def held(wanted: Wanted) -> list[UUID]:
    """All that are held of those the list shows, on whatever page."""
    condition, values = _condition("held", replace(wanted, status="held"))
    rows = await OutgoingMail.raw(f"SELECT id FROM outgoing_mail WHERE {condition} ORDER BY due_at", *values)
    return [UUID(str(row["id"])) for row in rows]


async def kinds_of(mails: Sequence[UUID]) -> list[str]:
    """The kind of each."""
    kinds: list[str] = []
    for start in range(0, len(mails), 500):
        rows = await OutgoingMail.select(OutgoingMail.kind).where(
            OutgoingMail.id.is_in(list(mails[start : start + 500]))
        )
        kinds += [row["kind"] for row in rows]
    return kinds


def _meant(wanted: Wanted) -> Iterable[str]:
    return [wanted.status] if wanted.status else STATUSES


def _condition(status: str, wanted: Wanted) -> tuple[str, list[object]]:
    condition, moment = _LISTS[status]
    parts, values = [condition], list[object]()
    if wanted.kind:
        parts.append("kind || '' = {}")  # else SQLite walks the index of kinds and reads past every content
        values.append(wanted.kind)
    if wanted.address:
        parts.append("LOWER(recipient) LIKE {} ESCAPE '!'")
        values.append(f"%{_literally(wanted.address.lower())}%")
    if wanted.mailing:
        parts.append("mailing = {}")
        values.append(wanted.mailing)
    if wanted.first:
        parts.append(f"{moment} >= {{}}")
        values.append(_midnight(wanted.first))
    if wanted.last:
        parts.append(f"{moment} < {{}}")
        values.append(_midnight(wanted.last + timedelta(days=1)))
    return " AND ".join(parts), values


def _literally(text: str) -> str:
    """What was typed is no pattern."""
    for sign in "!%_":
        text = text.replace(sign, f"!{sign}")
    return text


def _midnight(day: date) -> datetime:
    return berlin(day, time())
