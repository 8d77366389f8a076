"""Which state of a record somebody has seen who edits it: a check value of what its form shows, so that only a change
of exactly that counts, and one that was taken back does not."""

import hashlib
import json
from collections.abc import Sequence
from uuid import UUID

from piccolo.columns import Column
from piccolo.table import Table

from events.programme.tables import Event, EventDate, Programme, Series, Venue

LENGTH = 20

_SHOWN: dict[type[Table], Sequence[Column]] = {
    Event: (
        Event.programme, Event.series, Event.format, Event.title, Event.summary, Event.description, Event.audiences,
        Event.languages, Event.hints, Event.capacity, Event.policy,
    ),
    EventDate: (
        EventDate.start, EventDate.end, EventDate.break_minutes, EventDate.venue, EventDate.room, EventDate.is_online,
        EventDate.join_link, EventDate.cancelled,
    ),
    Programme: (Programme.name, Programme.family, Programme.kind, Programme.funding, Programme.policy),
    Series: (Series.programme, Series.title, Series.summary, Series.description),
    Venue: (
        Venue.name, Venue.street, Venue.postcode, Venue.city, Venue.latitude, Venue.longitude, Venue.access,
    ),
}  # fmt: skip


async def version_of(table: type[Event | EventDate | Programme | Series | Venue], id: UUID) -> str:
    """Empty when there is no such record."""
    columns = _SHOWN[table]
    row = await table.select(*columns).where(table.id == id).first()
    if row is None:
        return ""
    shown = [row[column._meta.name] for column in columns]
    return hashlib.sha256(json.dumps(shown, default=str).encode()).hexdigest()[:LENGTH]
