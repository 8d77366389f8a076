"""Several events at once: what may happen to each is said first, what did afterwards, and the rest stays."""

import re
from urllib.parse import urlencode

import pytest

from events.kit.database import queries_so_far
from events.programme.overview import own_policy
from events.programme.queries import unpublished
from tests.factories import make_event, make_programme, make_series, seen
from tests.people import AMIRA
from tests.web.staff.planning import sign_up

PATH = "/team/veranstaltungen/auswahl"


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def looked(client, action, *events):
    query = urlencode([("action", action), *(("events", event.id) for event in events)])
    return (await client.get(f"{PATH}?{query}")).text


async def done(client, action, page, **more):
    events = re.findall(r'name="events" value="([^"]+)"', page)
    sent = {"action": action, "events": events, "submission": re.search(r'name="submission" value="([^"]+)"', page)[1]}
    answer = await client.post(PATH, data={**sent, **more})
    return answer if answer.status_code != 303 else await client.get(answer.headers["location"])


async def test_all_of_a_page_are_ticked_at_once_and_without_scripts(bernd):
    await make_event("Eins"), await make_event("Zwei")
    page = (await bernd.get("/team/veranstaltungen?suche=e&ansicht=kommende")).text
    link = re.search(r'href="([^"]+alle=true)">Alle 2 auf dieser Seite auswählen</a>', page)[1]
    ticked = (await bernd.get(link.replace("&amp;", "&"))).text
    assert (page.count(" checked>"), ticked.count(" checked>")) == (0, 2) and "Keine auswählen" in ticked


async def test_only_drafts_that_are_complete_are_published(bernd):
    draft, bare = await make_event("Fertig", published=False), await make_event("Leer", dates=0, published=False)
    known = await make_event("Schon da")
    assert f'id="e-{draft.id}"' in (await bernd.get("/team/veranstaltungen?ansicht=entwuerfe")).text
    page = await looked(bernd, "publish", draft, bare, known)
    assert "noch keinen Termin" in page and "schon veröffentlicht" in page
    assert re.findall(r'name="events" value="([^"]+)"', page) == [str(draft.id)]
    answer = await done(bernd, "publish", page)
    assert "Bei 1 Veranstaltung erledigt" in answer.text
    assert [(await seen(one.id)).status for one in (draft, bare)] == ["published", "draft"]


async def test_calling_off_names_numbers_first_and_reasons_afterwards(bernd):
    first, second = await make_event("Eins"), await make_event("Zwei")
    await sign_up(first, AMIRA)
    page = await looked(bernd, "call_off", first, second)
    assert "1 von 20 Plätzen" in page and "Wer betroffen ist" in page
    await done(bernd, "call_off", page, reason="Sturm")
    assert (await seen(first.id)).called_off_reason == {"de": "Sturm"}
    again = await done(bernd, "call_off", page, reason="Sturm")
    assert "Bei 2 Veranstaltungen nicht" in again.text and "Absagen lässt sich nur" in again.text


async def test_copies_lie_later_and_a_double_tap_makes_none_twice(bernd):
    event = await make_event()
    page = await looked(bernd, "copy", event)
    for _ in range(2):
        assert "erledigt" in (await done(bernd, "copy", page, weeks="2")).text
    (copy,) = await unpublished()
    assert (copy.starts_at - event.starts_at).days == 14


async def test_programme_series_and_rules_change_for_all(bernd):
    first, second = await make_event("Eins", policy={"max_party": 4}), await make_event("Zwei")
    series, programme = await make_series("Abende"), await make_programme("Anderes")
    wrong = await done(bernd, "programme", page := await looked(bernd, "programme", first, second))
    assert wrong.status_code == 422 and 'href="#f-target"' in wrong.text
    await done(bernd, "programme", page, target=str(programme))
    await done(bernd, "series", await looked(bernd, "series", first, second), target=str(series))
    await done(bernd, "visibility", await looked(bernd, "visibility", first, second), value="hidden")
    await done(bernd, "capacity", await looked(bernd, "capacity", first, second), places="30")
    for one in (first, second):
        after = await seen(one.id)
        assert (after.programme_id, after.series_id, after.capacity) == (programme, series, 30)
    assert await own_policy(first.id) == {"max_party": 4, "visibility": "hidden"}
    await done(bernd, "visibility", await looked(bernd, "visibility", first), value="")
    assert await own_policy(first.id) == {"max_party": 4}


async def test_fewer_places_than_taken_are_refused_for_that_event_alone(bernd):
    first, second = await make_event("Eins"), await make_event("Zwei")
    await sign_up(first, AMIRA)
    answer = await done(bernd, "capacity", await looked(bernd, "capacity", first, second), places="0")
    assert "Bei 1 Veranstaltung nicht" in answer.text and "Bei 1 Veranstaltung erledigt" in answer.text
    assert [(await seen(one.id)).capacity for one in (first, second)] == [20, 0]


async def test_nothing_ticked_is_said_and_many_cost_no_more_questions(bernd):
    nothing = await bernd.get(f"{PATH}?action=publish")
    assert nothing.status_code == 422 and "mindestens eine" in nothing.text
    assert (await bernd.get(f"{PATH}?done=unsinn&refused=x.y&what=z")).status_code in (200, 422)
    events = [await make_event(f"Nummer {number}") for number in range(12)]
    counted = []
    for some in (events[:1], events):
        before = queries_so_far()
        await looked(bernd, "call_off", *some)
        counted.append(queries_so_far() - before)
    assert counted[0] == counted[1] <= 15
