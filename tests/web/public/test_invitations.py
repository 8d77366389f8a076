"""The page behind an invitation's link: yes, no, somebody else comes; and minds that change."""

from dataclasses import replace
from datetime import timedelta

import pytest
from httpx import AsyncClient

from events.invitations.inviting import correct_invitation, withdraw_invitation
from events.invitations.status import STATUSES
from events.invitations.tables import Invitation
from events.invitations.wording import STATUSES as STATUS_WORDS
from events.kit.actor import SYSTEM
from events.kit.clock import now, standing_at
from events.mail.tables import OutgoingMail
from events.programme.actions import mark_called_off
from events.registration.answers import field_name
from events.registration.queries import registrations_of
from events.registration.spam import OTHERS_A_DAY
from tests.factories import make_event, make_organisation, make_series
from tests.inviting import AMIRA, KITA, invited, path_of, stored
from tests.outbox import kinds_to, mails_to, own_link, text_of
from tests.registration.questioning import make_question
from tests.web.public.typing import other, words

YES = {"given_name": "Amira", "family_name": "Haddad", "phone": "02361 111111", "city": "Herten"}
COLLEAGUE = {"given_name": "Carla", "family_name": "Rossi", "email": "carla@example.org"}


async def statuses(event):
    return sorted(f"{one.name}: {one.status}" for one in await registrations_of(event.id))


async def amiras(event=None, **more):
    """Her invitation, sent, and the path of its page."""
    event = event or await make_event("Zukunftswerkstatt", policy={"visibility": "invited_only"})
    (one,) = await invited(event, replace(AMIRA, **more))
    return event, one, path_of(one)


async def test_an_invitation_says_what_for_and_how_to_answer(client: AsyncClient) -> None:
    event, _one, path = await amiras()
    answer = await client.get(path)
    said = words(answer)
    assert "Zukunftswerkstatt" in said and "Amira Haddad" in said and "Kreishaus" in said
    assert "Ich komme" in said and "Ich komme nicht" in said and "Eine andere Person kommt" in said
    assert "Es gilt immer die neueste." in said
    assert answer.headers["cache-control"] == "no-store" and answer.headers["x-robots-tag"] == "noindex"
    assert await statuses(event) == []


async def test_yes_makes_a_confirmed_registration_and_leads_to_the_own_page(client: AsyncClient) -> None:
    event, one, path = await amiras()
    form = await client.get(f"{path}/zusagen")
    assert 'value="Amira"' in form.text and 'value="Haddad"' in form.text and 'name="email"' not in form.text
    answer = await client.post(f"{path}/zusagen", data=YES)
    assert answer.status_code == 303 and answer.headers["location"] == f"{path}?meldung=zugesagt"
    page = await client.get(answer.headers["location"])
    assert "Ihre Zusage ist angekommen" in page.text and "Sie haben zugesagt" in page.text
    assert await statuses(event) == ["Amira Haddad: confirmed"]
    own = page.text.partition('href="/anmeldung/')[2].partition('"')[0]
    assert "Zukunftswerkstatt" in (await client.get(f"/anmeldung/{own}")).text
    assert "confirmation" in await kinds_to("amira@example.org")
    assert (await stored(one.id)).status == "accepted"


async def test_saying_yes_twice_changes_nothing(client: AsyncClient) -> None:
    event, _one, path = await amiras()
    for _time in range(2):
        assert (await client.post(f"{path}/zusagen", data=YES)).status_code == 303
    assert await statuses(event) == ["Amira Haddad: confirmed"]
    assert len(await mails_to("amira@example.org", "confirmation")) == 1


async def test_a_yes_without_a_name_keeps_what_was_typed(client: AsyncClient) -> None:
    event, _one, path = await amiras()
    answer = await client.post(f"{path}/zusagen", data={**YES, "given_name": "", "phone": "abc"})
    assert answer.status_code == 422 and "<title>Fehler:" in answer.text
    assert "Bitte füllen Sie dieses Feld aus." in answer.text and 'value="abc"' in answer.text
    assert 'value="Herten"' in answer.text and await statuses(event) == []


