"""Public holidays and school holidays in North Rhine-Westphalia."""

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from events.kit.translation import N_


class SchoolHoliday(NamedTuple):
    name: str
    first: date
    last: date


# Ferienordnung NRW (Ministerium für Schule und Bildung). Days outside these years count as school days.
SCHOOL_HOLIDAYS = (
    SchoolHoliday(N_("Sommerferien"), date(2026, 7, 20), date(2026, 9, 1)),
    SchoolHoliday(N_("Herbstferien"), date(2026, 10, 17), date(2026, 10, 31)),
    SchoolHoliday(N_("Weihnachtsferien"), date(2026, 12, 23), date(2027, 1, 6)),
    SchoolHoliday(N_("Osterferien"), date(2027, 3, 22), date(2027, 4, 3)),
    SchoolHoliday(N_("Pfingstferien"), date(2027, 5, 18), date(2027, 5, 18)),
    SchoolHoliday(N_("Sommerferien"), date(2027, 7, 19), date(2027, 8, 31)),
    SchoolHoliday(N_("Herbstferien"), date(2027, 10, 23), date(2027, 11, 6)),
    SchoolHoliday(N_("Weihnachtsferien"), date(2027, 12, 24), date(2028, 1, 8)),
    SchoolHoliday(N_("Osterferien"), date(2028, 4, 10), date(2028, 4, 22)),
    SchoolHoliday(N_("Sommerferien"), date(2028, 7, 10), date(2028, 8, 22)),
)


def is_school_holiday(day: date) -> bool:
    return school_holiday(day) is not None


def school_holiday(day: date) -> SchoolHoliday | None:
    return next((holiday for holiday in SCHOOL_HOLIDAYS if holiday.first <= day <= holiday.last), None)


@cache
def public_holidays(year: int) -> dict[date, str]:
    """The eleven days of the Feiertagsgesetz NW with their names (to be said with `gettext`)."""
    easter = easter_sunday(year)
    return {
        date(year, 1, 1): N_("Neujahr"),
        easter - timedelta(days=2): N_("Karfreitag"),
        easter + timedelta(days=1): N_("Ostermontag"),
        date(year, 5, 1): N_("Tag der Arbeit"),
        easter + timedelta(days=39): N_("Christi Himmelfahrt"),
        easter + timedelta(days=50): N_("Pfingstmontag"),
        easter + timedelta(days=60): N_("Fronleichnam"),
        date(year, 10, 3): N_("Tag der Deutschen Einheit"),
        date(year, 11, 1): N_("Allerheiligen"),
        date(year, 12, 25): N_("1. Weihnachtstag"),
        date(year, 12, 26): N_("2. Weihnachtstag"),
    }


def easter_sunday(year: int) -> date:
    """Gregorian Easter after Meeus, Jones and Butcher."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    lunar_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - lunar_correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
