"""The same bytes from every process and after a restart, through real servers."""

import httpx

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.feed_addresses import feed_token
from events.registration.actions import cancel_booking
from tests.factories import make_event
from tests.registration.stories import confirmed
from tests.servers import Server, serving


async def test_two_processes_and_a_restart_give_the_same_calendars(db: None) -> None:
    receipt = await confirmed(await make_event("Abend", dates=2), await make_event("Weiterer"))
    paths = [
        "/kalender.ics",
        "/tr/kalender.ics?stadt=Recklinghausen&abgesagt=0",
        f"/kalender/persoenlich/{feed_token('feed', receipt.booking, 1)}.ics",
    ]
    async with serving("--no-worker") as one, serving("--no-worker") as other:
        first, second = await answers(one, paths), await answers(other, paths)
    async with serving("--no-worker") as restarted:
        third = await answers(restarted, paths)
        await cancel_booking(receipt.booking, by=SYSTEM, now=now())
        fourth = await answers(restarted, paths[2:])
    assert first == second == third
    assert fourth[0] != third[2] and b"STATUS:CANCELLED" in fourth[0][1]


async def answers(server: Server, paths: list[str]) -> list[tuple[str, bytes]]:
    """Entity tag and bytes."""
    async with httpx.AsyncClient(base_url=server.address) as client:
        found = [await client.get(path) for path in paths]
    return [(answer.headers["etag"], answer.content) for answer in found]
