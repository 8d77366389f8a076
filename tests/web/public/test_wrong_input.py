"""Every kind of wrong or hostile input on the sign-up form: a clear answer, and nothing typed is lost."""

from datetime import timedelta

import pytest
from httpx import AsyncClient

from events.kit.clock import now
from events.registration.queries import registrations_of
from events.registration.spam import stamp
from tests.factories import make_event
from tests.web.public.typing import send, signed_up, typed, words


async def statuses(event_id: object) -> list[str]:
    return [one.status for one in await registrations_of(event_id)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "amira@", "zum Beispiel name@example.org"),
        ("email", "", "Bitte füllen Sie dieses Feld aus."),
        ("given_name", "", "Bitte füllen Sie dieses Feld aus."),
        ("given_name", "x" * 121, "120"),
        ("party", "0", "1"),
        ("party", "40", "30"),
        ("party", "viele", "Zahl"),
        ("phone", "ruf mich an", "Telefonnummer"),
        ("consent", "", "Häkchen"),
    ],
)
async def test_wrong_input_is_told_at_its_field_and_nothing_typed_is_lost(
    client: AsyncClient, field: str, value: str, sentence: str
) -> None:
    event = await make_event(policy={"max_party": 6})
    answer = await send(client, event, **{"family_name": "Haddad-Özgür", field: value})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'href="#f-{field}"' in answer.text and 'value="Haddad-Özgür"' in answer.text
    assert "<title>Fehler: " in answer.text
    assert await statuses(event.id) == []


async def test_all_errors_are_told_at_once(client: AsyncClient) -> None:
    event = await make_event()
    answer = await send(client, event, email="x", given_name="", consent="")
    assert all(f'href="#f-{field}"' in answer.text for field in ("email", "given_name", "consent"))


async def test_more_than_the_policy_allows_is_refused_and_kept(client: AsyncClient) -> None:
    event = await make_event(policy={"max_party": 3})
    answer = await send(client, event, party="5")
    assert answer.status_code == 409
    assert "höchstens 3" in words(answer) and 'value="Amira"' in answer.text


async def test_a_full_event_without_waiting_list_says_so(client: AsyncClient) -> None:
    event = await make_event(capacity=1, policy={"waiting_list": "off"})
    await send(client, event)
    answer = await send(client, event, email="dorian@example.org")
    assert answer.status_code == 409
    assert "Alle Plätze sind vergeben" in words(answer)
    assert 'value="dorian@example.org"' in answer.text


async def test_a_full_event_says_waiting_list_before_anything_is_sent(client: AsyncClient) -> None:
    event = await make_event(capacity=1)
    await send(client, event)
    form = await client.get(f"/veranstaltungen/{event.slug}/anmeldung")
    assert "Mit Ihrer Anmeldung kommen Sie auf die Warteliste." in words(form)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_past_event_takes_nobody(client: AsyncClient, method: str) -> None:
    event = await make_event(starts_in=timedelta(days=-2))
    answer = await client.request(method, f"/veranstaltungen/{event.slug}/anmeldung", data=typed())
    assert answer.status_code == 409
    assert "Diese Veranstaltung hat schon begonnen." in words(answer)


async def test_a_called_off_event_takes_nobody(client: AsyncClient) -> None:
    event = await make_event(called_off=True)
    answer = await client.get(f"/veranstaltungen/{event.slug}/anmeldung")
    assert answer.status_code == 409 and "abgesagt" in words(answer)


async def test_an_event_by_invitation_takes_nobody_from_the_street(client: AsyncClient) -> None:
    event = await make_event(policy={"visibility": "invited_only"})
    answer = await send(client, event)
    assert answer.status_code == 409 and "persönliche Einladung" in words(answer)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_unknown_event_is_not_found(client: AsyncClient, method: str) -> None:
    answer = await client.request(method, "/veranstaltungen/gibt-es-nicht/anmeldung", data=typed())
    assert answer.status_code == 404


async def test_a_draft_is_not_found(client: AsyncClient) -> None:
    event = await make_event(published=False)
    assert (await client.get(f"/veranstaltungen/{event.slug}/anmeldung")).status_code == 404


async def test_two_megabytes_of_form_are_refused_in_german(client: AsyncClient) -> None:
    event = await make_event()
    answer = await send(client, event, given_name="x" * 2_100_000)
    assert answer.status_code == 413 and 'lang="de"' in answer.text


async def test_a_form_from_elsewhere_is_refused(client: AsyncClient) -> None:
    event = await make_event()
    path = f"/veranstaltungen/{event.slug}/anmeldung"
    answer = await client.post(path, data=typed(), headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert await statuses(event.id) == []


async def test_a_field_only_programs_fill_stops_the_sign_up(client: AsyncClient) -> None:
    event = await make_event()
    answer = await send(client, event, website="https://spam.example")
    assert answer.status_code == 422 and await statuses(event.id) == []


@pytest.mark.parametrize("rendered", ["", "1.2", "unsinn", "2000000000.000.00000000000000000000000000000000"])
async def test_a_form_nobody_rendered_is_shown_again(client: AsyncClient, rendered: str) -> None:
    event = await make_event()
    answer = await send(client, event, rendered=rendered)
    assert answer.status_code == 422 and "Das ging sehr schnell." in words(answer)


async def test_a_form_sent_at_once_is_shown_again(client: AsyncClient) -> None:
    event = await make_event()
    answer = await send(client, event, rendered=stamp(now() + timedelta(minutes=1)))
    assert answer.status_code == 422 and 'value="Amira"' in answer.text


async def test_one_address_signs_up_six_times_an_hour_at_most(client: AsyncClient) -> None:
    event = await make_event(capacity=None)
    answers = [await send(client, event, given_name=f"Kollegin {n}") for n in range(7)]
    assert [answer.status_code for answer in answers] == [303] * 6 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0 and 'value="Kollegin 6"' in answers[-1].text


async def test_a_hostile_name_stays_text(client: AsyncClient) -> None:
    event = await make_event()
    name = '<script>alert(1)</script> "x" & \u202eabc'
    answer = await send(client, event, given_name=name, email="x")
    assert "<script>alert" not in answer.text
    own = await signed_up(client, event, given_name=name)
    assert "<script>alert" not in (await client.get(own)).text


async def test_a_line_break_in_a_name_is_an_error(client: AsyncClient) -> None:
    event = await make_event()
    answer = await send(client, event, given_name="Amira\r\nBcc: all@example.org")
    assert answer.status_code == 422 and await statuses(event.id) == []
