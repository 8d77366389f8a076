"""What an event asks of those who sign up: shown in the form, checked, and stored with the registration."""

from datetime import timedelta

from httpx import AsyncClient

from events.kit.database import queries_so_far
from events.programme.bookable import bookable_event, bookable_series
from events.programme.questions import questions_of
from events.registration.answers import field_name
from events.registration.queries import registrations_of
from tests.factories import make_event, make_organisation, make_programme, make_series
from tests.registration.questioning import answered, make_agreement, make_question, stored_answers
from tests.web.public.typing import send, signed_up, typed, words


async def test_the_form_asks_what_the_event_asks_and_says_why(client: AsyncClient) -> None:
    event = await make_event()
    meal = await make_question(
        event, "choice", "Was essen Sie?", "Mit Fleisch", "Vegetarisch", purpose="Für die Küche."
    )
    await make_question(event, "text", "Noch etwas?", hint={"de": "Zum Beispiel Allergien."})
    page = await client.get(f"/veranstaltungen/{event.slug}/anmeldung")
    assert "Fragen zu dieser Veranstaltung" in words(page)
    assert "Für die Küche." in words(page) and "Zum Beispiel Allergien." in words(page)
    assert page.text.count(f'name="{field_name(meal)}"') == 3  # with "keine Angabe": nobody has to answer
    assert 'src="/static/questions' in page.text


async def test_an_event_without_questions_shows_none(client: AsyncClient) -> None:
    event = await make_event()
    assert "Fragen zu" not in words(await client.get(f"/veranstaltungen/{event.slug}/anmeldung"))


async def test_german_questions_keep_their_language_on_other_pages(client: AsyncClient) -> None:
    event = await make_event()
    await make_question(event, "choice", "Was essen Sie?", "Vegetarisch", "Vegan")
    page = await client.get(f"/ar/veranstaltungen/{event.slug}/anmeldung")
    assert '<span lang="de" dir="auto">Was essen Sie?</span>' in page.text
    assert '<span lang="de" dir="auto">Vegetarisch</span>' in page.text


async def test_answers_are_stored_with_the_registration(client: AsyncClient) -> None:
    event = await make_event()
    group = await make_question(event, "several", "Welche Gruppen?", "Kunst", "Musik")
    children = await make_question(event, "number", "Wie viele Kinder?")
    answer = await send(client, event, **answered(group, option=1), **answered(children, "03"))
    assert answer.status_code == 303
    assert await stored_answers() == [(group.id, "", group.options[1].id), (children.id, "3", None)]


async def test_what_must_be_answered_is_an_error_at_its_field(client: AsyncClient) -> None:
    event = await make_event()
    meal = await make_question(event, "choice", "Was essen Sie?", "Mit Fleisch", "Vegetarisch", required=True)
    children = await make_question(event, "number", "Wie viele Kinder?")
    answer = await send(client, event, **answered(children, "viele"), city="Herten")
    assert answer.status_code == 422
    assert f'href="#f-{field_name(meal)}">Was essen Sie: Bitte beantworten Sie diese Frage.' in answer.text
    assert "Wie viele Kinder: Bitte geben Sie eine Zahl von 0 bis 9999 an." in words(answer)
    assert 'value="viele"' in answer.text and 'value="Herten"' in answer.text
    assert await stored_answers() == [] and await registrations_of(event.id) == []


async def test_errors_come_in_the_order_of_the_page(client: AsyncClient) -> None:
    event = await make_event()
    meal = await make_question(event, "text", "Was essen Sie?", required=True)
    answer = await send(client, event, consent="", given_name="")
    summary = answer.text.partition('id="errors-title"')[2].partition("</ul>")[0]
    fields = [link.partition('"')[0] for link in summary.split('href="#f-')[1:]]
    assert fields == ["given_name", field_name(meal), "consent"]


async def test_an_option_that_the_question_does_not_have_is_refused(client: AsyncClient) -> None:
    event = await make_event()
    meal = await make_question(event, "choice", "Was essen Sie?", "Vegetarisch", "Vegan")
    other = await make_question(await make_event("Anderes"), "choice", "Welche Gruppe?", "Kunst", "Musik")
    answer = await send(client, event, **{field_name(meal): str(other.options[0].id)})
    assert answer.status_code == 422 and "eine der angebotenen Möglichkeiten" in words(answer)


