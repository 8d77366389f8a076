"""Past care information in communities since 2016: twelve events, 350 heads, of them 60 with a name and 290 counted."""

from datetime import date, time
from typing import NamedTuple

from events.demo.past import Counted, Guest, PastEvent
from events.demo.people import Person, person
from events.demo.places import COMMUNITIES

FIRST_GUEST = 300
NAMED_EACH = 5
CITY = {community.key: community.city for community in COMMUNITIES}


class Afternoon(NamedTuple):
    title: str
    day: date
    community: str
    languages: tuple[str, ...]
    women: int
    men: int


AFTERNOONS = (
    Afternoon("Häusliche Pflege: Was ist möglich?", date(2016, 3, 12), "nordviertel", ("tr",), 22, 2),
    Afternoon("Von der Pflegestufe zum Pflegegrad", date(2016, 4, 23), "lippe", ("tr",), 21, 3),
    Afternoon("Pflegegeld: Wer bekommt es und wofür?", date(2016, 6, 4), "ulmenweg", ("ar",), 24, 0),
    Afternoon("Pflegehilfsmittel für zu Hause", date(2016, 9, 17), "griechischer-verein", ("el",), 15, 10),
    Afternoon("Unterstützung für pflegende Angehörige", date(2016, 11, 5), "nordviertel", ("tr", "ar"), 24, 0),
    Afternoon("Berufsbilder in der Pflege", date(2017, 1, 21), "bruecke", ("ru",), 18, 6),
    Afternoon("Pflegegrade: was sich 2017 ändert", date(2017, 2, 18), "lippe", ("tr",), 20, 4),
    Afternoon("Häusliche Pflege: Frauennachmittag", date(2017, 3, 25), "ulmenweg", ("ar",), 25, 0),
    Afternoon("Pflegegeld und Pflegesachleistung", date(2017, 5, 13), "griechischer-verein", ("el",), 16, 8),
    Afternoon("Pflegehilfsmittel ausprobieren", date(2017, 7, 1), "nordviertel", ("tr",), 22, 2),
    Afternoon("Entlastung für pflegende Angehörige", date(2017, 9, 23), "lippe", ("tr",), 24, 0),
    Afternoon("Berufsbilder in der Pflege: Fragen und Antworten", date(2017, 11, 18), "bruecke", ("ru",), 19, 5),
)


def _guest(number: int, city: str) -> Guest:
    """A first name and a number to call (from the range kept for invented ones), no address: nobody has to say more."""
    given_name = person(FIRST_GUEST + number).given_name
    return Guest(Person(given_name, "", ""), city=city, phone=f"0176 040690{number:02}")


def _event(number: int, plan: Afternoon) -> PastEvent:
    city = CITY[plan.community]
    counts = (Counted("people", "women", plan.women), Counted("people", "men", plan.men))
    return PastEvent(
        programme="pflege",
        title=plan.title,
        summary="Nachmittag mit der örtlichen Pflegeberatung (BIP), mit Übersetzung und Zeit für Fragen.",
        format="information",
        days=(plan.day,),
        start=time(14),
        end=time(16),
        venue=plan.community,
        audiences=("women", "carers"),
        languages=plan.languages,
        partners=((plan.community, "host"), (_bip_of(city), "cooperation")),
        guests=tuple(_guest(NAMED_EACH * number + place, city) for place in range(NAMED_EACH)),
        counts=tuple(count for count in counts if count.heads),
    )


def _bip_of(city: str) -> str:
    return f"bip-{city.lower()}"


CARE = tuple(_event(number, plan) for number, plan in enumerate(AFTERNOONS))
