"""Past evenings for volunteers (KOMM-AN NRW): three half-yearly series on three topics, 170 participations;
and the county's meeting of volunteers in 2016."""

from datetime import date, time
from typing import NamedTuple

from events.demo.past import Counted, Guest, PastEvent
from events.demo.people import person
from events.demo.places import CITIES
from events.demo.programmes import SeriesPlan

FIRST_VOLUNTEER = 100
VOLUNTEERS = 60
WHOLE_SERIES = 12
"""As many sign up for a whole series; at each evening one of them is missing."""


class Evening(NamedTuple):
    title: str
    day: date
    venue: str
    present: int


class HalfYear(NamedTuple):
    series: SeriesPlan
    evenings: tuple[Evening, ...]


def _series(key: str, half_year: str) -> SeriesPlan:
    return SeriesPlan(
        key=key,
        programme="ehrenamt",
        title={"de": f"Fortbildungsreihe Ehrenamt, {half_year}"},
        summary={"de": f"Drei Abende für Ehrenamtliche im {half_year}."},
    )


HALF_YEARS = (
    HalfYear(
        _series("ehrenamt-2016-2", "2. Halbjahr 2016"),
        (
            Evening("Integration ins Bildungssystem: Kita und Grundschule", date(2016, 9, 20), "vhs-haus", 20),
            Evening("Rechtsextremismus und Diskriminierung erkennen", date(2016, 11, 8), "buergerhaus", 19),
            Evening("Verkehrserziehung für Neuzugewanderte", date(2016, 12, 6), "begegnungscafe", 18),
        ),
    ),
    HalfYear(
        _series("ehrenamt-2017-1", "1. Halbjahr 2017"),
        (
            Evening("Integration ins Bildungssystem: weiterführende Schulen", date(2017, 2, 14), "vhs-haus", 19),
            Evening("Rechtsextremismus und Diskriminierung: Gespräche führen", date(2017, 3, 21), "stadtteiltreff", 18),
            Evening("Verkehrserziehung: Fahrrad und Schulweg", date(2017, 5, 16), "fahrradwerkstatt", 19),
        ),
    ),
    HalfYear(
        _series("ehrenamt-2017-2", "2. Halbjahr 2017"),
        (
            Evening("Integration ins Bildungssystem: Ausbildung und Beruf", date(2017, 9, 19), "vhs-haus", 20),
            Evening("Rechtsextremismus und Diskriminierung im Netz", date(2017, 11, 14), "medienhaus", 18),
            Evening("Verkehrserziehung: Bus, Bahn und Tarife", date(2017, 12, 5), "pfarrheim", 19),
        ),
    ),
)


def volunteer(number: int) -> Guest:
    """The volunteers go round: number 60 is the first one again."""
    place = number % VOLUNTEERS
    return Guest(person(FIRST_VOLUNTEER + place), city=CITIES[place % len(CITIES)], role="volunteer")


def evenings(half_year: HalfYear, number: int) -> tuple[PastEvent, ...]:
    """The events of the half-year with this number."""
    first = number * WHOLE_SERIES
    regulars = tuple(volunteer(first + place) for place in range(WHOLE_SERIES))
    found, next_single = [], first + WHOLE_SERIES
    for position, evening in enumerate(half_year.evenings):
        singles = evening.present - WHOLE_SERIES + 1
        guests = (*regulars, *(volunteer(next_single + place) for place in range(singles)))
        next_single += singles
        found.append(_event(half_year.series.key, evening, guests, missing=position))
    return tuple(found)


def _event(series: str, evening: Evening, guests: tuple[Guest, ...], missing: int) -> PastEvent:
    return PastEvent(
        programme="ehrenamt",
        series=series,
        title=evening.title,
        summary="Abend der Fortbildungsreihe für Ehrenamtliche, die Zugewanderte begleiten.",
        format="training",
        days=(evening.day,),
        start=time(17, 30),
        end=time(20, 30),
        break_minutes=15,
        venue=evening.venue,
        audiences=("volunteers",),
        guests=guests,
        missed=frozenset({(missing, 0)}),
    )


MEETING = PastEvent(
    programme="ehrenamt-treffen",
    title="Treffen zu KOMM-AN NRW",
    summary="Engagierte aus allen zehn Städten lernen das Förderprogramm und einander kennen.",
    format="meeting",
    days=(date(2016, 9, 5),),
    start=time(17),
    end=time(19, 30),
    venue="kreishaus",
    audiences=("volunteers",),
    guests=tuple(volunteer(number) for number in range(2 * len(CITIES))),
    counts=(Counted("total", "", 22),),
)
