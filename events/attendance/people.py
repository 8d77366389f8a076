"""By what we recognise a person across events, and the keyed hash that stands for them in the evidence."""

import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from events.attendance.roster import Attendee
from events.kit.addresses import address_key
from events.kit.text import fold

COUNTRY = re.compile(r"^(\+|00)49\(?0?\)?")


def identities(people: Iterable[Attendee]) -> dict[UUID, str]:
    """By subject: proven address, else phone, else folded name and organisation. Who gives nothing is missing.

    An address or phone that several names of one event share (a Kita's mailbox, the contact of a group) is no
    identity by itself: the name is added.
    """
    everyone = list(people)
    contacts = {one.subject: _contact(one) for one in everyone}
    names: dict[str, set[str]] = defaultdict(set)
    for one in everyone:
        names[contacts[one.subject]].add(fold(one.name))
    found = {one.subject: _identity(one, contacts[one.subject], names) for one in everyone}
    return {subject: identity for subject, identity in found.items() if identity}


def earlier_identities(one: Attendee) -> tuple[str, ...]:
    """Under which somebody may have been counted while others shared their contact, or did not yet."""
    contact, name = _contact(one), fold(one.name)
    return (contact, f"{contact}|{name}") if contact else ()


def person_hash(key: str, identity: str) -> str:
    """Tells nothing without the key, and the same person only within the family of programmes the key is for."""
    return hmac.new(bytes.fromhex(key), identity.encode(), hashlib.sha256).hexdigest()


def _contact(one: Attendee) -> str:
    if one.listed is None:
        return ""
    if one.listed.address_proven:
        return f"address:{address_key(one.listed.email)}"
    digits = re.sub(r"\D", "", COUNTRY.sub("0", one.listed.phone.replace(" ", "")))
    return f"phone:{digits}" if digits else ""


def _identity(one: Attendee, contact: str, names: dict[str, set[str]]) -> str:
    name = fold(one.name)
    if contact:
        return f"{contact}|{name}" if len(names[contact]) > 1 else contact
    return f"name:{name}|{fold(one.organisation_name)}" if name else ""
