"""How somebody stands in an event, as their own calendar shows it. Pure: rows and views in, entries out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from events.kit.ical import Entry, Status, opaque, with_status
from events.kit.translation import N_, speaking
from events.kit.translation import gettext as _
from events.programme.entries import CANCELLED, entry_of
from events.programme.views import DateView, EventView
from events.registration.tables import Registration

MAYBE = {
    "offered": N_("Platz angeboten: %(title)s"),
    "requested": N_("Angefragt: %(title)s"),
    "waiting": N_("Warteliste: %(title)s"),
}
"""Some programs show TENTATIVE like any other date: the title says it too."""

OVER = ("cancelled", "declined", "lapsed")
_BEST_FIRST = ("confirmed", *MAYBE, *OVER)
ACCESS = N_("Zur Online-Veranstaltung")


@dataclass(frozen=True)
class Place:
    """Of one or several people in one event: the best status among theirs."""

    status: str
    since: datetime
    changed_at: datetime

    @property
    def is_over(self) -> bool:
        return self.status in OVER


def places_of(registrations: Iterable[Registration]) -> dict[UUID, Place]:
    """By event. What waits for an address to be proven is no place yet."""
    by_event: dict[UUID, list[Registration]] = {}
    for one in registrations:
        if one.status in _BEST_FIRST:
            by_event.setdefault(one.event, []).append(one)
    return {
        id: Place(
            status=min((one.status for one in found), key=_BEST_FIRST.index),
            since=min(one.registered_at for one in found),
            changed_at=max(one.changed_at for one in found),
        )
        for id, found in by_event.items()
    }


def own_entries(
    event: EventView, place: Place, sequences: Mapping[UUID, int], language: str, office_name: str
) -> list[tuple[DateView, Entry]]:
    """Of every date of the event. `sequences`: the last SEQUENCE mailed by date; a calendar never says a lower one.

    A date that was cancelled before they signed up was never theirs.
    """
    dates = [one for one in event.dates if not (one.cancelled and one.content_changed_at <= place.since)]
    return [(one, _own_entry(event, one, place, sequences.get(one.id, 0), language, office_name)) for one in dates]


def led_entry(event: EventView, date: DateView, language: str, office_name: str) -> Entry:
    """In the calendar of who leads the event."""
    with speaking(language):
        entry = opaque(entry_of(event, date, language, office_name))
        return entry if entry.status == "CANCELLED" else _with_access(entry, date)


def _own_entry(event: EventView, date: DateView, place: Place, sent: int, language: str, office_name: str) -> Entry:
    entry = opaque(entry_of(event, date, language, office_name))
    entry = replace(
        entry,
        sequence=max(date.sequence, sent),
        changed_at=max(date.content_changed_at, place.changed_at),
    )
    if entry.status == "CANCELLED":
        return entry
    with speaking(language):
        if place.status == "confirmed":
            return _with_access(entry, date)
        status: Status = "CANCELLED" if place.is_over else "TENTATIVE"
        titled = CANCELLED if place.is_over else MAYBE[place.status]
        return with_status(replace(entry, summary=_(titled, title=entry.summary)), status)


def _with_access(entry: Entry, date: DateView) -> Entry:
    """The link to the online room, for who has a place or leads the event."""
    if not (date.is_online and date.join_link):
        return entry
    return replace(entry, description=f"{_(ACCESS)}:\n{date.join_link}\n\n{entry.description}")
