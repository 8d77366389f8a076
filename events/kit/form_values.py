"""From one typed text to one value, by the type of the field; which fields there are is the business of `forms`."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import inspect

from events.kit.addresses import mail_address
from events.kit.clock import BERLIN
from events.kit.text import clean
from events.kit.translation import gettext as _

LONGEST_LINE = 500
LONGEST_TEXT = 20_000
"""Characters of a field (single-line, multi-line) that sets no `max_length` itself."""

LARGEST_NUMBER = 2**31 - 1
"""What an integer column holds on both databases."""

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?(?:\s*Uhr)?")
_LINK = re.compile(r"://|\bwww\.|\w\.\w{2,}/", re.IGNORECASE)
_YEARS = range(1900, 2200)


class Wrong(ValueError):
    """Says to the person who typed it, in their language, what to change."""


def read_value(kind: inspect.Type, text: str, extra: Mapping[str, Any]) -> Any:
    """The value of one filled field. `extra` is that of the field's `Meta`; raises `Wrong`."""
    if isinstance(kind, inspect.StrType):
        value = read_text(kind, text, extra)
        return extra["read"](value) if "read" in extra else value
    if isinstance(kind, inspect.IntType | inspect.FloatType):
        read_number = _read_int if isinstance(kind, inspect.IntType) else _read_float
        return _within(kind, read_number(text.strip()))
    if isinstance(kind, inspect.LiteralType | inspect.EnumType):
        return _read_choice(kind, text.strip())
    if type(kind) not in _READERS:
        raise TypeError(f"no form field can have the type {kind}")
    return _READERS[type(kind)](text.strip())


def read_text(kind: inspect.StrType, text: str, extra: Mapping[str, Any]) -> str:
    """Cleaned text within its limits; a line break is wrong unless the field is marked `multiline`."""
    value = clean(text)
    if "\n" in value and not extra.get("multiline"):
        raise Wrong(_("Bitte schreiben Sie hier alles in eine Zeile."))
    shortest = kind.min_length or 0
    longest = longest_of(kind, extra)
    if len(value) < shortest:
        raise Wrong(_("Bitte mindestens %(shortest)s Zeichen.", shortest=shortest))
    if len(value) > longest:
        raise Wrong(_("Bitte höchstens %(longest)s Zeichen, es sind %(typed)s.", longest=longest, typed=len(value)))
    if kind.pattern and not re.search(kind.pattern, value):
        hint = extra.get("hint")
        raise Wrong(_(hint) if hint else _("Bitte prüfen Sie die Schreibweise."))
    return value


def longest_of(kind: inspect.Type, extra: Mapping[str, Any]) -> int:
    """Characters that a field of this type holds."""
    most = kind.max_length if isinstance(kind, inspect.StrType) else None
    return most or (LONGEST_TEXT if extra.get("multiline") else LONGEST_LINE)


def read_mail_address(text: str) -> str:
    address = mail_address(text)
    if address is None:
        raise Wrong(_("Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel name@example.org."))
    return address


def read_name(text: str) -> str:
    """Names stand in mails to others: an address of the internet in one would be an advertisement in our name."""
    if _LINK.search(text):
        raise Wrong(_("Bitte geben Sie hier nur einen Namen an, keine Internetadresse."))
    return text


def read_phone_number(text: str) -> str:
    """As typed, with digits of any script as 0 to 9; 5 to 15 of them (E.164)."""
    latin = " ".join("".join(_latin_digit(sign) for sign in text).split())
    digits = sum(sign.isdigit() for sign in latin)
    if not 5 <= digits <= 15 or not re.fullmatch(r"\+?[\d ()/.-]+", latin):
        raise Wrong(_("Bitte geben Sie eine Telefonnummer an, zum Beispiel 0221 4710123."))
    return latin


def read_flag(text: str) -> bool:
    """A ticked box may send any value; radio buttons say no with one of these."""
    return text.strip().casefold() not in ("", "0", "false", "off", "no", "nein")


def _latin_digit(sign: str) -> str:
    return str(unicodedata.digit(sign, sign))


