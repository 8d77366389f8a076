"""Invitations of an event for staff: gathering addresses, sending and reminding, answers on the phone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from events.invitations import answers
from events.invitations.invited import invitations_of
from events.invitations.inviting import Invitee
from events.invitations.mailings.expanding import expand_mailings
from events.invitations.tables import Invitation
from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.mail.opt_outs import address_hash, opt_out
from events.mail.tables import Mailing, OutgoingMail
from events.mail.undeliverable import note_undeliverable
from events.programme.actions import mark_called_off
from events.registration.queries import registrations_of, seats
from events.registration.signup import Person
from tests.factories import make_event, make_organisation
from tests.inviting import AMIRA, DORIAN, KITA, invited, path_of, prepared, stored
from tests.outbox import kinds_to, mails_to, text_of
from tests.web.public.typing import words
from tests.web.staff.conftest import NOW

CARLA = Invitee("carla@example.org", "Carla", "Rossi")
COMES = Person(given_name="Amira", family_name="Haddad")


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


@pytest.fixture
async def event(db):
    return await make_event("Zukunftswerkstatt", capacity=10, policy={"visibility": "invited_only"})


def path(event, page=""):
    return f"/team/veranstaltungen/{event.id}/einladungen{page}"


async def addresses(event):
    return [one.email for one in await invitations_of(event.id)]


async def test_nobody_is_invited_yet_and_the_page_says_how_to_begin(bernd, event):
    page = words(await bernd.get(path(event)))
    assert "Noch ist niemand eingeladen." in page and "Liste einfügen" in page
    assert f'href="{path(event)}"' in (await bernd.get(f"/team/veranstaltungen/{event.id}")).text


async def test_the_list_says_at_a_glance_how_everybody_stands(bernd, event):
    one, two, _kita, _carla = await invited(event, AMIRA, DORIAN, KITA, CARLA)
    await prepared(event, Invitee("neu@example.org"))
    await answers.accept(one.id, [COMES], by=SYSTEM, now=NOW)
    await answers.decline(two.id, "Leider im Urlaub", by=SYSTEM, now=NOW)
    await note_undeliverable("kita@example.org", "550", None, NOW)
    await opt_out(address_hash("carla@example.org"), "page", now=NOW)
    page = words(await bernd.get(path(event)))
    for said in (
        "Alle (5)", "Zugesagt (1)", "Abgesagt (1)", "Ohne Antwort (2)", "Nicht erreicht (1)", "Es kommen 1 Person",
        "Möchte keine Einladungen (1)", "Noch nicht eingeladen (1)", "„Leider im Urlaub“", "1 Einladung schreiben",
    ):  # fmt: skip
        assert said in page, said
    assert "erinnern" not in page
    declined = words(await bernd.get(path(event, "?stand=declined")))
    assert "Dorian Weiß" in declined and "Kita Regenbogen" not in declined
    assert "Kita Regenbogen" in words(await bernd.get(path(event, "?suche=REGENBOGEN")))
    assert "Zu dieser Suche passt keine Einladung." in words(await bernd.get(path(event, "?suche=xyz")))


async def test_an_address_is_entered_and_nothing_is_sent(bernd, event):
    organisation = await make_organisation("Kita Regenbogen")
    typed = {"email": "kita@example.org", "organization": "kita regenbogen", "places": "2", "language": "tr"}
    answer = await bernd.post(path(event, "/neu"), data=typed)
    assert answer.status_code == 303
    assert "1 Adresse ist eingetragen." in (await bernd.get(answer.headers["location"])).text
    (one,) = await invitations_of(event.id)
    assert (one.organisation_id, one.places, one.language, one.status) == (organisation, 2, "tr", "prepared")
    assert await OutgoingMail.count() == 0


async def test_what_is_wrong_with_an_address_stands_at_its_field(bernd, event):
    answer = await bernd.post(path(event, "/neu"), data={"email": "kita(at)example.org", "places": "0"})
    assert answer.status_code == 422 and "kita(at)example.org" in answer.text
    assert 'href="#f-email"' in answer.text and 'href="#f-places"' in answer.text
    await prepared(event, AMIRA)
    again = await bernd.post(path(event, "/neu"), data={"email": "AMIRA@example.org", "places": "1"})
    assert again.status_code == 409 and "schon eingeladen" in again.text
    assert await Invitation.count() == 1


async def test_places_are_held_or_refused_before_anything_is_saved(bernd, event):
    typed = {"email": "kita@example.org", "places": "4", "hold_until": "2027-01-20T18:00"}
    assert (await bernd.post(path(event, "/neu"), data=typed)).status_code == 303
    assert (await seats([event.id], NOW))[event.id].taken == 4
    more = {"email": "schule@example.org", "places": "7", "hold_until": "2027-01-20T18:00"}
    answer = await bernd.post(path(event, "/neu"), data=more)
    assert answer.status_code == 409 and "So viele Plätze sind nicht mehr frei." in answer.text
    past = await bernd.post(path(event, "/neu"), data={**more, "places": "1", "hold_until": "2027-01-01T18:00"})
    assert past.status_code == 409 and "in der Zukunft" in past.text and "2027-01-01T18:00" in past.text
    assert await addresses(event) == ["kita@example.org"]


async def test_the_mail_is_seen_first_and_then_goes_to_all(bernd, event):
    await prepared(event, AMIRA, DORIAN)
    page = await bernd.get(path(event, "/senden"))
    assert "Die Mail geht an 2 Adressen" in words(page) and "Einladung: Zukunftswerkstatt" in page.text
    assert 'name="tr"' in page.text and 'name="ar"' not in page.text
    message = {"de": "Wir freuen uns auf Sie.", "tr": "Sizi bekliyoruz."}
    seen = await bernd.post(path(event, "/senden"), data={**message, "action": "preview"})
    assert (
        seen.status_code == 200 and "Guten Tag Amira Haddad" in seen.text and seen.text.count("Sizi bekliyoruz.") == 2
    )
    assert await Mailing.count() == 0 and "/einladung/" not in seen.text
    sent = await bernd.post(path(event, "/senden"), data={**message, "action": "send"})
    await expand_mailings(now=NOW)
    page = await bernd.get(sent.headers["location"])
    assert "gehen jetzt hinaus" in page.text and "0 von 2 Mails verschickt" in page.text
    (mailing,) = await Mailing.select(Mailing.id)
    assert f'href="/team/rundmails/{mailing["id"]}"' in page.text
    assert (await bernd.get(f"/team/rundmails/{mailing['id']}")).status_code == 200
    (mail,) = await mails_to("amira@example.org", "invitation")
    assert "Wir freuen uns auf Sie." in text_of(mail) and mail["List-Unsubscribe"]
    (turkish,) = await mails_to("dorian@example.org", "invitation")
    assert "Sizi bekliyoruz." in text_of(turkish) and "/tr/einladung/" in text_of(turkish)
    assert (await bernd.get(path(event, "/senden"))).status_code == 409


async def test_a_trial_goes_to_oneself_only_and_its_link_answers_nothing(bernd, event):
    (one,) = await prepared(event, AMIRA)
    answer = await bernd.post(path(event, "/senden"), data={"de": "Bis bald", "action": "trial"})
    assert "Die Testmail ist unterwegs" in answer.text
    (mail,) = await mails_to("organiser@example.org", "invitation")
    assert "Bis bald" in text_of(mail) and path_of(one) not in text_of(mail) and not mail["List-Unsubscribe"]
    assert await kinds_to("amira@example.org") == [] and (await stored(one.id)).status == "prepared"


async def test_only_the_silent_are_reminded(bernd, event):
    one, _two = await invited(event, AMIRA, DORIAN)
    await answers.accept(one.id, [COMES], by=SYSTEM, now=NOW)
    page = words(await bernd.get(path(event, "/erinnern")))
    assert "Die Mail geht an 1 Adresse" in page and "die noch nicht geantwortet haben" in page
    await bernd.post(path(event, "/erinnern"), data={"action": "send"})
    await expand_mailings(now=NOW)
    assert "invitation_reminder" in await kinds_to("dorian@example.org")
    assert "invitation_reminder" not in await kinds_to("amira@example.org")


async def test_nobody_is_invited_to_what_is_off_or_still_a_draft(bernd, event):
    draft = await make_event(published=False)
    await prepared(draft, AMIRA)
    page = await bernd.get(path(draft))
    assert "Die Veranstaltung ist noch ein Entwurf." in page.text and "/senden" not in page.text
    assert (await bernd.post(path(draft, "/senden"), data={"action": "send"})).status_code == 409
    await mark_called_off(event.id, {}, by=SYSTEM, now=NOW)
    assert "Die Veranstaltung ist abgesagt." in (await bernd.get(path(event))).text
    assert (await bernd.post(path(event, "/neu"), data={"email": "a@example.org", "places": "1"})).status_code == 409
    assert await Mailing.count() == 0


async def test_an_answer_on_the_phone_is_noted_with_who_noted_it(bernd, event):
    one, two = await invited(event, AMIRA, KITA)
    here = path(event, f"/{one.id}")
    page = await bernd.get(here)
    assert "Amira Haddad</textarea>" in page.text.replace("\n", "")
    answer = await bernd.post(f"{here}/zusagen", data={"names": "Amira Haddad"})
    page = words(await bernd.get(answer.headers["location"]))
    assert "Die Antwort ist eingetragen." in page and "zugesagt" in page and "Organiser" in page
    assert [one.status for one in await registrations_of(event.id)] == ["confirmed"]
    await bernd.post(f"{here}/absagen", data={"reason": "Krank"})
    assert (await stored(one.id)).reason == "Krank"
    assert [one.status for one in await registrations_of(event.id)] == ["cancelled"]
    await bernd.post(path(event, f"/{two.id}/zusagen"), data={"names": "Fatma Yıldız\nZoë"})
    assert (await stored(two.id)).people == ("Fatma Yıldız", "Zoë")


async def test_an_answer_that_does_not_fit_is_refused_and_stays_typed(bernd, event):
    (one,) = await invited(event, KITA)
    here = path(event, f"/{one.id}/zusagen")
    empty = await bernd.post(here, data={"names": " "})
    assert empty.status_code == 422 and 'href="#f-names"' in empty.text
    many = await bernd.post(here, data={"names": "Fatma\nZoë\nAyşe"})
    assert many.status_code == 409 and "höchstens 2" in many.text and "Ayşe" in many.text
    long = await bernd.post(path(event, f"/{one.id}/absagen"), data={"reason": "x" * 1001})
    assert long.status_code == 422 and 'href="#f-reason"' in long.text
    assert (await stored(one.id)).status == "invited"


async def test_a_wrong_address_is_corrected_and_asked_again(bernd, event):
    one, _two = await invited(event, AMIRA, DORIAN)
    here, old = path(event, f"/{one.id}/daten"), path_of(one)
    form = {"email": "amira.haddad@example.org", "given_name": "Amira", "family_name": "Haddad", "language": "de"}
    assert 'value="amira@example.org"' in (await bernd.get(here)).text
    assert (await bernd.post(here, data={**form, "email": "x"})).status_code == 422
    assert (await bernd.post(here, data={**form, "email": "dorian@example.org"})).status_code == 409
    answer = await bernd.post(here, data=form)
    assert "muss die Einladung noch einmal hinaus" in (await bernd.get(answer.headers["location"])).text
    assert (await bernd.get(old)).status_code == 410
    await bernd.post(path(event, "/senden"), data={"action": "send"})
    await expand_mailings(now=NOW)
    assert await kinds_to("amira.haddad@example.org") == ["invitation"]
    assert await kinds_to("dorian@example.org") == ["invitation"]


async def test_an_invitation_is_taken_back_unless_it_is_answered(bernd, event):
    one, two = await prepared(event, AMIRA, DORIAN, hold_until=NOW + timedelta(days=2))
    answer = await bernd.post(path(event, f"/{one.id}/zurueckziehen"))
    assert "Die Einladung ist zurückgezogen." in (await bernd.get(answer.headers["location"])).text
    assert (await seats([event.id], NOW))[event.id].taken == 1
    await answers.accept(two.id, [replace(COMES, given_name="Dorian")], by=SYSTEM, now=NOW)
    assert "Ja, zurückziehen" not in (await bernd.get(path(event, f"/{two.id}"))).text
    assert (await bernd.post(path(event, f"/{two.id}/zurueckziehen"))).status_code == 409
    assert (await bernd.get(path(event, f"/{two.id}/daten"))).status_code == 409


async def test_invitations_of_another_event_are_not_found(bernd, event):
    (one,) = await invited(await make_event("Anderes"), AMIRA)
    assert (await bernd.get(path(event, f"/{one.id}"))).status_code == 404
    for way in ("zusagen", "absagen", "daten", "zurueckziehen"):
        assert (await bernd.post(path(event, f"/{one.id}/{way}"), data={"names": "A"})).status_code == 404
    assert (await stored(one.id)).status == "invited"


async def test_today_names_events_whose_invitations_nobody_answered(bernd, event):
    soon, later = await make_event("Bald", starts_in=timedelta(days=5)), await make_event(
        "Später", starts_in=timedelta(days=40)
    )  # fmt: skip
    for one in (soon, later):
        await invited(one, AMIRA, DORIAN)
    page = await bernd.get("/team/")
    assert "Unbeantwortete Einladungen" in page.text and f'href="{path(soon, "?stand=invited")}"' in page.text
    assert path(later) not in page.text


async def asked(client, address):
    before = queries_so_far()
    assert (await client.get(address)).status_code == 200
    return queries_so_far() - before


async def test_a_long_list_asks_the_database_no_more_than_a_short_one(bernd, event):
    (first,) = await invited(event, AMIRA)
    await answers.accept(first.id, [COMES], by=SYSTEM, now=NOW)
    few = await asked(bernd, path(event))
    await invited(event, *(Invitee(f"gast{number}@example.org", f"Gast {number}") for number in range(30)))
    for one in [one for one in await invitations_of(event.id) if one.is_silent][:10]:
        await answers.accept(one.id, [Person(given_name=one.given_name or "A")], by=SYSTEM, now=NOW, notify=False)
    assert await asked(bernd, path(event)) == few
    assert "31 Einladungen" in (await bernd.get(path(event))).text


@pytest.mark.parametrize("role", ["reader", "trainer"])
async def test_who_sends_no_mails_sees_no_invitations(browser, event, role):
    client = await browser(role)
    assert (await client.get(path(event))).status_code == 404
    assert (await client.post(path(event, "/neu"), data={"email": "a@example.org"})).status_code == 404
    assert "einladungen" not in (await client.get(f"/team/veranstaltungen/{event.id}")).text


async def test_hostile_names_and_reasons_stay_words(bernd, event):
    name = "<script>alert(1)</script> {{7*7}}"
    (one,) = await invited(event, Invitee("amira@example.org", name, organisation_name=name))
    await prepared(event, Invitee("neu@example.org", name))
    looked = ("", f"/{one.id}", f"/{one.id}/daten", "/senden", "/erinnern")
    pages = [await bernd.get(path(event, page)) for page in looked]
    await answers.decline(one.id, name, by=SYSTEM, now=NOW)
    pages += [await bernd.get(path(event)), await bernd.get(path_of(one)), await bernd.get(f"{path_of(one)}/zusagen")]
    for answer in pages:
        assert answer.status_code == 200 and "<script>alert" not in answer.text and "{{7*7}}" in answer.text
