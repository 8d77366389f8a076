"""The self-test page: what it shows with and without a nameserver, and the trial mail to oneself."""

from dataclasses import replace

import pytest

from events.mail.sending import deliver_due
from events.mail.tables import OutgoingMail
from events.settings import settings
from events.web.staff import self_test
from tests.mail.letters import Watch
from tests.mail.name_server import name_server
from tests.mail.servers import Behaviour, mail_server
from tests.web.staff.conftest import NOW

PAGE = "/team/postausgang/selbsttest"


@pytest.fixture
def set_to(monkeypatch):
    """`set_to(dns=…)`: the settings the page sees."""

    def change(**values):
        changed = replace(settings(), **values)
        monkeypatch.setattr(self_test, "settings", lambda: changed)

    return change


async def test_missing_records_stand_there_as_they_have_to_be_added(browser, set_to):
    bernd = await browser("organiser")
    async with mail_server() as server, name_server({"example.org MX": ["10 mail.example.org."]}) as address:
        set_to(dns=address, smtp_url=f"smtp://127.0.0.1:{server.port}", base_url="https://anmeldung.example.org")
        page = (await bernd.get(PAGE)).text
    assert "Absender aller Mails ist ki@example.org." in page
    assert f"127.0.0.1, Anschluss {server.port} antwortet." in page
    assert "Antworten nimmt an: mail.example.org." in page
    assert "_dmarc.example.org. IN TXT &#34;v=DMARC1; p=none; rua=mailto:ki@example.org&#34;" in page
    assert "anmeldung.example.org. IN A" in page


async def test_without_a_nameserver_the_page_says_so(browser, set_to, monkeypatch):
    monkeypatch.setattr(self_test, "resolver", lambda _address: None)
    set_to(smtp_url=None, base_url="https://anmeldung.example.org")
    bernd = await browser("organiser")
    answer = await bernd.get(PAGE)
    assert answer.status_code == 200
    assert answer.text.count("konnte nicht geprüft werden") == 4
    assert "kein Mailserver eingestellt" in answer.text


async def test_bernd_sends_himself_a_mail_and_sees_what_became_of_it(browser, set_to):
    bernd = await browser("organiser")
    async with mail_server(Behaviour()) as server, name_server({}) as address:
        set_to(dns=address)
        assert "Kopfzeilen" not in (await bernd.get(PAGE)).text
        answer = await bernd.post(f"{PAGE}/testmail")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?meldung=mail_an_mich")
        page = (await bernd.get(answer.headers["location"])).text
        assert "Die Testmail liegt im Postausgang." in page
        assert "wartet auf den Versand" in page
        await deliver_due(server.transport(), now_fn=Watch(NOW))
        page = (await bernd.get(PAGE)).text
        assert "2.0.0 queued" in page and "Auto-Submitted: auto-generated" in page
        assert "To: organiser@example.org" in page
        assert len(server.behaviour.accepted) == 1


async def test_a_second_trial_is_a_mail_of_its_own_and_nobody_sees_that_of_others(browser, set_to):
    bernd, admin = await browser("organiser"), await browser("admin")
    async with name_server({}) as address:
        set_to(dns=address)
        for _time in range(2):
            await bernd.post(f"{PAGE}/testmail")
        assert "Kopfzeilen" not in (await admin.get(PAGE)).text
    rows = await OutgoingMail.select().where(OutgoingMail.kind == "trial")
    assert sorted(row["sequence"] for row in rows) == [0, 1]
    assert {row["recipient"] for row in rows} == {"organiser@example.org"}


@pytest.mark.parametrize("typed", ["a b", "x" * 200, "<script>", "..", "ä"])
async def test_a_selector_that_cannot_be_one_is_told_and_not_asked_for(typed, browser, set_to):
    bernd = await browser("organiser")
    async with name_server({}) as address:
        set_to(dns=address)
        answer = await bernd.get(PAGE, params={"selektor": typed})
    assert answer.status_code == 422
    assert "Ein Selektor besteht aus Buchstaben" in answer.text


async def test_the_key_of_a_selector_is_looked_for(browser, set_to):
    bernd = await browser("organiser")
    async with name_server({"s1._domainkey.example.org TXT": ['"v=DKIM1; p=MIIB"']}) as address:
        set_to(dns=address)
        page = (await bernd.get(PAGE, params={"selektor": "s1"})).text
    assert "Unter s1._domainkey.example.org steht ein Schlüssel." in page
