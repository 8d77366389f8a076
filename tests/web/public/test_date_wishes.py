"""„Termin folgt“ in public: leaving an address, proving it, taking it back; and telling nothing about others."""

import re
from datetime import time, timedelta

import pytest
from httpx import AsyncClient, Response

from events.invitations.actions import add_date
from events.kit.actor import SYSTEM
from events.kit.clock import berlin, now, today
from events.programme.details import DateDetails
from events.programme.queries import EventView
from events.registration.spam import stamp
from events.registration.tables import DateWish
from tests.factories import make_event
from tests.outbox import kinds_to, mails_to, text_of
from tests.web.public.typing import words


async def send(client: AsyncClient, event: EventView, language: str = "", **changes: str) -> Response:
    form = {"email": "amira@example.org", "rendered": stamp(now() - timedelta(seconds=20)), **changes}
    return await client.post(f"{language}/veranstaltungen/{event.slug}/bescheid", data=form)


async def own_link(email: str = "amira@example.org") -> str:
    found = re.search(r"https?://[^/\s]+(\S*/bescheid/\S+)", text_of((await mails_to(email, "date_wish"))[-1]))
    assert found is not None
    return found.group(1)


async def test_from_the_button_to_the_proof_and_back_out(client: AsyncClient) -> None:
    event = await make_event("Lesen lernen", dates=0)
    shown = await client.get(f"/veranstaltungen/{event.slug}")
    assert f'href="/veranstaltungen/{event.slug}/bescheid"' in shown.text
    form = await client.get(f"/veranstaltungen/{event.slug}/bescheid")
    assert form.status_code == 200 and form.headers["cache-control"] == "no-store"
    answer = await send(client, event)
    assert answer.status_code == 303
    assert "Wir haben Ihnen eine Mail geschickt." in words(await client.get(answer.headers["location"]))
    link = await own_link()
    assert "Ja, bitte Bescheid geben" in words(await client.get(link))
    assert not await DateWish.exists().where(DateWish.proven_at.is_not_null())
    assert (await client.post(f"{link}/bestaetigen")).headers["location"] == link
    assert "Wir geben Ihnen Bescheid." in words(await client.get(link))
    gone = await client.post(f"{link}/abbestellen")
    assert gone.status_code == 303
    assert "Ihre Adresse ist gelöscht." in words(await client.get(gone.headers["location"]))
    assert await DateWish.count() == 0
    for answer in (await client.get(link), await client.post(f"{link}/bestaetigen")):
        assert answer.status_code == 404


async def test_the_answer_is_the_same_for_a_known_address(client: AsyncClient) -> None:
    event = await make_event(dates=0)
    first = await send(client, event)
    await client.post(f"{await own_link()}/bestaetigen")
    second = await send(client, event)
    assert first.headers["location"] == second.headers["location"] and first.status_code == second.status_code
    assert await kinds_to("amira@example.org") == ["date_wish", "date_wish"]


async def test_the_mail_holds_nothing_that_was_typed(client: AsyncClient) -> None:
    event = await make_event("Lesen lernen", dates=0)
    await send(client, event, given_name="Kaufen Sie hier", website="")
    assert "Kaufen" not in text_of((await mails_to("amira@example.org"))[0])


async def test_each_language_keeps_to_itself(client: AsyncClient) -> None:
    event = await make_event({"de": "Lesen lernen", "tr": "Okumayı öğrenmek"}, dates=0)
    answer = await send(client, event, language="/tr")
    assert answer.headers["location"].startswith("/tr/")
    link = await own_link()
    assert link.startswith("/tr/bescheid/") and "Okumayı öğrenmek" in text_of((await mails_to("amira@example.org"))[0])
    assert (await client.post(f"{link}/abbestellen")).headers["location"] == "/tr/bescheid/abbestellt"


@pytest.mark.parametrize("email", ["", "amira", "amira@", "a@example.org\nBcc: b@example.org"])
async def test_what_is_no_address_is_asked_for_again(client: AsyncClient, email: str) -> None:
    answer = await send(client, await make_event(dates=0), email=email)
    assert answer.status_code == 422 and 'href="#f-email"' in answer.text
    assert await DateWish.count() == 0


async def test_programs_and_floods_are_stopped(client: AsyncClient) -> None:
    event = await make_event(dates=0)
    assert (await send(client, event, website="https://example.org")).status_code == 422
    assert (await send(client, event, rendered=stamp(now()))).status_code == 422
    answers = [(await send(client, event)).status_code for _ in range(8)]
    assert answers[0] == 303 and answers[-1] == 429
    assert len(await kinds_to("amira@example.org")) <= 6


async def test_once_the_date_is_fixed_there_is_nothing_to_wait_for(client: AsyncClient) -> None:
    event = await make_event("Lesen lernen", dates=0)
    await send(client, event)
    link = await own_link()
    start = berlin(today() + timedelta(days=9), time(18))
    await add_date(event.id, DateDetails(start, start + timedelta(hours=1), is_online=True), by=SYSTEM, now=now())
    page = words(await client.get(link))
    assert "Der Termin steht fest" in page and "Ja, bitte Bescheid geben" not in page
    for answer in (await client.get(f"/veranstaltungen/{event.slug}/bescheid"), await send(client, event)):
        assert (answer.status_code, answer.headers["location"]) == (303, f"/veranstaltungen/{event.slug}")
    assert await kinds_to("amira@example.org") == ["date_wish"]


async def test_there_is_nothing_for_events_one_cannot_see(client: AsyncClient) -> None:
    draft = await make_event(dates=0, published=False)
    assert (await send(client, draft)).status_code == 404
    assert (await client.get("/veranstaltungen/gibt-es-nicht/bescheid")).status_code == 404
    assert (await client.get("/bescheid/unsinn")).status_code == 404


async def test_a_withdrawn_link_says_so(client: AsyncClient) -> None:
    await send(client, await make_event(dates=0))
    await DateWish.update({DateWish.link_version: 2}, force=True)
    assert (await client.get(await own_link())).status_code == 410


async def test_an_event_with_a_date_offers_nothing(client: AsyncClient) -> None:
    event = await make_event()
    assert "/bescheid" not in (await client.get(f"/veranstaltungen/{event.slug}")).text
