"""Past intercultural-competence sessions (six, 100 participations) and future workshops (kick-off and five)."""

from datetime import date, time

from events.demo.past import Counted, Guest, PastEvent
from events.demo.people import person
from events.demo.places import ADMINISTRATIONS, CITIES, administration_key

FIRST_EMPLOYEE = 160
EMPLOYEES = 80
FIRST_OF_WORKSHOPS = 240
OF_WORKSHOPS = 60


def employee(number: int) -> Guest:
    """In turn of the county and the ten cities; number 80 is the first one again."""
    place = number % EMPLOYEES
    administration = ADMINISTRATIONS[place % len(ADMINISTRATIONS)]
    city = administration.split(" ", 1)[1]
    return Guest(person(FIRST_EMPLOYEE + place), administration_key(administration), city, "employee")


def _session(title: str, day: date, venue: str, first: int, how_many: int) -> PastEvent:
    return PastEvent(
        programme="interkulturelle-kompetenz",
        title=title,
        summary="Für Mitarbeitende der Kreisverwaltung und der zehn Stadtverwaltungen, kostenlos.",
        format="training",
        days=(day,),
        start=time(9),
        end=time(16),
        break_minutes=60,
        venue=venue,
        audiences=("administration",),
        partners=(("gib", "organiser"),),
        guests=tuple(employee(number) for number in range(first, first + how_many)),
    )


SESSIONS = (
    _session("Grundlagen interkultureller Kompetenz", date(2016, 10, 26), "kreishaus", 0, 17),
    _session("Grundlagen interkultureller Kompetenz", date(2016, 11, 30), "rathaus-dorsten", 17, 17),
    _session("Grundlagen interkultureller Kompetenz", date(2017, 2, 8), "rathaus-herten", 34, 17),
    _session("Grundlagen interkultureller Kompetenz", date(2017, 3, 29), "kreishaus", 51, 17),
    _session("Interkulturelle Kompetenz: Gespräche führen", date(2017, 6, 28), "kreishaus", 68, 16),
    _session("Interkulturelle Kompetenz: Konflikte lösen", date(2017, 9, 13), "rathaus-dorsten", 84, 16),
)


def invited(number: int) -> Guest:
    """Somebody of the public institutions, schools and associations that the workshops invite."""
    place = number % OF_WORKSHOPS
    role = ("employee", "professional", "volunteer")[place % 3]
    return Guest(person(FIRST_OF_WORKSHOPS + place), city=CITIES[place % len(CITIES)], role=role)


def _workshop(title: str, focus: str, day: date, venue: str, numbers: range) -> PastEvent:
    return PastEvent(
        programme="zukunftswerkstaetten",
        series="zukunftswerkstaetten-2018",
        title=f"Demokratie-Zukunftswerkstatt {title}",
        summary=f"{focus}: Schritte verabreden, Zuständige benennen.",
        format="workshop",
        days=(day,),
        start=time(13),
        end=time(17),
        break_minutes=30,
        venue=venue,
        audiences=("administration", "professionals"),
        policy={"visibility": "invited_only"},
        guests=tuple(invited(number) for number in numbers),
    )


KICK_OFF = PastEvent(
    programme="zukunftswerkstaetten-auftakt",
    series="zukunftswerkstaetten-2018",
    title="Auftaktveranstaltung Demokratie-Zukunftswerkstätten 2018",
    summary="Kreisweiter Auftakt: fünf Handlungsfelder für Demokratie und gegen Rassismus.",
    format="kick_off",
    days=(date(2018, 1, 18),),
    start=time(16),
    end=time(19),
    venue="kreishaus",
    audiences=("administration", "professionals", "volunteers"),
    policy={"visibility": "invited_only"},
    guests=tuple(invited(number) for number in range(40)),
    counts=(Counted("total", "", 73, "everyone"),),
)

WORKSHOPS = (
    _workshop(
        "Öffentliche Institutionen",
        "Institutionelle Diskriminierung abbauen",
        date(2018, 2, 21),
        "rathaus-herten",
        range(18),
    ),
    _workshop(
        "Erziehung", "Rassismusfreie Elementarpädagogik fördern", date(2018, 4, 18), "sonnenhuegel", range(12, 33)
    ),
    _workshop(
        "Politische Bildung", "Erinnerungspädagogik nachhaltig gestalten", date(2018, 6, 13), "vhs-haus", range(30, 46)
    ),
    _workshop(
        "Rechte Akteur:innen", "Rechtsextremen Haltungen begegnen", date(2018, 9, 19), "buergerhaus", range(24, 43)
    ),
    _workshop("Neue Medien", "Mit Fake News und Hate Speech umgehen", date(2018, 11, 14), "medienhaus", range(41, 58)),
)
