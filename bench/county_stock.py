"""Three years of a busy county, put into the database of the settings: 3,000 events, 60,000 registrations and 150,000
marks. One event, one sign-up and one closed date are made through the actions; all others are their copies."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from piccolo.table import Table

from events.accounts.actions import add_staff
from events.attendance.tables import AttendanceMark
from events.evidence.actions import close_date
from events.evidence.tables import Evidence, EvidenceCount, PersonCounted
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import transaction
from events.kit.text import fold
from events.mail.tables import OutgoingMail
from events.programme.tables import Event, EventDate
from events.registration.signup import Person
from events.registration.tables import Booking, Participant, Registration
from tests.attendance.story import record, sign_up, was
from tests.factories import make_event, make_organisation, make_programme, make_series, make_venue
from tests.people import BERND_MAIL, PASSWORD

EVENTS, PEOPLE, DATES = 3000, 20, 3
ORGANISATIONS, VENUES = 200, 60

YEARS = timedelta(days=3 * 365)
AHEAD = timedelta(days=60)
ROWS_AT_ONCE = 500
GIVEN = ("Amira", "Şükrü", "Мария", "Jean", "Ilse", "Ağça", "Øyvind", "Zoë", "Ali", "Bärbel")
FAMILY = ("Haddad", "Öztürk", "Iwanowa", "Müller", "Yılmaz", "Strøm", "Łukasz", "Kaya", "Demir", "Schulze", "Nowak")

NAMESAKES = tuple(f"{first}{second}" for first in "abcdefgh" for second in "lmnoprst")
"""So that not a tenth of the county is called the same."""


KEPT = {"keep_days": 5475}
"""As long as funding lines ask: so all names of the three years are still there, and nothing is due to be erased."""


async def fill(number: int) -> None:
    """Copies of one event with its people and its closed dates, over three years; and two people of the team.

    With fewer events as much less time: a hundredth are eleven days, each as busy as a day of the three years.
    """
    await add_staff(BERND_MAIL, "Bernd", "admin", PASSWORD, by=SYSTEM, now=now())
    await add_staff("organiser@example.org", "Orga", "organiser", PASSWORD, by=SYSTEM, now=now())
    programmes = [await make_programme(f"Programm {n}", slug=f"programm-{n}", policy=KEPT) for n in range(5)]
    homes = [await make_organisation(f"Kita {n}", city="Marl") for n in range(ORGANISATIONS)]
    venues = [await make_venue(f"Haus {n}") for n in range(VENUES)]
    series = await make_series()
    original = await make_event("Mehrsprachig aufwachsen", dates=DATES, starts_in=-timedelta(days=30), series=series)
    ids = await sign_up(original, Person("Amira", "Haddad", "amira@example.org", organisation=homes[0], city="Marl"))
    for date in original.dates:
        if date.end < now():
            await record(date.id, was(ids[0]))
            await close_date(date.id, by=SYSTEM, now=now(), note="Bench")
    rows = await _original(original.id)
    for start in range(0, number, 20):
        batch: dict[type[Table], list[Table]] = {}
        for n in range(start, min(start + 20, number)):
            _copy(rows, n, number, programmes, homes, venues, batch)
        async with transaction():
            for table, made in batch.items():
                for at in range(0, len(made), ROWS_AT_ONCE):
                    await table.insert(*made[at : at + ROWS_AT_ONCE])


Rows = dict[str, list[dict[str, Any]]]


async def _original(event_id: UUID) -> Rows:
    dates = await EventDate.select().where(EventDate.event == event_id).order_by(EventDate.start)
    evidence = await Evidence.select().where(Evidence.event == event_id)
    return {
        "event": await Event.select().where(Event.id == event_id),
        "dates": dates,
        "booking": await Booking.select(),
        "participant": await Participant.select(),
        "registration": await Registration.select().where(Registration.event == event_id),
        "mark": await AttendanceMark.select().limit(1),
        "evidence": evidence[:1],
        "count": await EvidenceCount.select().where(EvidenceCount.evidence == evidence[0]["id"]),
        "person": await PersonCounted.select().limit(1),
    }


def _copy(
    rows: Rows,
    n: int,
    of: int,
    programmes: Sequence[UUID],
    homes: Sequence[UUID],
    venues: Sequence[UUID],
    batch: dict[type[Table], list[Table]],
) -> None:
    """One event with its dates, people, marks and evidence, added to the batch."""

    def add(table: type[Table], row: dict[str, Any], **changes: Any) -> UUID:
        id = uuid4()
        batch.setdefault(table, []).append(table(**{**row, "id": id, **changes}))
        return id

    begin = now() + (of / EVENTS) * ((YEARS + AHEAD) * n / of - YEARS)
    event = rows["event"][0]
    starts = [begin + timedelta(weeks=week) for week in range(DATES)]
    programme = programmes[n % len(programmes)]
    event_id = add(
        Event, event, slug=f"{event['slug']}-{n}", programme=programme, starts_at=starts[0],
        ends_at=starts[-1] + HOURS, turn=PEOPLE,
    )  # fmt: skip
    dates = [
        add(
            EventDate,
            date,
            event=event_id,
            start=start,
            end=start + HOURS,
            uid=f"{uuid4()}@example.org",
            venue=venues[n % len(venues)],
        )
        for date, start in zip(rows["dates"], starts, strict=True)
    ]
    people = [_sign_up(rows, n, number, event_id, begin, homes, add) for number in range(PEOPLE)]
    for place, (date, start) in enumerate(zip(dates, starts, strict=True)):
        if start + HOURS < now():
            _close(rows, event_id, programme, date, start, people[place % 2 :: 1][: PEOPLE - 3 * place], add)


HOURS = timedelta(hours=3)


def _sign_up(rows: Rows, n: int, number: int, event_id: UUID, begin: datetime, homes: Sequence[UUID], add: Any) -> UUID:
    given, family = (
        GIVEN[(n + number) % len(GIVEN)],
        f"{FAMILY[(n * 7 + number) % len(FAMILY)]}-{NAMESAKES[n % len(NAMESAKES)]}",
    )
    email, at = f"gast{(n * PEOPLE + number) % 20_000}@example.org", begin - timedelta(days=20)
    if number == 0:  # gave up, and was erased two weeks later
        given = family = email = ""
    booking = add(Booking, rows["booking"][0], contact_email=email, created_at=at, submission=str(uuid4()))
    person = add(
        Participant, rows["participant"][0], booking=booking, given_name=given, family_name=family, email=email,
        organisation=homes[(n + number) % len(homes)], found_by=fold(f"{given} {family} {email} Marl") if given else "",
    )  # fmt: skip
    registration: UUID = add(
        Registration, rows["registration"][0], booking=booking, participant=person, event=event_id, queue_number=number,
        person_key=uuid4().hex, registered_at=at, changed_at=at, status="cancelled" if number == 0 else "confirmed",
        erased_at=at if number == 0 else None,
    )  # fmt: skip
    add(
        HistoryEntry, {}, at=at, actor="system", verb="registered", about_kind="registration", about_id=registration,
        context_id=event_id, facts="{}", reason="",
    )  # fmt: skip
    add(
        OutgoingMail, {}, kind="confirmation", about=f"booking:{booking}", recipient=email, status="sent", sender="",
        message_id=f"<{uuid4()}@example.org>", content=None, due_at=at, created_at=at, sent_at=at, lease_holder="",
        reply="",
    )  # fmt: skip
    return registration


def _close(
    rows: Rows, event_id: UUID, programme: UUID, date: UUID, start: datetime, people: Iterable[UUID], add: Any
) -> None:
    evidence = add(
        Evidence, rows["evidence"][0], event=event_id, event_date=date, programme=programme, held_on=start.date(),
        registered=PEOPLE - 1, participations=PEOPLE - 2, heads=PEOPLE, closed_at=min(start + timedelta(days=2), now()),
    )  # fmt: skip
    for count in rows["count"]:
        add(EvidenceCount, count, evidence=evidence)
    for registration in people:
        add(
            AttendanceMark, rows["mark"][0], event_date=date, subject=registration, registration=registration,
            received_at=start, counted_in=evidence,
        )  # fmt: skip
        add(PersonCounted, rows["person"][0], evidence=evidence, person_hash=f"{registration.int:064x}")
