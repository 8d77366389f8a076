"""The pages of organisations: searching, one of them, making and changing."""

from dataclasses import replace
from uuid import uuid4

import pytest

from events.kit.actor import SYSTEM
from events.programme.agreement_actions import create_agreement
from events.programme.agreement_rules import AgreementDetails
from events.programme.queries import organisations
from events.registration.actions import register
from events.registration.signup import SignUp
from tests.factories import make_event, make_organisation, make_programme
from tests.people import AMIRA, DORIAN
from tests.web.staff.conftest import NOW

PATH = "/team/organisationen"


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def test_the_search_knows_no_accents_and_can_be_narrowed(bernd):
    body = await make_organisation("Kita-Werk", "body", city="Marl")
    await make_organisation("Kita Gökkuşağı", parent_id=body, city="Herten")
    await make_organisation("Rathaus", "administration", city="Herten")
    for query, found in (
        ("suche=gokkusagi", {"Kita Gökkuşağı"}),
        ("art=administration", {"Rathaus"}),
        (f"traeger={body}", {"Kita Gökkuşağı"}),
        ("stadt=Marl", {"Kita-Werk"}),
        ("suche=kita&stadt=Datteln", set()),
    ):
        page = (await bernd.get(f"{PATH}?{query}")).text
        shown = {name for name in ("Kita-Werk", "Kita Gökkuşağı", "Rathaus") if f'">{name}</a>' in page}
        assert shown == found, query
    assert (await bernd.get(f"{PATH}?art=Kindergarten")).status_code == 422


async def test_many_are_shown_page_by_page(bernd):
    for number in range(60):
        await make_organisation(f"Kita {number:02}")
    first, second = [(await bernd.get(f"{PATH}?suche=kita&seite={page}")).text for page in (1, 2)]
    assert (first.count('scope="row"'), second.count('scope="row"')) == (50, 10)
    assert "60 Organisationen" in first and "suche=kita" in first.partition("pagination")[2]
    assert (await bernd.get(f"{PATH}?seite=999999999999")).status_code == 200


async def test_one_is_entered_and_changed(bernd):
    body = await make_organisation("Kita-Werk", "body")
    answer = await bernd.post(f"{PATH}/neu", data={"name": "Kita Regenbogen", "kind": "institution", "city": "Marl"})
    assert answer.status_code == 303
    here = answer.headers["location"].partition("?")[0]
    sent = {"name": "Kita Sonne", "kind": "institution", "city": "Herten", "parent": str(body)}
    assert (await bernd.post(f"{here}/bearbeiten", data=sent)).status_code == 303
    page = (await bernd.get(here)).text
    assert "Kita Sonne" in page and "Herten" in page and "Kita-Werk" in page
    assert "vorher Kita Regenbogen, nachher Kita Sonne" in page
    assert "Kita Sonne" in (await bernd.get(f"{PATH}/{body}")).text


async def test_what_is_wrong_stands_by_its_field_and_nothing_is_lost(bernd):
    await make_organisation("Kita Regenbogen", city="Marl")
    for sent, field in (
        ({"name": "", "kind": "institution", "city": "Datteln"}, "name"),
        ({"name": "kita régenbogen ", "kind": "institution", "city": "Marl"}, "name"),
        ({"name": "Kita Sonne", "kind": "", "city": "Datteln"}, "kind"),
        ({"name": "Kita Sonne", "kind": "institution", "parent": str(uuid4()), "city": "Datteln"}, "parent"),
    ):
        answer = await bernd.post(f"{PATH}/neu", data=sent)
        assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text and sent["city"] in answer.text
    assert len(await organisations()) == 1
    answer = await bernd.post(f"{PATH}/neu", data={"name": "Kita Regenbogen", "kind": "institution", "city": "Herten"})
    assert answer.status_code == 303


async def test_what_belongs_to_it_cannot_become_its_body(bernd):
    body = await make_organisation("Kita-Werk", "body")
    kita = await make_organisation("Kita Sonne", parent_id=body)
    form = (await bernd.get(f"{PATH}/{body}/bearbeiten")).text
    assert f'value="{kita}"' not in form and f'value="{body}"' not in form
    sent = {"name": "Kita-Werk", "kind": "body", "parent": str(kita)}
    answer = await bernd.post(f"{PATH}/{body}/bearbeiten", data=sent)
    assert answer.status_code == 409 and 'href="#f-parent"' in answer.text
    assert "keine, die zu ihr gehört" in answer.text


async def test_its_page_says_what_holds_for_it_and_who_came_from_it(bernd):
    body = await make_organisation("Kita-Werk", "body")
    kita = await make_organisation("Kita Sonne", parent_id=body)
    details = AgreementDetails(body, await make_programme("Rucksack"), NOW.date())
    await create_agreement(details, by=SYSTEM, now=NOW)
    event = await make_event()
    for person in (replace(AMIRA, organisation=kita), DORIAN):
        await register(SignUp((event.id,), (person,), person.email, source="office"), by=SYSTEM, now=NOW)
    page = (await bernd.get(f"{PATH}/{body}")).text
    assert "Rucksack" in page and "gültig" in page and "Kita Sonne" in page
    assert "1 Person mit bestätigter Anmeldung" in page and "Haddad" not in page
    page = (await bernd.get(f"{PATH}/{kita}")).text
    assert "Vereinbarungen des Trägers" in page and "Rucksack" in page and "1 Person mit bestätigter Anmeldung" in page


async def test_carla_reads_and_changes_nothing(browser):
    carla, kita = await browser("reader"), await make_organisation()
    assert "Neue Organisation" not in (await carla.get(PATH)).text
    assert "Bearbeiten" not in (await carla.get(f"{PATH}/{kita}")).text
    for path in (f"{PATH}/neu", f"{PATH}/{kita}/bearbeiten"):
        assert (await carla.get(path)).status_code == 404
        assert (await carla.post(path, data={"name": "X", "kind": "body"})).status_code == 404


async def test_trainers_and_strangers_find_nothing(browser, visitor):
    kita = await make_organisation()
    trainer = await browser("trainer")
    for path in (PATH, f"{PATH}/{kita}"):
        assert (await trainer.get(path)).status_code == 404
        assert (await visitor.get(path)).status_code == 303


async def test_what_does_not_exist_is_not_found(bernd):
    for path in ("", "/bearbeiten"):
        assert (await bernd.get(f"{PATH}/{uuid4()}{path}")).status_code == 404
    assert (await bernd.post(f"{PATH}/{uuid4()}/bearbeiten")).status_code == 404
