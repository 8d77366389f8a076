"""The outbox as the office works with it: what waits, arrived, failed or is held, and what becomes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.mail.actions import pause
from events.mail.pausing import current_pause, pause_for_our_fault
from events.mail.tables import Mailing, OutgoingMail
from events.registration.actions import register
from events.registration.queries import registrations_of
from events.registration.signup import SignUp
from tests.factories import make_event
from tests.people import AMIRA
from tests.web.staff.conftest import NOW
from tests.web.staff.outboxes import a_mail, state_of

LIST = "/team/postausgang"


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def test_an_empty_outbox_is_a_calm_page(bernd):
    page = (await bernd.get(LIST)).text
    assert "Hier ist keine Mail." in page and "Alle (0)" in page


async def test_the_list_counts_each_state_and_shows_one(bernd):
    for number, status in enumerate(["queued", "sent", "sent", "failed", "held", "paused"]):
        await a_mail(f"{status}{number}@example.org", status)
    page = (await bernd.get(LIST)).text
    assert "6 Mails" in page and "Gesendet (2)" in page and "Zurückgehalten (1)" in page and "Probemail" in page
    for status in ("queued", "sent", "failed", "held", "paused"):
        page = (await bernd.get(f"{LIST}?stand={status}")).text
        assert page.count("<td") and f"{status}" in page
        assert all(f">{other}" not in page for other in {"sent", "held", "failed"} - {status})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("suche=AMIRA", True),
        ("suche=amira%40example.org", True),
        ("suche=dorian", False),
        ("suche=%25", False),
        ("suche=a_ira", False),
        ("art=trial", True),
        ("art=confirmation", False),
        ("von=2027-01-12", True),
        ("von=2027-01-13", False),
        ("bis=2027-01-12", True),
        ("bis=2027-01-11", False),
        ("stand=sent", True),
        ("stand=failed", False),
    ],
)
async def test_filters_find_what_they_say(bernd, query, found):
    mail = await a_mail(status="sent")
    page = (await bernd.get(f"{LIST}?{query}")).text
    assert (f"{LIST}/{mail}" in page) == found
    assert ("Keine Mail gefunden" in page or "Hier ist keine Mail." in page) != found


async def test_the_mails_of_one_mailing_are_shown_alone(bernd):
    mailing = uuid4()
    theirs, other = await a_mail(mailing=mailing), await a_mail("dorian@example.org")
    page = (await bernd.get(f"{LIST}?rundmail={mailing}")).text
    assert f"{LIST}/{theirs}" in page and f"{LIST}/{other}" not in page and f"/team/rundmails/{mailing}" in page


@pytest.mark.parametrize("query", ["von=gestern", "stand=verloren", "rundmail=1", f"suche={'x' * 321}"])
async def test_a_filter_nobody_understands_is_told(bernd, query):
    answer = await bernd.get(f"{LIST}?{query}")
    assert answer.status_code == 422 and "Fehler:" in answer.text


async def test_fifty_mails_stand_on_a_page_the_newest_first(bernd):
    mails = [await a_mail(f"nr{number}@example.org", "sent", NOW - timedelta(hours=number)) for number in range(60)]
    first, second = [(await bernd.get(f"{LIST}?seite={page}")).text for page in (1, 2)]
    assert str(mails[0]) in first and str(mails[49]) in first and str(mails[50]) not in first
    assert str(mails[50]) in second and str(mails[49]) not in second
    assert (await bernd.get(f"{LIST}?seite=99")).text == second
    assert first.index(str(mails[3])) < first.index(str(mails[4]))


@pytest.mark.parametrize("path", [LIST, f"{LIST}?stand=held", f"{LIST}?suche=example", "/team/"])
async def test_thirty_mails_take_the_queries_of_one(bernd, path):
    counted = []
    for number in (1, 29):
        for one in range(number):
            await a_mail(f"nr{number}-{one}@example.org", "held")
        before = queries_so_far()
        assert (await bernd.get(path)).status_code == 200
        counted.append(queries_so_far() - before)
    assert counted[0] == counted[1]


async def test_a_mail_shows_what_it_says_and_hides_personal_links(bernd):
    event = await make_event("Pflege zu Hause")
    await register(SignUp((event.id,), (AMIRA,), AMIRA.email), by=SYSTEM, now=NOW)
    mail = (await OutgoingMail.objects().first()).id
    page = (await bernd.get(f"{LIST}/{mail}")).text
    (one,) = await registrations_of(event.id)
    assert f"/team/veranstaltungen/{event.id}/anmeldungen/{one.id}" in page
    assert "Pflege zu Hause" in page and "amira@" in page and "Bitte um Bestätigung der Adresse" in page
    assert "/anmeldung/…" in page and "Persönliche Links sind hier gekürzt" in page
    assert "wartet auf den Versand" in page and "Message-ID" in page and "Noch einmal senden" not in page


async def test_a_mail_of_a_mailing_leads_to_it(bernd):
    event = await make_event("Pflege zu Hause")
    for about, title, link in (
        (event.id, "", f"/team/veranstaltungen/{event.id}"),
        (event.dates[0].id, "", f"/team/veranstaltungen/{event.id}"),
        (uuid4(), "Sommerprogramm", "/team/rundmails/"),
    ):
        mailing = Mailing(id=uuid4(), kind="moved", about=about, facts="{}", title=title, created_at=NOW)
        await Mailing.insert(mailing)
        mail = await a_mail(about=f"mailing:{mailing.id}", mailing=mailing.id)
        assert f'href="{link}' in (await bernd.get(f"{LIST}/{mail}")).text


@pytest.mark.parametrize("about", ["forget:booking:1", "links:2027-01-12", "booking:x", "wish:1"])
async def test_a_mail_about_nothing_that_is_there_says_so(bernd, about):
    mail = await a_mail(about=about, status="sent", content=None)
    page = (await bernd.get(f"{LIST}/{mail}")).text
    assert "gehört zu keiner Anmeldung" in page and "sieben Tage nach dem Versand gelöscht" in page


async def test_a_failed_mail_is_sent_anew(bernd):
    mail = await a_mail(status="failed", reply="550 5.7.1 no")
    assert "550 5.7.1 no" in (await bernd.get(f"{LIST}/{mail}")).text
    answer = await bernd.post(f"{LIST}/{mail}/senden")
    page = (await bernd.get(answer.headers["location"])).text
    assert "Die Mail wird noch einmal gesendet." in page and "evtl. doppelt" not in page
    assert await state_of(mail) == ("queued", "")


async def test_a_held_mail_sent_anew_is_marked_as_perhaps_twice(bernd):
    mail = await a_mail(status="held")
    assert "Bitte entscheiden" in (await bernd.get(f"{LIST}/{mail}")).text
    page = (await bernd.get((await bernd.post(f"{LIST}/{mail}/senden")).headers["location"])).text
    assert "evtl. doppelt" in page
    assert "evtl. doppelt" in (await bernd.get(LIST)).text


async def test_a_held_mail_is_discarded(bernd):
    mail = await a_mail(status="held")
    page = (await bernd.get((await bernd.post(f"{LIST}/{mail}/verwerfen")).headers["location"])).text
    assert "Die Mail wird nicht gesendet." in page and await state_of(mail) == ("failed", "discarded")


@pytest.mark.parametrize(("status", "action"), [("sent", "senden"), ("queued", "verwerfen"), ("sent", "verwerfen")])
async def test_what_is_settled_stays_settled(bernd, status, action):
    mail = await a_mail(status=status)
    assert (await bernd.post(f"{LIST}/{mail}/{action}")).status_code == 409
    assert await state_of(mail) == (status, "")


async def test_ticked_mails_are_sent_anew_and_no_others(bernd):
    first, second, other = [await a_mail(f"nr{number}@example.org", "held") for number in range(3)]
    sent = {"decision": "senden", "mails": [str(first), str(second)], "stand": "held"}
    answer = await bernd.post(f"{LIST}/entscheiden", data=sent)
    assert answer.headers["location"] == f"{LIST}?stand=held&meldung=mails_gesendet"
    assert [(await state_of(one))[0] for one in (first, second, other)] == ["queued", "queued", "held"]


async def test_all_that_are_held_are_decided_after_a_page_that_says_how_many(bernd):
    held = [await a_mail(f"nr{number}@example.org", "held") for number in range(60)]
    failed = await a_mail("dorian@example.org", "failed")
    sent = {"decision": "verwerfen", "everyone": "on"}
    page = await bernd.post(f"{LIST}/entscheiden", data=sent)
    assert page.status_code == 200 and "60 Mails nicht senden?" in page.text and "Probemail" in page.text
    assert await state_of(held[0]) == ("held", "unknown_outcome")
    back = await bernd.post(f"{LIST}/entscheiden", data=sent | {"confirmed": "zurueck"})
    assert back.status_code == 303 and await state_of(held[0]) == ("held", "unknown_outcome")
    answer = await bernd.post(f"{LIST}/entscheiden", data=sent | {"confirmed": "ja"})
    assert "mails_verworfen" in answer.headers["location"]
    assert {await state_of(one) for one in held} == {("failed", "discarded")}
    assert await state_of(failed) == ("failed", "gave_up")


async def test_all_means_those_the_filters_show(bernd):
    amiras, dorians = await a_mail(status="held"), await a_mail("dorian@example.org", "held")
    sent = {"decision": "senden", "everyone": "on", "confirmed": "ja", "suche": "amira"}
    await bernd.post(f"{LIST}/entscheiden", data=sent)
    assert (await state_of(amiras), await state_of(dorians)) == (("queued", ""), ("held", "unknown_outcome"))


async def test_who_ticks_nothing_or_comes_too_late_is_told(bernd):
    mail = await a_mail(status="sent")
    nothing = await bernd.post(f"{LIST}/entscheiden", data={"decision": "senden", "suche": "amira"})
    assert nothing.status_code == 422 and "mindestens eine Mail" in nothing.text and 'value="amira"' in nothing.text
    late = await bernd.post(f"{LIST}/entscheiden", data={"decision": "senden", "mails": str(mail)})
    assert "mails_keine" in late.headers["location"] and await state_of(mail) == ("sent", "")
    held = await a_mail("dorian@example.org", "held")
    some = await bernd.post(f"{LIST}/entscheiden", data={"decision": "verwerfen", "mails": [str(mail), str(held)]})
    assert "mails_teils" in some.headers["location"]
    assert (await bernd.post(f"{LIST}/entscheiden", data={"decision": "alles"})).status_code == 422


async def test_the_sending_is_held_and_goes_on(bernd):
    empty = await bernd.post(f"{LIST}/anhalten", data={"reason": ""})
    assert empty.status_code == 422 and await current_pause() is None
    answer = await bernd.post(f"{LIST}/anhalten", data={"reason": "Falscher Text in der Absage"})
    page = (await bernd.get(answer.headers["location"])).text
    assert "Der Mailversand ist angehalten" in page and "Falscher Text in der Absage" in page
    assert "Falscher Text in der Absage" in (await bernd.get("/team/")).text
    answer = await bernd.post(f"{LIST}/fortsetzen")
    assert "Der Mailversand läuft wieder." in (await bernd.get(answer.headers["location"])).text
    assert await current_pause() is None


@pytest.mark.parametrize(
    ("reply", "what", "to_do"),
    [
        ("535 5.7.8 Authentication failed", "nimmt unsere Zugangsdaten nicht an", "EVENTS_SMTP_URL"),
        ("502 no STARTTLS", "versteht die eingestellte Verbindung nicht", "EVENTS_SMTP_URL"),
        ("550 5.7.1 sender rejected", "lehnt unsere Mails ab", "EVENTS_MAIL_FROM"),
    ],
)
async def test_a_fault_of_ours_is_told_in_plain_words_with_what_to_do(bernd, reply, what, to_do):
    await pause_for_our_fault(reply, NOW)
    for path in (LIST, "/team/"):
        page = (await bernd.get(path)).text
        assert what in page and to_do in page and reply in page and "von selbst wieder" in page


async def test_going_on_leads_back_to_where_it_was_pressed(bernd):
    await pause("Wartung", by=SYSTEM, now=NOW)
    assert 'name="von" value="heute"' in (await bernd.get("/team/")).text
    answer = await bernd.post(f"{LIST}/fortsetzen", data={"von": "heute"})
    assert answer.headers["location"] == "/team/?meldung=mail_fortgesetzt"


async def test_what_does_not_exist_is_not_found(bernd):
    for method, path in (("GET", ""), ("POST", "/senden"), ("POST", "/verwerfen")):
        assert (await bernd.request(method, f"{LIST}/{uuid4()}{path}")).status_code == 404


@pytest.mark.parametrize("role", ["reader", "trainer"])
async def test_carla_and_trainers_find_no_outbox(browser, role):
    mail = await a_mail(status="held")
    client = await browser(role)
    for path in (LIST, f"{LIST}/{mail}", f"{LIST}/adressen"):
        assert (await client.get(path)).status_code == 404
    assert (await client.post(f"{LIST}/{mail}/senden")).status_code == 404
    assert await state_of(mail) == ("held", "unknown_outcome")
    assert "/team/postausgang" not in (await client.get("/team/")).text


async def test_hostile_words_stay_words(bernd):
    mail = await a_mail(status="failed", reply="<script>alert(1)</script>", about="<b>")
    page = (await bernd.get(f"{LIST}/{mail}")).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    assert "<svg" not in (await bernd.get(f"{LIST}?suche=%3Csvg onload=x%3E")).text
