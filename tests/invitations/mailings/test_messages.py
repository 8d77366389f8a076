"""The mails of a mailing: in the reader's language, with the way out, each address once whatever happens."""

import asyncio
from datetime import datetime
from uuid import UUID

import pytest

from events.invitations.mailings import expanding, messages
from events.invitations.mailings.audiences import Audience, MailingRecipient, recipients
from events.invitations.mailings.batches import BATCH
from events.invitations.mailings.expanding import WRITERS, expand_mailings
from events.invitations.mailings.messages import send_trial
from events.invitations.mailings.rules import WrittenText
from events.invitations.mailings.views import mailing_by_id
from events.invitations.mailings.writing import progress_of, start_mailing, write_mailing
from events.kit.clock import now
from events.kit.database import queries_so_far
from events.mail.actions import queue
from events.mail.composing import ComposedMail
from events.mail.opt_outs import address_hash, opt_out, unsubscribe_address
from events.mail.rules import BULK
from events.mail.tables import Mailing, OutgoingMail
from tests.factories import make_event, make_programme
from tests.invitations.mailings.audience import BERND, TEXT, a_contact, a_draft, crowd, everybody_in, joined
from tests.outbox import kinds_to, mails_to, text_of

IN_FOUR = {
    **TEXT,
    "en": WrittenText("Please bring pens", "Please bring **pens**."),
    "tr": WrittenText("Kalem getirin", "Lütfen kalem getirin."),
    "ar": WrittenText("أحضروا أقلامًا", "يرجى إحضار الأقلام."),
}


async def sent(id: UUID) -> int:
    await start_mailing(id, by=BERND, now=now())
    return await expand_mailings(now=now())


async def test_a_mail_greets_says_the_text_and_shows_two_ways_on(db: None) -> None:
    event = await make_event()
    await joined(event, "Amira", family_name="Yıldız")
    assert await sent(await a_draft(event)) == 1
    (mail,) = await mails_to("amira@example.org", "message")
    lines = text_of(mail).splitlines()
    assert mail["Subject"] == "Bitte Stifte mitbringen" and mail["Content-Language"] == "de"
    assert lines[0] == "Guten Tag Amira Yıldız," and "Bitte bringen Sie Stifte mit." in lines
    assert f"http://testserver.local/veranstaltungen/{event.slug}" in lines
    assert unsubscribe_address("amira@example.org", "de") in lines
    html = mail.get_body(("html",))
    assert html is not None and "<strong>Stifte</strong>" in html.get_content()


async def test_the_greeting_can_be_left_out(db: None) -> None:
    event = await make_event()
    await joined(event)
    await sent(await a_draft(event, greets=False))
    assert "Guten Tag" not in text_of((await mails_to("amira@example.org", "message"))[0])


@pytest.mark.parametrize(("spoken", "subject"), [(code, text.subject) for code, text in IN_FOUR.items()])
async def test_everybody_reads_their_own_language(db: None, spoken: str, subject: str) -> None:
    event = await make_event()
    await joined(event, language=spoken)
    await sent(await a_draft(event, texts=IN_FOUR))
    (mail,) = await mails_to("amira@example.org", "message")
    assert (mail["Subject"], mail["Content-Language"]) == (subject, spoken)
    assert unsubscribe_address("amira@example.org", spoken) in text_of(mail)


async def test_what_is_not_written_in_a_language_comes_wholly_in_german(db: None) -> None:
    event = await make_event()
    await joined(event, language="ar")
    await sent(await a_draft(event))
    (mail,) = await mails_to("amira@example.org", "message")
    assert mail["Content-Language"] == "de" and "Guten Tag Amira," in text_of(mail)
    html = mail.get_body(("html",))
    assert html is not None and '<html lang="de" dir="ltr">' in html.get_content()


async def test_it_is_bulk_that_one_click_ends(db: None) -> None:
    event = await make_event()
    await joined(event)
    id = await a_draft(event)
    await sent(id)
    (mail,) = await mails_to("amira@example.org", "message")
    assert mail["Precedence"] == "bulk" and mail["List-Id"].startswith("<rundmail.")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"<{unsubscribe_address('amira@example.org', 'de')}>" in mail["List-Unsubscribe"]
    row = await OutgoingMail.select().where(OutgoingMail.kind == "message").first()
    assert row is not None and (row["about"], row["mailing"], row["priority"]) == (f"mailing:{id}", id, BULK)


async def test_contacts_read_why_they_are_written_to(db: None) -> None:
    programme = await make_programme("Rucksack")
    await a_contact(programme, proven=now())
    id = await write_mailing(Audience("contacts", (programme,)), TEXT, by=BERND, now=now())
    await sent(id)
    text = text_of((await mails_to("amira@example.org", "message"))[0])
    assert "weil Sie in unserem Verteiler stehen" in text and "Alle Veranstaltungen:\nhttp://testserver.local/" in text


async def test_addresses_typed_as_they_are_become_links_and_markup_does_no_harm(db: None) -> None:
    event = await make_event()
    await joined(event)
    body = (
        "Siehe https://example.org/a?b=1&c=2. Oder [hier](https://example.org/x)\n\n<script>alert(1)</script> {{7*7}}"
    )
    await sent(await a_draft(event, texts={"de": WrittenText("%(n)s {{ 7*7 }} <b>", body)}))
    (mail,) = await mails_to("amira@example.org", "message")
    html = mail.get_body(("html",))
    assert html is not None and mail["Subject"] == "%(n)s {{ 7*7 }} <b>"
    content = html.get_content()
    assert 'href="https://example.org/a?b=1&amp;c=2"' in content and 'href="https://example.org/x"' in content
    assert "<script" not in content and "{{7*7}}" in content
    assert "Siehe https://example.org/a?b=1&c=2. Oder hier\nhttps://example.org/x" in text_of(mail)


