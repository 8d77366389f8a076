"""The bytes of a mail: structure, headers, calendar part, and nothing that hostile text could change."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from jinja2 import UndefinedError

from events.mail.composing import Attachment, Bulk, CalendarPart
from tests.mail.letters import NOW, OFFICE, a_mail, parsed

CALENDAR = CalendarPart("REQUEST", b"BEGIN:VCALENDAR\r\nSUMMARY:F\xc3\xbcr alle\r\nEND:VCALENDAR\r\n")


def test_a_plain_mail_has_a_text_and_an_html_part() -> None:
    message = parsed(a_mail().content)
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_lines_end_with_crlf_and_all_is_seven_bits() -> None:
    content = a_mail(calendar=CALENDAR).content
    assert content.isascii()
    assert not re.search(rb"(?<!\r)\n", content)
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_the_calendar_part_stands_last_among_the_alternatives_and_once_more_as_a_file() -> None:
    overview = Attachment("Übersicht.pdf", "application/pdf", b"%")
    message = parsed(a_mail(calendar=CALENDAR, attachments=[overview]).content)
    texts, pdf, file = message.iter_parts()
    plain, html, calendar = texts.iter_parts()
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in (plain, html)] == ["text/plain", "text/html"]
    assert pdf.get_filename() == "Übersicht.pdf"
    assert calendar["Content-Disposition"] is None
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert re.sub(r"\s+", " ", calendar["Content-Type"]) == (
        'text/calendar; charset="utf-8"; method="REQUEST"; component="VEVENT"'
    )
    assert file.get_filename() == "termin.ics"
    assert file.is_attachment()
    assert calendar.get_payload(decode=True) == file.get_payload(decode=True) == CALENDAR.content


def test_headers_say_that_a_machine_wrote_it_and_who_reads_answers() -> None:
    mail = a_mail(language="tr", reference="<first@example.org>")
    message = parsed(mail.content)
    assert message["From"] == "Kommunales Integrationszentrum <ki@example.org>"
    assert message["Reply-To"] == "ki@example.org"
    assert message["To"] == "amira@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["Content-Language"] == "tr"
    assert message["References"] == message["In-Reply-To"] == "<first@example.org>"
    assert message["Message-ID"] == mail.message_id == f"<{mail.id}@example.org>"
    assert message["Date"].datetime == NOW
    assert message["Precedence"] is None


def test_a_language_we_do_not_offer_is_german_and_says_so() -> None:
    assert parsed(a_mail(language="xx").content)["Content-Language"] == "de"


def test_replies_may_go_to_another_mailbox() -> None:
    assert parsed(a_mail(reply_to="bernd@example.org").content)["Reply-To"] == "bernd@example.org"


def test_bulk_can_be_ended_with_one_click() -> None:
    address = "https://anmeldung.example.org/abmelden/" + "a" * 80
    mail = a_mail(bulk=Bulk("einladungen", address))
    message = parsed(mail.content)
    mailto = "<mailto:ki@example.org?subject=abmelden%20" + "a" * 80 + ">"
    assert message["List-Unsubscribe"] == f"<{address}>, {mailto}"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "<einladungen.example.org>"
    assert message["Precedence"] == "bulk"
    assert mail.priority == 9


@pytest.mark.parametrize("words", ["Übung für alle", "الاندماج في نظام التعليم", "Größe"])
@pytest.mark.parametrize("times", range(1, 13))
def test_a_long_name_of_the_office_keeps_its_spaces(words: str, times: int) -> None:
    name = " ".join([words] * times)
    sender = message_from_bytes(a_mail(context={"office": OFFICE | {"name": name}}).content)["From"]
    assert str(make_header(decode_header(sender))) == f"{name} <ki@example.org>"


def test_line_breaks_in_names_add_no_headers() -> None:
    name = "Amt\r\nBcc: everybody@example.org\r\n\r\nHallo"
    file = Attachment("a\r\nX-Evil: 1.pdf", "application/pdf", b"%")
    mail = a_mail(context={"office": OFFICE | {"name": name}}, attachments=[file], reference="<a@b>\r\nX-Evil: 1")
    message = parsed(mail.content)
    assert message["From"].addresses[0].display_name == "Amt Bcc: everybody@example.org Hallo"
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert all(part["X-Evil"] is None for part in message.walk())


def test_markup_in_what_people_typed_stays_text() -> None:
    message = parsed(a_mail(context={"asked_by": "<script>alert(1)</script>"}).content)
    plain, html = message.iter_parts()
    assert "<script>" in plain.get_content()
    assert "<script>" not in html.get_content()
    assert "&lt;script&gt;" in html.get_content()


def test_a_domain_with_umlauts_is_sent_as_it_is_looked_up() -> None:
    mail = a_mail("amira@bücher.example")
    assert mail.recipient == "amira@xn--bcher-kva.example"
    assert parsed(mail.content)["To"] == mail.recipient


def test_an_umlaut_before_the_at_sign_stays_one() -> None:
    mail = a_mail("jürgen@example.org")
    assert mail.recipient == "jürgen@example.org"
    assert "To: jürgen@example.org\r\n".encode() in mail.content


@pytest.mark.parametrize("to", ["amira", "a@example.org, carla@example.org", "amira@example.org\r\nBcc: x@example.org"])
def test_what_is_no_single_address_gets_no_mail(to: str) -> None:
    with pytest.raises(ValueError, match="address"):
        a_mail(to)


def test_a_template_that_misses_a_value_makes_no_mail() -> None:
    with pytest.raises(UndefinedError):
        a_mail(context={"office": {"name": "KI"}})


def test_what_the_outbox_needs_is_passed_on() -> None:
    mail = a_mail(sequence=3, priority=2, useful_until=NOW + timedelta(hours=1))
    assert (mail.kind, mail.about, mail.sequence, mail.priority) == ("trial", "trial:1", 3, 2)
    assert mail.useful_until == NOW + timedelta(hours=1)
