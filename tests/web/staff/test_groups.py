"""Bernd sends a Kita its link, opens a group on the phone and writes down numbers; Carla reads and takes them home."""

from datetime import timedelta
from uuid import uuid4

from events.groups.actions import open_group, report_group
from events.groups.queries import groups, reports_of
from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from events.kit.database import queries_so_far
from events.programme.agreement_actions import create_agreement
from events.programme.agreement_rules import AgreementDetails
from tests.factories import make_organisation, make_programme
from tests.outbox import kinds_to

DAY = timedelta(days=1)


async def test_the_link_is_sent_renewed_and_ended(browser):
    bernd, kita = await browser("organiser"), await make_organisation()
    here = f"/team/organisationen/{kita}/kontakt"
    assert (await bernd.post(f"{here}/senden")).status_code == 409
    wrong = await bernd.post(here, data={"contact_name": "Amira", "contact_email": "amira@"})
    assert wrong.status_code == 422 and 'value="amira@"' in wrong.text
    sent = {"contact_name": "Amira", "contact_email": "amira@example.org"}
    assert (await bernd.post(here, data=sent)).status_code == 303
    assert await kinds_to("amira@example.org") == []
    for action in ("senden", "erneuern", "beenden"):
        assert (await bernd.post(f"{here}/{action}")).status_code == 303
    assert await kinds_to("amira@example.org") == ["institution_link", "institution_link"]
    ended = await bernd.post(f"{here}/senden")
    assert ended.status_code == 409 and "neuen Link" in ended.text
    page = (await bernd.get(f"/team/organisationen/{kita}")).text
    assert "Zugang beendet" in page and here in page
    assert (await bernd.get(f"/team/organisationen/{uuid4()}/kontakt")).status_code == 404


async def test_a_group_is_opened_reported_and_ended_on_the_phone(browser):
    bernd, kita, programme = await browser("organiser"), await make_organisation(), await make_programme("Rucksack")
    form = (await bernd.get(f"/team/gruppen/neu?einrichtung={kita}")).text
    assert f'value="{kita}" selected' in form
    sent = {
        "id": str(uuid4()), "institution": str(kita), "programme": str(programme), "name": "Bären",
        "started_on": (today() - 10 * DAY).isoformat(),
    }  # fmt: skip
    assert (await bernd.post("/team/gruppen/neu", data={**sent, "institution": ""})).status_code == 422
    refused = await bernd.post("/team/gruppen/neu", data=sent)
    assert refused.status_code == 409 and "tragen Sie zuerst die Vereinbarung ein" in refused.text
    assert "Bären" in refused.text
    details = AgreementDetails(kita, programme, today() - 20 * DAY)
    await create_agreement(details, by=SYSTEM, now=now())
    for _twice in range(2):
        assert (await bernd.post("/team/gruppen/neu", data=sent)).headers["location"].startswith("/team/gruppen/")
    [group] = await groups()
    here = f"/team/gruppen/{group.id}"
    assert (await bernd.post(f"{here}/unveraendert")).status_code == 409
    numbers = {"parents": "7", "children": "8", "languages": "tr", "reported_on": today().isoformat()}
    assert (await bernd.post(f"{here}/melden", data={**numbers, "parents": ""})).status_code == 422
    assert (await bernd.post(f"{here}/melden", data={**numbers, "reported_on": "01.01.2010"})).status_code == 409
    assert (await bernd.post(f"{here}/melden", data=numbers)).status_code == 303
    assert (await bernd.post(f"{here}/unveraendert")).status_code == 303
    assert len(await reports_of(group.id)) == 1
    assert (await bernd.post(f"{here}/beenden", data={"ended_on": "x"})).status_code == 422
    assert (await bernd.post(f"{here}/beenden", data={"ended_on": today().isoformat()})).status_code == 303
    page = (await bernd.get(here)).text
    assert "beendet" in page and "Türkisch" in page and 'name="parents"' not in page
    assert f"/team/gruppen/{group.id}" in (await bernd.get(f"/team/organisationen/{kita}")).text


async def test_a_group_opened_by_mistake_is_taken_away(browser):
    bernd, kita, programme = await browser("organiser"), await make_organisation(), await make_programme("Rucksack")
    day = today() + 30 * DAY
    await create_agreement(AgreementDetails(kita, programme, day), by=SYSTEM, now=now())
    group = await open_group(programme, kita, "Vertippt", day, by=SYSTEM, now=now())
    here = f"/team/gruppen/{group}"
    assert f"{here}/entfernen" in (await bernd.get(here)).text
    gone = await bernd.post(f"{here}/entfernen")
    assert "Die Gruppe ist entfernt." in (await bernd.get(gone.headers["location"])).text and await groups() == []
    kept = await open_group(programme, kita, "Bären", today() - DAY, by=SYSTEM, now=now(), agreement="historic")
    await report_group(kept, today(), 7, 8, (), by=SYSTEM, now=now())
    assert "/entfernen" not in (await bernd.get(f"/team/gruppen/{kept}")).text
    refused = await bernd.post(f"/team/gruppen/{kept}/entfernen")
    assert refused.status_code == 409 and "Die Gruppe hat schon gemeldet." in refused.text


async def test_carla_finds_whose_report_is_due(browser):
    carla, programme = await browser("reader"), await make_programme("Rucksack", slug="rucksack")
    kita = await make_organisation("=Kita", city="Marl")
    late = await open_group(
        programme, kita, "Überfällig", today() - 200 * DAY, agreement="historic", by=SYSTEM, now=now()
    )
    fresh = await open_group(programme, kita, "Frisch", today() - 200 * DAY, agreement="historic", by=SYSTEM, now=now())
    await report_group(fresh, today(), 7, 8, ("tr", "ar"), by=SYSTEM, now=now())
    assert "2 Gruppen" in (await carla.get("/team/gruppen?programm=rucksack")).text
    page = (await carla.get("/team/gruppen?stand=faellig&suche=marl")).text
    assert "1 Gruppe" in page and str(late) in page and str(fresh) not in page
    assert "Zu dieser Auswahl" in (await carla.get("/team/gruppen?stand=beendet")).text
    assert (await carla.get("/team/gruppen?stand=falsch")).status_code == 422
    file = (await carla.get("/team/gruppen.csv")).text
    assert file.startswith("\ufeff") and "'=Kita" in file and ";7;8;" in file and file.count("\r\n") == 3
    assert "Überfällig" in (await carla.get("/team/")).text
    assert (await carla.get(f"/team/gruppen/{uuid4()}")).status_code == 404


async def test_twenty_groups_cost_no_more_statements_than_one(browser):
    carla, programme, kita = await browser("reader"), await make_programme(), await make_organisation()
    counted = []
    for number in (1, 19):
        for _ in range(number):
            id = await open_group(
                programme, kita, "Gruppe", today() - 300 * DAY, agreement="historic", by=SYSTEM, now=now()
            )
            await report_group(id, today() - 250 * DAY, 7, 8, ("tr",), by=SYSTEM, now=now())
        before = queries_so_far()
        for page in ("gruppen", "gruppen.csv", f"gruppen/{id}", f"organisationen/{kita}", ""):
            assert (await carla.get(f"/team/{page}")).status_code == 200
        counted.append(queries_so_far() - before)
    assert counted[0] == counted[1]
