"""Which column of a table file is which field: guessed from its headings, in German or English. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from events.kit.text import fold

FIELDS = (
    "given_name", "family_name", "name", "email", "phone", "organisation", "city", "role", "needs", "party",
)  # fmt: skip
"""`name` is the whole name in one column."""

NAMES = ("given_name", "family_name", "name")

Columns = Mapping[str, int]
"""Field to number of its column, from 0."""

Column = Annotated[int, Meta(ge=0, le=999)] | None


class ColumnsForm(msgspec.Struct, kw_only=True):
    """Which column is which field; none: the file does not hold it."""

    given_name: Column = None
    family_name: Column = None
    name: Column = None
    email: Column = None
    phone: Column = None
    organisation: Column = None
    city: Column = None
    role: Column = None
    needs: Column = None
    party: Column = None


def chosen(form: ColumnsForm) -> dict[str, int]:
    return {field: column for field in FIELDS if (column := getattr(form, field)) is not None}


def why_not_columns(columns: Columns, width: int) -> dict[str, str]:
    """What is wrong with a choice among `width` columns: a code by field."""
    found: dict[str, str] = {}
    seen: set[int] = set()
    for field, column in columns.items():
        if column >= width:
            found[field] = "no_such_column"
        elif column in seen:
            found[field] = "taken_twice"
        seen.add(column)
    return found if any(name in columns for name in NAMES) else {"given_name": "no_name_column", **found}


HEADINGS: Mapping[str, tuple[str, ...]] = {
    "given_name": ("vorname", "rufname", "first name", "given name", "forename"),
    "family_name": ("nachname", "familienname", "zuname", "surname", "last name", "family name"),
    "email": ("e-mail", "mail", "mailadresse", "e-mail-adresse", "e-mail address", "kontakt e-mail"),
    "phone": (
        "telefon", "telefonnummer", "tel", "handy", "handynummer", "mobil", "mobilnummer", "mobiltelefon", "rufnummer",
        "festnetz", "phone", "phone number", "mobile", "telephone",
    ),
    "organisation": (
        "organisation", "organization", "einrichtung", "institution", "träger", "verein", "verband", "kita", "schule",
        "arbeitgeber", "dienststelle", "firma", "company", "employer", "school",
    ),
    "city": ("ort", "wohnort", "stadt", "kommune", "gemeinde", "city", "town", "place", "plz ort"),
    "role": ("rolle", "role"),
    "needs": ("braucht", "bedarf", "bedarfe", "unterstützungsbedarf", "needs"),
    "party": (
        "personen", "anzahl", "anzahl personen", "anzahl der personen", "personenzahl", "plätze", "party",
        "number of people", "people",
    ),
    "name": (
        "name", "ganzer name", "vollständiger name", "vor und nachname", "vorname nachname", "name vorname",
        "nachname vorname", "full name", "teilnehmer", "teilnehmerin", "teilnehmende", "teilnehmer in", "person",
        "participant", "attendee",
    ),
}  # fmt: skip


def guessed(headings: Sequence[str], known: Mapping[str, tuple[str, ...]] = HEADINGS) -> dict[str, int]:
    """Each column at most once. "Name" beside "Vorname" is the family name. `known`: what fields may be called."""
    plain = [_plain(heading) for heading in headings]
    spoken = {field: frozenset(map(_plain, words)) for field, words in known.items()}
    found: dict[str, int] = {}
    for fits in (_is, _begins_with):
        for field, words in spoken.items():
            free = [column for column in range(len(plain)) if column not in found.values()]
            column = next((at for at in free if fits(plain[at], words)), None)
            if field not in found and column is not None:
                found[field] = column
    if "name" in found and "given_name" in found and "family_name" not in found:
        found["family_name"] = found["name"]
    if "family_name" in found or "given_name" in found:
        found.pop("name", None)
    return found


def _plain(text: str) -> str:
    """Words only: "E-Mail-Adresse:" is "e mail adresse"."""
    return " ".join(re.findall(r"[^\W_]+", fold(text))).replace("e mail", "email")


def _is(heading: str, words: frozenset[str]) -> bool:
    return heading in words


def _begins_with(heading: str, words: frozenset[str]) -> bool:
    """As in "Telefon (dienstlich)"."""
    return any(heading.startswith(f"{word} ") for word in words)