async def test_no_gives_the_reason_and_the_held_place_back(client: AsyncClient) -> None:
    event = await make_event(capacity=1)
    (one,) = await invited(event, AMIRA, hold_until=now() + timedelta(days=3))
    path = path_of(one)
    assert "Freigehalten bis" in (await client.get(path)).text
    answer = await client.post(f"{path}/absagen", data={"reason": "Leider Elternabend"})
    page = await client.get(answer.headers["location"])
    assert "Ihre Absage ist angekommen" in page.text and "Leider Elternabend" in page.text
    assert "Freigehalten bis" not in page.text and await statuses(event) == []
    assert (await stored(one.id)).reason == "Leider Elternabend"


async def test_a_reason_without_end_is_an_error_at_its_field(client: AsyncClient) -> None:
    _event, one, path = await amiras()
    answer = await client.post(f"{path}/absagen", data={"reason": "x" * 1001})
    assert answer.status_code == 422 and 'href="#f-reason"' in answer.text
    assert (await stored(one.id)).status == "invited"


async def test_a_colleague_is_asked_and_confirms_alone(client: AsyncClient) -> None:
    event, _one, path = await amiras()
    answer = await client.post(f"{path}/vertretung", data=COLLEAGUE)
    page = await client.get(answer.headers["location"])
    assert "Sie haben eine Vertretung genannt" in page.text and "muss noch selbst bestätigen" in page.text
    assert 'href="/anmeldung/' not in page.text
    (mail,) = await mails_to("carla@example.org", "delegate_asked")
    assert "Amira Haddad" in text_of(mail) and str(mail["Subject"]).startswith("Bitte bestätigen: ")
    assert await statuses(event) == ["Carla Rossi: unconfirmed"]
    await client.post(f"{own_link(mail)}/bestaetigen")
    assert await statuses(event) == ["Carla Rossi: confirmed"]
    assert "Die Person hat bestätigt." in (await client.get(path)).text


async def test_a_colleague_needs_a_name_and_an_address(client: AsyncClient) -> None:
    _event, _one, path = await amiras()
    answer = await client.post(f"{path}/vertretung", data={"given_name": "", "email": "carla(at)example.org"})
    assert answer.status_code == 422
    assert 'href="#f-given_name"' in answer.text and 'href="#f-email"' in answer.text
    assert "carla(at)example.org" in answer.text


async def test_naming_the_invited_address_itself_is_refused_with_the_reason(client: AsyncClient) -> None:
    _event, _one, path = await amiras()
    answer = await client.post(f"{path}/vertretung", data={**COLLEAGUE, "email": "Amira@example.org"})
    assert answer.status_code == 409 and "die wir eingeladen haben" in answer.text and 'value="Carla"' in answer.text


async def test_an_invitation_is_no_way_to_mail_everybody(client: AsyncClient) -> None:
    _event, _one, path = await amiras()
    answers = [
        await client.post(f"{path}/vertretung", data={**COLLEAGUE, "email": f"n{number}@example.org"})
        for number in range(OTHERS_A_DAY + 1)
    ]
    assert [one.status_code for one in answers] == [303] * OTHERS_A_DAY + [429]


async def test_the_newest_answer_counts(client: AsyncClient) -> None:
    event, one, path = await amiras()
    await client.post(f"{path}/absagen", data={"reason": ""})
    assert "Anders überlegt?" in (await client.get(path)).text
    await client.post(f"{path}/zusagen", data=YES)
    assert await statuses(event) == ["Amira Haddad: confirmed"]
    await client.post(f"{path}/absagen", data={"reason": ""})
    assert await statuses(event) == ["Amira Haddad: cancelled"]
    assert (await stored(one.id)).status == "declined"