async def test_a_question_that_depends_on_another_says_so_and_counts_only_then(client: AsyncClient) -> None:
    event = await make_event()
    care = await make_question(event, "yes_no", "Brauchen Sie Kinderbetreuung?")
    age = await make_question(event, "number", "Wie alt ist das Kind?", only_if=care, required=True)
    page = await client.get(f"/veranstaltungen/{event.slug}/anmeldung")
    assert "Nur wenn Sie bei „Brauchen Sie Kinderbetreuung?“ „Ja“ gewählt haben." in words(page)
    assert (await send(client, event, **answered(care, "yes"))).status_code == 422
    assert (await send(client, event, **answered(care, "no"), **answered(age, "3"))).status_code == 303
    assert await stored_answers() == [(care.id, "no", None)]


async def test_a_full_working_group_cannot_be_chosen_and_stands_last(client: AsyncClient) -> None:
    event = await make_event()
    group = await make_question(event, "choice", "Welche Gruppe?", ("Kunst", 1), ("Musik", 2), required=True)
    address = f"/veranstaltungen/{event.slug}/anmeldung"
    assert "Kunst Noch 1 Platz frei" in words(await client.get(address))
    own = await signed_up(client, event, **answered(group, option=0))
    assert "Kunst Noch 1 Platz frei" in words(await client.get(address))  # an unproven address shows nothing
    await client.post(f"{own}/bestaetigen")
    page = await client.get(address)
    assert "Kunst ausgebucht" in words(page)
    assert f'value="{group.options[0].id}" disabled' in page.text
    assert page.text.index(str(group.options[1].id)) < page.text.index(str(group.options[0].id))


async def test_where_everybody_waits_a_full_working_group_can_be_waited_for(client: AsyncClient) -> None:
    event = await make_event(capacity=1)
    await make_question(event, "choice", "Welche Gruppe?", ("Kunst", 0), "Musik")
    await client.post(f"{await signed_up(client, event)}/bestaetigen")
    page = await client.get(f"/veranstaltungen/{event.slug}/anmeldung")
    assert "Kunst ausgebucht" in words(page) and " disabled" not in page.text


async def test_a_series_asks_only_what_the_picked_evenings_ask(client: AsyncClient) -> None:
    series = await make_series("Fortbildungsreihe")
    first, second = [await make_event(f"Abend {n}", series=series, starts_in=timedelta(days=7 * n)) for n in (1, 2)]
    meal = await make_question(first, "text", "Was essen Sie?", required=True)
    tools = await make_question(second, "text", "Was bringen Sie mit?", required=True)
    page = words(await client.get("/reihen/fortbildungsreihe/anmeldung"))
    assert "Fragen zu: Abend 1" in page and "Fragen zu: Abend 2" in page
    both = {**typed(), "events": [str(first.id), str(second.id)], **answered(meal, "Reis")}
    answer = await client.post("/reihen/fortbildungsreihe/anmeldung", data=both)
    assert answer.status_code == 422 and "Was bringen Sie mit: Bitte beantworten Sie" in words(answer)
    one = {**both, "events": [str(first.id)], **answered(tools, "eine Säge")}
    assert (await client.post("/reihen/fortbildungsreihe/anmeldung", data=one)).status_code == 303
    assert await stored_answers() == [(meal.id, "Reis", None)]


async def test_institutions_with_an_agreement_are_chosen_from_a_list(client: AsyncClient) -> None:
    programme = await make_programme("Rucksack", policy={"agreement": "required"})
    body, stranger = await make_organisation("Träger AWO", "body"), await make_organisation("Kita Fremd")
    kita = await make_organisation("Kita Regenbogen", parent_id=body, city="Herten")
    await make_agreement(programme, body)
    event = await make_event(programme=programme)
    page = await client.get(f"/veranstaltungen/{event.slug}/anmeldung")
    assert "Kita Regenbogen, Herten" in words(page) and "Träger AWO" in words(page) and "Kita Fremd" not in words(page)
    assert (await send(client, event)).status_code == 422
    assert (await send(client, event, organisation=str(stranger))).status_code == 422
    assert (await send(client, event, organisation=str(kita))).status_code == 303
    assert [one.organisation_id for one in await registrations_of(event.id)] == [kita]


