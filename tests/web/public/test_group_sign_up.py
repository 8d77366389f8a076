"""One contact signs up several named people: blocks are added and taken away, and each becomes a person."""

from httpx import AsyncClient

from events.kit.database import queries_so_far
from events.registration.answers import field_name
from events.registration.queries import registrations_of
from tests.factories import make_event
from tests.registration.questioning import answered, make_question, stored_answers
from tests.web.public.typing import other, send, words


async def people_of(event_id: object) -> list[tuple[str, str]]:
    return [(one.name, one.email) for one in await registrations_of(event_id)]  # type: ignore[arg-type]


async def test_a_further_person_gets_fields_and_nothing_typed_is_lost(client: AsyncClient) -> None:
    event = await make_event()
    page = await client.get(f"/veranstaltungen/{event.slug}/anmeldung")
    assert "Weitere Person hinzufügen" in words(page) and "people-1-" not in page.text
    more = await send(client, event, add="person", city="Herten", email="halb@", consent="")
    assert more.status_code == 200 and 'name="people-1-given_name"' in more.text
    assert 'value="Herten"' in more.text and 'value="halb@"' in more.text
    assert "Bitte prüfen Sie Ihre Angaben" not in words(more) and "Fehler:" not in more.text
    assert await registrations_of(event.id) == []


async def test_the_next_person_gets_the_next_number_and_goes_again(client: AsyncClient) -> None:
    event = await make_event()
    both = {**other(1, "Bernd"), **other(3, "Carla")}
    more = await send(client, event, add="person", **both)
    assert 'name="people-4-given_name"' in more.text and 'value="Bernd"' in more.text
    less = await send(client, event, remove="1", **both)
    assert less.status_code == 200
    assert "people-1-" not in less.text and 'value="Carla"' in less.text and "Bernd" not in less.text


async def test_no_more_people_than_the_event_allows(client: AsyncClient) -> None:
    event = await make_event(policy={"max_people": 2})
    more = await send(client, event, add="person")
    assert "people-1-" in more.text and "Weitere Person hinzufügen" not in words(more)
    still = await send(client, event, add="person", **other(1, "Bernd"))
    assert "people-2-" not in still.text
    refused = await send(client, event, **other(1, "Bernd"), **other(2, "Carla"))
    assert refused.status_code == 409 and await registrations_of(event.id) == []


async def test_where_people_come_alone_or_unnamed_nobody_is_added(client: AsyncClient) -> None:
    for policy in ({"max_people": 1}, {"needs_email": False}):
        event = await make_event(policy=policy)
        assert "Weitere Person" not in words(await client.get(f"/veranstaltungen/{event.slug}/anmeldung"))


async def test_each_named_person_is_registered_and_comes_from_the_same_place(client: AsyncClient) -> None:
    event = await make_event()
    bernd, carla = other(1, "Bernd", email="bernd@example.org"), other(2, "Carla")
    answer = await send(client, event, organization="Kita Regenbogen", city="Herten", **bernd, **carla)
    assert answer.status_code == 303
    assert await people_of(event.id) == [
        ("Amira Haddad", "amira@example.org"),
        ("Bernd", "bernd@example.org"),
        ("Carla", "amira@example.org"),
    ]
    assert {(one.organisation_name, one.city) for one in await registrations_of(event.id)} == {
        ("Kita Regenbogen", "Herten")
    }
    receipt = words(await client.get(answer.headers["location"]))
    assert "Amira Haddad, Bernd, Carla" in receipt and "bernd@example.org" not in receipt


async def test_a_block_left_empty_is_nobody(client: AsyncClient) -> None:
    event = await make_event()
    await make_question(event, "text", "Was essen Sie?", required=True)
    empty = {**other(1, ""), **other(2, "  ")}
    question = await make_question(event, "text", "Noch etwas?")
    refused = await send(client, event, **empty, **answered(question, "Danke"))
    assert refused.status_code == 422 and 'href="#f-people-' not in refused.text


async def test_a_block_without_a_name_is_an_error_that_says_whose(client: AsyncClient) -> None:
    event = await make_event()
    answer = await send(client, event, **other(2, "", email="bernd@example.org"))
    assert answer.status_code == 422 and await registrations_of(event.id) == []
    assert 'href="#f-people-2-given_name">Person 2 – Vorname: Bitte füllen Sie dieses Feld aus.' in answer.text


async def test_each_person_answers_for_themselves(client: AsyncClient) -> None:
    event = await make_event()
    meal = await make_question(event, "choice", "Was essen Sie?", "Mit Fleisch", "Vegetarisch", required=True)
    silent = await send(client, event, **answered(meal, option=0), **other(1, "Bernd"))
    assert silent.status_code == 422 and f'href="#f-{field_name(meal, "people-1-")}"' in silent.text
    assert "Person 2 – Was essen Sie: Bitte beantworten Sie diese Frage." in words(silent)
    both = {**answered(meal, option=0), **answered(meal, prefix="people-1-", option=1)}
    assert (await send(client, event, **both, **other(1, "Bernd"))).status_code == 303
    assert sorted(str(option) for _, _, option in await stored_answers()) == sorted(
        str(option.id) for option in meal.options
    )


async def test_the_same_person_twice_is_refused_on_the_form(client: AsyncClient) -> None:
    event = await make_event()
    twice = await send(client, event, **other(1, "Amira", family_name="Haddad"))
    assert twice.status_code == 409 and "doppelt angegeben" in words(twice)
    assert 'name="people-1-given_name"' in twice.text and await registrations_of(event.id) == []
    namesake = await send(client, event, **other(1, "Amira", family_name="Haddad", email="andere@example.org"))
    assert namesake.status_code == 303


async def test_the_buttons_for_people_are_no_sign_up_for_the_spam_checks(client: AsyncClient) -> None:
    event = await make_event()
    assert (await send(client, event, add="person", rendered="")).status_code == 200
    assert (await send(client, event, website="https://example.org", **other(1, "Bernd"))).status_code == 422


async def test_pressing_enter_sends_the_form_and_adds_nobody(client: AsyncClient) -> None:
    """Browsers press the first button of the form; one of them alone is marked as the one that signs up."""
    page = await client.get(f"/veranstaltungen/{(await make_event()).slug}/anmeldung")
    form = page.text.partition("novalidate>")[2].partition("</form>")[0]
    first = form.partition("<button")[2].partition(">")[0]
    assert "name=" not in first and 'type="button"' not in first
    assert form.count('type="submit"') == 1


async def test_many_people_cost_no_more_statements_than_one(client: AsyncClient) -> None:
    event = await make_event()
    before = queries_so_far()
    await send(client, event)
    alone = queries_so_far() - before
    before = queries_so_far()
    group = {**other(1, "Bernd"), **other(2, "Carla"), **other(3, "Dorian"), **other(4, "Emine")}
    assert (await send(client, event, email="gruppe@example.org", **group)).status_code == 303
    assert queries_so_far() - before <= max(alone, 12)
