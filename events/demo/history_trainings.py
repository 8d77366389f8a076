"""Past trainings of Griffbereit and Rucksack: 25 dates with 98 people, six of whom attended two programmes."""

from collections.abc import Iterable
from datetime import date, time

from events.demo.past import Guest, PastEvent
from events.demo.people import person
from events.demo.places import KITAS, SCHOOLS

SUMMARIES = {
    "griffbereit": "Schulung für Elternbegleiter:innen und Fachkräfte, die Griffbereit-Gruppen leiten.",
    "rucksack-kita": "Grundschulung für Elternbegleiter:innen und Fachkräfte aus Kitas und Familienzentren.",
    "rucksack-schule": "Einführung für Lehrkräfte und Elternbegleiter:innen aus Grundschulen.",
}

# Numbers of people. Four of Griffbereit attended Rucksack KiTa too, two of Rucksack KiTa also Rucksack Schule.
FROM_GRIFFBEREIT = (0, 1, 2, 3)
FROM_RUCKSACK_KITA = (58, 59)
FIRST_OF_SCHOOLS = 80


def multiplier(number: int) -> Guest:
    """Two colleagues each come from one institution: a professional and a multiplier."""
    institutions = SCHOOLS if number >= FIRST_OF_SCHOOLS else KITAS
    institution = institutions[number // 2 % len(institutions)]
    return Guest(person(number), institution.key, institution.city, ("professional", "multiplier")[number % 2])


def _run(programme: str, title: str, venue: str, days: tuple[date, ...], numbers: Iterable[int]) -> PastEvent:
    guests = tuple(multiplier(number) for number in numbers)
    return PastEvent(
        programme=programme,
        title=title,
        summary=SUMMARIES[programme],
        format="training",
        days=days,
        start=time(9),
        end=time(15, 30),
        break_minutes=60,
        venue=venue,
        audiences=("professionals", "multipliers"),
        guests=guests,
        # Every sixth misses one of the days; nobody misses all.
        missed=frozenset((number, number // 6 % len(days)) for number in range(3, len(guests), 6)),
    )


TRAININGS = (
    _run(
        "rucksack-kita",
        "Rucksack KiTa: Grundschulung 2014",
        "kreishaus",
        (date(2014, 2, 13), date(2014, 2, 27), date(2014, 3, 13)),
        range(34, 47),
    ),
    _run(
        "griffbereit",
        "Griffbereit: Schulung 2014",
        "kreishaus",
        (date(2014, 9, 10), date(2014, 9, 17), date(2014, 9, 24)),
        range(12),
    ),
    _run(
        "rucksack-kita",
        "Rucksack KiTa: Grundschulung 2015",
        "sonnenhuegel",
        (date(2015, 2, 5), date(2015, 2, 26), date(2015, 3, 12)),
        (*FROM_GRIFFBEREIT, *range(47, 55)),
    ),
    _run(
        "rucksack-schule",
        "Rucksack Schule: Einführung 2015",
        "stadtpark",
        (date(2015, 9, 2), date(2015, 9, 9), date(2015, 9, 16)),
        range(80, 90),
    ),
    _run(
        "griffbereit",
        "Griffbereit: Schulung 2016",
        "familienbildung",
        (date(2016, 2, 17), date(2016, 2, 24), date(2016, 3, 2)),
        range(12, 24),
    ),
    _run(
        "rucksack-kita",
        "Rucksack KiTa: Grundschulung 2016",
        "kreishaus",
        (date(2016, 9, 8), date(2016, 9, 15), date(2016, 9, 29)),
        range(55, 68),
    ),
    _run(
        "rucksack-kita",
        "Rucksack KiTa: Grundschulung 2017",
        "sonnenhuegel",
        (date(2017, 5, 4), date(2017, 5, 11), date(2017, 5, 18)),
        range(68, 80),
    ),
    _run(
        "griffbereit",
        "Griffbereit: Schulung 2017",
        "kreishaus",
        (date(2017, 9, 20), date(2017, 9, 27)),
        range(24, 34),
    ),
    _run(
        "rucksack-schule",
        "Rucksack Schule: Einführung 2017",
        "stadtpark",
        (date(2017, 11, 15), date(2017, 11, 22)),
        (*FROM_RUCKSACK_KITA, *range(90, 98)),
    ),
)
