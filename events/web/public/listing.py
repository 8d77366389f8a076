"""How events stand in lists: one card each, by month, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from events.kit.clock import BERLIN
from events.kit.translation import gettext as _
from events.programme.queries import DateView, EventView
from events.registration.signup import Seats
from events.web.public.availability import Badge, badge_of, why_not_book
from events.web.public.filters import month_name

PAGE = 50  # events


@dataclass(frozen=True)
class Card:
    """`date` is the next one, or the last when all are past; `more` how many follow it."""

    event: EventView
    badge: Badge
    date: DateView | None
    more: int
    places: tuple[str, ...]
    is_online: bool


def cards_of(events: Sequence[EventView], seats: Mapping[UUID, Seats], now: datetime) -> list[Card]:
    return [_card(event, seats[event.id], now) for event in events]


def by_month(cards: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """Headings with their cards, in the order they come in."""
    return [(_heading(month), list(group)) for month, group in groupby(cards, _month)]


def with_free_places(events: Sequence[EventView], seats: Mapping[UUID, Seats], now: datetime) -> list[EventView]:
    """Those one can sign up for right now without waiting."""
    return [event for event in events if seats[event.id].free != 0 and not why_not_book(event, seats[event.id], now)]


def _card(event: EventView, seats: Seats, now: datetime) -> Card:
    dates = event.dates if event.is_called_off else event.coming_dates
    ahead = [date for date in dates if date.end > now] or list(dates[-1:])
    first = ahead[0] if ahead else None
    places = dict.fromkeys(_place(date) for date in ahead if date.venue_name)
    badge = badge_of(event, seats, now)
    return Card(event, badge, first, max(0, len(ahead) - 1), tuple(places), any(date.is_online for date in ahead))


def _place(date: DateView) -> str:
    """The town is named unless the name of the house does so."""
    return date.venue_name if date.city in date.venue_name else f"{date.venue_name}, {date.city}"


def _month(card: Card) -> str:
    return card.date.start.astimezone(BERLIN).strftime("%Y-%m") if card.date else ""


def _heading(month: str) -> str:
    return month_name(month) if month else _("Termin folgt")
