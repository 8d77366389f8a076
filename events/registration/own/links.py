"""Sends somebody the links to their own pages again. Whoever asks never learns whether there were any."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from events.accounts.throttle import too_many_of
from events.kit.addresses import address_key, address_prefix
from events.kit.database import transaction
from events.kit.translation import current_language, localized
from events.mail.actions import queue
from events.mail.composing import ComposedMail, compose
from events.office.queries import office
from events.programme.queries import EventView, events_by_ids
from events.registration.links import booking_address, participant_address
from events.registration.tables import Booking, Registration

WINDOW = timedelta(hours=1)
PER_ADDRESS, PER_NETWORK = 3, 30
MOST = 30
"""Links in one mail, the newest bookings first."""


@dataclass(frozen=True)
class OwnLink:
    """`titles` are those of events that are not over; none where all of them are."""

    address: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class _Page:
    """A booking, or one person of a booking, whose page is told to its address."""

    recipient: str
    booking: UUID
    participant: UUID | None
    link_version: int


async def seconds_to_wait_for_links(email: str, ip: str, now: datetime) -> int | None:
    """Counts this try for known and unknown addresses alike; None while all are within their limits of an hour."""
    limits = {f"links-mail:{address_key(email)}": PER_ADDRESS, f"links-net:{address_prefix(ip)}": PER_NETWORK}
    return await too_many_of(limits, WINDOW, now)


async def send_my_links(email: str, *, now: datetime) -> None:
    """Queues a mail in the current language to each spelling under which the address is stored; else none.

    Whoever asked need not be who reads it: the mail holds nothing that was typed, and only what is of its recipient.
    """
    async with transaction():
        by_recipient: dict[str, list[_Page]] = defaultdict(list)
        for one in await _pages_of(email):
            by_recipient[one.recipient].append(one)
        for recipient, pages in by_recipient.items():
            await queue(await _mail(recipient, await _links(pages[:MOST], now), now), now=now)


async def _pages_of(email: str) -> list[_Page]:
    """Stored spellings differ in capitals at most; the newest first."""
    rows = await Booking.raw(
        "SELECT contact_email AS recipient, id AS booking, NULL AS participant, link_version, created_at FROM booking "
        "WHERE lower(contact_email) = lower({}) UNION ALL "
        "SELECT p.email AS recipient, b.id AS booking, p.id AS participant, p.link_version, b.created_at "
        "FROM participant p JOIN booking b ON b.id = p.booking "
        "WHERE lower(p.email) = lower({}) AND lower(p.email) <> lower(b.contact_email) "
        "AND b.address_proven_at IS NOT NULL ORDER BY created_at DESC",
        email,
        email,
    )
    return [_page(row) for row in rows]


def _page(row: Mapping[str, Any]) -> _Page:
    participant = UUID(str(row["participant"])) if row["participant"] else None
    return _Page(row["recipient"], UUID(str(row["booking"])), participant, row["link_version"])


async def _links(pages: Sequence[_Page], now: datetime) -> list[OwnLink]:
    """What lies ahead; where nothing does, the past: its page still tells what we know, and erases it."""
    booked = await Registration.select(Registration.booking, Registration.participant, Registration.event).where(
        Registration.booking.is_in([one.booking for one in pages])
    )
    events = await events_by_ids(list({row["event"] for row in booked}), partners=False)
    links = []
    for one in pages:
        ids = [row["event"] for row in booked if _is_of(row, one)]
        links.append(OwnLink(_address(one), _titles((events[id] for id in dict.fromkeys(ids)), now)))
    return [one for one in links if one.titles] or links


def _is_of(row: Mapping[str, Any], page: _Page) -> bool:
    return row["booking"] == page.booking and page.participant in (None, row["participant"])


def _titles(events: Iterable[EventView], now: datetime) -> tuple[str, ...]:
    return tuple(localized(event.title).text for event in events if not event.is_over(now))


def _address(page: _Page) -> str:
    if page.participant is None:
        return booking_address(page.booking, page.link_version, current_language())
    return participant_address(page.participant, page.link_version, current_language())


async def _mail(recipient: str, links: Sequence[OwnLink], now: datetime) -> ComposedMail:
    return compose(
        "my_links",
        to=recipient,
        language=current_language(),
        about=f"links:{now:%Y-%m-%d}",
        sequence=(now.hour * 60 + now.minute) * 60 + now.second,
        context={"office": await office(), "links": links},
    )
