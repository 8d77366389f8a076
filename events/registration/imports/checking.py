"""From the rows of a table file to people: each cell checked, every mistake told with its row and field. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from events.kit.form_values import Wrong, read_phone_number
from events.kit.spreadsheets import Table
from events.kit.text import fold
from events.registration.identity import person_key
from events.registration.imports.cells import NOTHING, Cells, Fault
from events.registration.imports.fields import Columns
from events.registration.signup import Person

ROLES = {
    "volunteer": ("ehrenamt", "ehrenamtlich", "ehrenamtliche", "ehrenamtlicher", "ich bin ehrenamtlich tätig"),
    "multiplier": (
        "multiplikator", "multiplikatorin", "multiplikator:in", "elternbegleiter", "elternbegleiterin",
        "elternbegleiter:in", "ich bin multiplikator:in oder elternbegleiter:in",
    ),
    "professional": ("fachkraft", "lehrkraft", "lehrer", "lehrerin", "ich bin fachkraft oder lehrkraft"),
    "employee": (
        "hauptamt", "hauptamtlich", "hauptamtliche", "hauptamtlicher",
        "ich arbeite hauptamtlich in einer verwaltung oder einem verband",
    ),
    "newcomer": ("neu zugewandert", "neuzugewandert", "neuzugewanderte", "ich bin neu in deutschland"),
}  # fmt: skip
NEEDS = {
    "interpreting": ("sprachmittlung", "dolmetschen", "dolmetscher", "dolmetscherin", "übersetzung"),
    "step_free": ("stufenloser zugang", "stufenlos", "barrierefrei", "rollstuhl"),
    "childcare": ("kinderbetreuung",),
}


@dataclass(frozen=True)
class Entry:
    """A person to be signed up, and the row it stands in."""

    number: int
    person: Person
    identity: str


@dataclass(frozen=True)
class Doubled:
    entry: Entry
    first: int  # the row that counts


@dataclass(frozen=True)
class Checked:
    entries: tuple[Entry, ...]
    doubled: tuple[Doubled, ...]
    faults: tuple[Fault, ...]


def check(table: Table, columns: Columns, organisations: Mapping[str, UUID], most: int) -> Checked:
    """All rows. `organisations`: those of our list by folded name; `most`: how many may come together."""
    entries: dict[str, Entry] = {}
    doubled: list[Doubled] = []
    faults: list[Fault] = []
    for row in table.rows:
        reading = _Reading(row, columns)
        person = reading.person(organisations, most)
        if reading.faults:
            faults += reading.faults
        elif person is not None:
            entry = Entry(row.number, person, identity_of(person))
            first = entries.setdefault(entry.identity, entry)
            if first is not entry:
                doubled.append(Doubled(entry, first.number))
    return Checked(tuple(entries.values()), tuple(doubled), tuple(faults))


def identity_of(person: Person) -> str:
    """By what somebody is recognised: address and name, else phone and name, else name, organisation and place."""
    if person.email:
        return person_key(person, "")
    return by_phone(person) if person.phone else by_place(person)


def by_phone(person: Person) -> str:
    digits = re.sub(r"\D", "", person.phone.replace("+", "00", 1))
    return f"phone|{fold(person.name)}|{re.sub('^0049', '0', digits)}"


def by_place(person: Person) -> str:
    return "|".join(("place", fold(person.name), fold(person.organisation_name), fold(person.city)))


class _Reading(Cells):
    """One row as a person."""

    def person(self, organisations: Mapping[str, UUID], most: int) -> Person | None:
        """None where no mapped column holds anything."""
        if self.are_empty:
            return None
        given, family = self._named()
        organisation = self.text("organisation")
        return Person(
            given_name=given,
            family_name=family,
            email=self.email(),
            phone=self._phone(),
            organisation=organisations.get(fold(organisation)) if organisation else None,
            organisation_name=organisation,
            city=self.text("city"),
            role=self._role(),
            needs=tuple(self._needs()),
            party=self._party(most),
        )

    def _named(self) -> tuple[str, str]:
        given, family = self.names()
        if not given and not family:
            self.wrong(next((one for one in ("given_name", "name") if one in self._columns), "family_name"), "no_name")
        return given, family

    def _phone(self) -> str:
        text = self.cell("phone")
        try:
            return "" if fold(text) in NOTHING else read_phone_number(_with_zero(text))
        except Wrong:
            self.wrong("phone", "no_phone")
            return ""

    def _role(self) -> str:
        word = fold(self.cell("role"))
        if word and word not in _ROLE_OF:
            self.wrong("role", "no_role")
        return _ROLE_OF.get(word, "")

    def _needs(self) -> Iterator[str]:
        words = [fold(word) for word in re.split(r"[,;+/]", self.cell("needs"))]
        known = dict.fromkeys(_NEED_OF[word] for word in words if word in _NEED_OF)
        if any(word not in _NEED_OF and word not in NOTHING for word in words):
            self.wrong("needs", "no_need")
        return iter(known)

    def _party(self, most: int) -> int:
        text = self.cell("party")
        if not text:
            return 1
        number = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0
        if not 1 <= number <= most:
            self.wrong("party", "no_party", most)
        return number


def _with_zero(phone: str) -> str:
    """Spreadsheets take a phone number for a number and drop its leading zero or plus; nine digits are no local one."""
    if not re.fullmatch(r"[1-9]\d{8,13}", phone):
        return phone
    return f"+{phone}" if phone.startswith("49") and len(phone) >= 11 else f"0{phone}"


_ROLE_OF = {fold(word): code for code, words in ROLES.items() for word in (*words, code)}
_NEED_OF = {fold(word): code for code, words in NEEDS.items() for word in (*words, code)}
