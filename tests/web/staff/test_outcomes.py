"""Tanja writes down what the workshop agreed on, on her phone; Bernd completes, releases and follows up."""

from datetime import timedelta
from uuid import uuid4

from events.accounts.queries import staff_by_email
from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from events.outcomes.actions import release_outcomes
from events.outcomes.forms import milliseconds
from events.outcomes.queries import outcomes_of
from events.programme.actions import add_trainer
from tests.factories import make_event, make_organisation
from tests.outcomes.story import agreed, seen, workshop
from tests.web.staff.conftest import NOW


def here(event) -> str:
    return f"/team/veranstaltungen/{event.id}/ergebnisse"


async def test_tanja_writes_down_one_step_after_the_other(browser):
    tanja, event = await browser("trainer"), await workshop()
    person = await staff_by_email("trainer@example.org")
    await add_trainer(person.id, event_id=event.id, by=SYSTEM, now=NOW)
    await make_organisation("Jugendamt Marl", "administration")
    page = (await tanja.get(here(event))).text
    assert '<option value="Jugendamt Marl">' in page and "Noch kein Handlungsschritt" in page
    sent = {"id": str(uuid4()), "field": "Erziehung", "step": "", "responsible": "Jugendamt Marl"}
    wrong = await tanja.post(here(event), data=sent)
    assert wrong.status_code == 422 and 'href="#f-step"' in wrong.text and sent["id"] in wrong.text
    for _twice in range(2):
        assert (await tanja.post(here(event), data={**sent, "step": "Leitbild\nschreiben"})).status_code == 303
    [step] = await outcomes_of(event.id)
    assert step.details.step == "Leitbild\nschreiben" and step.responsible_id is not None
    assert " autofocus" in (await tanja.get(f"{here(event)}?meldung=schritt")).text
    page = (await tanja.get(here(event))).text
    assert " autofocus" not in page
    assert 'value="Erziehung"' in page and "Veröffentlichen" not in page and "Handlungsschritte aller" not in page
    other = await make_event()
    assert (await tanja.get(here(other))).status_code == 404
    assert (await tanja.get(f"/team/ergebnisse/{(await agreed(other)).id}")).status_code == 404


async def test_bernd_completes_a_step_and_loses_nothing_when_carla_was_quicker(browser):
    bernd, event = await browser("organiser"), await workshop()
    one, later = await agreed(event), await make_event("Fortbildung")
    path = f"/team/ergebnisse/{one.id}"
    assert "Fortbildung" in (await bernd.get(path)).text
    sent = {
        "seen": str(milliseconds(one.changed_at)), "field": "Erziehung", "step": "Leitbild", "status": "begun",
        "responsible": "Jugendamt", "due_on": "2030-01-31", "followed_by": str(later.id), "measure": "Läuft",
    }  # fmt: skip
    assert (await bernd.post(path, data={**sent, "due_on": "irgendwann"})).status_code == 422
    assert (await bernd.post(path, data={**sent, "followed_by": str(uuid4())})).status_code == 422
    assert (await bernd.post(path, data=sent)).status_code == 303
    outdated = await bernd.post(path, data={**sent, "measure": "Mein Text"})
    assert outdated.status_code == 409 and "Mein Text" in outdated.text and "So steht es jetzt" in outdated.text
    assert (await seen(one.id)).details.measure == "Läuft"
    fresh = str(milliseconds((await seen(one.id)).changed_at))
    assert f'value="{fresh}"' in outdated.text
    assert (await bernd.post(path, data={**sent, "seen": fresh, "measure": "Mein Text"})).status_code == 303
    page = (await bernd.get(path)).text
    assert "Mein Text" in page and "Frist" in page


async def test_bernd_releases_what_names_nobody(browser):
    bernd, event = await browser("organiser"), await workshop()
    good, bad = await agreed(event), await agreed(event, step="Frau Kaya ruft an")
    page = (await bernd.get(f"{here(event)}/freigabe")).text
    assert f'value="{good.id}" checked' in page and str(bad.id) in page and f'value="{bad.id}"' not in page
    assert "Frau Kaya, 02361" not in page and "Name einer Person" in page
    for wrong, status in (({}, 409), ({"step": str(bad.id)}, 409), ({"step": str(uuid4())}, 404), ({"step": "x"}, 404)):
        assert (await bernd.post(f"{here(event)}/freigabe", data=wrong)).status_code == status
    assert (await bernd.post(f"{here(event)}/freigabe", data={"step": str(good.id)})).status_code == 303
    page = (await bernd.get(here(event))).text
    assert f"/reihen/{event.series_slug}/ergebnisse" in page and "Nicht mehr öffentlich" in page
    assert (await bernd.post(f"/team/ergebnisse/{good.id}/loeschen")).status_code == 409
    assert (await bernd.post(f"/team/ergebnisse/{good.id}/zuruecknehmen")).status_code == 303
    assert (await bernd.post(f"/team/ergebnisse/{good.id}/loeschen")).status_code == 303
    assert (await bernd.post(f"/team/ergebnisse/{good.id}/loeschen")).status_code == 404


async def test_steps_are_put_into_another_order(browser):
    bernd, event = await browser("organiser"), await workshop()
    first, second = await agreed(event, step="Zuerst"), await agreed(event, step="Danach")
    for id, way in ((first.id, "ab"), (first.id, "auf"), (second.id, "auf")):
        moved = await bernd.post(f"/team/ergebnisse/{id}/verschieben", data={"wohin": way})
        assert moved.status_code == 303
    page = (await bernd.get(moved.headers["location"])).text
    assert page.index("Danach") < page.index("Zuerst")
    assert page.count('<details class="ask-first above-card-link" open>') == 1


async def test_carla_finds_what_is_overdue_and_takes_it_home(browser):
    carla, event = await browser("reader"), await workshop()
    late = await agreed(event, step="=1+1", due_on=today() - timedelta(days=1))
    await agreed(event, step="Später", field="Medien", due_on=today() + timedelta(days=60))
    await release_outcomes(event.id, [late.id], by=SYSTEM, now=now())
    assert "2 Handlungsschritte" in (await carla.get("/team/ergebnisse")).text
    for query, found in (
        ("frist=ueberfaellig", "=1+1"),
        ("suche=medien", "Später"),
        ("sicht=intern", "Später"),
        ("stand=open&suche=1%2B1", "=1+1"),
    ):
        page = (await carla.get(f"/team/ergebnisse?{query}")).text
        assert "1 Handlungsschritt" in page and f">{found}</a>" in page
    assert "Zu dieser Auswahl" in (await carla.get("/team/ergebnisse?stand=done")).text
    assert (await carla.get("/team/ergebnisse?stand=falsch")).status_code == 422
    file = (await carla.get("/team/ergebnisse.csv")).text
    assert file.startswith("\ufeff") and "'=1+1" in file and "Kaya" not in file and file.count("\r\n") == 3
    [row] = (await carla.get("/team/ergebnisse.json?frist=ueberfaellig")).json()
    assert (row["step"], row["status"], row["released"]) == ("=1+1", "open", today().isoformat())
    assert "Kaya" in (await carla.get(f"/team/ergebnisse/{late.id}")).text
    assert (await carla.post(here(event), data={})).status_code == 404
