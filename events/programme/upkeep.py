"""What follows from an event and is stored with it: span, search text, calendar entries. Called in the transaction
of each change, after it; `refresh_entries` renews what an update of the program has made stale."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from events.kit.database import transaction
from events.kit.ical import Entry
from events.kit.text import fold
from events.kit.translation import LANGUAGES
from events.office.queries import office
from events.programme.entries import entry_of, fingerprint, matters, render_entries
from events.programme.loading import load_events
from events.programme.locking import lock_events
from events.programme.queries import event_by_id
from events.programme.tables import Event, EventDate
from events.programme.views import DateView, EventView

BATCH = 100
"""Events refreshed in one transaction."""


async def follow_up(before: EventView | None, event_id: UUID, *, now: datetime) -> None:
    """Brings what is stored in line with the event as it is now. `before` is the event as it was; None if new.

    A date whose time, place, status or title differ gets the next SEQUENCE, unless nobody could have seen it yet.
    """
    after = await event_by_id(event_id)
    if after is None:
        raise LookupError(event_id)
    await _store_span(after, now)
    organizer = (await office()).name
    known = {date.id: date for date in before.dates} if before else {}
    for date in after.dates:
        said = _said(known[date.id], before, organizer, now) if before and date.id in known else None
        renewed = _renewed(said, _said(date, after, organizer, now), date, now)
        if renewed is not None:
            await _store_entries(after, renewed, organizer)


async def refresh_entries(now: datetime) -> int:
    """Renders again what was rendered by an earlier version, address or office name; how many dates those were.

    SEQUENCE stays: nothing changed for the people who come.
    """
    organizer = (await office()).name
    stale = EventDate.fingerprint != fingerprint(organizer)
    rows = await EventDate.select(EventDate.event).where(stale)
    events = sorted({row["event"] for row in rows})
    for start in range(0, len(events), BATCH):
        await _refresh(events[start : start + BATCH], organizer, now)
    return len(rows)


async def _refresh(event_ids: Collection[UUID], organizer: str, now: datetime) -> None:
    async with transaction():
        await lock_events(event_ids)
        for event in await load_events(Event.id.is_in(list(event_ids))):
            for date in event.dates:
                says_the_same = render_entries(event, date, organizer) == date.entries
                shown = date if says_the_same else replace(date, content_changed_at=now)
                await _store_entries(event, shown, organizer)


@dataclass(frozen=True)
class _Said:
    """What the calendars said of a date, in every language."""

    status: str
    entries: tuple[Entry, ...]


def _said(date: DateView, event: EventView, organizer: str, now: datetime) -> _Said:
    """Stamped alike, before and after, so that only the content can differ."""
    stamped = replace(date, content_changed_at=now)
    return _Said(event.status, tuple(entry_of(event, stamped, language, organizer) for language in LANGUAGES))


def _renewed(before: _Said | None, after: _Said, date: DateView, now: datetime) -> DateView | None:
    """The date with its new stamp and SEQUENCE; None when its entries say what they said."""
    if before == after:
        return None
    told = before and before.status != "draft" and any(map(matters, before.entries, after.entries))
    return replace(date, content_changed_at=now, sequence=date.sequence + 1 if told else date.sequence)


async def _store_entries(event: EventView, date: DateView, organizer: str) -> None:
    await EventDate.update(
        {
            EventDate.sequence: date.sequence,
            EventDate.content_changed_at: date.content_changed_at,
            EventDate.entries: json.dumps(render_entries(event, date, organizer), ensure_ascii=False),
            EventDate.fingerprint: fingerprint(organizer),
        }
    ).where(EventDate.id == date.id)


async def _store_span(event: EventView, now: datetime) -> None:
    dates = event.coming_dates
    await Event.update(
        {
            Event.starts_at: min((date.start for date in dates), default=None),
            Event.ends_at: max((date.end for date in dates), default=None),
            Event.search_text: search_text(event),
            Event.changed_at: now,
        }
    ).where(Event.id == event.id)


def search_text(event: EventView) -> str:
    """What the search of the list looks into; of the description nothing, it would find too much."""
    texts = [*event.title.values(), *event.summary.values(), event.programme_name, *event.cities]
    texts += (event.series_title or {}).values()
    texts += [date.venue_name for date in event.coming_dates]
    return fold(" ".join(dict.fromkeys(texts)))
