"""Three years of a busy county: `python -m bench.county SHARE` fills the database of the settings and asks every page
of the team; SHARE is the part of the whole, such as 0.01. Prints an `Asked` for each page, as JSON.

One event, one sign-up and one closed date are made through the actions; all others are their copies.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from httpx import ASGITransport, AsyncClient
from piccolo.table import Table

from bench.sites import module, postgres, sqlite
from events.accounts.actions import add_staff, sign_in
from events.app import create_app
from events.attendance.tables import AttendanceMark
from events.evidence.actions import close_date
from events.evidence.tables import Evidence, EvidenceCount, PersonCounted
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import database, queries_so_far, transaction
from events.kit.text import fold
from events.mail.tables import OutgoingMail
from events.programme.queries import event_by_id
from events.programme.tables import Event, EventDate
from events.registration.signup import Person
from events.registration.tables import Booking, Participant, Registration
from events.schema import migrate
from events.settings import settings
from tests.attendance.story import record, sign_up, was
from tests.factories import make_event, make_organisation, make_programme, make_series
from tests.people import BERND_MAIL, PASSWORD
from tests.web.objects import parameters
from tests.web.staff.pages import PAGES

EVENTS, PEOPLE, DATES = 3000, 20, 3
ORGANISATIONS = 200
"""60,000 registrations and, with marks at 2.5 dates each, 150,000 marks."""

YEARS = timedelta(days=3 * 365)
AHEAD = timedelta(days=60)
ROWS_AT_ONCE = 500
REPEATS = 3
STATEMENTS_ALLOWED, TIMES_ALLOWED = 15, 3

GIVEN = ("Amira", "Şükrü", "Мария", "Jean", "Ilse", "Ağça", "Øyvind", "Zoë", "Ali", "Bärbel")
FAMILY = ("Haddad", "Öztürk", "Iwanowa", "Müller", "Yılmaz", "Strøm", "Łukasz", "Kaya", "Demir", "Schulze", "Nowak")

NAMESAKES = tuple(f"{first}{second}" for first in "abcdefgh" for second in "lmnoprst")
"""So that not a tenth of the county is called the same."""


@dataclass(frozen=True)
class Asked:
    page: str
    statements: int
    milliseconds: float


async def measured() -> Sequence[Sequence[str]]:
    """Pages that ask too much or grow too fast, by database; the slowest of the others last."""
    rows = []
    for name, place in (("SQLite", sqlite), ("PostgreSQL", postgres)):
        small, large = [await _of(place, share) for share in (0.01, 1.0)]
        before = {one.page: one for one in small}
        grown = [(one, one.milliseconds / max(before[one.page].milliseconds, 1.0)) for one in large]
        bad = [(one, times) for one, times in grown if one.statements > STATEMENTS_ALLOWED or times > TIMES_ALLOWED]
        slowest = sorted(grown, key=lambda pair: -pair[0].milliseconds)[:5]
        rows += [
            (name, one.page, str(one.statements), f"{one.milliseconds:.0f}", f"{times:.1f}")
            for one, times in (*bad, *[pair for pair in slowest if pair not in bad])
        ]
    return rows


async def _of(place: Any, share: float) -> list[Asked]:
    with place() as empty:
        said = await module("county", str(share), settings=empty)
    assert isinstance(said, list)
    return [Asked(**one) for one in said]


async def main(share: float) -> None:
    engine: Any = database()  # Piccolo types its engines loosely
    await engine.start_connection_pool()
    try:
        await migrate()
        await add_staff(BERND_MAIL, "Bernd", "admin", PASSWORD, by=SYSTEM, now=now())
        await add_staff("organiser@example.org", "Orga", "organiser", PASSWORD, by=SYSTEM, now=now())
        began = time.perf_counter()
        event_id = await fill(round(EVENTS * share))
        print(f"filled in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        print(json.dumps([asdict(one) for one in await _ask_all(event_id)]))
    finally:
        await engine.close_connection_pool()


async def fill(number: int) -> UUID:
    """Copies of one event with its people and its closed dates, over three years; the id of one in the middle."""
    programmes = [await make_programme(f"Programm {n}", slug=f"programm-{n}") for n in range(5)]
    homes = [await make_organisation(f"Kita {n}", city="Marl") for n in range(ORGANISATIONS)]
    series = await make_series()
    original = await make_event("Mehrsprachig aufwachsen", dates=DATES, starts_in=-timedelta(days=30), series=series)
    ids = await sign_up(original, Person("Amira", "Haddad", "amira@example.org", organisation=homes[0], city="Marl"))
    for date in original.dates:
        if date.end < now():
            await record(date.id, was(ids[0]))
            await close_date(date.id, by=SYSTEM, now=now(), note="Bench")
    rows = await _original(original.id)
    chosen = original.id
    for start in range(0, number, 20):
        batch: dict[type[Table], list[Table]] = {}
        for n in range(start, min(start + 20, number)):
            id = _copy(rows, n, number, programmes, homes, batch)
            chosen = id if n == number // 2 else chosen
        async with transaction():
            for table, made in batch.items():
                for at in range(0, len(made), ROWS_AT_ONCE):
                    await table.insert(*made[at : at + ROWS_AT_ONCE])
    return chosen


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
    batch: dict[type[Table], list[Table]],
) -> UUID:
    """One event with its dates, people, marks and evidence, added to the batch; its id."""

    def add(table: type[Table], row: dict[str, Any], **changes: Any) -> UUID:
        id = uuid4()
        batch.setdefault(table, []).append(table(**{**row, "id": id, **changes}))
        return id

    begin = now() - YEARS + (YEARS + AHEAD) * n / of
    event = rows["event"][0]
    starts = [begin + timedelta(weeks=week) for week in range(DATES)]
    programme = programmes[n % len(programmes)]
    event_id = add(
        Event, event, slug=f"{event['slug']}-{n}", programme=programme, starts_at=starts[0], ends_at=starts[-1] + HOURS
    )
    dates = [
        add(EventDate, date, event=event_id, start=start, end=start + HOURS, uid=f"{uuid4()}@example.org")
        for date, start in zip(rows["dates"], starts, strict=True)
    ]
    people = [_sign_up(rows, n, number, event_id, begin, homes, add) for number in range(PEOPLE)]
    for place, (date, start) in enumerate(zip(dates, starts, strict=True)):
        if start + HOURS < now():
            _close(rows, event_id, programme, date, start, people[place % 2 :: 1][: PEOPLE - 3 * place], add)
    return event_id


HOURS = timedelta(hours=3)


def _sign_up(rows: Rows, n: int, number: int, event_id: UUID, begin: datetime, homes: Sequence[UUID], add: Any) -> UUID:
    given, family = (
        GIVEN[(n + number) % len(GIVEN)],
        f"{FAMILY[(n * 7 + number) % len(FAMILY)]}-{NAMESAKES[n % len(NAMESAKES)]}",
    )
    email, at = f"gast{(n * PEOPLE + number) % 20_000}@example.org", begin - timedelta(days=20)
    booking = add(Booking, rows["booking"][0], contact_email=email, created_at=at, submission=str(uuid4()))
    person = add(
        Participant, rows["participant"][0], booking=booking, given_name=given, family_name=family, email=email,
        organisation=homes[(n + number) % len(homes)], found_by=fold(f"{given} {family} {email} Marl"),
    )  # fmt: skip
    registration: UUID = add(
        Registration, rows["registration"][0], booking=booking, participant=person, event=event_id, queue_number=number,
        person_key=uuid4().hex, registered_at=at, changed_at=at, status="cancelled" if number == 0 else "confirmed",
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
        add(PersonCounted, rows["person"][0], evidence=evidence, person_hash=f"{registration.int % 20_000:064x}")


async def _ask_all(event_id: UUID) -> list[Asked]:
    origin = settings().base_url
    app: Any = create_app()
    async with AsyncClient(transport=ASGITransport(app), base_url=origin, timeout=120) as client:
        client.cookies["team"] = await sign_in(BERND_MAIL, PASSWORD, "192.0.2.7", now())
        paths = sorted(page.removeprefix("GET ") for page in PAGES if page.startswith("GET "))
        return [found for path in paths if (found := await _asked(client, path, event_id))]


async def _asked(client: AsyncClient, path: str, event_id: UUID) -> Asked | None:
    """The best of some calls, after one that fills what is kept. None for pages that are not there for this event."""
    event = await _event(event_id)
    address = re.sub(r"\{(\w+)\}", lambda found: event[found.group(1)], path) if "{" in path else path
    times, statements = [], 0
    for _call in range(REPEATS + 1):
        before, began = queries_so_far(), time.perf_counter()
        answer = await client.get(address)
        times.append((time.perf_counter() - began) * 1000)
        statements = queries_so_far() - before
    return Asked(path, statements, min(times[1:])) if answer.status_code == 200 else None


_EVENT: dict[str, str] = {}


async def _event(event_id: UUID) -> dict[str, str]:
    """Values for every parameter, made once."""
    event = None if _EVENT else await event_by_id(event_id)
    if event is not None:
        coming = await make_event()
        await sign_up(coming, Person("Vera", "Novak", "vera@example.org"))
        _EVENT.update(await parameters(coming))
        first = (
            await Registration.select()
            .where(Registration.event == event.id)
            .order_by(Registration.queue_number)
            .first()
        )
        ours = {"event_id": event.id, "event_date_id": event.dates[0].id, "record_id": event.id}
        ours |= {"registration_id": first["id"], "participant_id": first["participant"]} if first else {}
        _EVENT.update({name: str(value) for name, value in ours.items()})
    return _EVENT


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
