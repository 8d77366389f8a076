"""Who has signed up for the upcoming events by the first day; no mails are queued."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from events.demo.history_administration import employee, invited
from events.demo.history_volunteers import volunteer
from events.demo.known import Known
from events.demo.past import Guest, sign_up_person
from events.demo.people import person
from events.demo.places import CITIES, COLLEGES, KITAS, SCHOOLS, OrganisationPlan
from events.demo.questions import answers
from events.demo.upcoming import EventIds
from events.registration.actions import register
from events.registration.signup import Person, SignUp, Source

OPENED = timedelta(days=20)
WAIT_FOR_PROOF = timedelta(hours=3)

SERIES = "ehrenamt-aktuell"
EVENINGS = (
    "bildungssystem",
    "rechtsextremismus",
    "verkehrserziehung",
    "grenzen-setzen",
    "behoerdenbriefe",
    "sprachcafe",
)
WHOLE_SERIES = 5


class Crowd(NamedTuple):
    """So many guests, made from consecutive numbers, for each event of a plan (or for its first ones)."""

    key: str
    how_many: tuple[int, ...]
    guest: Callable[[int], Guest]
    first: int
    source: Source = "office"


def _from(institutions: Sequence[OrganisationPlan], role: str) -> Callable[[int], Guest]:
    """Two colleagues each come from one institution."""

    def guest(number: int) -> Guest:
        institution = institutions[number // 2 % len(institutions)]
        return Guest(person(number), institution.key, institution.city, role)

    return guest


def _neighbour(number: int) -> Guest:
    return Guest(person(number), city=CITIES[number % len(CITIES)], role="newcomer")


FROM_KITA = _from(KITAS, "professional")
FROM_SCHOOL = _from(SCHOOLS, "professional")
FROM_COLLEGE = _from(COLLEGES, "professional")

CROWDS = (
    Crowd("griffbereit-schulung", (18,), FROM_KITA, 400),
    # Together with the two who share a mailbox 16 have a place; the last five wait.
    Crowd("rucksack-kita-grundschulung", (19,), FROM_KITA, 420),
    Crowd("rucksack-schule-einfuehrung", (9,), FROM_SCHOOL, 440),
    Crowd("kennenlernen", (23,), FROM_KITA, 450),
    Crowd("austausch-rucksack-kita", (14,), FROM_KITA, 430),
    Crowd("austausch-griffbereit", (11,), FROM_KITA, 400),
    Crowd("bildungssystem", (3,), volunteer, 10),
    Crowd("rechtsextremismus", (11,), volunteer, 20),
    Crowd("verkehrserziehung", (4,), _neighbour, 500),
    Crowd("grenzen-setzen", (9,), volunteer, 33),
    Crowd("behoerdenbriefe", (6,), volunteer, 12),
    Crowd("sprachcafe", (4,), volunteer, 44),
    Crowd("ehrenamt-treffen", (10, 6, 3, 0), volunteer, 5),
    Crowd("berufe-pflege", (8,), _neighbour, 520),
    Crowd("fruehes-altern", (12,), _neighbour, 540),
    Crowd("gib-grundlagen", (9,), employee, 0),
    Crowd("gib-gespraeche", (7,), employee, 30),
    Crowd("auftakt", (34,), invited, 0, "invitation"),
    Crowd("werkstatt-medien", (5,), invited, 40, "invitation"),
    Crowd("berufskollegs", (12,), FROM_COLLEGE, 360),
    Crowd("fachtag", (41,), invited, 10),
)

SHARED_MAILBOX = "kita.tausendfuessler@example.org"
COLLEAGUES = (Person("Nadine", "Kollmann", role="professional"), Person("Meryem", "Sönmez", role="multiplier"))

# No address, and as much of a name as they liked to give.
PARTIES = (
    (Person("Gülay", party=3, needs=("childcare",)), "tr"),
    (Person(party=2), "ar"),
    (Person("Samira", phone="0176 04069091", party=4, needs=("childcare", "interpreting")), "ar"),
    (Person("Hatice", party=1), "tr"),
    (Person("Inge", "Maibaum", phone="0176 04069092"), "de"),
)


async def load_sign_ups(ids: EventIds, known: Known, *, now: datetime) -> None:
    opened = now - OPENED
    await _load_whole_series(ids, known, opened)
    await _load_colleagues(ids, known, opened)
    for crowd in CROWDS:
        for event_id, how_many in zip(ids[crowd.key], crowd.how_many, strict=True):
            await _load_crowd(crowd, event_id, how_many, known, opened)
    await _load_parties(ids, known, opened)
    await _load_unconfirmed(ids, known, now)


async def _load_whole_series(ids: EventIds, known: Known, opened: datetime) -> None:
    events = tuple(ids[key][0] for key in EVENINGS)
    for number in range(WHOLE_SERIES):
        guest = volunteer(number)
        sign_up = _sign_up(events, sign_up_person(guest, known), guest.person.email, series=known.series[SERIES])
        await register(sign_up, by=known.by, now=opened + timedelta(hours=number), notify=False)


async def _load_colleagues(ids: EventIds, known: Known, opened: datetime) -> None:
    """Two people of a Kita share its mailbox."""
    sign_up = SignUp(
        events=tuple(ids["rucksack-kita-grundschulung"]),
        people=COLLEAGUES,
        contact_email=SHARED_MAILBOX,
        source="office",
    )
    await register(sign_up, by=known.by, now=opened, notify=False)


async def _load_crowd(crowd: Crowd, event_id: UUID, how_many: int, known: Known, opened: datetime) -> None:
    for number in range(how_many):
        guest = crowd.guest(crowd.first + number)
        somebody = replace(sign_up_person(guest, known), answers=await answers(event_id, number))
        sign_up = _sign_up((event_id,), somebody, guest.person.email, source=crowd.source)
        await register(sign_up, by=known.by, now=opened + timedelta(hours=8 + 9 * number), notify=False)


async def _load_parties(ids: EventIds, known: Known, opened: datetime) -> None:
    for number, (somebody, language) in enumerate(PARTIES):
        sign_up = _sign_up(tuple(ids["frauennachmittag"]), somebody, "", language=language)
        await register(sign_up, by=known.by, now=opened + timedelta(days=2 * number), notify=False)


async def _load_unconfirmed(ids: EventIds, known: Known, now: datetime) -> None:
    """Signed up on the web a while ago and did not follow the mailed link yet."""
    guest = volunteer(57)
    sign_up = _sign_up(tuple(ids["rechtsextremismus"]), sign_up_person(guest, known), guest.person.email, source="web")
    await register(sign_up, by=known.by, now=now - WAIT_FOR_PROOF, notify=False)


def _sign_up(
    events: tuple[UUID, ...],
    somebody: Person,
    email: str,
    *,
    language: str = "de",
    source: Source = "office",
    series: UUID | None = None,
) -> SignUp:
    return SignUp(
        events=events, people=(somebody,), contact_email=email, language=language, source=source, series=series
    )
