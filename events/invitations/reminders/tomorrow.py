"""Tells whoever leads a date the evening before: when and where, how many, and the list to load and to print."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zlib import crc32

from events.accounts.trainer_access import Account, accounts
from events.kit.addresses import mail_address
from events.kit.clock import BERLIN, berlin
from events.kit.database import transaction
from events.kit.translation import SOURCE, localized
from events.mail.actions import queue
from events.mail.composing import Attachment, ComposedMail, compose
from events.mail.tables import OutgoingMail
from events.office.queries import office
from events.office.views import OfficeView
from events.programme.queries import EventView, events_by_ids
from events.programme.tables import EventDate
from events.programme.trainer_links import trainer_address
from events.programme.trainers import Charge, running_charges
from events.registration.tables import Registration
from events.settings import settings

Paper = Callable[[UUID], Awaitable[tuple[str, bytes] | None]]
"""Name and bytes of the printed list of a date; None where it cannot be printed."""

KIND = "tomorrow"
FROM = time(18)
"""On the evening before, in Berlin; later when the clock stood still, never after the start."""


@dataclass(frozen=True)
class Led:
    """One date and one person who leads it."""

    date_id: UUID
    event_id: UUID
    start: datetime
    person: Account
    link: str

    @property
    def about(self) -> str:
        return f"event_date:{self.date_id}"

    @property
    def sequence(self) -> int:
        """The same for the same day."""
        return crc32(self.start.astimezone(BERLIN).date().isoformat().encode()) & 0x7FFFFFFF


async def remind_trainers(*, now: datetime, paper: Paper) -> int:
    """One mail for each date and trainer. Returns how many; one statement while nothing begins soon."""
    starts = await _starting(now)
    new = await _not_told(await _led(starts, now)) if starts else []
    if not new:
        return 0
    events = await events_by_ids(list({one.event_id for one in new}), partners=False)
    registered, sender = await _registered(events), await office()
    printed = {date: await paper(date) for date in dict.fromkeys(one.date_id for one in new)}
    mails = [
        _mail(one, events[one.event_id], registered[one.event_id], sender, _attached(printed[one.date_id]), now)
        for one in new
    ]
    async with transaction():
        await queue(*mails, now=now)
    return len(mails)


async def _starting(now: datetime) -> list[dict[str, Any]]:
    """Dates ahead whose evening before has begun."""
    local = now.astimezone(BERLIN)
    last_day = local.date() + timedelta(days=2 if local.time() >= FROM else 1)
    return await EventDate.select(
        EventDate.id, EventDate.start, EventDate.event, EventDate.event.series.as_alias("series")
    ).where(
        EventDate.cancelled.eq(False) & (EventDate.event.status == "published")
        & (EventDate.start > now) & (EventDate.start < berlin(last_day, time(0)))
    )  # fmt: skip


async def _led(starts: Iterable[dict[str, Any]], now: datetime) -> list[Led]:
    """By active people, each once, however often they are named; who is not in charge any more by then is left out."""
    charges = await running_charges(now)
    people = await accounts({one.staff_id for one in charges})
    found: dict[tuple[UUID, UUID], Led] = {}
    for row in starts:
        for one in charges:
            is_theirs = one.event_id == row["event"] or (row["series"] and one.series_id == row["series"])
            person = people.get(one.staff_id)
            if is_theirs and person and person.active and one.is_running(row["start"]):
                led = Led(row["id"], row["event"], row["start"], person, _link(one, person, row["id"]))
                found[row["id"], one.staff_id] = led
    return list(found.values())


def _link(charge: Charge, person: Account, date_id: UUID) -> str:
    """Trainers have no password: their own link signs them in on its way to the list."""
    page = f"/team/anwesenheit/{date_id}"
    if person.signs_in_by_link:
        return trainer_address(charge.id, charge.link_version, onward=page)
    return settings().base_url + page


async def _not_told(led: Collection[Led]) -> list[Led]:
    """A date that was moved to another day is told of anew."""
    if not led:
        return []
    rows = await OutgoingMail.select(OutgoingMail.about, OutgoingMail.sequence, OutgoingMail.recipient).where(
        (OutgoingMail.kind == KIND) & OutgoingMail.about.is_in(list({one.about for one in led}))
    )
    told = {(row["about"], row["sequence"], row["recipient"]) for row in rows}
    return [one for one in led if (one.about, one.sequence, mail_address(one.person.email)) not in told]


async def _registered(events: Collection[UUID]) -> Mapping[UUID, int]:
    """People with a place, by event."""
    marks = ", ".join("{}" for _ in events)
    rows = await Registration.raw(
        "SELECT event AS id, SUM(party) AS people FROM registration "
        f"WHERE status = 'confirmed' AND event IN ({marks}) GROUP BY event",
        *events,
    )
    return defaultdict(int, {UUID(str(row["id"])): row["people"] for row in rows})


def _attached(printed: tuple[str, bytes] | None) -> Sequence[Attachment]:
    return [Attachment(printed[0], "application/pdf", printed[1])] if printed else []


def _mail(
    led: Led, event: EventView, registered: int, sender: OfficeView, files: Sequence[Attachment], now: datetime
) -> ComposedMail:
    date = next(one for one in event.dates if one.id == led.date_id)
    number, parts = event.part(date)
    return compose(
        KIND,
        to=led.person.email,
        language=SOURCE,
        about=led.about,
        sequence=led.sequence,
        context={
            "office": sender,
            "name": led.person.name,
            "title": localized(event.title, SOURCE).text,
            "date": date,
            "number": number,
            "parts": parts,
            "access": localized(date.access, SOURCE).text,
            "registered": registered,
            "takes_sign_ups": event.policy.sign_up,
            "is_today": date.start.astimezone(BERLIN).date() == now.astimezone(BERLIN).date(),
            "has_list": bool(files),
            "by_link": led.person.signs_in_by_link,
            "link": led.link,
        },
        attachments=files,
        priority=3,
        useful_until=date.start,
    )