async def test_an_institution_names_as_many_as_are_invited(client: AsyncClient) -> None:
    event = await make_event()
    (one,) = await invited(event, KITA)
    path = path_of(one)
    page = await client.get(path)
    assert "Kita Regenbogen" in page.text and "bis zu 2 Personen" in page.text and "Wir kommen" in page.text
    assert "Eine andere Person kommt" not in page.text
    assert 'value="Kita Regenbogen"' in (await client.get(f"{path}/zusagen")).text
    more = await client.post(f"{path}/zusagen", data={**YES, "add": "person"})
    assert more.status_code == 200 and 'name="people-1-given_name"' in more.text
    await client.post(f"{path}/zusagen", data={**YES, **other(1, "Fatma", family_name="Yıldız")})
    assert await statuses(event) == ["Amira Haddad: confirmed", "Fatma Yıldız: confirmed"]
    form = (await client.get(f"{path}/zusagen")).text
    assert 'value="Fatma"' in form and 'value="Herten"' in form


async def test_who_says_yes_again_may_correct_the_details_and_keeps_the_place(client: AsyncClient) -> None:
    event = await make_event()
    organisation = await make_organisation("Kita Regenbogen")
    (one,) = await invited(event, replace(KITA, organisation=organisation, organisation_name=""))
    first = {**YES, "organization": "Kita Regenbogen"}
    await client.post(f"{path_of(one)}/zusagen", data=first)
    again = {**first, "phone": "02361 999999", **other(1, "Fatma")}
    assert (await client.post(f"{path_of(one)}/zusagen", data=again)).status_code == 303
    amira, fatma = await registrations_of(event.id)
    assert (amira.name, amira.phone, amira.organisation_id) == ("Amira Haddad", "02361 999999", organisation)
    assert (fatma.name, fatma.organisation_id) == ("Fatma", organisation)


async def test_more_people_than_invited_are_refused_and_nothing_typed_is_lost(client: AsyncClient) -> None:
    event = await make_event()
    (one,) = await invited(event, KITA)
    three = {**YES, **other(1, "Fatma"), **other(2, "Zoë")}
    answer = await client.post(f"{path_of(one)}/zusagen", data=three)
    assert answer.status_code == 409 and "höchstens 2" in answer.text and 'value="Zoë"' in answer.text
    assert await statuses(event) == []
    assert (await client.get(f"{path_of(one)}/vertretung")).status_code == 409


async def test_who_comes_from_the_invited_institution_belongs_to_it(client: AsyncClient) -> None:
    event = await make_event()
    organisation = await make_organisation("Kita Regenbogen")
    (one,) = await invited(event, replace(KITA, organisation=organisation, organisation_name=""))
    await client.post(f"{path_of(one)}/zusagen", data={**YES, "organization": "Kita Regenbogen"})
    assert [one.organisation_id for one in await registrations_of(event.id)] == [organisation]


async def test_the_questions_of_the_event_are_asked(client: AsyncClient) -> None:
    event, _one, path = await amiras()
    field = field_name(await make_question(event, "text", "Was bringen Sie mit?", required=True))
    assert f'name="{field}"' in (await client.get(f"{path}/zusagen")).text
    answer = await client.post(f"{path}/zusagen", data=YES)
    assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text
    assert (await client.post(f"{path}/zusagen", data={**YES, field: "gern"})).status_code == 303


async def test_when_all_places_are_gone_who_says_yes_waits_and_reads_so(client: AsyncClient) -> None:
    event = await make_event(capacity=0)
    _event, _one, path = await amiras(event)
    assert "Zurzeit sind alle Plätze vergeben." in (await client.get(f"{path}/zusagen")).text
    answer = await client.post(f"{path}/zusagen", data=YES)
    assert "Sie stehen auf der Warteliste" in (await client.get(answer.headers["location"])).text


async def test_full_without_a_waiting_list_is_said_with_the_next_step(client: AsyncClient) -> None:
    event = await make_event(capacity=0, policy={"waiting_list": "off"})
    _event, one, path = await amiras(event)
    answer = await client.post(f"{path}/zusagen", data=YES)
    assert answer.status_code == 409 and "Alle Plätze sind vergeben" in answer.text and 'value="Amira"' in answer.text
    assert (await stored(one.id)).status == "invited"


