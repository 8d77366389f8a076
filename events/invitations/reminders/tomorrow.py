"""Tells whoever leads a date the evening before: when and where, how many, and the button to load the list."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zlib import crc32

from events.accounts.tables import StaffMember
from events.kit.addresses import mail_address
from events.kit.clock import BERLIN, berlin
from events.kit.database import transaction
from events.kit.translation import SOURCE, localized
from events.mail.actions import queue
from events.mail.composing import ComposedMail, compose
from events.mail.tables import OutgoingMail
from events.office.queries import office
from events.office.views import OfficeView
from events.programme.queries import EventView, events_by_ids
from events.programme.tables import EventDate, EventTrainer
from events.registration.tables import Registration
from events.settings import settings

KIND = "tomorrow"
FROM = time(18)
"""On the evening before, in Berlin; later when the clock stood still, never after the start."""


@dataclass(frozen=True)
class Led:
    """One date and one person who leads it."""

    date_id: UUID
    event_id: UUID
    start: datetime
    name: str
    email: str

    @property
    def about(self) -> str:
        return f"event_date:{self.date_id}"

    @property
    def sequence(self) -> int:
        """The same for the same day."""
        return crc32(self.start.astimezone(BERLIN).date().isoformat().encode()) & 0x7FFFFFFF


async def remind_trainers(*, now: datetime) -> int:
    """One mail for each date and trainer. Returns how many; one statement while nothing begins soon."""
    starts = await _starting(now)
    new = await _not_told(await _led(starts)) if starts else []
    if not new:
        return 0
    events = await events_by_ids(list({one.event_id for one in new}), partners=False)
    registered, sender = await _registered(events), await office()
    mails = [_mail(one, events[one.event_id], registered[one.event_id], sender, now) for one in new]
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


async def _led(starts: Iterable[dict[str, Any]]) -> list[Led]:
    """By active people, each once, however often they are named; who is not in charge any more by then is left out."""
    named = await EventTrainer.select(EventTrainer.staff, EventTrainer.event, EventTrainer.series, EventTrainer.until)
    staff = await StaffMember.select(StaffMember.id, StaffMember.name, StaffMember.email).where(
        StaffMember.active.eq(True)
    )
    people = {row["id"]: (row["name"], row["email"]) for row in staff}
    found: dict[tuple[UUID, UUID], Led] = {}
    for row in starts:
        for one in named:
            is_theirs = one["event"] == row["event"] or (row["series"] and one["series"] == row["series"])
            if is_theirs and one["staff"] in people and (one["until"] is None or one["until"] > row["start"]):
                led = Led(row["id"], row["event"], row["start"], *people[one["staff"]])
                found[row["id"], one["staff"]] = led
    return list(found.values())


async def _not_told(led: Collection[Led]) -> list[Led]:
    """A date that was moved to another day is told of anew."""
    if not led:
        return []
    rows = await OutgoingMail.select(OutgoingMail.about, OutgoingMail.sequence, OutgoingMail.recipient).where(
        (OutgoingMail.kind == KIND) & OutgoingMail.about.is_in(list({one.about for one in led}))
    )
    told = {(row["about"], row["sequence"], row["recipient"]) for row in rows}
    return [one for one in led if (one.about, one.sequence, mail_address(one.email)) not in told]


async def _registered(events: Collection[UUID]) -> Mapping[UUID, int]:
    """People with a place, by event."""
    marks = ", ".join("{}" for _ in events)
    rows = await Registration.raw(
        "SELECT event AS id, SUM(party) AS people FROM registration "
        f"WHERE status = 'confirmed' AND event IN ({marks}) GROUP BY event",
        *events,
    )
    return defaultdict(int, {UUID(str(row["id"])): row["people"] for row in rows})


def _mail(led: Led, event: EventView, registered: int, sender: OfficeView, now: datetime) -> ComposedMail:
    date = next(one for one in event.dates if one.id == led.date_id)
    number, parts = event.part(date)
    return compose(
        KIND,
        to=led.email,
        language=SOURCE,
        about=led.about,
        sequence=led.sequence,
        context={
            "office": sender,
            "name": led.name,
            "title": localized(event.title, SOURCE).text,
            "date": date,
            "number": number,
            "parts": parts,
            "access": localized(date.access, SOURCE).text,
            "registered": registered,
            "takes_sign_ups": event.policy.sign_up,
            "is_today": date.start.astimezone(BERLIN).date() == now.astimezone(BERLIN).date(),
            "link": f"{settings().base_url}/team/anwesenheit/{date.id}",
        },
        priority=3,
        useful_until=date.start,
    )
