"""Units of funding programmes as CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterable

from events.evidence.funding import NUMBERS
from events.evidence.funding_queries import FundedYear
from events.evidence.wording import NUMBERS as WORDS
from events.kit.text import csv_safe
from events.kit.translation import gettext as _


def as_json(years: Iterable[FundedYear]) -> str:
    """A list of objects; `own` is what our closed dates add to `carried_out`, `hash` is there once a year is signed."""
    rows = [
        {
            "funding": one.funding, "year": one.year, "unit": unit.unit, "recipient": unit.recipient,
            "city": unit.city, **{name: unit.number(name) for name in NUMBERS}, "own": unit.own,
            "hash": one.sign_off.hash if one.sign_off else None,
        }
        for one in years
        for unit in one.units
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_csv(years: Iterable[FundedYear]) -> str:
    """As German spreadsheets open it with a double click."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    heads = [_("Förderprogramm"), _("Jahr"), _("Baustein"), _("Empfänger"), _("Ort")]
    writer.writerow([*heads, *(_(WORDS[name]) for name in NUMBERS), _("Davon eigene Termine")])
    for one in years:
        for unit in one.units:
            named = [csv_safe(text) for text in (unit.unit, unit.recipient, unit.city)]
            numbers = [unit.number(name) for name in NUMBERS] + [unit.own]
            shown = ["" if number is None else number for number in numbers]
            writer.writerow([csv_safe(one.funding), one.year, *named, *shown])
    return text.getvalue()
