"""Text that means something to some program, in every place people type: it arrives as text wherever it goes."""

import csv
import io
import json
import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from html import unescape

import pytest
from httpx import AsyncClient
from icalendar import Calendar

from events.invitations.actions import call_off_event
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import SYSTEM, person
from events.kit.clock import now
from events.kit.text import clean, one_line
from events.mail.tables import OutgoingMail
from events.programme.details import QuestionDetails
from events.programme.queries import EventView
from events.programme.question_actions import add_question
from events.registration.actions import cancel_booking, confirm_address, register
from events.registration.deciding import decline_registrations
from events.registration.signup import Person, Receipt, SignUp
from tests.factories import make_event
from tests.outbox import calendar_of, mails_to, text_of
from tests.registration.stories import BERND, only
from tests.web.test_attacks import sign_in_as

EVIL = "X-Evil"
TEXTS = {
    "line breaks": f"Fest\r\n{EVIL}: 1\r\n\r\nBcc: dorian@example.org",
    "one bare break": f"Fest\n{EVIL}: 1",
    "unicode breaks": f"Fest\u2028{EVIL}: 1\u2029\x85\x0b\x0c",
    "quotes": "„Fest“ \"a\" 'b' `c` ; , \\ \\n \\, : = ^n ^'",
    "calendar": "Fest\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:dorian@example.org",
    "emoji": "Fest 👩‍👩‍👧‍👦🏳️‍🌈" * 8,
    "long": "Straßenfest-" * 16 + "Ende",
    "one word": "ä" * 200,
    "direction": "Fest \u202eexe.gpj\u202c \u2067مهرجان\u2069 \u200f!",
    "nothing": "Fest\x1b[31m\ufeff",  # a NUL byte no form lets through, and PostgreSQL stores none
    "markup": "</title></script><script>alert(1)</script><b>&amp;&lt;",
    "templates": "{{ 7*7 }} {% raw %} %(name)s %s ${x} #{y}",
    "encoded words": "=?utf-8?b?WC1FdmlsOiAx?= =?utf-8?q?=0AX-Evil:_1?=",
    "formula": '=HYPERLINK("https://example.org";"Fest")',
    "address": "Fest <dorian@example.org>, dorian@example.org;",
    "markdown": "[Fest](javascript:alert(1)) ![x](https://example.org/x.png) <img src=x onerror=alert(1)>",
}

OURS = {
    b"From", b"To", b"Message-ID", b"Subject", b"MIME-Version", b"Content-Type", b"Date", b"Reply-To",
    b"Content-Language", b"Auto-Submitted", b"X-Auto-Response-Suppress", b"In-Reply-To", b"References",
}  # fmt: skip

pytestmark = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


def heads(mail: bytes) -> list[bytes]:
    """The names of its headers, as a second, very plain reader sees them."""
    lines = mail.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return [line.partition(b":")[0] for line in lines if line[:1] not in b" \t"]


def words(text: str) -> str:
    """Without what mails and pages leave out: blanks, breaks, marks that turn the direction."""
    return re.sub(r"[\s\u2028\u2029\u200e\u200f\u2066-\u2069]", "", one_line(text))


async def joined(event: EventView, text: str) -> Receipt:
    people = (Person(text[:120], text[:120], organisation_name=text[:160], role=text[:40]),)
    receipt = await register(SignUp((event.id,), people, "amira@example.org"), by=SYSTEM, now=now())
    await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    return receipt


async def all_mails(text: str) -> list[EmailMessage]:
    event = await make_event(text)
    receipt = await joined(event, text)
    await cancel_booking(receipt.booking, by=person(receipt.booking), now=now())
    asked = await make_event(text, policy={"approval": True})
    other = await joined(asked, text)
    await decline_registrations([(await only(other)).id], by=BERND, now=now(), message=text)
    await joined(event, text)
    await call_off_event(event.id, {"de": text}, by=BERND, now=now())
    await expand_mailings(now=now())
    return await mails_to("amira@example.org")


