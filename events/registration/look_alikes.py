"""Registrations that may be of the same person as somebody on the phone, who often gives no address to go by."""

from uuid import UUID

from events.kit.addresses import address_key
from events.kit.text import fold
from events.registration.queries import RegistrationView, registrations_of
from events.registration.signup import Person
from events.registration.status import is_active
from events.registration.tables import Booking


async def look_alikes(event_id: UUID, person: Person, email: str, submission: str) -> list[RegistrationView]:
    """Active ones with the same name, or the same phone number and no quite different name: colleagues share one.

    None for a submission that was taken already.
    """
    if submission and await Booking.exists().where(Booking.submission == submission):
        return []
    return [one for one in await registrations_of(event_id) if is_active(one.status) and _is_alike(one, person, email)]


def is_the_same(one: RegistrationView, person: Person, email: str) -> bool:
    """Address and name, as `identity.person_key` has it: cannot be registered a second time."""
    return bool(email) and address_key(one.email) == address_key(email) and fold(one.name) == fold(person.name)


def _is_alike(one: RegistrationView, person: Person, email: str) -> bool:
    ours, theirs = set(fold(one.name).split()), set(fold(person.name).split())
    may_be_the_same = not ours or not theirs or bool(ours & theirs)
    named_alike = bool(ours) and ours == theirs
    return named_alike or (may_be_the_same and _same_phone(one.phone, person.phone)) or is_the_same(one, person, email)


def _same_phone(one: str, other: str) -> bool:
    digits = _digits(one)
    return bool(digits) and digits == _digits(other)


def _digits(phone: str) -> str:
    """Without the prefix of Germany, however it is written."""
    found = "".join(sign for sign in phone if sign.isdigit())
    return found.removeprefix("0049").removeprefix("49").removeprefix("0")
