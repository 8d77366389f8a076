"""The public calendars: all events or those that meet filters, and one event. One person's calendar is not here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from piccolo.columns.combination import WhereRaw

from events.calendar_feeds.naming import feed_name, query_string
from events.calendar_feeds.queries import StoredEntry, stored_entries
from events.kit.ical import calendar
from events.kit.translation import gettext as _
from events.kit.translation import language_prefix, localized, speaking
from events.office.queries import office
from events.programme.listing import Filters, listed
from events.programme.queries import event_by_slug
from events.programme.tables import Event
from events.programme.views import EventView
from events.registration.queries import public_seats
from events.settings import settings

PAST = timedelta(days=60)
CANCELLED = timedelta(days=30)
"""How long after its end a date stays in the calendar, and a cancelled one."""

NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""When a calendar without entries was last modified: its bytes must be the same every day."""


@dataclass(frozen=True)
class Feed:
    """`etag` is the quoted strong entity tag of the bytes."""

    content: bytes
    etag: str
    last_modified: datetime
    name: str


async def feed(filters: Filters, *, language: str, cancelled: bool = True, now: datetime) -> Feed:
    """Public dates from 60 days back. While nothing changes the bytes stay the same, in every process.

    A filter value nobody has gives a calendar without entries.
    """
    entries = [
        entry
        for entry in await stored_entries(await _events(filters, now), language, since=now - PAST)
        if not entry.cancelled or (cancelled and entry.end > now - CANCELLED)
    ]
    query = query_string(filters, cancelled)
    organizer = (await office()).name
    with speaking(language):
        name = await feed_name(filters, organizer)
        about = _("Veranstaltungen von: %(office)s. Es gelten die Angaben auf der Website.", office=organizer)
    site = _site(language)
    return _feed(entries, name=name, description=about, url=f"{site}/{query}", source=f"{site}/kalender.ics{query}")


async def event_feed(slug: str, *, language: str) -> Feed | None:
    """All dates of one event that may be opened by its address; None where there is none."""
    event = await event_by_slug(slug)
    if event is None:
        return None
    page = f"{_site(language)}/veranstaltungen/{event.slug}"
    name, about = localized(event.title, language).text, localized(event.summary, language).text
    entries = await stored_entries([event.id], language)
    return _feed(entries, name=name, description=about, url=page, source=f"{page}.ics")


async def _events(filters: Filters, now: datetime) -> Collection[UUID]:
    in_window = WhereRaw('"event"."id" IN (SELECT event FROM event_date WHERE "end" > {})', now - PAST)
    events = await listed(filters, Event.status != "draft", in_window, with_cancelled=True)
    return await _with_free_places(events, now) if filters.frei else [event.id for event in events]


async def _with_free_places(events: Sequence[EventView], now: datetime) -> Collection[UUID]:
    taking_place = [event.id for event in events if not event.is_called_off]
    counted = await public_seats(taking_place, now)
    return [id for id in taking_place if counted[id].free != 0]


def _feed(entries: Sequence[StoredEntry], *, name: str, description: str, url: str, source: str) -> Feed:
    changed_at = max((entry.changed_at for entry in entries), default=NEVER)
    texts = [entry.text for entry in entries]
    content = calendar(texts, name=name, description=description, url=url, source=source, changed_at=changed_at)
    return Feed(content, f'"{sha256(content).hexdigest()[:32]}"', changed_at.replace(microsecond=0), name)


def _site(language: str) -> str:
    return settings().base_url + language_prefix(language)
