"""The public calendars: all events or those that meet filters, and one event. One person's calendar is not here."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from events.calendar_feeds.making import NEVER, PAST, Feed, is_shown, leaves_at, made
from events.calendar_feeds.naming import feed_name, query_string
from events.calendar_feeds.queries import StoredEntry, stored_entries
from events.calendar_feeds.unchanged import Unchanged
from events.kit.database import state_of_everything
from events.kit.translation import gettext as _
from events.kit.translation import language_prefix, localized, speaking
from events.office.queries import office
from events.programme.listing import Filters, public_ids
from events.programme.queries import event_by_slug
from events.programme.tables import Event
from events.registration.queries import public_seats
from events.settings import settings

_unchanged = Unchanged()


async def feed(filters: Filters, *, language: str, cancelled: bool = True, now: datetime) -> Feed:
    """Public dates from 60 days back. While nothing changes the bytes stay the same, in every process.

    A filter value nobody has gives a calendar without entries. Made anew only after something in the database has
    changed; always where free places count, for they also change with time.
    """
    key = (filters, language, cancelled)
    state = await state_of_everything()
    found = None if filters.frei else _unchanged.of(key, state, now)
    if found is None:
        found, until = await _made(filters, language, cancelled, now)
        _unchanged.keep(key, state, found, now, until)
    return found


async def _made(filters: Filters, language: str, cancelled: bool, now: datetime) -> tuple[Feed, datetime]:
    """With the moment at which its first date leaves by age."""
    entries = [
        entry
        for entry in await stored_entries(await _events(filters, now), language, since=now - PAST)
        if (cancelled or not entry.cancelled) and is_shown(entry.end, entry.cancelled, now)
    ]
    query = query_string(filters, cancelled)
    organizer = (await office()).name
    with speaking(language):
        name = await feed_name(filters, organizer)
        about = _("Veranstaltungen von: %(office)s. Es gelten die Angaben auf der Website.", office=organizer)
    site = _site(language)
    found = made(
        [entry.text for entry in entries],
        name=name,
        description=about,
        url=f"{site}/{query}",
        source=f"{site}/kalender.ics{query}",
        changed_at=_changed_at(entries),
        is_dated=not filters.frei,  # a date that is full leaves without any change of its own
    )
    return found, min((leaves_at(entry.end, entry.cancelled) for entry in entries), default=now + PAST)


async def event_feed(slug: str, *, language: str) -> Feed | None:
    """All dates of one event that may be opened by its address; None where there is none."""
    event = await event_by_slug(slug)
    if event is None:
        return None
    page = f"{_site(language)}/veranstaltungen/{event.slug}"
    name, about = localized(event.title, language).text, localized(event.summary, language).text
    entries = await stored_entries([event.id], language)
    texts, changed_at = [entry.text for entry in entries], _changed_at(entries)
    return made(texts, name=name, description=about, url=page, source=f"{page}.ics", changed_at=changed_at)


async def _events(filters: Filters, now: datetime) -> Collection[UUID]:
    ids = await public_ids(filters, now - PAST)
    return await _with_free_places(ids, now) if filters.frei else ids


async def _with_free_places(ids: Collection[UUID], now: datetime) -> Collection[UUID]:
    """A called-off event has none."""
    off = await Event.select(Event.id).where(Event.status == "called_off")
    taking_place = set(ids) - {row["id"] for row in off}
    counted = await public_seats(taking_place, now)
    return [id for id in taking_place if counted[id].free != 0]


def _changed_at(entries: Sequence[StoredEntry]) -> datetime:
    return max((entry.changed_at for entry in entries), default=NEVER)


def _site(language: str) -> str:
    return settings().base_url + language_prefix(language)