async def test_a_mail_says_what_was_typed_and_its_bytes_hold_only_our_headers(db: None, text: str) -> None:
    mails = await all_mails(text)
    assert len(mails) == 9
    for mail in mails:
        says(mail, text)
    for row in await OutgoingMail.select(OutgoingMail.content):
        holds_only_our_headers(row["content"])


def says(mail: EmailMessage, text: str) -> None:
    assert mail[EVIL] is None and mail["Bcc"] is None and len(mail["To"].addresses) == 1
    assert not mail.defects and not any(part.defects for part in mail.walk())
    assert words(text) in words(str(mail["Subject"])), mail["Subject"]
    plain = str(make_header(decode_header(message_from_bytes(mail.as_bytes())["Subject"].replace("\r\n", ""))))
    assert words(text) in words(plain)
    assert words(text) in words(text_of(mail))


def holds_only_our_headers(content: bytes) -> None:
    found = heads(content)
    assert set(found) <= OURS and len(found) == len(set(found)), found
    assert content.isascii() and b"\0" not in content
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)


def one_entry(content: bytes, text: str) -> None:
    """A calendar with this event and nothing else in it, read by a program of somebody else."""
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), max(content.split(b"\r\n"), key=len)
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content) and content.decode()
    # A line may be folded inside a letter of several octets; taken apart where it is folded, each is whole.
    assert all(line.decode() is not None for line in content.split(b"\r\n"))
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    assert words(text) in words(str(entry["SUMMARY"]))
    assert "ATTENDEE" not in entry and EVIL.upper() not in entry
    assert len(entry["UID"].splitlines()) == 1


async def test_a_calendar_has_no_entry_more_and_names_the_event(client: AsyncClient, text: str) -> None:
    event = await make_event(text, summary={"de": text}, description={"de": text})
    for path in (f"/veranstaltungen/{event.slug}.ics", "/kalender.ics"):
        one_entry((await client.get(path)).content, text)


async def test_the_calendar_part_of_a_mail_asks_nobody_else(db: None, text: str) -> None:
    await joined(await make_event(text), text)
    (mail,) = await mails_to("amira@example.org", "confirmation")
    (entry,) = Calendar.from_ical(calendar_of(mail)).walk("VEVENT")
    assert str(entry["ATTENDEE"]) == "mailto:amira@example.org"
    assert words(text) in words(str(entry["SUMMARY"]))


async def test_a_page_shows_it_as_text(client: AsyncClient, text: str) -> None:
    """As forms and lists take it in: signs that turn the direction never get further."""
    text = clean(text)
    event = await make_event(text, summary={"de": text}, description={"de": text})
    await add_question(event.id, QuestionDetails("text", {"de": text}, purpose="Planung"), by=SYSTEM, now=now())
    for path in ("/", f"/veranstaltungen/{event.slug}", f"/veranstaltungen/{event.slug}/anmeldung"):
        page = (await client.get(path)).text
        assert "alert(1)</script>" not in page and "<b>&" not in page and "onerror=alert(1)>" not in page
        assert 'href="javascript' not in page and "\u202e" not in page
        assert words(text) in words(unescape(re.sub(r"<[^>]*>", " ", page))), path
        for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
            assert any(words(text) == words(one) for one in strings(json.loads(script)))


def strings(data: object) -> list[str]:
    """All texts in what was JSON."""
    if isinstance(data, dict | list):
        return [text for one in (data.values() if isinstance(data, dict) else data) for text in strings(one)]
    return [data] if isinstance(data, str) else []


async def test_a_spreadsheet_takes_it_for_no_formula(client: AsyncClient, text: str) -> None:
    event = await make_event("Griffbereit")
    await joined(event, text)
    await sign_in_as(client, "organiser")
    content = (await client.get(f"/team/veranstaltungen/{event.id}/anmeldungen.csv")).content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
    assert len(lines) == 2 and len(lines[0]) == len(lines[1])
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t")) for cell in lines[1])
    assert any(words(text[:120]) in words(cell) for cell in lines[1])
