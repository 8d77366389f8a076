"""The plug is pulled at the worst moment: nothing acknowledged is lost, nothing is mailed to two files."""

import asyncio
from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import httpx

from events import checks
from events.invitations.actions import call_off_event
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.mail.tables import OutgoingMail
from events.programme.queries import EventView
from events.registration.actions import register
from events.registration.signup import Person, SignUp
from events.registration.tables import Booking
from tests.factories import make_event
from tests.servers import PATIENCE, Server, serving, start


async def test_killing_the_server_during_sign_ups_loses_no_acknowledged_one(db: None, data_folder: Path) -> None:
    event = await make_event(capacity=None, starts_in=timedelta(days=20))
    acknowledged: list[str] = []
    async with serving("--no-worker") as server, httpx.AsyncClient(base_url=server.address, timeout=10) as client:
        people = [asyncio.create_task(_sign_up(client, event, n, acknowledged)) for n in range(200)]
        while len(acknowledged) < 50:
            await asyncio.sleep(0)
        await server.kill()
        await asyncio.gather(*people)
    kept = {row["contact_email"] for row in await Booking.select(Booking.contact_email)}
    mailed = {row["recipient"] for row in await OutgoingMail.select(OutgoingMail.recipient)}
    assert 50 <= len(acknowledged) < 200
    assert set(acknowledged) <= kept == mailed
    async with serving("--no-worker"):
        assert await checks.find_faults(now()) == []


async def test_killing_the_worker_during_a_mailing_mails_everybody_once(db: None, tmp_path: Path) -> None:
    event = await make_event(capacity=None, starts_in=timedelta(days=20))
    for number in range(150):
        sign_up = SignUp(
            (event.id,), (Person(given_name=f"Gast {number}"),), f"gast{number}@example.org", source="office"
        )
        await register(sign_up, by=SYSTEM, now=now(), notify=False)
    await call_off_event(event.id, {"de": "Sturm"}, by=SYSTEM, now=now())
    settings = {"EVENTS_DATA": str(tmp_path), "EVENTS_MAIL_RATE": "100000"}
    for files in (20, 80):
        worker = Server("", await start("worker", **settings))
        await _until(lambda least=files: len(_files(tmp_path)) >= least)
        await worker.kill()
    # What the killed worker had claimed comes free when its lease ends; the story does not wait for that.
    await OutgoingMail.update({OutgoingMail.lease_until: None}, force=True)
    worker = Server("", await start("worker", **settings))
    await _until(lambda: len(_files(tmp_path)) >= 150)
    await worker.stop()
    recipients = Counter(_mail(file)["To"] for file in _files(tmp_path))
    assert len(recipients) == 150 and set(recipients.values()) == {1}
    assert len({_mail(file)["Message-ID"] for file in _files(tmp_path)}) == 150
    assert await checks.find_faults(now()) == []


async def _sign_up(client: httpx.AsyncClient, event: EventView, number: int, acknowledged: list[str]) -> None:
    mail = f"gast{number}@example.org"
    typed = {"given_name": f"Gast {number}", "email": mail, "consent": "on", "submission": f"s{number}"}
    try:
        answer = await client.post(f"/veranstaltungen/{event.slug}/anmeldung", data=typed)
    except httpx.TransportError:
        return
    assert answer.status_code == 303
    acknowledged.append(mail)


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "mail").glob("*.eml"))


def _mail(file: Path) -> dict[str, str]:
    return dict(message_from_bytes(file.read_bytes(), policy=policy.default).items())


async def _until(true: object) -> None:
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not true():  # type: ignore[operator]
        assert asyncio.get_running_loop().time() < deadline, "it never came true"
        await asyncio.sleep(0.02)
