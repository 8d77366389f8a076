"""Which mail says what to whom. Composed and queued in the transaction of the change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.kit.translation import localized
from events.mail.actions import queue
from events.programme.queries import EventView
from events.registration.calendar import please_note, please_remove
from events.registration.links import booking_address
from events.registration.queries import BookingView
from events.registration.recipients import (
    Line,
    Recipient,
    has_own_address,
    in_thread,
    line,
    person_or_contact,
    recipient_of,
    with_recipients,
    written,
)
from events.registration.signup import full_name
from events.registration.standing import ACTIVE
from events.registration.tables import Booking, Participant, Registration
from events.registration.threads import threads_of


async def queue_after_sign_up(
    booking: Booking,
    people: Sequence[Participant],
    events: Sequence[EventView],
    made: Sequence[Registration],
    known: frozenset[tuple[UUID, str]],
    now: datetime,
) -> None:
    """To the contact of a new booking: please confirm, or what was decided, or that nothing new was needed."""
    to = recipient_of(booking, people)
    by_id = {event.id: event for event in events}
    already = [event for event in events if event.id in {id for id, _ in known}]
    if not made:
        await _queue_already_registered(to, known, already, now)
    elif booking.address_proven_at is None:
        asked = {one.event: one for one in made}.values()
        lines = [line(by_id[one.event], one, to.language) for one in asked]
        mail = await written("confirm_address", to, f"booking:{booking.id}", lines=lines, already=_titles(already, to))
        await queue(mail, now=now)
    else:
        await queue_decision(booking, people, made, by_id, now, is_first=True)


async def queue_settled(
    booking: BookingView, settled: Sequence[Registration], events: dict[UUID, EventView], now: datetime
) -> None:
    """One mail for the whole booking once its address is proven."""
    await queue_decision(booking, booking.people, settled, events, now)


async def queue_moved_up(promoted: Sequence[Registration], event: EventView, now: datetime) -> None:
    for one, to in await with_recipients(promoted):
        part, files = await please_note([event], to.email, to.name, to.language)
        lines = [line(event, one, to.language)]
        about = f"registration:{one.id}"
        await queue(await written("moved_up", to, about, one.queue_number, part, files, lines=lines), now=now)


async def queue_cancelled(cancelled: Sequence[Registration], events: dict[UUID, EventView], now: datetime) -> None:
    """One mail an address, with what takes the dates out of the calendar again."""
    by_address: dict[tuple[UUID, str], list[tuple[Registration, Recipient]]] = {}
    for one, to in await with_recipients(cancelled):
        by_address.setdefault((one.booking, to.email), []).append((one, to))
    for of_address in by_address.values():
        to = of_address[0][1]
        chosen = [events[one.event] for one, _ in of_address]
        part, files = await please_remove(chosen, to.email, to.name, to.language)
        lines = [line(events[one.event], one, to.language) for one, _ in of_address]
        about = f"registration:{of_address[0][0].id}"
        await queue(await written("cancelled", to, about, 0, part, files, lines=lines), now=now)


async def queue_decision(
    booking: Booking | BookingView,
    people: Sequence[Participant],
    settled: Sequence[Registration],
    events: dict[UUID, EventView],
    now: datetime,
    *,
    message: str = "",
    is_first: bool = False,
) -> None:
    """To the contact `confirmation` when there is at least one place, else `requested` or `waiting`; to everybody
    with an own address what was decided for them.

    `message`: what the office wants to say; `is_first`: there is no earlier mail to look for.
    """
    if not settled:
        return
    named = {one.id: one for one in people if has_own_address(booking, one)}
    threads = {} if is_first else await threads_of([booking.id])
    to = in_thread(recipient_of(booking, people), threads)
    if to.email:
        theirs = [one for one in settled if one.participant not in named]
        lines = _lines_with_names(settled, people, events, to.language)
        await _queue_to_contact(to, settled, theirs, lines, events, message, now)
    for id, person in named.items():
        own = [one for one in settled if one.participant == id]
        if own:
            await _queue_to_named(in_thread(person_or_contact(booking, person), threads), to.name, own, events, now)


async def _queue_to_contact(
    to: Recipient,
    settled: Sequence[Registration],
    theirs: Sequence[Registration],
    lines: Sequence[Line],
    events: dict[UUID, EventView],
    message: str,
    now: datetime,
) -> None:
    """`theirs`: those whose dates go into the contact's calendar."""
    confirmed = [events[id] for id in dict.fromkeys(one.event for one in theirs if one.status == "confirmed")]
    part, files = await please_note(confirmed, to.email, to.name, to.language)
    about, kind = f"registration:{settled[0].id}", _kind_of(settled)
    mail = await written(kind, to, about, settled[0].queue_number, part, files, lines=lines, message=message)
    await queue(mail, now=now)


