"""From the rows of a table file to addresses that are to be invited; every mistake told with its row and field. Pure.

How the file is read and kept is in `registration.imports`; lists that are typed or pasted are read in `address_lines`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from events.invitations.inviting import Invitee
from events.invitations.rules import MOST_PLACES
from events.kit.addresses import address_key
from events.kit.spreadsheets import Table
from events.kit.text import fold
from events.registration.imports import fields
from events.registration.imports.cells import Cells, Fault
from events.registration.imports.fields import Column, Columns

FIELDS = ("email", "given_name", "family_name", "name", "organisation", "language", "places")

SPOKEN = {
    "de": ("deutsch", "german"),
    "en": ("englisch", "english"),
    "tr": ("türkisch", "turkish", "türkçe"),
    "ar": ("arabisch", "arabic", "العربية"),
}
"""How lists call the languages we write in, besides their codes."""


class AddressColumnsForm(msgspec.Struct, kw_only=True):
    """Which column is which field; none: the file does not hold it."""

    email: Column = None
    given_name: Column = None
    family_name: Column = None
    name: Column = None
    organisation: Column = None
    language: Column = None
    places: Column = None


@dataclass(frozen=True)
class Address:
    """An address to be invited, and the row or line it stands in."""

    number: int
    invitee: Invitee


@dataclass(frozen=True)
class Doubled:
    address: Address
    first: int  # the row that counts


@dataclass(frozen=True)
class CheckedAddresses:
    addresses: tuple[Address, ...]
    doubled: tuple[Doubled, ...]
    faults: tuple[Fault, ...]


def chosen(form: AddressColumnsForm) -> dict[str, int]:
    return {field: column for field in FIELDS if (column := getattr(form, field)) is not None}


def why_not_columns(columns: Columns, width: int) -> dict[str, str]:
    """What is wrong with a choice among `width` columns: a code by field."""
    found: dict[str, str] = {} if "email" in columns else {"email": "no_email_column"}
    seen: set[int] = set()
    for field, column in columns.items():
        if column >= width:
            found[field] = "no_such_column"
        elif column in seen:
            found[field] = "taken_twice"
        seen.add(column)
    return found


def guessed(headings: Sequence[str]) -> dict[str, int]:
    return fields.guessed(headings, _HEADINGS)


def check(table: Table, columns: Columns, organisations: Mapping[str, UUID]) -> CheckedAddresses:
    """All rows. `organisations`: those of our list by folded name."""
    found: list[Address] = []
    faults: list[Fault] = []
    for row in table.rows:
        reading = _Reading(row, columns)
        invitee = None if reading.are_empty else reading.invitee(organisations)
        faults += reading.faults
        if invitee is not None and not reading.faults:
            found.append(Address(row.number, invitee))
    return without_doubles(found, faults)


def without_doubles(found: Iterable[Address], faults: Iterable[Fault]) -> CheckedAddresses:
    """Each address counts where it stands first."""
    by_key: dict[str, Address] = {}
    doubled: list[Doubled] = []
    for one in found:
        first = by_key.setdefault(address_key(one.invitee.email), one)
        if first is not one:
            doubled.append(Doubled(one, first.number))
    return CheckedAddresses(tuple(by_key.values()), tuple(doubled), tuple(faults))


class _Reading(Cells):
    """One row as somebody who is invited."""

    def invitee(self, organisations: Mapping[str, UUID]) -> Invitee:
        given, family = self.names()
        organisation = self.text("organisation")
        known = organisations.get(fold(organisation)) if organisation else None
        return Invitee(
            email=self._address(),
            given_name=given,
            family_name=family,
            organisation=known,
            organisation_name="" if known else organisation,
            language=self._language(),
            places=self._places(),
        )

    def _address(self) -> str:
        found = self.email()
        if not found and not self.faults:
            self.wrong("email", "email_missing")
        return found

    def _language(self) -> str:
        word = fold(self.cell("language"))
        if word and word not in _LANGUAGE_OF:
            self.wrong("language", "no_language")
        return _LANGUAGE_OF.get(word, "de")

    def _places(self) -> int:
        text = self.cell("places")
        if not text:
            return 1
        number = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0
        if not 1 <= number <= MOST_PLACES:
            self.wrong("places", "no_places", MOST_PLACES)
        return number


_LANGUAGE_OF = {fold(word): code for code, words in SPOKEN.items() for word in (*words, code)}
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    **{field: fields.HEADINGS[field] for field in ("email", "given_name", "family_name", "organisation")},
    "language": ("sprache", "sprache der mails", "language"),
    "places": ("plätze", "anzahl plätze", "personen", "anzahl", "anzahl personen", "places", "seats"),
    "name": (*fields.HEADINGS["name"], "ansprechperson", "ansprechpartner", "ansprechpartnerin", "kontakt"),
}
