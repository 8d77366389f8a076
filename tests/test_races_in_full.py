"""Five hundred things happen to one series at the same moment: people through real servers, the office and the clock in
processes of their own. Judged from the database."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from events import checks
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import on_sqlite
from events.programme.queries import EventView
from events.registration.actions import cancel_booking, register
from events.registration.links import booking_token
from events.registration.signup import Person, SignUp
from events.registration.tables import Registration
from tests.busy_office import Job, at_work
from tests.factories import make_event, make_series
from tests.servers import serving

PLACES, ACTIONS = 40, 500
PROCESSES = [1, 2] if on_sqlite() else [2]
KINDS: Sequence[dict[str, object]] = ({"waiting_list": "direct"}, {"waiting_list": "offer"}, {"approval": True})


@dataclass
class Series:
    """Three evenings with people who have places, wait, have asked, were offered one, or have not confirmed yet."""

    slug: str
    evenings: list[EventView]
    bookings: list[UUID] = field(default_factory=list)
    unproven: list[UUID] = field(default_factory=list)
    registrations: dict[str, list[tuple[UUID, UUID]]] = field(default_factory=dict)  # by status; each with its booking


@dataclass(frozen=True)
class Sent:
    path: str
    form: dict[str, object]


async def _prepared() -> Series:
    id = await make_series("Lebenskunde")
    evenings = [
        await make_event(f"Abend {n}", capacity=PLACES, starts_in=timedelta(days=20 + n), series=id,
                         policy={"max_party": 3, **kind})
        for n, kind in enumerate(KINDS)
    ]  # fmt: skip
    series = Series("lebenskunde", evenings)
    for n in range(110):
        series.bookings.append(await _signed_up(n, [evenings[n % 3], evenings[(n + n % 2) % 3]], "office", id))
    for n in range(110, 160):
        series.unproven.append(await _signed_up(n, evenings[n % 3 :], "web", id))
    for booking in series.bookings[:16]:
        await cancel_booking(booking, by=SYSTEM, now=now(), notify=False)
    for row in await Registration.select(Registration.id, Registration.booking, Registration.status):
        series.registrations.setdefault(row["status"], []).append((row["id"], row["booking"]))
    return series


async def _signed_up(n: int, evenings: Sequence[EventView], source: str, series: UUID) -> UUID:
    person = Person(f"Gast {n}", party=1 + n % 3 // 2)
    events = tuple(dict.fromkeys(one.id for one in evenings))
    asked = SignUp(events, (person,), f"gast{n}@example.org", source=source, series=series)  # type: ignore[arg-type]
    return (await register(asked, by=SYSTEM, now=now(), notify=False)).booking


def _sent_by_people(series: Series) -> list[Sent]:
    own = [f"/anmeldung/{booking_token(booking, 1)}" for booking in series.bookings]
    sent = [_sign_up(series, n) for n in range(130)]
    sent += [Sent(f"/anmeldung/{booking_token(booking, 1)}/bestaetigen", {}) for booking in series.unproven]
    sent += [Sent(f"{path}/absagen", {}) for path in own[16:40]]
    sent += [
        Sent(f"/anmeldung/{booking_token(booking, 1)}/annehmen", {"registration": str(id)})
        for id, booking in series.registrations["offered"] * 2
    ]
    return sent


def _sign_up(series: Series, n: int) -> Sent:
    typed: dict[str, object] = {
        "given_name": f"Neu {n}", "email": f"neu{n}@example.org", "consent": "on", "submission": f"s{n}",
        "party": str(1 + n % 2),
    }  # fmt: skip
    if n % 2:
        return Sent(f"/veranstaltungen/{series.evenings[n % 3].slug}/anmeldung", typed)
    return Sent(
        f"/reihen/{series.slug}/anmeldung", {**typed, "events": [str(one.id) for one in series.evenings[n % 3 :]]}
    )


def _jobs(series: Series, number: int) -> list[Job]:
    """What the office does meanwhile; some of it to people who cancel at the same moment."""
    all_of_it = [str(one.id) for one in series.evenings]
    placed, asked = series.registrations["confirmed"], series.registrations["requested"]
    jobs = [Job("approve" if n % 4 else "decline", str(id)) for n, (id, _) in enumerate(asked)]
    jobs += [Job("join", str(booking), all_of_it) for booking in series.bookings[35:65]]
    jobs += [Job("substitute", str(id), number=n) for n, (id, _) in enumerate(placed[::4])]
    jobs += [Job("cancel", str(id)) for id, _ in placed[1::6]]
    jobs += [Job("sweep")] * 16
    jobs += [Job("sign_up", "", all_of_it, n) for n in range(40)]
    moved = [*placed, *series.registrations["waiting"], *asked]
    jobs += [Job("change_party", str(moved[n % len(moved)][0]), number=n) for n in range(number - len(jobs))]
    return jobs


@pytest.mark.parametrize("processes", PROCESSES)
async def test_five_hundred_things_at_once_lose_no_place_and_give_none_twice(db: None, processes: int) -> None:
    series = await _prepared()
    sent = _sent_by_people(series)
    jobs = _jobs(series, ACTIONS - len(sent))
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(serving("--no-worker")) for _ in range(processes)]
        clients = [await stack.enter_async_context(_client(server.address)) for server in servers]
        answers, *done = await asyncio.gather(
            asyncio.gather(*(_answer(clients[n % processes], one) for n, one in enumerate(sent))),
            at_work(jobs[::2]),
            at_work(jobs[1::2]),
        )
    assert len(sent) + sum(sum(one.ends.values()) for one in done) == ACTIONS
    assert set(answers) <= {303, 409}
    assert set(answers[:130]) == {303}
    assert await _complaints(series) == []
    assert [str(fault) for fault in await checks.find_faults(now())] == []


def _client(address: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address, timeout=60, limits=httpx.Limits(max_connections=25))


async def _answer(client: httpx.AsyncClient, sent: Sent) -> int:
    return (await client.post(sent.path, data=sent.form)).status_code


async def _complaints(series: Series) -> list[str]:
    """Counted from the rows alone: seats given twice, and free ones that somebody who waits would take."""
    said = []
    for evening in series.evenings:
        rows = await Registration.raw(
            "SELECT status, party, holds_seat, hold_until FROM registration WHERE event = {} "
            "AND status NOT IN ('cancelled', 'lapsed', 'declined')",
            evening.id,
        )
        seated = [row for row in rows if row["status"] == "confirmed" or _holds(row)]
        free = PLACES - sum(row["party"] for row in seated)
        waiting = Counter(row["party"] for row in rows if row["status"] == "waiting")
        if free < 0:
            said.append(f"{evening.slug}: {-free} seats too many")
        if any(party <= free for party in waiting):
            said.append(f"{evening.slug}: {free} seats lost, parties waiting: {dict(waiting)}")
    return said


def _holds(row: dict[str, object]) -> bool:
    until = row["hold_until"]
    return bool(row["holds_seat"]) and until is not None and until > now()  # type: ignore[operator]