def _lines_with_names(
    settled: Sequence[Registration], people: Sequence[Participant], events: dict[UUID, EventView], language: str
) -> list[Line]:
    """By event; who is meant is said where there are several."""
    names = {one.id: full_name(one.given_name, one.family_name) for one in people}
    several = len({one.participant for one in settled}) > 1
    return [
        line(events[one.event], one, language, names.get(one.participant, "") if several else "")
        for id in dict.fromkeys(one.event for one in settled)
        for one in settled
        if one.event == id
    ]


def _kind_of(settled: Sequence[Registration]) -> str:
    statuses = {one.status for one in settled}
    return "confirmation" if "confirmed" in statuses else "requested" if "requested" in statuses else "waiting"


async def _queue_to_named(
    to: Recipient, contact: str, own: Sequence[Registration], events: dict[UUID, EventView], now: datetime
) -> None:
    """Somebody else signed them up: who that was, and the way out."""
    confirmed = [events[one.event] for one in own if one.status == "confirmed"]
    part, files = await please_note(confirmed, to.email, to.name, to.language)
    lines = [line(events[one.event], one, to.language) for one in own]
    about = f"registration:{own[0].id}"
    mail = await written("registered_by", to, about, own[0].queue_number, part, files, lines=lines, contact=contact)
    await queue(mail, now=now)


async def _queue_already_registered(
    to: Recipient, known: frozenset[tuple[UUID, str]], already: Sequence[EventView], now: datetime
) -> None:
    """The link leads to the earlier booking, which only the owner of the address gets to see."""
    earlier = await _earlier(known)
    link = booking_address(earlier.booking, earlier.link_version, to.language)
    lines = [line(event, earlier, to.language) for event in already]
    about = f"booking:{to.booking}"
    if earlier.status == "unconfirmed":
        mail = await written("confirm_address", to, about, lines=lines, already=[], link=link)
    else:
        mail = await written("already_registered", to, about, lines=[], already=_titles(already, to), link=link)
    await queue(mail, now=now)


@dataclass(frozen=True)
class Earlier:
    booking: UUID
    link_version: int
    status: str
    party: int


async def _earlier(known: frozenset[tuple[UUID, str]]) -> Earlier:
    """The booking that made these registrations; the latest when there are several."""
    marks = ", ".join("{}" for _ in known)
    rows = await Registration.raw(
        "SELECT b.id AS id, b.link_version, r.status, r.party FROM registration r JOIN booking b ON b.id = r.booking "
        f"WHERE r.person_key IN ({marks}) AND r.event IN ({marks}) AND {ACTIVE} ORDER BY b.created_at DESC LIMIT 1",
        *[key for _, key in known],
        *[event for event, _ in known],
    )
    return Earlier(UUID(str(rows[0]["id"])), rows[0]["link_version"], rows[0]["status"], rows[0]["party"])


def _titles(events: Iterable[EventView], to: Recipient) -> list[str]:
    return [localized(event.title, to.language).text for event in events]
