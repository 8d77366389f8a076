"""Every page behind the sign-in for every role, for trainers also about an event that is not theirs."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.accounts.queries import staff_by_email
from events.accounts.rules import ROLES
from events.app import STAFF
from events.kit.actor import SYSTEM
from events.programme.actions import add_trainer
from events.registration.actions import register
from events.registration.queries import registrations_of
from events.registration.signup import SignUp
from tests.factories import make_event, make_organisation
from tests.people import AMIRA
from tests.web.objects import (
    a_bad_address,
    a_call,
    a_contact,
    a_draft,
    a_failed_mail,
    a_file,
    a_list_of_addresses,
    a_mail_rule,
    a_mailing,
    a_question,
    an_agreement,
    an_invitation,
)
from tests.web.staff.conftest import NOW

EVERYBODY = set(ROLES)
PLANNERS = {"admin", "organiser"}
READERS = {"admin", "organiser", "reader"}
ROLL_CALLERS = {"admin", "organiser", "trainer"}

PAGES = {
    "GET /team/": EVERYBODY,
    "GET /team/rundmails": PLANNERS,
    "GET /team/rundmails/neu": PLANNERS,
    "POST /team/rundmails/neu": PLANNERS,
    "GET /team/rundmails/{mailing_id}": PLANNERS,
    "GET /team/rundmails/{mailing_id}/empfaenger": PLANNERS,
    "POST /team/rundmails/{mailing_id}/empfaenger": PLANNERS,
    "GET /team/rundmails/{mailing_id}/text": PLANNERS,
    "POST /team/rundmails/{mailing_id}/text": PLANNERS,
    "GET /team/rundmails/{mailing_id}/vorschau": PLANNERS,
    "POST /team/rundmails/{mailing_id}/test": PLANNERS,
    "GET /team/rundmails/{mailing_id}/senden": PLANNERS,
    "POST /team/rundmails/{mailing_id}/senden": PLANNERS,
    "POST /team/rundmails/{mailing_id}/anhalten": PLANNERS,
    "POST /team/rundmails/{mailing_id}/fortsetzen": PLANNERS,
    "POST /team/rundmails/{mailing_id}/abbrechen": PLANNERS,
    "POST /team/rundmails/{mailing_id}/loeschen": PLANNERS,
    "GET /team/mailtexte": PLANNERS,
    "GET /team/mailtexte/{mail_kind}": PLANNERS,
    "POST /team/mailtexte/{mail_kind}": PLANNERS,
    "GET /team/postausgang": PLANNERS,
    "GET /team/postausgang/{mail_id}": PLANNERS,
    "GET /team/postausgang/selbsttest": PLANNERS,
    "POST /team/postausgang/selbsttest/testmail": PLANNERS,
    "POST /team/postausgang/{mail_id}/senden": PLANNERS,
    "POST /team/postausgang/{mail_id}/verwerfen": PLANNERS,
    "POST /team/postausgang/entscheiden": PLANNERS,
    "POST /team/postausgang/anhalten": PLANNERS,
    "POST /team/postausgang/fortsetzen": PLANNERS,
    "GET /team/postausgang/adressen": PLANNERS,
    "POST /team/postausgang/adressen/{address_id}/erledigt": PLANNERS,
    "POST /team/postausgang/adressen/{address_id}/offen": PLANNERS,
    "GET /team/veranstaltungen": EVERYBODY,
    "GET /team/veranstaltungen/neu": PLANNERS,
    "POST /team/veranstaltungen/neu": PLANNERS,
    "GET /team/veranstaltungen/{event_id}": EVERYBODY,
    "GET /team/veranstaltungen/{event_id}/bearbeiten": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/bearbeiten": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/veroeffentlichen": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/absagen": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/absagen": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/termine/neu": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/termine/neu": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/fragen": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/fragen/neu": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/fragen/neu": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/fragen/{question_id}": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/fragen/{question_id}": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/fragen/{question_id}/verschieben": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/fragen/{question_id}/entfernen": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/fragen/{question_id}/entfernen": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/kontingente": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/kontingente": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/kontingente/je-organisation": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/kontingente/aufheben": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/erinnerungen": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/erinnerungen/neu": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/erinnerungen/neu": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/erinnerungen/{rule_id}": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/erinnerungen/{rule_id}": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/erinnerungen/{rule_id}/entfernen": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/erinnerungen/aus": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/erinnerungen/zurueck": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/erinnerungen/vorschau": PLANNERS,
    "GET /team/termine/{event_date_id}/bearbeiten": PLANNERS,
    "POST /team/termine/{event_date_id}/bearbeiten": PLANNERS,
    "GET /team/termine/{event_date_id}/absagen": PLANNERS,
    "POST /team/termine/{event_date_id}/absagen": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/anmeldungen": EVERYBODY,
    "GET /team/veranstaltungen/{event_id}/anmeldungen.csv": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/anmeldungen/{registration_id}": EVERYBODY,
    "GET /team/veranstaltungen/{event_id}/anmeldungen/neu": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/neu": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/entscheiden": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/{registration_id}/warteliste": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/{registration_id}/nachruecken": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/{registration_id}/personenzahl": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/anmeldungen/{registration_id}/person": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/{registration_id}/person": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/anmeldungen/{registration_id}/daten": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/{registration_id}/daten": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/{registration_id}/absagen": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/anmeldungen/import": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/import": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/anmeldungen/import/{draft_id}": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/import/{draft_id}": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/anmeldungen/import/{draft_id}/pruefung": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/anmeldungen/import/{draft_id}/pruefung": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/anmeldungen/import/{draft_id}/ergebnis": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/einladungen": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/einladungen/neu": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/neu": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/einladungen/liste": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/liste": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/einladungen/import": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/import": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/einladungen/import/{list_id}": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/import/{list_id}": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/einladungen/import/{list_id}/pruefung": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/import/{list_id}/pruefung": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/einladungen/senden": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/senden": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/einladungen/erinnern": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/erinnern": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/einladungen/{invitation_id}": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/einladungen/{invitation_id}/daten": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/{invitation_id}/daten": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/{invitation_id}/zusagen": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/{invitation_id}/absagen": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/einladungen/{invitation_id}/zurueckziehen": PLANNERS,
    "GET /team/anrufe": EVERYBODY,
    "POST /team/anrufe/{call_id}/erreicht": PLANNERS,
    "POST /team/anrufe/{call_id}/offen": PLANNERS,
    "GET /team/anwesenheit/{event_date_id}": ROLL_CALLERS,
    "POST /team/anwesenheit/{event_date_id}": ROLL_CALLERS,
    "POST /team/anwesenheit/{event_date_id}/dazu": ROLL_CALLERS,
    "POST /team/anwesenheit/{event_date_id}/zaehlung": ROLL_CALLERS,
    "GET /team/anwesenheit/{event_date_id}/abschluss": PLANNERS,
    "POST /team/anwesenheit/{event_date_id}/abschluss": PLANNERS,
    "POST /team/anwesenheit/{event_date_id}/berichtigung": PLANNERS,
    "GET /team/nachtragen": PLANNERS,
    "POST /team/nachtragen": PLANNERS,
    "GET /team/verteiler": PLANNERS,
    "GET /team/verteiler/neu": PLANNERS,
    "POST /team/verteiler/neu": PLANNERS,
    "GET /team/verteiler/{contact_id}": PLANNERS,
    "GET /team/verteiler/{contact_id}/bearbeiten": PLANNERS,
    "POST /team/verteiler/{contact_id}/bearbeiten": PLANNERS,
    "POST /team/verteiler/{contact_id}/abmelden": PLANNERS,
    "POST /team/verteiler/{contact_id}/loeschen": PLANNERS,
    "GET /team/organisationen": READERS,
    "GET /team/organisationen/neu": PLANNERS,
    "POST /team/organisationen/neu": PLANNERS,
    "GET /team/organisationen/{organisation_id}": READERS,
    "GET /team/organisationen/{organisation_id}/bearbeiten": PLANNERS,
    "POST /team/organisationen/{organisation_id}/bearbeiten": PLANNERS,
    "GET /team/vereinbarungen": READERS,
    "GET /team/vereinbarungen/neu": PLANNERS,
    "POST /team/vereinbarungen/neu": PLANNERS,
    "GET /team/vereinbarungen/{agreement_id}": READERS,
    "GET /team/vereinbarungen/{agreement_id}/bearbeiten": PLANNERS,
    "POST /team/vereinbarungen/{agreement_id}/bearbeiten": PLANNERS,
    "POST /team/vereinbarungen/{agreement_id}/beenden": PLANNERS,
    "POST /team/vereinbarungen/{agreement_id}/dateien": PLANNERS,
    "GET /team/vereinbarungen/{agreement_id}/dateien/{file_id}": PLANNERS,
    "POST /team/vereinbarungen/{agreement_id}/dateien/{file_id}/entfernen": PLANNERS,
    "GET /team/auswertung": READERS,
    "GET /team/auswertung.csv": READERS,
    "GET /team/auswertung.json": READERS,
    "GET /team/verlauf/{kind}/{record_id}": READERS,
    "GET /team/kalender": EVERYBODY,
    "POST /team/kalender/neue-adresse": EVERYBODY,
    "POST /team/kalender/abschalten": EVERYBODY,
    "POST /team/kalender/einschalten": EVERYBODY,
}
OF_AN_EVENT = [page for page in PAGES if "{event" in page]


async def amiras_event():
    """An event of tomorrow with Amira on its list."""
    event = await make_event(starts_in=timedelta(days=1))
    await register(SignUp((event.id,), (AMIRA,), AMIRA.email, source="office"), by=SYSTEM, now=NOW)
    return event


async def ask(client, page, event):
    method, path = page.split(" ")
    (registration,) = await registrations_of(event.id)
    agreement_id = await an_agreement(event) if "agreement_id" in path else None
    filled = path.format(
        event_id=event.id,
        event_date_id=event.dates[0].id,
        registration_id=registration.id,
        kind="event",
        record_id=event.id,
        mail_kind="moved",
        mailing_id=await a_mailing(event) if "mailing_id" in path else None,
        mail_id=await a_failed_mail() if "mail_id" in path else None,
        address_id=await a_bad_address() if "address_id" in path else None,
        call_id=await a_call(registration.id) if "call_id" in path else None,
        contact_id=await a_contact(event) if "contact_id" in path else None,
        organisation_id=await make_organisation() if "organisation_id" in path else None,
        draft_id=await a_draft(event) if "draft_id" in path else None,
        list_id=await a_list_of_addresses(event) if "list_id" in path else None,
        invitation_id=await an_invitation(event) if "invitation_id" in path else None,
        agreement_id=agreement_id,
        file_id=await a_file(agreement_id) if agreement_id and "file_id" in path else None,
        rule_id=await a_mail_rule(event) if "rule_id" in path else None,
        question_id=await a_question(event) if "question_id" in path else None,
    )
    return await client.request(method, filled)


@pytest.mark.parametrize("page", PAGES)
async def test_who_may_open_a_page_does_and_all_others_find_nothing(page, browser):
    event = await amiras_event()
    trainer = await browser("trainer")
    bernd = await staff_by_email("trainer@example.org")
    await add_trainer(bernd.id, event_id=event.id, by=SYSTEM, now=NOW)
    for role in ROLES:
        client = trainer if role == "trainer" else await browser(role)
        answer = await ask(client, page, event)
        assert (answer.status_code != 404) == (role in PAGES[page]), role
        assert answer.status_code < 500, answer.text


@pytest.mark.parametrize("page", OF_AN_EVENT)
async def test_a_trainer_finds_nothing_of_events_of_others(page, browser):
    event = await amiras_event()
    assert (await ask(await browser("trainer"), page, event)).status_code == 404


@pytest.mark.parametrize("page", OF_AN_EVENT)
async def test_a_trainer_finds_nothing_any_more_once_the_time_is_over(page, browser):
    event = await amiras_event()
    client = await browser("trainer")
    trainer = await staff_by_email("trainer@example.org")
    await add_trainer(trainer.id, event_id=event.id, until=NOW, by=SYSTEM, now=NOW - timedelta(days=1))
    assert (await ask(client, page, event)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
async def test_dorian_is_asked_to_sign_in(page, visitor):
    event = await amiras_event()
    answer = await ask(visitor, page, event)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/team/anmelden?weiter=/team/")


async def test_what_does_not_exist_is_not_found(browser):
    client = await browser("admin")
    for path in ("veranstaltungen/{}", "anwesenheit/{}", "termine/{}/bearbeiten", "verlauf/event/{}"):
        assert (await client.get("/team/" + path.format(uuid4()))).status_code == 404


async def test_a_trainers_list_holds_only_their_events(browser):
    await make_event("Fremde Veranstaltung")
    own = await make_event("Eigene Veranstaltung", starts_in=timedelta(days=2))
    client = await browser("trainer")
    trainer = await staff_by_email("trainer@example.org")
    await add_trainer(trainer.id, event_id=own.id, by=SYSTEM, now=NOW)
    for path in ("/team/", "/team/veranstaltungen"):
        page = (await client.get(path)).text
        assert "Eigene Veranstaltung" in page and "Fremde Veranstaltung" not in page


def test_every_page_behind_the_sign_in_is_in_this_table():
    known = {page.replace("{", "").replace("}", "") for page in PAGES}
    found = set()
    for module in STAFF:
        for router in module.handlers:
            for route in getattr(router, "routes", ()):
                for handler in route.route_handlers:
                    path = "".join(f"/{part if isinstance(part, str) else part.name}" for part in route.path_components)
                    found |= {f"{method} {path or '/'}" for method in handler.http_methods if method != "OPTIONS"}
    assert {page.rstrip("/") for page in found} == {page.rstrip("/") for page in known}
