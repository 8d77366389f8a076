"""What is in the calendar of somebody who works here: a trainer's own dates, for the others all that are published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.accounts.rules import sees_only_own_events
from events.calendar_feeds.making import PAST, is_shown
from events.calendar_feeds.places import led_entry
from events.calendar_feeds.queries import published_entries
from events.kit.ical import entry_text
from events.programme.loading import load_events
from events.programme.tables import Event
from events.programme.trainers import events_led_by


@dataclass(frozen=True)
class TeamEntry:
    """One VEVENT."""

    text: str
    changed_at: datetime


async def entries_of_staff(id: UUID, role: str, language: str, office_name: str, now: datetime) -> Sequence[TeamEntry]:
    """By start. Drafts are in neither: nobody should travel to a date that is only thought of.

    A trainer's time is taken, with the way into online rooms; to the office all dates are news, not appointments.
    """
    if sees_only_own_events(role):
        return await _led(id, language, office_name, now)
    return [
        TeamEntry(one.text, one.changed_at)
        for one in await published_entries(language, since=now - PAST)
        if is_shown(one.end, one.cancelled, now)
    ]


async def _led(id: UUID, language: str, office_name: str, now: datetime) -> Sequence[TeamEntry]:
    ids = await events_led_by(id, now)
    if not ids:
        return []
    events = await load_events(Event.id.is_in(list(ids)), Event.status != "draft", entries=False, partners=False)
    dates = sorted(((date.start, str(date.id), event, date) for event in events for date in event.dates), key=_place)
    entries = [(date, led_entry(event, date, language, office_name)) for _start, _id, event, date in dates]
    return [
        TeamEntry(entry_text(entry), entry.changed_at)
        for date, entry in entries
        if is_shown(date.end, entry.status == "CANCELLED", now)
    ]


def _place(one: tuple[datetime, str, object, object]) -> tuple[datetime, str]:
    return one[:2]
