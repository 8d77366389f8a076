"""Loads the Verteiler: sixty people who want to hear from us, joined over two years, each by their own topics.

Some wait for their proof, some have left, one wants nothing of any kind any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from events.contacts.actions import add_contact, join_list, leave_list, prove_contact, unsubscribe
from events.contacts.details import ContactDetails
from events.contacts.queries import contacts
from events.demo.known import Known
from events.demo.people import NAMES, people
from events.demo.places import CITIES
from events.kit.clock import BERLIN
from events.mail.opt_outs import address_hash

FIRST_PERSON, HOW_MANY = 640, 60
WAITING, LEFT, OPTED_OUT, ON_PAPER = (3, 29, 48), (11, 34, 52), 20, range(5, HOW_MANY, 7)
LANGUAGES = ("de", "tr", "ar", "en")
"""By the names' language, see `people.NAMES`; whoever speaks none of ours gets German or English."""

TOPICS = (
    ("griffbereit", "rucksack-kita"),
    ("rucksack-kita", "rucksack-schule", "austausch-und-information"),
    ("ehrenamt", "ehrenamt-treffen"),
    ("pflege",),
    ("interkulturelle-kompetenz", "integrationskonzept"),
    ("anschluss-nach-der-ifk", "arbeitsmarktlotsen"),
    ("griffbereit",),
    ("integrationskonzept", "ehrenamt"),
)
ORGANISATIONS = (
    "Familienzentrum Sonnenhügel",
    "Grundschule am Stadtpark",
    "Verein Brücke e. V.",
    "",
    "",
    "Lesekreis Nord",
)


@dataclass(frozen=True)
class Reader:
    number: int
    email: str
    details: ContactDetails

    def since(self, now: datetime) -> datetime:
        """The last ones joined yesterday; who waits for the proof did so this week."""
        if self.number in WAITING:
            return now - timedelta(days=self.number % 5 + 1)
        return now - timedelta(days=20 + 12 * (HOW_MANY - self.number))


async def load_contacts(known: Known, *, now: datetime) -> None:
    """No mail is queued."""
    readers = list(_readers(known))
    for one in readers:
        if one.number in ON_PAPER:
            moment = one.since(now)
            await add_contact(one.email, one.details, moment.astimezone(BERLIN).date(), by=known.by, now=moment)
        else:
            await join_list(one.email, one.details, now=one.since(now), notify=False)
    ids = {one.email: one.id for one in await contacts()}
    for one in readers:
        await _go_on(one, ids[one.email], now)


async def _go_on(one: Reader, id: UUID, now: datetime) -> None:
    if one.number not in WAITING:
        await prove_contact(id, now=one.since(now) + timedelta(minutes=7))
    if one.number in LEFT:
        await leave_list(id, now=now - timedelta(days=one.number % 9 + 1))
    if one.number == OPTED_OUT:
        await unsubscribe(address_hash(one.email), way="click", now=now - timedelta(days=2))


def _readers(known: Known) -> Iterator[Reader]:
    for number, who in enumerate(people(FIRST_PERSON, HOW_MANY)):
        details = ContactDetails(
            topics=tuple(known.programmes[slug] for slug in TOPICS[number % len(TOPICS)]),
            language=_language(number),
            name=f"{who.given_name} {who.family_name}" if number % 6 else "",
            organisation_name=ORGANISATIONS[number % len(ORGANISATIONS)],
            city=CITIES[number % len(CITIES)] if number % 4 else "",
        )
        yield Reader(number, who.email, details)


def _language(number: int) -> str:
    group = (FIRST_PERSON + number) % len(NAMES)
    if group < 3:
        return LANGUAGES[group]
    return "en" if number % 5 == 0 else "de"
