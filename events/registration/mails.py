"""Which mail says what to whom. Composed and queued in the transaction of the change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.kit.translation import localized
from events.mail.actions import queue
from events.mail.composing import Attachment, CalendarPart, ComposedMail, compose
from events.office.queries import office
from events.programme.entries import address_of
from events.programme.queries import EventView
from events.registration.calendar import please_note, please_remove
from events.registration.links import booking_address
from events.registration.queries import BookingView
from events.registration.signup import full_name
from events.registration.standing import ACTIVE
from events.registration.tables import Booking, Participant, Registration
from events.registration.wording import status_word

# Who typed the address may not be who reads it: these mails carry no text of theirs.
TO_ANYBODY = ("confirm_address", "already_registered")


@dataclass(frozen=True)
class Line:
    """One event of a mail, with how the registration stands."""

    title: str
    event: EventView
    status: str
    party: int
    address: str


@dataclass(frozen=True)
class Recipient:
    booking: UUID
    email: str
    name: str
    language: str
    link: str


async def queue_after_sign_up(
    booking: Booking,
    people: Sequence[Participant],
    events: Sequence[EventView],
    made: Sequence[Registration],
    known: frozenset[tuple[UUID, str]],
    now: datetime,
) -> None:
    """To the contact of a new booking: please confirm, or what was decided, or that nothing new was needed."""
    to = _recipient(booking, people)
    by_id = {event.id: event for event in events}
    already = [event for event in events if event.id in {id for id, _ in known}]
    if not made:
        await _queue_already_registered(to, known, already, now)
    elif booking.address_proven_at is None:
        lines = [_line(by_id[one.event], one, to.language) for one in made]
        mail = await _mail("confirm_address", to, f"booking:{booking.id}", lines=lines, already=_titles(already, to))
        await queue(mail, now=now)
    else:
        await _queue_decision(to, made, by_id, now)


async def queue_settled(
    booking: BookingView, settled: Sequence[Registration], events: dict[UUID, EventView], now: datetime
) -> None:
    """One mail for the whole booking once its address is proven."""
    await _queue_decision(_recipient(booking, booking.people), settled, events, now)


async def queue_moved_up(promoted: Sequence[Registration], event: EventView, now: datetime) -> None:
    for one, to in await _with_recipients(promoted):
        part, files = await please_note([event], to.email, to.name, to.language)
        lines = [_line(event, one, to.language)]
        about = f"registration:{one.id}"
        await queue(await _mail("moved_up", to, about, one.queue_number, part, files, lines=lines), now=now)


async def queue_cancelled(cancelled: Sequence[Registration], events: dict[UUID, EventView], now: datetime) -> None:
    """One mail a booking, with what takes the dates out of the calendar again."""
    by_booking: dict[UUID, list[tuple[Registration, Recipient]]] = {}
    for one, to in await _with_recipients(cancelled):
        by_booking.setdefault(one.booking, []).append((one, to))
    for of_booking in by_booking.values():
        to = of_booking[0][1]
        chosen = [events[one.event] for one, _ in of_booking]
        part, files = await please_remove(chosen, to.email, to.name, to.language)
        lines = [_line(events[one.event], one, to.language) for one, _ in of_booking]
        about = f"registration:{of_booking[0][0].id}"
        await queue(await _mail("cancelled", to, about, 0, part, files, lines=lines), now=now)


async def _queue_decision(
    to: Recipient, settled: Sequence[Registration], events: dict[UUID, EventView], now: datetime
) -> None:
    """`confirmation` when there is at least one place, else `requested` or `waiting`."""
    if not settled:
        return
    confirmed = [events[one.event] for one in settled if one.status == "confirmed"]
    part, files = await please_note(confirmed, to.email, to.name, to.language)
    statuses = {one.status for one in settled}
    kind = "confirmation" if confirmed else "requested" if "requested" in statuses else "waiting"
    lines = [_line(events[one.event], one, to.language) for one in settled]
    about = f"booking:{to.booking}"
    await queue(await _mail(kind, to, about, settled[0].queue_number, part, files, lines=lines), now=now)


async def _queue_already_registered(
    to: Recipient, known: frozenset[tuple[UUID, str]], already: Sequence[EventView], now: datetime
) -> None:
    """The link leads to the earlier booking, which only the owner of the address gets to see."""
    earlier = await _earlier(known)
    link = booking_address(earlier.booking, earlier.link_version, to.language)
    lines = [_line(event, earlier, to.language) for event in already]
    about = f"booking:{to.booking}"
    if earlier.status == "unconfirmed":
        mail = await _mail("confirm_address", to, about, lines=lines, already=[], link=link)
    else:
        mail = await _mail("already_registered", to, about, lines=[], already=_titles(already, to), link=link)
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


async def _mail(
    kind: str,
    to: Recipient,
    about: str,
    sequence: int = 0,
    part: CalendarPart | None = None,
    files: Sequence[Attachment] = (),
    **context: object,
) -> ComposedMail:
    return compose(
        kind,
        to=to.email,
        language=to.language,
        about=about,
        sequence=sequence,
        context={
            "office": await office(),
            "name": "" if kind in TO_ANYBODY else to.name,
            "link": to.link,
            "status_word": status_word,
            **context,
        },
        calendar=part,
        attachments=files,
    )


def _line(event: EventView, registration: Registration | Earlier, language: str) -> Line:
    title, address = localized(event.title, language).text, address_of(event, language)
    return Line(title, event, registration.status, registration.party, address)


def _titles(events: Iterable[EventView], to: Recipient) -> list[str]:
    return [localized(event.title, to.language).text for event in events]


def _recipient(booking: Booking | BookingView, people: Sequence[Participant]) -> Recipient:
    name = full_name(people[0].given_name, people[0].family_name) if people else ""
    link = booking_address(booking.id, booking.link_version, booking.language)
    return Recipient(booking.id, booking.contact_email, name, booking.language, link)


async def _with_recipients(registrations: Sequence[Registration]) -> list[tuple[Registration, Recipient]]:
    """Leaves out who gave no address: the office calls them."""
    if not registrations:
        return []
    bookings = {
        row.id: row for row in await Booking.objects().where(Booking.id.is_in([one.booking for one in registrations]))
    }
    people = await Participant.objects().where(Participant.id.is_in([one.participant for one in registrations]))
    by_id = {one.id: one for one in people}
    pairs = [(one, _recipient(bookings[one.booking], [by_id[one.participant]])) for one in registrations]
    return [(one, to) for one, to in pairs if to.email]
