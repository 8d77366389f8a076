"""One's own page: opened by the mailed link or a short code, by nobody else, and changed by buttons only."""

import re
from datetime import timedelta

from httpx import AsyncClient

from events.kit.clock import now
from events.registration.links import booking_token, receipt_token
from events.registration.queries import registrations_of
from events.registration.tables import Booking, Registration
from tests.factories import make_event
from tests.web.public.typing import send, signed_up, words


async def statuses(event_id: object) -> list[str]:
    return [one.status for one in await registrations_of(event_id)]  # type: ignore[arg-type]


async def test_a_tampered_link_is_not_found(client: AsyncClient) -> None:
    event = await make_event()
    own = await signed_up(client, event)
    for wrong in (own[:-1] + ("A" if own[-1] != "A" else "B"), "/anmeldung/x", "/anmeldung/" + "a" * 43):
        assert (await client.get(wrong)).status_code == 404
        assert (await client.post(f"{wrong}/bestaetigen")).status_code == 404
    assert await statuses(event.id) == ["unconfirmed"]


async def test_a_renewed_link_makes_the_old_one_gone(client: AsyncClient) -> None:
    own = await signed_up(client, await make_event())
    await Booking.update({Booking.link_version: 2}, force=True)
    assert (await client.get(own)).status_code == 410


async def test_a_link_opens_its_own_registrations_only(client: AsyncClient) -> None:
    event = await make_event()
    own = await signed_up(client, event)
    await signed_up(client, event, email="dorian@example.org", given_name="Dorian")
    foreign = (await registrations_of(event.id))[1].id
    answer = await client.post(f"{own}/absagen", data={"registration": str(foreign)})
    assert answer.status_code == 404
    assert await statuses(event.id) == ["unconfirmed", "unconfirmed"]


async def test_opening_the_mailed_link_changes_nothing(client: AsyncClient) -> None:
    event = await make_event()
    own = await signed_up(client, event)
    for _opened_by_a_scanner in range(3):
        assert (await client.get(own)).status_code == 200
        assert (await client.head(own)).status_code == 200
    assert await statuses(event.id) == ["unconfirmed"]


async def test_no_button_offers_what_would_be_refused(client: AsyncClient) -> None:
    event = await make_event(capacity=1, policy={"waiting_list": "off"})
    first = await signed_up(client, event)
    await Registration.update({Registration.hold_until: now() - timedelta(minutes=1)}, force=True)
    late = await signed_up(client, event, email="neu@example.org")
    await client.post(f"{late}/bestaetigen")
    page = await client.get(first)
    assert "/bestaetigen" not in page.text
    assert "Alle Plätze sind vergeben" in words(page)
    assert (await client.post(f"{first}/bestaetigen")).status_code == 409


async def test_a_guest_without_address_gets_a_code_that_opens_the_page(client: AsyncClient) -> None:
    event = await make_event(policy={"needs_email": False, "max_party": 6})
    answer = await send(client, event, given_name="", family_name="", email="", party="3")
    receipt = await client.get(answer.headers["location"])
    found = re.search(r'short-code"><bdi dir="ltr">(\w{8})<', receipt.text)
    assert found is not None and "bestätigt" in words(receipt)
    opened = await client.post("/anmeldung", data={"code": found.group(1).lower()})
    assert opened.status_code == 303
    page = await client.get(opened.headers["location"])
    assert "für 3 Personen" in words(page)


async def test_an_unknown_code_is_told_kindly_and_guessing_is_slowed_down(client: AsyncClient) -> None:
    answers = [await client.post("/anmeldung", data={"code": "ABCDEFGH"}) for _ in range(31)]
    assert answers[0].status_code == 422 and "Diesen Code kennen wir nicht." in words(answers[0])
    assert answers[-1].status_code == 429


async def test_links_of_one_purpose_open_nothing_of_another(client: AsyncClient) -> None:
    event = await make_event()
    await send(client, event)
    booking = (await Booking.objects())[0]
    wrong = f"/veranstaltungen/{event.slug}/anmeldung/eingang/{booking_token(booking.id, 1)}"
    assert (await client.get(wrong)).status_code == 404
    assert (await client.get(f"/anmeldung/{receipt_token(booking.id)}")).status_code == 404
