"""Asking for one's own links: they go to the address they belong to, and nobody learns whether there were any."""

import asyncio
from dataclasses import replace

from httpx import AsyncClient, Response

from events.registration.own.links import PER_ADDRESS, PER_NETWORK
from tests.attendance.story import held_event, sign_up
from tests.factories import make_event
from tests.outbox import kinds_to, mails_to, text_of
from tests.people import AMIRA, DORIAN
from tests.registration.stories import confirmed, signed_up
from tests.web.public.own import path_of, path_of_person, people_of, together
from tests.web.public.typing import words

NOBODY = "niemand@example.org"


async def asked(client: AsyncClient, email: str, language: str = "") -> Response:
    return await client.post(f"{language}/anmeldung/links", data={"email": email})


async def sent(email: str = AMIRA.email) -> str:
    return text_of((await mails_to(email, "my_links"))[-1])


async def test_the_mail_holds_a_link_for_each_booking_with_what_lies_ahead(client: AsyncClient) -> None:
    await sign_up(await held_event(title="Längst vorbei"), AMIRA)
    first, second = await confirmed(await make_event("Pflege zu Hause")), await confirmed(await make_event("Rucksack"))
    await asked(client, AMIRA.email)
    text = await sent()
    assert "Pflege zu Hause" in text and "Rucksack" in text and "Längst vorbei" not in text
    lines = text.splitlines()
    assert [line for line in lines if line.startswith("http://testserver.local/anmeldung/")] == [
        f"http://testserver.local{path_of(receipt)}" for receipt in (second, first)
    ]


async def test_where_all_is_over_the_page_of_the_past_can_still_be_opened(client: AsyncClient) -> None:
    await sign_up(await held_event(title="Längst vorbei"), AMIRA)
    await asked(client, AMIRA.email)
    assert "Frühere Anmeldung" in await sent() and "Längst vorbei" not in await sent()


async def test_known_and_unknown_addresses_get_the_same_answer(client: AsyncClient) -> None:
    await confirmed(await make_event())
    known, unknown = await asked(client, AMIRA.email), await asked(client, NOBODY)
    assert known.status_code == unknown.status_code == 303
    assert known.headers["location"] == unknown.headers["location"]
    assert "Wenn wir Anmeldungen zu dieser Adresse haben" in words(await client.get(known.headers["location"]))
    assert await kinds_to(NOBODY) == []
    assert (await kinds_to(AMIRA.email))[-1] == "my_links"


async def test_both_answers_take_as_long(client: AsyncClient) -> None:
    await confirmed(await make_event())
    took = [(await asked(client, email)).elapsed.total_seconds() for email in (AMIRA.email, NOBODY)]
    assert min(took) >= 0.24


async def test_an_unconfirmed_booking_is_among_them_and_its_link_confirms(client: AsyncClient) -> None:
    receipt = await signed_up(await make_event())
    await asked(client, AMIRA.email)
    assert path_of(receipt) in await sent()
    assert "/bestaetigen" in (await client.get(path_of(receipt))).text


async def test_capitals_make_no_difference_and_the_mail_goes_to_the_stored_address(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    await asked(client, "AMIRA@Example.ORG")
    assert path_of(receipt) in await sent()
    assert await kinds_to("AMIRA@example.org") == []


async def test_a_named_person_gets_their_own_link_and_not_that_of_the_booking(client: AsyncClient) -> None:
    receipt = await together([replace(AMIRA, email=""), DORIAN], await make_event(capacity=5))
    await asked(client, DORIAN.email)
    text = await sent(DORIAN.email)
    assert path_of_person((await people_of(receipt))[1]) in text and path_of(receipt) not in text


async def test_a_mail_never_holds_links_of_another_address(client: AsyncClient) -> None:
    event = await make_event()
    await confirmed(event)
    foreign = await confirmed(event, who=DORIAN)
    await asked(client, AMIRA.email)
    assert path_of(foreign) not in await sent()


async def test_the_mail_speaks_the_language_of_the_page(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    await asked(client, AMIRA.email, "/en")
    assert f"http://testserver.local/en{path_of(receipt)}" in (await sent()).splitlines()


async def test_a_wrong_address_is_told_and_kept(client: AsyncClient) -> None:
    answer = await asked(client, "amira")
    assert answer.status_code == 422 and 'value="amira"' in answer.text and 'href="#f-email"' in answer.text


async def test_asking_again_and_again_is_slowed_down_by_address_and_by_network(client: AsyncClient) -> None:
    for email in (AMIRA.email, NOBODY):
        answers = [await asked(client, email) for _ in range(PER_ADDRESS + 1)]
        assert [one.status_code for one in answers] == [303] * PER_ADDRESS + [429]
        assert int(answers[-1].headers["retry-after"]) > 0
    others = await asyncio.gather(*[asked(client, f"gast{number}@example.org") for number in range(PER_NETWORK)])
    assert {one.status_code for one in others} == {303, 429}
