"""One row of a table file, read cell by cell; whatever is wrong gathers as faults told with row and field. Pure."""

from dataclasses import dataclass

from events.kit.form_values import Wrong, read_mail_address
from events.kit.spreadsheets import Row
from events.kit.text import CSV_FORMULA_STARTS, fold, one_line
from events.registration.imports.fields import Columns

LONGEST = {"given_name": 120, "family_name": 120, "name": 240, "organisation": 160, "city": 80}

NOTHING = {"", "-", "–", "/", "nein", "keine", "kein", "nichts", "no", "none"}
PARTICLES = {"von", "vom", "zu", "zur", "van", "de", "del", "der", "den", "el", "al", "bin", "ben", "ibn", "abu", "da"}
"""What a family name may begin with."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell. `code` says it; `most` is the limit, where there is one."""

    number: int
    field: str
    code: str
    value: str
    most: int = 0


class Cells:
    """The cells of one row by field; reading one that is wrong notes a fault and gives nothing."""

    def __init__(self, row: Row, columns: Columns) -> None:
        self._row, self._columns = row, columns
        self.faults: list[Fault] = []

    @property
    def are_empty(self) -> bool:
        """Whether no mapped column holds anything."""
        return not any(self.cell(field) for field in self._columns)

    def cell(self, field: str) -> str:
        """One line, without the apostrophe that keeps our own table files from being formulas."""
        column = self._columns.get(field)
        text = one_line(self._row.cell(column)) if column is not None else ""
        return text[1:] if text.startswith("'") and text[1:].startswith(CSV_FORMULA_STARTS) else text

    def wrong(self, field: str, code: str, most: int = 0) -> None:
        self.faults.append(Fault(self._row.number, field, code, self.cell(field), most))

    def text(self, field: str) -> str:
        text = self.cell(field)
        if len(text) > LONGEST[field]:
            self.wrong(field, "too_long", LONGEST[field])
        return text

    def names(self) -> tuple[str, str]:
        """Given and family name, from two columns or from one; both may be empty."""
        given, family = self.text("given_name"), self.text("family_name")
        if not given and not family:
            given, family = split_name(self.text("name"))
            if max(len(given), len(family)) > LONGEST["given_name"]:
                self.wrong("name", "too_long", LONGEST["given_name"])
        return given, family

    def email(self) -> str:
        text = self.cell("email").removeprefix("mailto:")
        try:
            return "" if fold(text) in NOTHING else read_mail_address(text)
        except Wrong:
            self.wrong("email", "no_email")
            return ""


def split_name(name: str) -> tuple[str, str]:
    """ "Haddad, Amira" and "Amira Haddad" are the same; one word is a given name."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and given:
        return given, family
    words = name.rstrip(",").split()
    at = next((at for at, word in enumerate(words) if at and word.lower() in PARTICLES), max(1, len(words) - 1))
    return " ".join(words[:at]), " ".join(words[at:])
