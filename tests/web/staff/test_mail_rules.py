"""The page of reminders: whose rules count, setting them for one event or a whole programme, what goes when."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest_asyncio

from events.invitations.mailings.expanding import expand_mailings
from events.invitations.reminders.actions import add_mail_rule
from events.invitations.reminders.due import queue_due_reminders
from events.invitations.reminders.in_force import rules_for
from events.invitations.reminders.rules import MailRuleDetails
from events.kit.actor import SYSTEM
from events.kit.clock import berlin
from events.registration.actions import register
from events.registration.signup import Person, SignUp
from tests.factories import make_event, make_programme
from tests.people import AMIRA
from tests.web.staff.conftest import NOW
from tests.web.staff.planning import sign_up

TEXT = "Bitte bringen Sie etwas zu schreiben mit."


@pytest_asyncio.fixture(loop_scope="session")
async def bernd(browser):
    return await browser("organiser")


def page_of(event):
    return f"/team/veranstaltungen/{event.id}/erinnerungen"


async def words(client, path):
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2])))


def typed(**changed):
    return {"kind": "reminder", "scope": "event", "when": "3", "statuses": "confirmed", "text": TEXT, **changed}


async def in_force(event, kind="reminder"):
    return (await rules_for(event))[kind]


async def test_without_a_rule_the_default_is_shown_with_what_it_will_do(bernd):
    event = await make_event()
    await sign_up(event, AMIRA)
    await register(SignUp((event.id,), (Person("Ohne"),), "", source="office"), by=SYSTEM, now=NOW)
    page = await words(bernd, page_of(event))
    assert "Voreinstellung" in page and "2 Tage vorher , an alle mit Platz" in page
    assert "Nach den Terminen geht keine Mail hinaus." in page
    assert "Sonntag, 24. Januar 2027, 10:00 Uhr: Erinnerung an den Termin am Dienstag, 26. Januar 2027" in page
    assert "nach heutigem Stand an 1 Adresse" in page
    assert "1 Anmeldung hat keine E-Mail-Adresse" in page
    assert "Entfernen" not in page
    assert page_of(event) in (await bernd.get(f"/team/veranstaltungen/{event.id}")).text


async def test_an_own_reminder_replaces_the_default(bernd):
    event = await make_event()
    answer = await bernd.post(page_of(event) + "/neu", data=typed(**{"en-text": "Please bring a pen."}))
    assert answer.status_code == 303 and answer.headers["location"] == f"{page_of(event)}?meldung=mailregel"
    found = await in_force(event)
    assert found.origin == "event" and found.rules[0].details.days_before == 3
    assert found.rules[0].details.texts == {"de": TEXT, "en": "Please bring a pen."}
    page = await words(bernd, page_of(event) + "?meldung=mailregel")
    assert "Eigene Regel dieser Veranstaltung" in page and "3 Tage vorher" in page and "2 Tage vorher" not in page


async def test_a_rule_for_the_programme_counts_for_its_other_events_too(bernd):
    programme = await make_programme("Pflege")
    event, other = await make_event(programme=programme), await make_event(programme=programme)
    sent = {
        "kind": "follow_up", "scope": "programme", "when": "24", "statuses": ["confirmed", "waiting"],
        "text": "Danke!", "last_only": "on",
    }  # fmt: skip
    assert (await bernd.post(page_of(event) + "/neu", data=sent)).status_code == 303
    (rule,) = (await in_force(other, "follow_up")).rules
    assert rule.details.last_only and rule.details.statuses == ("confirmed", "waiting")
    page = await words(bernd, page_of(other))
    assert "Regel des Programms „Pflege“" in page and "24 Stunden nach dem letzten Termin" in page
    form = await words(bernd, f"{page_of(other)}/{rule.id}")
    assert "gilt für alle Veranstaltungen des Programms „Pflege“" in form and "Danke!" in form
    assert "eigene Regel hat" in await words(bernd, page_of(other) + "/neu?art=follow_up")


async def test_a_rule_is_changed_and_removed(bernd):
    event = await make_event()
    await bernd.post(page_of(event) + "/neu", data=typed())
    rule = (await in_force(event)).rules[0]
    answer = await bernd.post(f"{page_of(event)}/{rule.id}", data=typed(when="1", statuses=["confirmed", "waiting"]))
    assert answer.status_code == 303
    assert (await in_force(event)).rules[0].details.timing == (1, False)
    assert (await bernd.post(f"{page_of(event)}/{rule.id}/entfernen")).status_code == 303
    assert (await in_force(event)).origin == "default"
    assert (await bernd.post(f"{page_of(event)}/{rule.id}/entfernen")).status_code == 404
    history = await words(bernd, f"/team/verlauf/event/{event.id}")
    assert "Erinnerungen und Mails danach: geändert" in history and "Mail: Erinnerung; Tage vorher: 1" in history


async def test_reminders_are_switched_off_for_one_event_and_for_a_programme_and_on_again(bernd):
    event = await make_event()
    for scope, whose in (("event", "Eigene Regel"), ("programme", "Regel des Programms")):
        await bernd.post(page_of(event) + "/aus", data={"kind": "reminder", "scope": scope})
        page = await words(bernd, page_of(event))
        assert "Ausgeschaltet" in page and whose in page and "Nichts mehr." in page
        await bernd.post(page_of(event) + "/zurueck", data={"kind": "reminder", "scope": scope})
        assert "Voreinstellung" in await words(bernd, page_of(event))


async def test_what_is_wrong_is_said_by_field_and_nothing_typed_is_lost(bernd):
    event = await make_event()
    answer = await bernd.post(page_of(event) + "/neu", data=typed(when="31", statuses=[], text=TEXT))
    assert answer.status_code == 422 and TEXT in answer.text and 'href="#f-when"' in answer.text
    assert 'href="#f-statuses"' in answer.text
    answer = await bernd.post(page_of(event) + "/neu", data=typed(kind="follow_up", text=" "))
    assert answer.status_code == 422 and 'href="#f-text"' in answer.text
    assert (await bernd.post(page_of(event) + "/aus", data={"kind": "nothing"})).status_code == 422
    await bernd.post(page_of(event) + "/neu", data=typed())
    answer = await bernd.post(page_of(event) + "/neu", data=typed(text="Noch einmal"))
    assert answer.status_code == 409 and "geht schon eine solche Mail hinaus" in answer.text
    assert "Noch einmal" in answer.text and len((await in_force(event)).rules) == 1


async def test_the_mail_can_be_read_before_in_every_language_and_for_those_who_wait(bernd):
    event = await make_event()
    details = MailRuleDetails("reminder", statuses=("confirmed", "waiting"), texts={"de": TEXT})
    rule = await add_mail_rule(details, event_id=event.id, by=SYSTEM, now=NOW)
    preview = f"{page_of(event)}/vorschau?regel={rule}"
    page = await words(bernd, preview)
    assert "Erinnerung: Zweisprachig aufwachsen" in page and TEXT in page and "Guten Tag Maria Muster" in page
    assert "Warteliste: Zweisprachig" in await words(bernd, preview + "&stand=waiting")
    arabic = (await bernd.get(preview + "&sprache=ar")).text
    assert 'lang="ar" dir="rtl"' in arabic
    assert "/anmeldung/" not in arabic  # nobody is signed off by trying the button
    assert "Guten Tag Maria" in await words(bernd, page_of(await make_event()) + "/vorschau")
    for wrong in ("&sprache=xx", f"?regel={uuid4()}"):
        path = preview + wrong if wrong[0] == "&" else page_of(event) + "/vorschau" + wrong
        assert (await bernd.get(path)).status_code == 404


async def test_what_went_out_is_listed_and_leads_to_its_mails(bernd):
    event = await make_event(starts_in=timedelta(days=7))
    await sign_up(event, AMIRA)
    start = event.dates[0].start
    due = berlin((start - timedelta(days=2)).date(), start.time().replace(hour=10, minute=0))
    await queue_due_reminders(now=due)
    await expand_mailings(now=due)
    answer = (await bernd.get(page_of(event))).text
    link = re.search(r'href="(/team/rundmails/[0-9a-f-]{36})"', answer)
    assert "Was schon hinausging" in answer and link is not None
    assert "Zweisprachig aufwachsen" in await words(bernd, link[1])
    assert "Nichts mehr." in answer


async def test_a_draft_and_an_event_that_is_off_send_nothing(bernd):
    draft, off = await make_event(published=False), await make_event(called_off=True)
    assert "nicht veröffentlicht" in await words(bernd, page_of(draft))
    assert "Die Veranstaltung ist abgesagt" in await words(bernd, page_of(off))
    assert (await bernd.get(page_of(await make_event(dates=0)))).status_code == 200


async def test_a_rule_of_another_event_is_not_found_and_carla_finds_nothing(bernd, browser):
    event, other = await make_event(), await make_event()
    rule = await add_mail_rule(MailRuleDetails("reminder", days_before=9), event_id=other.id, by=SYSTEM, now=NOW)
    for method, path in (("GET", ""), ("POST", ""), ("POST", "/entfernen")):
        answer = await bernd.request(method, f"{page_of(event)}/{rule}{path}", data=typed() if method == "POST" else {})
        assert answer.status_code == 404
    carla = await browser("reader")
    assert (await carla.get(page_of(event))).status_code == 404
    assert (await carla.post(page_of(event) + "/aus", data={"kind": "reminder"})).status_code == 404
    assert (await in_force(event)).origin == "default"
