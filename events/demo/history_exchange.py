"""Past exchange meetings and information events around early education; no trainings, so outside that family."""

from datetime import date, time

from events.demo.history_trainings import multiplier
from events.demo.past import Counted, PastEvent


def _exchange(title: str, day: date, venue: str, first: int, how_many: int) -> PastEvent:
    return PastEvent(
        programme="austausch-und-information",
        title=title,
        summary="Kitas, Schulen, Träger und Elternbegleiter:innen tauschen ihre Erfahrungen aus.",
        format="exchange",
        days=(day,),
        start=time(9, 30),
        end=time(12, 30),
        break_minutes=15,
        venue=venue,
        audiences=("professionals", "multipliers"),
        guests=tuple(multiplier(number) for number in range(first, first + how_many)),
    )


def _information(title: str, day: date, venue: str, heads: int) -> PastEvent:
    return PastEvent(
        programme="austausch-und-information",
        title=title,
        summary="Was Griffbereit und Rucksack leisten und was Einrichtungen dafür brauchen.",
        format="information",
        days=(day,),
        start=time(14),
        end=time(15, 30),
        venue=venue,
        audiences=("professionals", "parents"),
        counts=(Counted("total", "", heads, "everyone"),),
    )


EXCHANGE = (
    _information("Griffbereit und Rucksack kennenlernen", date(2014, 11, 19), "kreishaus", 21),
    _exchange("Austauschtreffen Griffbereit", date(2015, 6, 10), "familienbildung", 0, 12),
    _information("Griffbereit und Rucksack kennenlernen", date(2015, 11, 12), "stadtpark", 18),
    _exchange("Regionales Austauschtreffen Rucksack KiTa", date(2016, 11, 25), "kreishaus", 34, 26),
    _information("Rucksack Schule kennenlernen", date(2017, 3, 8), "stadtpark", 15),
    _exchange("Austauschtreffen Griffbereit", date(2017, 6, 21), "familienbildung", 8, 16),
)
