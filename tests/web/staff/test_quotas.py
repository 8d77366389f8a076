"""Bernd divides the places of an event among organisations; the others find no such page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from events.programme.queries import quotas_of
from events.registration.queries import registrations_of
from tests.factories import make_event, make_organisation, make_quota
from tests.people import AMIRA, DORIAN
from tests.web.staff.planning import sign_up


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


def path(event, *parts):
    return "/".join((f"/team/veranstaltungen/{event.id}/kontingente", *parts))


async def quotas(event):
    return (await quotas_of([event.id]))[event.id]


async def test_a_quota_is_set_shown_changed_and_lifted(bernd):
    event, city = await make_event(), await make_organisation("Stadt Marl", "administration")
    await sign_up(event, replace(AMIRA, organisation=city))
    assert "Noch kein Kontingent" in (await bernd.get(path(event))).text
    form = {"target": f"organisation:{city}", "places": "3", "release_day": "2027-01-20"}
    answer = await bernd.post(path(event), data=form)
    page = (await bernd.get(answer.headers["location"])).text
    assert "Das Kontingent ist gespeichert." in page and "Stadt Marl" in page and "20. Januar 2027" in page
    (quota,) = await quotas(event)
    assert (quota.places, quota.release_at) == (3, datetime(2027, 1, 19, 23, 0, tzinfo=UTC))
    page = (await bernd.get(f"{path(event)}?fuer=organisation:{city}")).text
    assert f'<option value="organisation:{city}" selected>' in page and 'value="2027-01-20"' in page
    assert (await bernd.post(path(event), data={**form, "places": "2", "release_day": ""})).status_code == 303
    assert [(one.places, one.release_at) for one in await quotas(event)] == [(2, None)]
    assert (await bernd.post(path(event, "aufheben"), data={"target": f"organisation:{city}"})).status_code == 303
    assert await quotas(event) == ()


async def test_a_quota_may_be_for_all_of_a_kind(bernd):
    event = await make_event()
    assert (await bernd.post(path(event), data={"target": "kind:body", "places": "4"})).status_code == 303
    (quota,) = await quotas(event)
    assert (quota.organisation_id, quota.organisation_kind) == (None, "body")
    page = (await bernd.get(path(event))).text
    assert "Träger" in page and "alle zusammen" in page


async def test_two_places_for_every_administration_in_one_step(bernd):
    event = await make_event()
    for city in ("Marl", "Herten", "Waltrop"):
        await make_organisation(f"Stadt {city}", "administration")
    assert "Verwaltung (3)" in (await bernd.get(path(event))).text
    form = {"each-kind": "administration", "each-places": "2", "each-release_day": "2027-01-20"}
    assert (await bernd.post(path(event, "je-organisation"), data=form)).status_code == 303
    assert [one.places for one in await quotas(event)] == [2, 2, 2]
    assert "3 Kontingente" in (await bernd.get(path(event))).text


async def test_fewer_places_than_taken_are_refused_with_name_and_number(bernd):
    event, city = await make_event(), await make_organisation("Stadt Marl", "administration")
    await sign_up(event, *(replace(one, organisation=city) for one in (AMIRA, DORIAN)))
    page = await bernd.post(path(event), data={"target": f"organisation:{city}", "places": "1"})
    assert page.status_code == 409 and 'id="f-places-error"' in page.text
    assert "„Stadt Marl“: Weniger als 2 geht nicht" in page.text
    page = await bernd.post(path(event, "je-organisation"), data={"each-kind": "administration", "each-places": "1"})
    assert page.status_code == 409 and 'id="f-each-places-error"' in page.text and "„Stadt Marl“" in page.text
    assert await quotas(event) == ()


async def test_whoever_waits_moves_up_when_a_quota_is_lifted(bernd):
    event, city = await make_event(), await make_organisation("Stadt Marl", "administration")
    await make_quota(event.id, places=1, organisation=city)
    await sign_up(event, *(replace(one, organisation=city) for one in (AMIRA, DORIAN)))
    assert [one.status for one in await registrations_of(event.id)] == ["confirmed", "waiting"]
    await bernd.post(path(event, "aufheben"), data={"target": f"organisation:{city}"})
    assert [one.status for one in await registrations_of(event.id)] == ["confirmed", "confirmed"]


@pytest.mark.parametrize(
    ("form", "field", "status"),
    [
        ({"target": "", "places": "2"}, "target", 422),
        ({"target": "kind:body", "places": "0"}, "places", 422),
        ({"target": "kind:body", "places": "2", "release_day": "31.02.2027"}, "release_day", 422),
        ({"target": "kind:club", "places": "2"}, "target", 409),
        ({"target": "organisation:x", "places": "2"}, "target", 409),
        ({"target": "kind:body", "places": "21"}, "places", 409),
    ],
)
async def test_what_cannot_be_is_told_at_its_field(bernd, form, field, status):
    event = await make_event(capacity=20)
    page = await bernd.post(path(event), data=form)
    assert page.status_code == status and f'id="f-{field}-error"' in page.text and "<title>Fehler:" in page.text
    assert await quotas(event) == ()


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"each-kind": "club", "each-places": "2"}, "each-kind"),
        ({"each-kind": "body", "each-places": ""}, "each-places"),
        ({"each-kind": "body", "each-places": "2"}, "each-kind"),
    ],
)
async def test_the_second_form_tells_its_own_mistakes(bernd, form, field):
    event = await make_event()
    page = await bernd.post(path(event, "je-organisation"), data=form)
    assert page.status_code == 422 and f'href="#f-{field}"' in page.text and f'id="f-{field}-error"' in page.text


async def test_a_quota_nobody_has_cannot_be_lifted(bernd):
    event = await make_event()
    assert (await bernd.post(path(event, "aufheben"), data={"target": "kind:body"})).status_code == 404


@pytest.mark.parametrize("role", ["reader", "trainer"])
async def test_carla_and_trainers_find_no_such_page(browser, role):
    event = await make_event()
    client = await browser(role)
    assert (await client.get(path(event))).status_code == 404
    assert (await client.post(path(event), data={"target": "kind:body", "places": "2"})).status_code == 404
    each = {"each-kind": "body", "each-places": "2"}
    assert (await client.post(path(event, "je-organisation"), data=each)).status_code == 404
    assert await quotas(event) == ()
