"""What is asked about mailings: one of them, those a list shows, how far the sending has come."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.query.functions.aggregate import Count

from events.invitations.mailings.audiences import Audience, from_json
from events.invitations.mailings.rules import BULK, WRITTEN_BY_THE_OFFICE, Progress, WrittenText
from events.mail.tables import Mailing, OutgoingMail
from events.programme.tables import Event, EventDate


@dataclass(frozen=True)
class MailingView:
    """`title` is the German subject of one written by the office. `expected`: recipients when it was started."""

    id: UUID
    kind: str
    about: UUID
    status: str
    title: str
    texts: Mapping[str, WrittenText]
    audience: Audience | None
    greets: bool
    expected: int
    staff: UUID | None
    created_at: datetime
    started_at: datetime | None


async def mailing_by_id(id: UUID) -> MailingView | None:
    row = await Mailing.select().where(Mailing.id == id).first()
    return view_of(row) if row else None


async def mailings() -> list[MailingView]:
    """Everything the office wrote or sent to many, and the news of changes that is still being sent; newest first.

    Without the texts.
    """
    unsent = await OutgoingMail.raw(
        "SELECT DISTINCT mailing FROM outgoing_mail WHERE mailing IS NOT NULL AND status IN ('queued', 'paused')"
    )
    where: Any = Mailing.status.is_in(["draft", "queued", "paused"]) | Mailing.kind.is_in(list(BULK))
    if unsent:
        where = where | Mailing.id.is_in([UUID(str(row["mailing"])) for row in unsent])
    columns = Mailing.all_columns(exclude=[Mailing.texts])
    rows = await Mailing.select(*columns).where(where).order_by(Mailing.created_at, ascending=False)
    return [view_of(row) for row in rows]


async def progress_of(ids: Collection[UUID]) -> dict[UUID, Progress]:
    """Two statements, however many; a mailing that does not exist is missing."""
    if not ids:
        return {}
    rows = await Mailing.select(Mailing.id, Mailing.status, Mailing.facts).where(Mailing.id.is_in(list(ids)))
    counted = await (
        OutgoingMail.select(OutgoingMail.mailing, OutgoingMail.status, Count())
        .where(OutgoingMail.mailing.is_in(list(ids)))
        .group_by(OutgoingMail.mailing, OutgoingMail.status)
    )
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    for row in counted:
        counts[row["mailing"]][row["status"]] = row["count"]
    return {row["id"]: _progress(row, counts[row["id"]]) for row in rows}


async def events_behind(found: Collection[MailingView]) -> dict[UUID, Mapping[str, str]]:
    """The titles of the events that invitations and news are about, by mailing; two statements."""
    about = {one.id: one.about for one in found if one.audience is None and one.kind in _ABOUT_EVENTS}
    dates = {one.id: one.about for one in found if one.kind in _ABOUT_DATES}
    if dates:
        rows = await EventDate.select(EventDate.id, EventDate.event).where(EventDate.id.is_in(list(dates.values())))
        events = {row["id"]: row["event"] for row in rows}
        about |= {id: events[date] for id, date in dates.items() if date in events}
    titles = await titles_of(set(about.values()))
    return {id: titles[event] for id, event in about.items() if event in titles}


async def titles_of(events: Collection[UUID]) -> dict[UUID, Mapping[str, str]]:
    """One statement; those that do not exist are missing."""
    if not events:
        return {}
    rows = await Event.select(Event.id, Event.title).where(Event.id.is_in(list(events)))
    return {row["id"]: json.loads(row["title"]) for row in rows}


def view_of(row: Mapping[str, Any]) -> MailingView:
    facts = json.loads(row["facts"])
    plain = ("id", "kind", "about", "status", "title", "staff", "created_at", "started_at")
    return MailingView(
        **{name: row[name] for name in plain},
        texts={code: WrittenText(**text) for code, text in _texts(row).items()},
        audience=from_json(row["audience"]),
        greets=facts.get("greets", True),
        expected=facts.get("recipients", 0),
    )


def _texts(row: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Of those the office wrote."""
    found: dict[str, dict[str, str]] = (
        json.loads(row.get("texts", "{}")) if row["kind"] == WRITTEN_BY_THE_OFFICE else {}
    )
    return found


def _progress(row: Mapping[str, Any], counts: Mapping[str, int]) -> Progress:
    numbers = {status: counts.get(status, 0) for status in ("queued", "sent", "failed", "held", "paused")}
    expected = json.loads(row["facts"]).get("recipients", 0)
    written = sum(numbers.values())
    # Whoever left or opted out in between is not written to after all.
    recipients = max(expected, written) if row["status"] in ("queued", "paused", "draft") else written
    return Progress(recipients, **numbers, status=row["status"])


_ABOUT_DATES = ("moved", "date_dropped", "reminder", "follow_up")
_ABOUT_EVENTS = ("called_off", "date_fixed", "series_grown", "invitation", "invitation_reminder")
