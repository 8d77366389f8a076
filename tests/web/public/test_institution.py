"""A Kita opens its own page from the mail: groups, numbers, the end of a run; others see nothing of it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from events.groups.actions import open_group, report_group
from events.groups.institution_actions import (
    end_institution_link,
    renew_institution_link,
    send_institution_link,
    set_contact,
)
from events.groups.institutions import institution_by_id
from events.groups.queries import groups, reports_of
from events.history.tables import HistoryEntry
from events.kit import links
from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from events.programme.agreement_actions import create_agreement
from events.programme.agreement_rules import AgreementDetails
from events.settings import settings
from tests.factories import make_organisation, make_programme
from tests.outbox import mails_to, text_of

HEADINGS = {"": "Ihre Gruppen", "/en": "Your groups", "/tr": "Gruplarınız", "/ar": "مجموعاتكم"}
DAY = timedelta(days=1)
CONTACT = "leitung@example.org"


async def a_kita(name="Kita Regenbogen", parent=None, contact=CONTACT):
    kita = await make_organisation(name, city="Marl", parent_id=parent)
    await set_contact(kita, "Amira Haddad", contact, by=SYSTEM, now=now())
    await send_institution_link(kita, by=SYSTEM, now=now())
    return kita


async def page_of(contact=CONTACT):
    mail = (await mails_to(contact, "institution_link"))[-1]
    return re.search(r"(/einrichtung/\S+)", text_of(mail)).group(1)


async def agreed(organisation, programme, ends_on=None):
    details = AgreementDetails(organisation, programme, today() - 300 * DAY, ends_on)
    await create_agreement(details, by=SYSTEM, now=now())


async def running(kita, programme, reported=True):
    begun = today() - 200 * DAY
    id = await open_group(programme, kita, "Marienkäfer", begun, agreement="historic", by=SYSTEM, now=now())
    if reported:
        await report_group(id, today() - 190 * DAY, 7, 9, ("de", "tr"), by=SYSTEM, now=now())
    return id


@pytest.mark.parametrize("prefix", HEADINGS)
async def test_the_page_shows_what_is_due(client, prefix):
    body, programme = await make_organisation("Stadt Marl", "body"), await make_programme("Rucksack KiTa")
    kita = await a_kita(parent=body)
    await agreed(body, programme, today() + 30 * DAY)
    await running(kita, programme)
    page = await client.get(f"{prefix}{await page_of()}")
    assert page.status_code == 200 and HEADINGS[prefix] in page.text and "Marienkäfer" in page.text
    assert page.headers["cache-control"] == "no-store" and "noindex" in page.headers["x-robots-tag"]
    assert "Stadt Marl" in page.text and "kern-badge--warning" in page.text and "/unveraendert" in page.text


async def test_what_is_due_comes_first_and_what_has_not_begun_cannot_be_reported(client):
    kita, programme = await a_kita(), await make_programme()
    await agreed(kita, programme)
    fresh = await open_group(programme, kita, "Frisch", today() - DAY, by=SYSTEM, now=now())
    await report_group(fresh, today() - DAY, 7, 9, ("vi",), by=SYSTEM, now=now())
    later = await open_group(programme, kita, "Später", today() + DAY, by=SYSTEM, now=now())
    due = await running(kita, programme)
    page = await page_of()
    text = (await client.get(page)).text
    assert text.index("Marienkäfer") < text.index("Frisch") and f"{due}/unveraendert" in text
    assert f"{fresh}/unveraendert" not in text and f"/gruppen/{later}" not in text
    assert 'name="parents"' not in (await client.get(f"{page}/gruppen/{later}")).text
    at_once, _summary, folded = (await client.get(f"{page}/gruppen/{fresh}")).text.partition("Weitere Sprachen")
    assert 'value="vi" checked' in at_once and 'value="uk"' in at_once and 'value="sq"' in folded


async def test_a_group_is_opened_once_and_only_with_an_agreement(client):
    covered, other = await make_programme("Rucksack KiTa"), await make_programme("Griffbereit")
    kita = await a_kita()
    page = await page_of()
    assert f"{page}/gruppen/neu" not in (await client.get(page)).text
    assert "sobald eine Kooperationsvereinbarung gilt" in (await client.get(f"{page}/gruppen/neu")).text
    await agreed(kita, covered)
    form = (await client.get(f"{page}/gruppen/neu")).text
    assert "Griffbereit" not in form and f'value="{covered}" checked' in form
    sent = {"id": str(uuid4()), "programme": str(covered), "name": "", "started_on": today().isoformat()}
    wrong = await client.post(f"{page}/gruppen/neu", data=sent)
    assert wrong.status_code == 422 and 'href="#f-name"' in wrong.text and sent["id"] in wrong.text
    for bad in ({"programme": str(other)}, {"started_on": (today() - 301 * DAY).isoformat()}):
        refused = await client.post(f"{page}/gruppen/neu", data={**sent, "name": "Bären", **bad})
        assert refused.status_code == 409 and 'href="#f-started_on"' in refused.text and "Bären" in refused.text
    unknown = {**sent, "name": "Bären", "programme": str(uuid4())}
    assert (await client.post(f"{page}/gruppen/neu", data=unknown)).status_code == 404
    for _twice in range(2):
        assert (await client.post(f"{page}/gruppen/neu", data={**sent, "name": "Bären"})).status_code == 303
    [group] = await groups(institution_id=kita)
    assert group.name == "Bären" and group.agreement_id is not None
    [line] = await HistoryEntry.select().where(HistoryEntry.verb == "group_opened")
    assert line["actor"] == f"organisation:{kita}"


async def test_numbers_are_reported_repeated_and_the_run_ends(client):
    kita, programme = await a_kita(), await make_programme()
    id = await running(kita, programme)
    page = await page_of()
    group = f"{page}/gruppen/{id}"
    assert 'value="tr" checked' in (await client.get(group)).text
    sent = {"parents": "8", "children": "10", "languages": ["ar", "de"], "reported_on": (today() - DAY).isoformat()}
    for bad, field in (({"parents": "viele"}, "parents"), ({"children": "-1"}, "children")):
        wrong = await client.post(group, data={**sent, **bad})
        assert wrong.status_code == 422 and f'href="#f-{field}"' in wrong.text and 'value="ar" checked' in wrong.text
    unticked = await client.post(group, data={"parents": "", "children": "9"})
    assert unticked.status_code == 422 and "checked" not in unticked.text
    for bad in ({"reported_on": (today() + DAY).isoformat()}, {"languages": "xx"}):
        assert (await client.post(group, data={**sent, **bad})).status_code == 409
    assert (await client.post(group, data=sent)).headers["location"] == f"{page}?meldung=gemeldet"
    for _twice in range(2):
        assert (await client.post(f"{group}/unveraendert")).status_code == 303
    newest, counted, _first = await reports_of(id)
    assert newest.unchanged and (newest.parents, newest.languages) == (counted.parents, counted.languages)
    early = await client.post(f"{group}/ende", data={"ended_on": (today() - 10 * DAY).isoformat()})
    assert early.status_code == 409 and 'href="#f-ended_on"' in early.text
    assert (await client.post(f"{group}/ende", data={"ended_on": today().isoformat()})).status_code == 303
    assert "Beendete Gruppen (1)" in (await client.get(page)).text
    assert (await client.post(f"{group}/ende", data={"ended_on": today().isoformat()})).status_code == 409
    assert 'name="parents"' not in (await client.get(group)).text


@pytest.mark.parametrize("purpose", ["partner", "booking", "registration", "trainer", "invitation"])
async def test_a_token_of_another_purpose_opens_nothing(client, purpose):
    kita = await a_kita()
    token = links.derive(settings().secret_key, purpose, kita, (await institution_by_id(kita)).link_version)
    assert (await client.get(f"/einrichtung/{token}")).status_code == 404


async def test_strangers_former_links_and_other_institutions_see_nothing(client):
    kita, other = await a_kita(), await a_kita("Kita Sonne", contact="sonne@example.org")
    foreign = await running(other, await make_programme())
    page = await page_of()
    for path in (f"{page}/gruppen/{foreign}", f"{page}/gruppen/{uuid4()}", f"{page[:-2]}AA", "/einrichtung/erfunden"):
        assert (await client.get(path)).status_code == 404
        assert (await client.post(f"{path}/ende", data={"ended_on": today().isoformat()})).status_code == 404
    assert (await client.post(f"{page}/gruppen/{foreign}/unveraendert")).status_code == 404
    await renew_institution_link(kita, by=SYSTEM, now=now())
    assert (await client.get(page)).status_code == 410
    page = await page_of()
    assert (await client.get(page)).status_code == 200
    await end_institution_link(kita, by=SYSTEM, now=now())
    assert (await client.get(page)).status_code == 410
    sent = {"id": str(uuid4()), "programme": str(uuid4()), "name": "x", "started_on": today().isoformat()}
    assert (await client.post(f"{page}/gruppen/neu", data=sent)).status_code == 410


async def test_one_link_cannot_save_without_end(client):
    kita = await a_kita()
    id = await running(kita, await make_programme())
    group = f"{await page_of()}/gruppen/{id}"
    sent = {"parents": "1", "children": "1", "reported_on": today().isoformat()}
    answers = [(await client.post(group, data=sent)).status_code for _ in range(61)]
    assert answers == [303] * 60 + [429]