async def test_an_agreement_that_ends_before_the_event_covers_nobody(client: AsyncClient) -> None:
    programme = await make_programme("Rucksack", policy={"agreement": "required"})
    kita = await make_organisation("Kita Regenbogen")
    await make_agreement(programme, kita, days=(-30, 7))
    event = await make_event(programme=programme)
    assert "Kita Regenbogen" not in words(await client.get(f"/veranstaltungen/{event.slug}/anmeldung"))


async def test_an_institution_outside_the_list_is_named_and_asks(client: AsyncClient) -> None:
    event = await make_event(policy={"agreement": "required"})
    page = words(await client.get(f"/veranstaltungen/{event.slug}/anmeldung"))
    assert "Meine Einrichtung steht nicht in der Liste" in page and "gilt zunächst als Anfrage" in page
    unnamed = await send(client, event, organisation="other")
    assert unnamed.status_code == 422 and 'href="#f-organization"' in unnamed.text
    own = await signed_up(client, event, organisation="other", organization="Kita Neu")
    await client.post(f"{own}/bestaetigen")
    assert [(one.organisation_name, one.status) for one in await registrations_of(event.id)] == [
        ("Kita Neu", "requested")
    ]


async def test_while_agreements_are_prepared_nobody_has_to_choose(client: AsyncClient) -> None:
    event = await make_event(policy={"agreement": "in_preparation"})
    assert (await send(client, event)).status_code == 303
    assert (await send(client, event, organisation="unsinn", email="neu@example.org")).status_code == 422


async def test_form_and_sign_up_cost_the_same_however_much_is_asked(client: AsyncClient) -> None:
    series = await make_series("Fortbildungsreihe")
    shown, sent, evenings = [], [], []
    fields: dict[str, str] = {}
    for n in (1, 2, 3):
        evenings.append(await make_event(f"Abend {n}", series=series, starts_in=timedelta(days=7 * n)))
        for text in ("Eins", "Zwei", "Drei")[:n]:
            fields |= answered(await make_question(evenings[-1], "choice", text, ("A", 5), "B"), option=1)
        before = queries_so_far()
        await client.get("/reihen/fortbildungsreihe/anmeldung")
        shown.append(queries_so_far() - before)
        form = {**typed(email=f"{n}@example.org"), **fields, "events": [str(evening.id) for evening in evenings]}
        before = queries_so_far()
        assert (await client.post("/reihen/fortbildungsreihe/anmeldung", data=form)).status_code == 303
        sent.append(queries_so_far() - before)
    assert shown[1] == shown[2] <= 12 and sent[1] == sent[2]


async def test_taking_a_sent_form_asks_the_database_once(client: AsyncClient) -> None:
    """What stands in a form is found out in one statement; the rest is the sign-up itself."""
    event = await make_event()
    await make_question(event, "choice", "Was essen Sie?", "Mit Fleisch", "Vegetarisch")
    before = queries_so_far()
    asked = await bookable_event(event.slug)
    assert queries_so_far() - before == 1
    assert asked is not None and asked.policy == event.policy and asked.starts_at == event.starts_at
    assert asked.questions == (await questions_of([event.id]))[event.id]
    assert await bookable_event((await make_event("Entwurf", published=False)).slug) is None


async def test_a_series_offers_its_public_events_in_order(client: AsyncClient) -> None:
    series = await make_series("Fortbildungsreihe")
    late, soon = [await make_event(f"Abend {n}", series=series, starts_in=timedelta(days=n)) for n in (14, 7)]
    await make_event("Nur mit Einladung", series=series, policy={"visibility": "invited_only"})
    assert [event.id for event in await bookable_series("fortbildungsreihe")] == [soon.id, late.id]
    assert await bookable_series("gibt-es-nicht") == []
