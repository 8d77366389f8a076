"""From the rows of a table file to people: each cell checked, every mistake told with its row and field. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from events.kit.form_values import Wrong, read_mail_address, read_phone_number
from events.kit.spreadsheets import Row, Table
from events.kit.text import CSV_FORMULA_STARTS, fold, one_line
from events.registration.identity import person_key
from events.registration.imports.fields import Columns
from events.registration.signup import Person

LONGEST = {"given_name": 120, "family_name": 120, "name": 240, "organisation": 160, "city": 80}

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
NOTHING = {"", "-", "–", "/", "nein", "keine", "kein", "nichts", "no", "none"}
PARTICLES = {"von", "vom", "zu", "zur", "van", "de", "del", "der", "den", "el", "al", "bin", "ben", "ibn", "abu", "da"}
"""What a family name may begin with."""


@dataclass(frozen=True)
class Entry:
    """A person to be signed up, and the row it stands in."""

    number: int
    person: Person
    identity: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell. `code` says it; `most` is the limit, where there is one."""

    number: int
    field: str
    code: str
    value: str
    most: int = 0


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


class _Reading:
    """One row, read cell by cell; what is wrong gathers in `faults`."""

    def __init__(self, row: Row, columns: Columns) -> None:
        self._row, self._columns = row, columns
        self.faults: list[Fault] = []

    def person(self, organisations: Mapping[str, UUID], most: int) -> Person | None:
        """None where no mapped column holds anything."""
        if not any(self._cell(field) for field in self._columns):
            return None
        given, family = self._names()
        organisation = self._text("organisation")
        return Person(
            given_name=given,
            family_name=family,
            email=self._email(),
            phone=self._phone(),
            organisation=organisations.get(fold(organisation)) if organisation else None,
            organisation_name=organisation,
            city=self._text("city"),
            role=self._role(),
            needs=tuple(self._needs()),
            party=self._party(most),
        )

    def _cell(self, field: str) -> str:
        """One line, without the apostrophe that keeps our own table files from being formulas."""
        column = self._columns.get(field)
        text = one_line(self._row.cell(column)) if column is not None else ""
        return text[1:] if text.startswith("'") and text[1:].startswith(CSV_FORMULA_STARTS) else text

    def _wrong(self, field: str, code: str, most: int = 0) -> None:
        self.faults.append(Fault(self._row.number, field, code, self._cell(field), most))

    def _text(self, field: str) -> str:
        text = self._cell(field)
        if len(text) > LONGEST[field]:
            self._wrong(field, "too_long", LONGEST[field])
        return text

    def _names(self) -> tuple[str, str]:
        given, family = self._text("given_name"), self._text("family_name")
        if not given and not family:
            given, family = _split(self._text("name"))
            if max(len(given), len(family)) > LONGEST["given_name"]:
                self._wrong("name", "too_long", LONGEST["given_name"])
        if not given and not family:
            self._wrong(next((one for one in ("given_name", "name") if one in self._columns), "family_name"), "no_name")
        return given, family

    def _email(self) -> str:
        text = self._cell("email").removeprefix("mailto:")
        try:
            return "" if fold(text) in NOTHING else read_mail_address(text)
        except Wrong:
            self._wrong("email", "no_email")
            return ""

    def _phone(self) -> str:
        text = self._cell("phone")
        try:
            return "" if fold(text) in NOTHING else read_phone_number(_with_zero(text))
        except Wrong:
            self._wrong("phone", "no_phone")
            return ""

    def _role(self) -> str:
        word = fold(self._cell("role"))
        if word and word not in _ROLE_OF:
            self._wrong("role", "no_role")
        return _ROLE_OF.get(word, "")

    def _needs(self) -> Iterator[str]:
        words = [fold(word) for word in re.split(r"[,;+/]", self._cell("needs"))]
        known = dict.fromkeys(_NEED_OF[word] for word in words if word in _NEED_OF)
        if any(word not in _NEED_OF and word not in NOTHING for word in words):
            self._wrong("needs", "no_need")
        return iter(known)

    def _party(self, most: int) -> int:
        text = self._cell("party")
        if not text:
            return 1
        number = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0
        if not 1 <= number <= most:
            self._wrong("party", "no_party", most)
        return number


def _split(name: str) -> tuple[str, str]:
    """ "Haddad, Amira" and "Amira Haddad" are the same; one word is a given name."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and given:
        return given, family
    words = name.rstrip(",").split()
    at = next((at for at, word in enumerate(words) if at and word.lower() in PARTICLES), max(1, len(words) - 1))
    return " ".join(words[:at]), " ".join(words[at:])


def _with_zero(phone: str) -> str:
    """Spreadsheets take a phone number for a number and drop its leading zero or plus; nine digits are no local one."""
    if not re.fullmatch(r"[1-9]\d{8,13}", phone):
        return phone
    return f"+{phone}" if phone.startswith("49") and len(phone) >= 11 else f"0{phone}"


_ROLE_OF = {fold(word): code for code, words in ROLES.items() for word in (*words, code)}
_NEED_OF = {fold(word): code for code, words in NEEDS.items() for word in (*words, code)}
