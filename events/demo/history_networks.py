"""Past workshops and symposium of the integration concept (9 × head counts, 356 in all), and the exchange with
vocational colleges."""

from datetime import date, time

from events.demo.past import Counted, Guest, PastEvent
from events.demo.people import person
from events.demo.places import COLLEGES

FIRST_OF_COLLEGES = 360

WORKSHOP_DAYS = (
    (date(2016, 4, 13), "kreishaus", "Sprache"),
    (date(2016, 5, 11), "rathaus-dorsten", "Schule und Ausbildung"),
    (date(2016, 6, 8), "rathaus-herten", "Arbeit"),
    (date(2016, 6, 29), "buergerhaus", "Wohnen"),
    (date(2016, 9, 14), "kreishaus", "Gesundheit"),
    (date(2016, 10, 5), "stadtteiltreff", "Ehrenamt"),
    (date(2016, 11, 9), "aula", "Religion und Kultur"),
    (date(2016, 12, 7), "vhs-haus", "Sport und Freizeit"),
)


def _workshop(title: str, day: date, venue: str, counts: tuple[Counted, ...]) -> PastEvent:
    return PastEvent(
        programme="integrationskonzept",
        series="workshops-integrationskonzept",
        title=title,
        summary="Haupt- und Ehrenamtliche arbeiten am Integrationskonzept des Kreises mit.",
        format="workshop",
        days=(day,),
        start=time(15),
        end=time(18),
        venue=venue,
        audiences=("administration", "professionals", "volunteers"),
        policy={"sign_up": False},
        counts=counts,
    )


CONCEPT_WORKSHOPS = (
    *(
        _workshop(f"Workshop Integrationskonzept: {topic}", day, venue, (Counted("total", "", 32, "everyone"),))
        for day, venue, topic in WORKSHOP_DAYS
    ),
    _workshop(
        "Workshop Integrationskonzept: Zugewanderte kommen zu Wort",
        date(2017, 2, 1),
        "stadthalle",
        (Counted("total", "", 100, "everyone"), Counted("role", "newcomer", 50, "everyone")),
    ),
)

SYMPOSIUM = PastEvent(
    programme="integrationskonzept",
    title="Fachtag Integrationskonzept 2017",
    summary="Das Integrationskonzept wird geladenen Gästen und der Presse vorgestellt.",
    format="symposium",
    days=(date(2017, 11, 28),),
    start=time(9),
    end=time(15, 30),
    break_minutes=60,
    venue="kreishaus",
    audiences=("administration", "professionals"),
    policy={"sign_up": False, "visibility": "invited_only"},
    counts=(Counted("total", "", 85, "everyone"),),
    note="Geschätzt.",
)


def _college_exchange(title: str, day: date, venue: str) -> PastEvent:
    """Two teachers of each of the six colleges come."""
    return PastEvent(
        programme="anschluss-nach-der-ifk",
        title=title,
        summary="Berufskollegs und Seiteneinsteiger-Beratung klären Anschlüsse nach den Internationalen Förderklassen.",
        format="exchange",
        days=(day,),
        start=time(14),
        end=time(16, 30),
        break_minutes=15,
        venue=venue,
        audiences=("professionals",),
        guests=tuple(
            Guest(person(FIRST_OF_COLLEGES + number), of.key, of.city, "professional")
            for number, of in enumerate((*COLLEGES, *COLLEGES))
        ),
    )


COLLEGE_EXCHANGE = (
    _college_exchange("Anschlussperspektiven nach der IFK: Auftakt", date(2016, 6, 15), "kreishaus"),
    _college_exchange("Anschlussperspektiven nach der IFK: Sprache", date(2016, 11, 16), "berufskolleg-herten"),
    _college_exchange("Anschlussperspektiven nach der IFK: Praktika", date(2017, 5, 10), "kreishaus"),
    _college_exchange("Anschlussperspektiven nach der IFK: Übergaben", date(2017, 11, 8), "berufskolleg-herten"),
)
