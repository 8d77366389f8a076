"""By what we recognise a person again within an event, and a submission that came twice."""

import hashlib
from uuid import UUID

import msgspec

from events.kit.addresses import address_key
from events.kit.text import fold
from events.registration.signup import Person, SignUp


def person_key(person: Person, contact_email: str) -> str:
    """Address and folded name: colleagues may share a mailbox. Empty when there is no address to go by."""
    address = person.email or contact_email
    return _digest(f"{address_key(address)}|{fold(person.name)}") if address else ""


def key_of_double(key: str, in_place_of: UUID) -> str:
    """For somebody who is registered already and was named once more, in the seat of that registration."""
    return _digest(f"{key}|{in_place_of}")


def found_by(person: Person) -> str:
    """What the office finds somebody by, whatever the accents; cut to what its column holds."""
    return fold(" ".join((person.name, person.email, person.organisation_name, person.city)))[:600]


def fields_hash(sign_up: SignUp) -> str:
    """The same for two submissions with the same content; the typed data cannot be read from it."""
    return _digest(msgspec.json.encode(sign_up).decode())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