async def test_once_called_off_the_page_says_so_and_takes_no_answer(client: AsyncClient) -> None:
    event, one, path = await amiras()
    await mark_called_off(event.id, {}, by=SYSTEM, now=now())
    page = await client.get(path)
    assert page.status_code == 200 and "Diese Veranstaltung ist abgesagt." in page.text and "/zusagen" not in page.text
    assert [(await client.get(f"{path}/{way}")).status_code for way in ("zusagen", "absagen", "vertretung")] == [
        409
    ] * 3
    assert (await client.post(f"{path}/absagen", data={"reason": ""})).status_code == 409
    assert (await stored(one.id)).status == "invited"


async def test_once_it_has_begun_the_page_says_so(client: AsyncClient) -> None:
    event, _one, path = await amiras()
    assert event.starts_at is not None
    with standing_at(event.starts_at + timedelta(minutes=1)):
        page = await client.get(path)
        assert "hat schon begonnen" in page.text and "/zusagen" not in page.text
        assert (await client.post(f"{path}/zusagen", data=YES)).status_code == 409


async def test_a_withdrawn_invitation_says_whom_to_ask(client: AsyncClient) -> None:
    _event, one, path = await amiras()
    await withdraw_invitation(one.id, by=SYSTEM, now=now())
    page = await client.get(path)
    assert "Diese Einladung wurde zurückgezogen." in page.text and "/zusagen" not in page.text
    assert (await client.post(f"{path}/zusagen", data=YES)).status_code == 409


async def test_a_link_that_was_renewed_is_gone_and_a_made_up_one_never_was(client: AsyncClient) -> None:
    _event, one, path = await amiras()
    await correct_invitation(one.id, replace(AMIRA, email="amira.haddad@example.org"), by=SYSTEM, now=now())
    assert (await client.get(path)).status_code == 410
    assert (await client.post(f"{path}/zusagen", data=YES)).status_code == 410
    assert (await client.get("/einladung/irgendwas")).status_code == 404
    assert (await client.get(f"{path[:-1]}A/absagen")).status_code in (404, 410)


async def test_reading_and_opening_every_link_changes_nothing(client: AsyncClient) -> None:
    _event, _one, path = await amiras()
    before = await Invitation.select(), await OutgoingMail.count()
    for way in ("", "/zusagen", "/absagen", "/vertretung"):
        for language in ("", "/en", "/tr", "/ar"):
            assert (await client.get(f"{language}{path}{way}")).status_code == 200
    assert (await Invitation.select(), await OutgoingMail.count()) == before


@pytest.mark.parametrize("visibility", ["invited_only", "hidden"])
async def test_events_that_are_not_public_stand_in_no_list_and_no_feed(client: AsyncClient, visibility: str) -> None:
    series = await make_series("Werkstätten")
    event = await make_event("Geheime Werkstatt", series=series, policy={"visibility": visibility})
    await make_event("Offene Werkstatt", series=series)
    assert "Offene Werkstatt" in (await client.get("/reihen/werkstaetten")).text
    for address in ("/", "/?suche=Werkstatt", "/kalender.ics", "/kalender", "/ar", "/reihen/werkstaetten"):
        assert "Geheime" not in (await client.get(address)).text, address
    assert (await client.get(f"/veranstaltungen/{event.slug}")).status_code == 200


async def test_an_event_for_the_invited_says_how_to_ask_for_an_invitation(client: AsyncClient) -> None:
    event = await make_event(policy={"visibility": "invited_only"})
    page = words(await client.get(f"/veranstaltungen/{event.slug}"))
    assert "Auf Einladung" in page and "brauchen Sie eine persönliche Einladung" in page
    assert "rufen Sie uns an oder schreiben Sie uns" in page
    assert (await client.get(f"/veranstaltungen/{event.slug}/anmeldung")).status_code == 409


def test_every_state_has_words() -> None:
    assert set(STATUS_WORDS) == set(STATUSES)
