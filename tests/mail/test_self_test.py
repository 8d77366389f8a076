"""The self-test: what the DNS and the mail server say, asked for real, and what becomes of it in German."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiosmtpd.smtp import AuthResult

from events.mail.dns_records import DnsFacts, Question, look_up, resolver
from events.mail.self_test import UNASKED, Finding, dns_findings, server_findings
from events.mail.server_probe import ServerFacts, probe
from events.mail.smtp import Server
from tests.mail.name_server import Zone, name_server
from tests.mail.servers import mail_server, unused_port

SENDER = "ki@example.org"
ASKED = Question("example.org", "mail2027", "anmeldung.example.org", "mail.example.org")
COMPLETE: Zone = {
    "example.org MX": ["10 mail.example.org."],
    "example.org TXT": ['"something=else"', '"v=spf1 mx " "-all"'],
    "_dmarc.example.org TXT": ['"v=DMARC1; p=quarantine; rua=mailto:ki@example.org"'],
    "mail2027._domainkey.example.org TXT": ['"v=DKIM1; k=rsa; " "p=MIIB"'],
    "anmeldung.example.org A": ["192.0.2.10"],
    "anmeldung.example.org AAAA": ["2001:db8::10"],
    "mail.example.org A": ["192.0.2.25"],
    "25.2.0.192.in-addr.arpa PTR": ["mail.example.org."],
}


async def found_in(zone: Zone | None, asked: Question = ASKED) -> dict[str, Finding]:
    """By the first words of what they are about."""
    async with name_server(zone) as address:
        by = resolver(address)
        assert by is not None
        if zone is None:
            by.timeout, by.lifetime = 0.05, 0.1
        found = dns_findings(asked, await look_up(asked, by), SENDER)
    return {one.about.partition(" (")[2].partition(" ")[0].strip(")"): one for one in found}


async def test_where_nothing_is_missing_nothing_is_to_be_added() -> None:
    found = await found_in(COMPLETE)
    assert list(found) == ["MX", "SPF", "DMARC", "DKIM", "anmeldung.example.org", "PTR"]
    assert {one.state for one in found.values()} == {"success"}
    assert {one.record for one in found.values()} == {""}
    assert "192.0.2.10, 2001:db8::10" in found["anmeldung.example.org"].text


async def test_what_is_missing_is_named_with_the_record_to_add() -> None:
    found = await found_in({"example.org A": ["192.0.2.1"], "mail.example.org A": ["192.0.2.25"]})
    assert {name: (one.state, one.record) for name, one in found.items()} == {
        "MX": ("warning", "example.org. IN MX 10 mail.example.org."),
        "SPF": ("danger", 'example.org. IN TXT "v=spf1 mx a:mail.example.org -all"'),
        "DMARC": ("danger", '_dmarc.example.org. IN TXT "v=DMARC1; p=none; rua=mailto:ki@example.org"'),
        "DKIM": (
            "danger",
            'mail2027._domainkey.example.org. IN TXT "v=DKIM1; k=rsa; p=<öffentlicher Schlüssel des Mailservers>"',
        ),
        "anmeldung.example.org": ("danger", "anmeldung.example.org. IN A <IP-Adresse dieses Servers>"),
        "PTR": ("warning", "25.2.0.192.in-addr.arpa. IN PTR mail.example.org."),
    }


@pytest.mark.parametrize(
    ("line", "records", "name", "state"),
    [
        ("example.org MX", ["0 ."], "MX", "danger"),
        ("example.org TXT", ['"v=spf1 mx +all"'], "SPF", "danger"),
        ("example.org TXT", ['"v=spf1 mx all"'], "SPF", "danger"),
        ("example.org TXT", ['"v=spf1 mx"'], "SPF", "warning"),
        ("example.org TXT", ['"v=spf1 redirect=_spf.example.net"'], "SPF", "success"),
        ("example.org TXT", ['"v=spf1 mx ~all"'], "SPF", "success"),
        ("example.org TXT", ['"v=spf1 mx -all"', '"v=spf1 a -all"'], "SPF", "danger"),
        ("example.org TXT", ['"v=spf10 mx -all"'], "SPF", "danger"),
        ("_dmarc.example.org TXT", ['"v=DMARC1; p=none"'], "DMARC", "success"),
        ("_dmarc.example.org TXT", ['"v=DMARC1; rua=mailto:ki@example.org"'], "DMARC", "danger"),
        ("_dmarc.example.org TXT", ['"v=DMARC1; p=none"', '"v=DMARC1; p=reject"'], "DMARC", "danger"),
        ("mail2027._domainkey.example.org TXT", ['"v=DKIM1; p="'], "DKIM", "danger"),
        ("mail2027._domainkey.example.org TXT", ['"v=DKIM1; t=y; p=MIIB"'], "DKIM", "warning"),
        ("25.2.0.192.in-addr.arpa PTR", ["pool-25.example.net."], "PTR", "warning"),
    ],
)
async def test_a_wrong_record_is_told_from_a_right_one(line: str, records: list[str], name: str, state: str) -> None:
    found = await found_in({**COMPLETE, line: records})
    assert found[name].state == state
    assert {one.state for other, one in found.items() if other != name} == {"success"}


async def test_a_record_that_lets_everybody_send_is_replaced_by_one_that_does_not() -> None:
    found = await found_in({**COMPLETE, "example.org TXT": ['"v=spf1 include:_spf.example.net +all"']})
    assert found["SPF"].record == 'example.org. IN TXT "v=spf1 include:_spf.example.net -all"'


async def test_the_record_of_the_domain_above_counts_for_a_part_of_it() -> None:
    found = await found_in(COMPLETE, replace(ASKED, domain="ki.example.org"))
    assert found["DMARC"].state == "success"
    assert "steht bei example.org" in found["DMARC"].text


async def test_a_nameserver_that_says_nothing_is_no_missing_record() -> None:
    found = await found_in(None)
    assert {one.text for one in found.values()} == {UNASKED}
    assert {one.record for one in found.values()} == {""}


async def test_without_any_nameserver_nothing_breaks() -> None:
    found = dns_findings(ASKED, await look_up(ASKED, None), SENDER)
    assert {one.text for one in found} == {UNASKED}


async def test_without_a_selector_the_page_says_where_it_stands() -> None:
    found = await found_in(COMPLETE, replace(ASKED, selector=""))
    assert found["DKIM"].state == "info"
    assert "s=" in found["DKIM"].text


@pytest.mark.parametrize("server", ["", "localhost", "127.0.0.1", "smtp.example.net"])
async def test_only_a_mail_server_of_the_house_has_to_have_our_name(server: str) -> None:
    assert "PTR" not in await found_in(COMPLETE, replace(ASKED, server=server))


def test_a_site_on_this_machine_is_no_site_for_others() -> None:
    facts = DnsFacts((), (), (), (), (), (), (), ())
    found = dns_findings(replace(ASKED, site="localhost"), facts, SENDER)
    assert next(one for one in found if "localhost" in one.about).state == "warning"


async def of_server(server: Server) -> tuple[ServerFacts, dict[str, str]]:
    facts = await probe(server, seconds=0.5)
    return facts, {one.about: one.state for one in server_findings(server, facts, "")}


async def test_a_server_that_answers_and_lets_us_in() -> None:
    def let_in(*_: object) -> AuthResult:
        return AuthResult(success=True)

    async with mail_server(authenticator=let_in, auth_require_tls=False) as one:
        facts, found = await of_server(Server("127.0.0.1", one.port, "smtp", "ki", "secret"))
    assert (facts.answers, facts.let_in, facts.trouble) == (True, True, "")
    assert set(facts.ways_in) == {"login", "plain"}
    assert found == {"Mailserver": "success", "Verschlüsselung": "success", "Zugang zum Mailserver": "success"}


async def test_a_wrong_password_is_said_in_the_words_of_the_server() -> None:
    def refuse(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False, message="535 5.7.8 wrong password")

    async with mail_server(authenticator=refuse, auth_require_tls=False) as one:
        facts, found = await of_server(Server("127.0.0.1", one.port, "smtp", "ki", "wrong"))
    assert "535" in facts.trouble
    assert found["Zugang zum Mailserver"] == "danger"


async def test_a_server_that_cannot_encrypt_although_it_should() -> None:
    async with mail_server() as one:
        facts, found = await of_server(Server("127.0.0.1", one.port, "smtp+starttls"))
    assert not facts.encrypted
    assert found == {"Mailserver": "success", "Verschlüsselung": "danger"}


async def test_nobody_there() -> None:
    facts, found = await of_server(Server("127.0.0.1", await unused_port(), "smtp"))
    assert not facts.answers
    assert found == {"Mailserver": "danger"}


async def test_a_server_that_never_greets_is_not_waited_for() -> None:
    async with silence() as port:
        facts, found = await of_server(Server("127.0.0.1", port, "smtp"))
    assert found == {"Mailserver": "danger"}
    assert facts.trouble


@asynccontextmanager
async def silence() -> AsyncIterator[int]:
    server = await asyncio.start_server(lambda _reader, writer: talks.append(writer), "127.0.0.1", 0)
    talks: list[asyncio.StreamWriter] = []
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        for writer in talks:
            writer.close()
        server.close()


def test_without_a_server_the_folder_is_named() -> None:
    (found,) = server_findings(None, None, "/srv/data/mail")
    assert found.state == "warning"
    assert "/srv/data/mail" in found.text