async def test_three_hundred_people_get_one_mail_each_in_batches_of_few_statements(db: None) -> None:
    event = await make_event(capacity=None)
    await crowd(event, 300)
    id = await a_draft(event)
    await start_mailing(id, by=BERND, now=now())
    before = queries_so_far()
    assert await expand_mailings(now=now()) == 300
    rounds = 300 // BATCH + 1
    assert queries_so_far() - before <= 12 * rounds
    rows = await OutgoingMail.select(OutgoingMail.recipient).where(OutgoingMail.mailing == id)
    assert len({row["recipient"] for row in rows}) == len(rows) == 300
    assert (await progress_of([id]))[id].recipients == 300


async def test_after_a_crash_between_two_batches_nobody_is_written_to_twice(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await make_event(capacity=None)
    await crowd(event, 2 * BATCH + 5)
    id = await a_draft(event)
    await start_mailing(id, by=BERND, now=now())
    rounds = 0

    async def queue_once_then_crash(*mails: ComposedMail, now: datetime) -> None:
        nonlocal rounds
        rounds += 1
        await queue(*mails, now=now)
        if rounds == 2:
            raise ConnectionError("the plug was pulled before the commit")

    with monkeypatch.context() as patch:
        patch.setattr(expanding, "queue", queue_once_then_crash)
        await expand_mailings(now=now())
    assert (await progress_of([id]))[id].queued == BATCH
    assert await expand_mailings(now=now()) == BATCH + 5
    rows = await OutgoingMail.select(OutgoingMail.recipient).where(OutgoingMail.mailing == id)
    assert len({row["recipient"] for row in rows}) == len(rows) == 2 * BATCH + 5


async def test_several_workers_at_once_write_each_mail_once(db: None) -> None:
    event = await make_event(capacity=None)
    await crowd(event, 2 * BATCH)
    id = await a_draft(event)
    await start_mailing(id, by=BERND, now=now())
    await asyncio.gather(*(expand_mailings(now=now()) for _ in range(3)))
    rows = await OutgoingMail.select(OutgoingMail.recipient).where(OutgoingMail.mailing == id)
    assert len({row["recipient"] for row in rows}) == len(rows) == 2 * BATCH


async def test_another_spelling_of_an_address_that_was_written_to_gets_nothing_more(db: None) -> None:
    event = await make_event()
    await joined(event, "Amira", "kita@example.org")
    id = await a_draft(event)
    assert await sent(id) == 1
    await joined(event, "Birgit", "Kita@Example.org")
    await OutgoingMail.update({OutgoingMail.recipient: "Kita@example.org"}).where(OutgoingMail.mailing == id)
    await Mailing.update({Mailing.status: "queued"}).where(Mailing.id == id)
    assert await expand_mailings(now=now()) == 0


async def test_who_opts_out_while_it_is_being_written_gets_nothing(db: None) -> None:
    event = await make_event()
    await joined(event)
    await joined(event, "Birgit", "birgit@example.org")
    id = await a_draft(event)
    await start_mailing(id, by=BERND, now=now())
    await opt_out(address_hash("birgit@example.org"), "click", now=now())
    assert await expand_mailings(now=now()) == 1
    assert "message" not in await kinds_to("birgit@example.org")


async def test_a_trial_goes_to_the_writer_in_each_language_and_counts_nowhere(db: None) -> None:
    event = await make_event()
    await joined(event)
    id = await a_draft(event, texts={code: IN_FOUR[code] for code in ("de", "ar")})
    found = await mailing_by_id(id)
    assert found is not None
    for _ in range(2):
        await send_trial(found, MailingRecipient("bernd@example.org", "Bernd", "de"), by=BERND, now=now())
    subjects = {mail["Subject"] for mail in await mails_to("bernd@example.org", "message")}
    assert subjects == {IN_FOUR["de"].subject, IN_FOUR["ar"].subject}
    assert len(await kinds_to("bernd@example.org")) == 4
    assert (await progress_of([id]))[id].queued == 0
    assert len(await recipients(everybody_in(event))) == 1


@pytest.mark.parametrize(
    ("typed", "linked"),
    [
        ("https://example.org", "<https://example.org>"),
        ("(https://example.org/a)", "(<https://example.org/a>)"),
        ("Siehe https://example.org/a_b, bitte.", "Siehe <https://example.org/a_b>, bitte."),
        ("<https://example.org>", "<https://example.org>"),
        ("[x](https://example.org)", "[x](https://example.org)"),
        ("kein Link: example.org", "kein Link: example.org"),
    ],
)
def test_only_bare_addresses_are_marked_as_links(typed: str, linked: str) -> None:
    assert messages.with_links(typed) == linked


def test_mailings_of_the_office_have_their_writer() -> None:
    assert WRITERS["message"] is messages.write_messages


async def test_one_mailing_that_fails_keeps_no_other_waiting(db: None) -> None:
    event = await make_event()
    await joined(event)
    broken, fine = await a_draft(event), await a_draft(event)
    await Mailing.update({Mailing.kind: "nobody knows this kind"}).where(Mailing.id == broken)
    await Mailing.update({Mailing.status: "queued"}).where(Mailing.id == broken)
    assert await sent(fine) == 1
