"""Days on which many people have something else to do: hints for planning, never a reason against a day.

Islamic days are those the Diyanet calendar gives; by sighting they may begin a day later, so they are said with "etwa".
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from events.kit.holidays import easter_sunday
from events.kit.translation import N_


class Feast(NamedTuple):
    name: str
    first: date
    last: date


RAMADAN = N_("Ramadan (etwa)")
END_OF_FAST = N_("Fest des Fastenbrechens (etwa)")
SACRIFICE = N_("Opferfest (etwa)")
JEWISH_NEW_YEAR = N_("Rosch ha-Schana")
ATONEMENT = N_("Jom Kippur")

MOVING = (
    Feast(RAMADAN, date(2027, 2, 8), date(2027, 3, 8)),
    Feast(END_OF_FAST, date(2027, 3, 9), date(2027, 3, 11)),
    Feast(SACRIFICE, date(2027, 5, 16), date(2027, 5, 19)),
    Feast(RAMADAN, date(2028, 1, 28), date(2028, 2, 25)),
    Feast(END_OF_FAST, date(2028, 2, 26), date(2028, 2, 28)),
    Feast(SACRIFICE, date(2028, 5, 5), date(2028, 5, 8)),
    Feast(RAMADAN, date(2029, 1, 16), date(2029, 2, 13)),
    Feast(END_OF_FAST, date(2029, 2, 14), date(2029, 2, 16)),
    Feast(SACRIFICE, date(2029, 4, 24), date(2029, 4, 27)),
    Feast(JEWISH_NEW_YEAR, date(2027, 10, 2), date(2027, 10, 3)),
    Feast(ATONEMENT, date(2027, 10, 11), date(2027, 10, 11)),
    Feast(JEWISH_NEW_YEAR, date(2028, 9, 21), date(2028, 9, 22)),
    Feast(ATONEMENT, date(2028, 9, 30), date(2028, 9, 30)),
)
"""Of calendars that are not counted from Easter or by the date."""

KNOWN_UNTIL = date(2029, 4, 30)


def feasts_on(day: date) -> list[str]:
    """Their names, to be said with `gettext`."""
    moving = [feast.name for feast in MOVING if feast.first <= day <= feast.last]
    return [*moving, *(name for on, name in _of_year(day.year) if on == day)]


def orthodox_easter(year: int) -> date:
    """By the Julian calendar (Meeus), as the Gregorian one counts it from 1900 to 2099."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def _of_year(year: int) -> Iterator[tuple[date, str]]:
    easter = easter_sunday(year)
    yield easter - timedelta(days=52), N_("Weiberfastnacht")
    yield easter - timedelta(days=48), N_("Rosenmontag")
    yield date(year, 3, 20), N_("Newroz (Vorabend)")
    yield date(year, 3, 21), N_("Newroz")
    yield orthodox_easter(year) - timedelta(days=2), N_("Orthodoxer Karfreitag")
    yield orthodox_easter(year), N_("Orthodoxes Ostern")
    yield date(year, 12, 24), N_("Heiligabend")
    yield date(year, 12, 31), N_("Silvester")