def _read_int(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,18}", text):
        raise Wrong(_("Bitte geben Sie eine ganze Zahl an, zum Beispiel 12."))
    return int(text)


def _read_float(text: str) -> float:
    return float(_read_decimal(text))


def _read_decimal(text: str) -> Decimal:
    if not re.fullmatch(r"[+-]?\d{1,12}([.,]\d{1,6})?", text):
        raise Wrong(_("Bitte geben Sie eine Zahl an, zum Beispiel 1,5."))
    return Decimal(text.replace(",", "."))


def _within(kind: inspect.IntType | inspect.FloatType, number: float) -> float:
    """The number itself, if the limits of `Meta` (ge, gt, le, lt) and of the database hold it."""
    smallest_step = 1 if isinstance(kind, inspect.IntType) else 0
    lowest = kind.ge if kind.gt is None else kind.gt + smallest_step
    highest = kind.le if kind.lt is None else kind.lt - smallest_step
    too_small = number < (-LARGEST_NUMBER if lowest is None else lowest)
    too_large = number > (LARGEST_NUMBER if highest is None else highest)
    if too_small or too_large or number in (kind.gt, kind.lt):
        raise Wrong(_out_of_range(lowest, highest))
    return number


def _out_of_range(lowest: float | None, highest: float | None) -> str:
    if lowest is not None and highest is not None:
        return _("Bitte geben Sie eine Zahl von %(lowest)s bis %(highest)s an.", lowest=lowest, highest=highest)
    if lowest is not None:
        return _("Bitte geben Sie eine Zahl ab %(lowest)s an.", lowest=lowest)
    return _("Bitte geben Sie eine Zahl bis %(highest)s an.", highest=highest or LARGEST_NUMBER)


def _read_date(text: str) -> date:
    """What a date field sends, or a day typed the German way where the browser has no date field."""
    if iso := _ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    elif german := _GERMAN_DATE.fullmatch(text):
        day, month, year = (int(part) for part in german.groups())
    else:
        raise Wrong(_("Bitte geben Sie ein Datum an, zum Beispiel 12.01.2027."))
    try:
        found = date(year, month, day)
    except ValueError:
        found = None
    if found is not None and year not in _YEARS:
        raise Wrong(_("Bitte ein Jahr von %(first)s bis %(last)s angeben.", first=_YEARS[0], last=_YEARS[-1]))
    if found is None:
        raise Wrong(_("Diesen Tag gibt es nicht. Bitte prüfen Sie das Datum."))
    return found


def _read_time(text: str) -> time:
    found = _TIME.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Wrong(_("Bitte geben Sie eine Uhrzeit an, zum Beispiel 17:30."))
    return time(int(found[1]), int(found[2]))


def _read_datetime(text: str) -> datetime:
    """The UTC moment of what clocks in Berlin show; the hour that comes twice in October is the earlier one."""
    day, __, clock = text.replace("T", " ").rpartition(" ")
    if not day:
        raise Wrong(_("Bitte geben Sie Datum und Uhrzeit an, zum Beispiel 12.01.2027 17:30."))
    local = datetime.combine(_read_date(day), _read_time(clock), BERLIN)
    moment = local.astimezone(UTC)
    if moment.astimezone(BERLIN).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Wrong(_("Diese Uhrzeit gibt es an dem Tag nicht, weil die Uhren vorgestellt werden."))
    return moment


def _read_uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Wrong(_not_offered()) from None


def _read_choice(kind: inspect.LiteralType | inspect.EnumType, text: str) -> Any:
    offered = kind.values if isinstance(kind, inspect.LiteralType) else tuple(kind.cls)
    for choice in offered:
        if str(getattr(choice, "value", choice)) == text:
            return choice
    raise Wrong(_not_offered())


def _not_offered() -> str:
    return _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")


_READERS: dict[type[inspect.Type], Callable[[str], Any]] = {
    inspect.BoolType: read_flag,
    inspect.DecimalType: _read_decimal,
    inspect.DateType: _read_date,
    inspect.TimeType: _read_time,
    inspect.DateTimeType: _read_datetime,
    inspect.UUIDType: _read_uuid,
}
