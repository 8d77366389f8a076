"""Three hundred people want twenty places at the same moment, through real servers. Judged from the database."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from uuid import UUID

import httpx

from events import checks
from events.kit.clock import now
from events.programme.queries import EventView
from events.registration.links import booking_token
from events.registration.queries import registrations_of
from events.registration.tables import Booking
from tests.factories import make_event
from tests.servers import serving

PEOPLE, PLACES = 300, 20
PROCESSES = 2


async def test_three_hundred_at_once_get_twenty_places(db: None) -> None:
    event = await make_event(capacity=PLACES, starts_in=timedelta(days=20))
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(serving("--no-worker")) for _ in range(PROCESSES)]
        clients = [await stack.enter_async_context(_client(server.address)) for server in servers]
        answers = await asyncio.gather(*(_sign_up(clients[n % PROCESSES], event, n) for n in range(PEOPLE)))
        assert set(answers) == {303}
        made = await registrations_of(event.id)
        assert [one.status for one in made] == ["unconfirmed"] * PEOPLE
        assert [one.holds_seat for one in made] == [True] * PLACES + [False] * (PEOPLE - PLACES)

        bookings = [row["id"] for row in await Booking.select(Booking.id)]
        answers = await asyncio.gather(*(_confirm(clients[n % PROCESSES], id) for n, id in enumerate(bookings)))
        assert set(answers) == {303}

    made = await registrations_of(event.id)
    assert [one.status for one in made] == ["confirmed"] * PLACES + ["waiting"] * (PEOPLE - PLACES)
    assert [one.queue_number for one in made] == sorted({one.queue_number for one in made})
    assert await checks.find_faults(now()) == []


def _client(address: str) -> httpx.AsyncClient:
    """A connection for each request, as from 300 people: one that is kept may be closed while it is used again."""
    limits = httpx.Limits(max_connections=50, max_keepalive_connections=0)
    return httpx.AsyncClient(base_url=address, timeout=60, limits=limits)


async def _sign_up(client: httpx.AsyncClient, event: EventView, number: int) -> int:
    typed = {
        "given_name": f"Gast {number}",
        "email": f"gast{number}@example.org",
        "consent": "on",
        "submission": f"s{number}",
    }
    return (await client.post(f"/veranstaltungen/{event.slug}/anmeldung", data=typed)).status_code


async def _confirm(client: httpx.AsyncClient, booking: UUID) -> int:
    return (await client.post(f"/anmeldung/{booking_token(booking, 1)}/bestaetigen")).status_code
