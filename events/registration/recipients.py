"""Who gets a mail about a registration, and what every such mail is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from events.kit.addresses import address_key
from events.kit.feed_addresses import feed_address
from events.kit.translation import localized
from events.mail.composing import Attachment, CalendarPart, ComposedMail, compose
from events.office.queries import office
from events.programme.entries import address_of
from events.programme.queries import EventView
from events.registration.calendar import ALL_DATES
from events.registration.links import booking_address, participant_address
from events.registration.queries import BookingView
from events.registration.signup import full_name
from events.registration.tables import Booking, Participant, Registration
from events.registration.threads import Threads, last_mail, threads_of
from events.registration.wording import status_word

# Who typed the address may not be who reads it: these mails carry no text of theirs.
TO_ANYBODY = ("confirm_address", "confirm_reminder", "already_registered", "delegate_asked")


class Stands(Protocol):
    """A registration, or what is known of an earlier one."""

    @property
    def status(self) -> str: ...

    @property
    def party(self) -> int: ...


@dataclass(frozen=True)
class Line:
    """One event of a mail, with how the registration stands."""

    title: str
    event: EventView
    status: str
    party: int
    address: str
    person: str = ""  # where several are meant


@dataclass(frozen=True)
class Recipient:
    booking: UUID
    email: str
    name: str
    language: str
    link: str
    feed: str = ""  # the address of their own calendar, unless it is switched off
    follows: str | None = None  # the Message-ID of the last mail about it


async def written(
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
            "message": "",
            "feed": to.feed if any(file.name == ALL_DATES for file in files) else "",
            **context,
        },
        calendar=part,
        attachments=files,
        reference=to.follows,
    )


def line(event: EventView, registration: Stands, language: str, person: str = "") -> Line:
    title, address = localized(event.title, language).text, address_of(event, language)
    return Line(title, event, registration.status, registration.party, address, person)


def recipient_of(booking: Booking | BookingView, people: Sequence[Participant]) -> Recipient:
    name = full_name(people[0].given_name, people[0].family_name) if people else ""
    link = booking_address(booking.id, booking.link_version, booking.language)
    feed = "" if booking.feed_ended_at else feed_address("feed", booking.id, booking.feed_version, booking.language)
    return Recipient(booking.id, booking.contact_email, name, booking.language, link, feed)


async def with_recipients(registrations: Sequence[Registration]) -> list[tuple[Registration, Recipient]]:
    """Leaves out who gave no address: the office calls them."""
    if not registrations:
        return []
    bookings = {
        row.id: row for row in await Booking.objects().where(Booking.id.is_in([one.booking for one in registrations]))
    }
    people = await Participant.objects().where(Participant.id.is_in([one.participant for one in registrations]))
    by_id = {one.id: one for one in people}
    pairs = [(one, person_or_contact(bookings[one.booking], by_id[one.participant])) for one in registrations]
    threads = await threads_of(bookings)
    return [(one, in_thread(to, threads)) for one, to in pairs if to.email]


def in_thread(to: Recipient, threads: Threads) -> Recipient:
    return replace(to, follows=last_mail(threads, to.booking, to.email))


def person_or_contact(booking: Booking | BookingView, person: Participant) -> Recipient:
    """Who gave an own address hears of their own place, with a link to it alone; for the others the contact does."""
    contact = recipient_of(booking, [person])
    if not has_own_address(booking, person):
        return contact
    link = participant_address(person.id, person.link_version, booking.language)
    own_feed = feed_address("participant-feed", person.id, person.feed_version, booking.language)
    return replace(contact, email=person.email, link=link, feed="" if person.feed_ended_at else own_feed)


def has_own_address(booking: Booking | BookingView, person: Participant) -> bool:
    return bool(person.email) and address_key(person.email) != address_key(booking.contact_email)
