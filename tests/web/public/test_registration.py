"""Signing up over the web: from the form to the own page."""

import re
from datetime import timedelta

from httpx import AsyncClient

from events.kit.clock import now
from events.kit.database import queries_so_far
from events.registration.queries import public_seats, registrations_of, seats
from events.registration.rows import sweep_repeated
from events.registration.tables import RepeatedSignUp
from tests.factories import make_event
from tests.outbox import kinds_to, mails_to, own_link, text_of
from tests.web.public.typing import send, signed_up, typed, words


async def statuses(event_id: object) -> list[str]:
    return [one.status for one in await registrations_of(event_id)]  # type: ignore[arg-type]


def _links(page: str, own: str) -> str:
    """The addresses a page leads to, without itself in other languages."""
    return " ".join(link for link in re.findall(r'href="([^"]*)"', page) if not link.endswith(own))


def _without_tokens(page: str) -> str:
    return re.sub(r"eingang/[\w-]+", "eingang/…", page)


async def test_from_the_form_to_the_own_page_and_back_out(client: AsyncClient) -> None:
    event = await make_event("Lesen lernen")
    form = await client.get(f"/veranstaltungen/{event.slug}/anmeldung")
    assert form.status_code == 200 and form.headers["cache-control"] == "no-store"
    answer = await send(client, event)
    assert answer.status_code == 303
    receipt = await client.get(answer.headers["location"])
    assert "Bitte bestätigen Sie Ihre E-Mail-Adresse" in words(receipt)
    link = own_link((await mails_to("amira@example.org"))[0])
    assert "Anmeldung bestätigen" in words(await client.get(link))
    assert await statuses(event.id) == ["unconfirmed"]
    assert (await client.post(f"{link}/bestaetigen")).status_code == 303
    assert await statuses(event.id) == ["confirmed"]
    assert (await client.post(f"{link}/absagen")).status_code == 303
    assert await statuses(event.id) == ["cancelled"]
    assert await kinds_to("amira@example.org") == ["confirm_address", "confirmation", "cancelled"]


async def test_the_receipt_opens_nothing(client: AsyncClient) -> None:
    event = await make_event()
    answer = await send(client, event)
    receipt = await client.get(answer.headers["location"])
    assert "/bestaetigen" not in receipt.text and "/anmeldung/" not in _links(receipt.text, answer.headers["location"])
    token = answer.headers["location"].rpartition("/")[2]
    assert (await client.get(f"/anmeldung/{token}")).status_code == 404
    assert (await client.post(f"/anmeldung/{token}/bestaetigen")).status_code == 404
    assert await statuses(event.id) == ["unconfirmed"]


async def test_whoever_types_a_strangers_address_learns_nothing(client: AsyncClient) -> None:
    event = await make_event()
    own = await signed_up(client, event)
    await client.post(f"{own}/bestaetigen")
    known = await client.get((await send(client, event)).headers["location"])
    unknown = await client.get((await send(client, event, email="neu@example.org")).headers["location"])
    assert _without_tokens(known.text) == _without_tokens(unknown.text.replace("neu@example.org", "amira@example.org"))
    assert (await kinds_to("amira@example.org"))[-1] == "already_registered"
    assert "Sie sind aber schon angemeldet" in text_of((await mails_to("amira@example.org"))[-1])


async def test_the_count_of_free_places_tells_nothing_about_a_stranger_either(client: AsyncClient) -> None:
    known, unknown = await make_event("Bekannt", capacity=20), await make_event("Unbekannt", capacity=20)
    await client.post(f"{await signed_up(client, known)}/bestaetigen")
    await client.post(f"{await signed_up(client, unknown, email='andere@example.org')}/bestaetigen")
    for event in (known, unknown):
        await send(client, event)
    shown = [words(await client.get(f"/veranstaltungen/{event.slug}")) for event in (known, unknown)]
    assert all("18 Plätze frei" in page for page in shown)
    real = await seats([known.id, unknown.id], now())
    assert [real[event.id].free for event in (known, unknown)] == [19, 18]


async def test_a_place_that_only_seems_taken_is_given_to_who_asks(client: AsyncClient) -> None:
    event = await make_event(capacity=2)
    await client.post(f"{await signed_up(client, event)}/bestaetigen")
    await send(client, event)
    assert "Warteliste" in words(await client.get(f"/veranstaltungen/{event.slug}"))
    last = await signed_up(client, event, email="neu@example.org")
    await client.post(f"{last}/bestaetigen")
    assert await statuses(event.id) == ["confirmed", "confirmed"]


async def test_what_only_seems_taken_ends_with_the_hold_of_a_new_one(client: AsyncClient) -> None:
    event = await make_event(capacity=3)
    await client.post(f"{await signed_up(client, event)}/bestaetigen")
    await send(client, event)
    await send(client, event, email="neu@example.org")
    holds = [one.hold_until for one in await registrations_of(event.id) if one.hold_until]
    repeated = await RepeatedSignUp.objects().first()
    assert repeated is not None and abs(repeated.hold_until - holds[0]) < timedelta(minutes=1)
    later = repeated.hold_until + timedelta(minutes=1)
    assert (await public_seats([event.id], later))[event.id].free == 2
    await sweep_repeated(later)
    assert not await RepeatedSignUp.exists()


async def test_the_same_costs_the_same_for_known_and_unknown_addresses(client: AsyncClient) -> None:
    event = await make_event()
    before = queries_so_far()
    await send(client, event)
    assert queries_so_far() - before <= 12


async def test_a_double_tap_makes_one_sign_up(client: AsyncClient) -> None:
    event, form = await make_event(), typed()
    first = await client.post(f"/veranstaltungen/{event.slug}/anmeldung", data=form)
    again = await client.post(f"/veranstaltungen/{event.slug}/anmeldung", data=form)
    assert first.headers["location"] == again.headers["location"]
    assert await statuses(event.id) == ["unconfirmed"]


async def test_the_language_of_the_page_is_the_language_of_the_mail(client: AsyncClient) -> None:
    event = await make_event({"de": "Lesen", "tr": "Okuma"})
    answer = await send(client, event, language="/tr")
    assert answer.headers["location"].startswith("/tr/veranstaltungen/")
    mail = (await mails_to("amira@example.org"))[0]
    assert mail["Content-Language"] == "tr" and own_link(mail).startswith("/tr/anmeldung/")
