"""Mails that come back: what a report says becomes known once, whatever stands in the folder."""

import asyncio
import os
import shutil
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from events import jobs
from events.contacts.actions import unsubscribe
from events.mail.bounces import report_folder, sweep_reports, take_in_reports
from events.mail.composing import ComposedMail
from events.mail.forgetting import TO_BE_FORGOTTEN
from events.mail.opt_outs import opted_out, unsubscribe_token
from events.mail.tables import OptOut, OutgoingMail, UndeliverableAddress
from events.mail.undeliverable import undeliverable_among
from tests.mail.letters import NOW, a_mail, a_queued_mail, row_of
from tests.mail.reports import GONE, REPORT, a_plain_mail, a_report

AMIRA = "amira@example.org"


@pytest.fixture(autouse=True)
def folder() -> Iterator[Path]:
    """The folder the mail server writes to."""
    place = report_folder()
    place.mkdir()
    yield place
    shutil.rmtree(place, ignore_errors=True)


async def a_sent_mail(to: str = AMIRA, **options: object) -> ComposedMail:
    mail = await a_queued_mail(to, **options)
    await OutgoingMail.update({OutgoingMail.status: "sent", OutgoingMail.sent_at: NOW}).where(
        OutgoingMail.id == mail.id
    )
    return mail


async def dropped(folder: Path, *contents: bytes) -> int:
    for number, content in enumerate(contents):
        (folder / f"{number}.eml").write_bytes(content)
    return await take_in_reports(unsubscribe, now=NOW)


def names(folder: Path, inside: str) -> list[str]:
    return sorted(path.name[-5:] for path in (folder / inside).iterdir()) if (folder / inside).is_dir() else []


@pytest.mark.parametrize("headers_only", [True, False])
async def test_a_mail_that_came_back_has_failed_and_its_address_is_known(
    db: None, folder: Path, headers_only: bool
) -> None:
    mail = await a_sent_mail()
    await dropped(folder, a_report(mail, headers_only=headers_only))
    row = await row_of(mail)
    assert (row["status"], row["reason"]) == ("failed", "bounced")
    assert row["reply"] == "5.1.1 550 5.1.1 <…>: User unknown"
    known = await UndeliverableAddress.select().first()
    assert known is not None and (known["address"], known["mail"], known["since"]) == (AMIRA, mail.id, NOW)
    assert names(folder, "erledigt") == ["0.eml"] and not list(folder.glob("*.eml"))


@pytest.mark.parametrize(
    ("fields", "is_bad"),
    [
        ("Action: failed\nStatus: 5.2.2 (full)\nDiagnostic-Code: smtp; 552 5.2.2 Over quota\n", True),
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 User unknown\n", True),
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp;550-5.1.1 No such user\n", True),
        ("Action: Failed (really)\nStatus: 5.1.10\n", True),
        ("Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 Blocked as spam\n", False),
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.7.26 DMARC\n", False),
        ("Action: failed\nStatus: 5.3.4\nDiagnostic-Code: smtp; 552 5.3.4 Too big\n", False),
        ("Action: failed\nStatus: 4.4.7\nDiagnostic-Code: smtp; 421 4.4.7 Expired\n", False),
        ("Action: failed\n", False),
    ],
)
async def test_only_what_is_about_the_address_for_good_marks_it(
    db: None, folder: Path, fields: str, is_bad: bool
) -> None:
    mail = await a_sent_mail()
    await dropped(folder, a_report(mail, fields))
    assert (await row_of(mail))["status"] == "failed"
    assert (await undeliverable_among([AMIRA]) == {AMIRA}) == is_bad


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
async def test_a_mail_that_is_late_or_arrived_has_not_failed(db: None, folder: Path, action: str) -> None:
    mail = await a_sent_mail()
    await dropped(folder, a_report(mail, f"Action: {action}\nStatus: 4.4.1\nDiagnostic-Code: smtp; 451 busy\n"))
    row = await row_of(mail)
    assert (row["status"], row["reply"]) == ("sent", "4.4.1 451 busy" if action == "delayed" else "")
    assert await undeliverable_among([AMIRA]) == frozenset()


async def test_who_has_mails_passed_on_to_a_dead_mailbox_is_not_dead(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    await dropped(folder, a_report(mail, to="alte.adresse@example.org"))
    assert (await row_of(mail))["reason"] == "bounced"
    assert await undeliverable_among([AMIRA]) == frozenset()


async def test_the_address_we_wrote_to_counts_however_it_is_spelt(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    fields = "Original-Recipient: rfc822;Amira@EXAMPLE.org\n" + GONE
    await dropped(folder, a_report(mail, fields, to="inner.name@mx.example.org"))
    assert await undeliverable_among([AMIRA]) == {AMIRA}


async def test_a_held_mail_that_came_back_needs_no_decision(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    await OutgoingMail.update({OutgoingMail.status: "held"}).where(OutgoingMail.id == mail.id)
    await dropped(folder, a_report(mail))
    assert (await row_of(mail))["reason"] == "bounced"


async def test_the_same_report_again_opens_nothing_that_was_settled(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    await dropped(folder, a_report(mail))
    await UndeliverableAddress.update({UndeliverableAddress.settled_at: NOW}, force=True)
    await dropped(folder, a_report(mail), a_report(mail))
    known = await UndeliverableAddress.select().first()
    assert known is not None and known["settled_at"] == NOW
    assert names(folder, "erledigt") == ["0.eml", "0.eml", "1.eml"]


async def test_a_crash_after_the_database_and_before_the_move_is_made_up_for(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    blocked = folder / "erledigt"
    blocked.write_text("in the way")
    await dropped(folder, a_report(mail))
    assert (await row_of(mail))["reason"] == "bounced" and (folder / "0.eml").is_file()
    blocked.unlink()
    assert await take_in_reports(unsubscribe, now=NOW) == 1
    assert names(folder, "erledigt") == ["0.eml"] and await UndeliverableAddress.count() == 1


async def test_two_workers_share_the_folder(db: None, folder: Path) -> None:
    mails = [await a_sent_mail(f"nr{number}@example.org") for number in range(20)]
    for number, mail in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(a_report(mail, to=mail.recipient))
    await asyncio.gather(take_in_reports(unsubscribe, now=NOW), take_in_reports(unsubscribe, now=NOW))
    assert await UndeliverableAddress.count() == 20
    assert len(names(folder, "erledigt")) == 20 and names(folder, "unlesbar") == []


async def test_reports_about_mails_we_never_sent_are_let_go(db: None, folder: Path) -> None:
    await a_sent_mail()
    stranger = a_mail("dorian@example.org")
    foreign = a_report(stranger, message_id="<abc@elsewhere.example.org>")
    assert await dropped(folder, a_report(stranger), foreign) == 2
    assert await UndeliverableAddress.count() == 0 and len(names(folder, "erledigt")) == 2


async def test_the_message_id_of_an_answer_is_enough(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    report = a_report(mail, message_id="<lost@mx.example.org>").replace(
        b"MIME-Version", f"In-Reply-To: {mail.message_id}\nMIME-Version".encode(), 1
    )
    await dropped(folder, report)
    assert (await row_of(mail))["reason"] == "bounced"


GARBAGE = [
    b"",
    b"\0" * 5000,
    b"\xff\xfe\x00 keine Mail",
    "Süß, aber kein Bericht".encode("latin-1"),
    a_plain_mail("Bin im Urlaub"),
    a_plain_mail("abmelden"),
    a_plain_mail("abmelden " + "x" * 43),
    b"Subject: =?x-klingon?b?////?=\n\nnichts",
    b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000,
    b"Subject: " + b"=?utf-8?q?a?= " * 20000,
]


@pytest.mark.parametrize("content", GARBAGE, ids=range(len(GARBAGE)))
async def test_what_nobody_understands_is_kept_apart(db: None, folder: Path, content: bytes) -> None:
    mail = await a_sent_mail()
    assert await dropped(folder, content, a_report(mail)) == 2
    assert names(folder, "unlesbar") == ["0.eml"] and names(folder, "erledigt") == ["1.eml"]
    assert (folder / "unlesbar").iterdir().__next__().read_bytes() == content
    assert await OptOut.count() == 0


@pytest.mark.parametrize("cut", [200, 400, 600])
async def test_a_report_that_breaks_off_does_no_harm(db: None, folder: Path, cut: int) -> None:
    mail = await a_sent_mail()
    assert await dropped(folder, a_report(mail)[:cut]) == 1
    assert await UndeliverableAddress.count() == 0


async def test_a_report_with_a_huge_mail_in_it_is_read(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    await dropped(folder, a_report(mail).replace(b"Der Text der Mail", b"x" * 70 + b"\n" + b"y" * 25_000_000))
    assert (await row_of(mail))["reason"] == "bounced"


@pytest.mark.parametrize("endless", ["x" * 1_900_000, "a@" * 900_000, "=?utf-8?q?a?= " * 100_000, "\u0301" * 900_000])
async def test_endless_words_cost_no_time(db: None, folder: Path, endless: str) -> None:
    mail = await a_sent_mail()
    fields = f"Action: failed\nStatus: 5.1.1\nOriginal-Recipient: rfc822; {endless}\n"
    async with asyncio.timeout(20):
        await dropped(
            folder,
            a_report(mail, f"Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 {endless}\n"),
            a_report(mail, fields),
            f"Subject: {endless}\nReferences: {endless}\n\n".encode(),
            a_report(mail, message_id=endless),
        )
    assert not list(folder.glob("*.eml")) and len((await row_of(mail))["reply"]) <= 300


async def test_encodings_that_are_not_what_they_say_are_read(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    fields = "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 Postfach ungültig \0 \u202e\n"
    await dropped(folder, a_report(mail, fields).decode().encode("latin-1", "replace"))
    row = await row_of(mail)
    assert row["reason"] == "bounced" and "\0" not in row["reply"] and "550 Postfach" in row["reply"]


@pytest.mark.parametrize("encoded", [False, True])
async def test_reports_in_unicode_and_reports_packed_whole_are_read(db: None, folder: Path, encoded: bool) -> None:
    mail = await a_sent_mail()
    status = f"Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: utf-8; {AMIRA}\n{GONE}"
    head = "Content-Type: message/global-delivery-status"
    if encoded:
        status = b64encode(status.encode()).decode()
        head = "Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64"
    body = REPORT.partition("--x1\nContent-Type: message/delivery-status")[0] + f"--x1\n{head}\n\n{status}\n--x1\n"
    body += f"Content-Type: message/global-headers\n\nMessage-ID: {mail.message_id}\n\n--x1--\n"
    await dropped(folder, body.encode())
    assert (await row_of(mail))["reason"] == "bounced" and await undeliverable_among([AMIRA]) == {AMIRA}


async def test_the_address_of_somebody_who_was_erased_does_not_come_back(db: None, folder: Path) -> None:
    mail = await a_sent_mail(about=f"{TO_BE_FORGOTTEN}booking:1")
    await dropped(folder, a_report(mail))
    assert (await row_of(mail))["reason"] == "bounced" and await UndeliverableAddress.count() == 0


@pytest.mark.parametrize("before", ["", "Re: ", "AW: "])
async def test_a_mail_that_says_unsubscribe_is_heeded(db: None, folder: Path, before: str) -> None:
    await dropped(folder, a_plain_mail(f"{before}abmelden {unsubscribe_token(AMIRA)}"))
    assert await opted_out([AMIRA, "dorian@example.org"]) == {AMIRA}
    assert (await OptOut.select(OptOut.way).first() or {})["way"] == "mail"
    assert names(folder, "erledigt") == ["0.eml"]


async def test_files_of_a_maildir_are_found_and_unfinished_ones_are_left(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    for place in ("new", "tmp", "cur"):
        (folder / place).mkdir()
    (folder / "new" / "1700000000.M1P1.mx").write_bytes(a_report(mail))
    (folder / "tmp" / "1700000001.M1P1.mx").write_bytes(a_report(mail))
    (folder / ".halb.eml").write_bytes(b"")
    (folder / "neu.Xy12ab").write_bytes(b"")
    assert await take_in_reports(unsubscribe, now=NOW) == 1
    assert (await row_of(mail))["reason"] == "bounced"
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [".halb.eml", "neu.Xy12ab"]


async def test_no_folder_is_no_work(db: None, folder: Path) -> None:
    folder.rmdir()
    assert await take_in_reports(unsubscribe, now=NOW) == 0
    await sweep_reports(NOW)
    assert not folder.exists()


async def test_files_are_removed_when_nobody_needs_them_any_more(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    old = NOW.timestamp() - 10**9
    (folder / "0.eml").write_bytes(a_report(mail))
    os.utime(folder / "0.eml", (old, old))
    await dropped(folder, (folder / "0.eml").read_bytes(), b"?")
    await sweep_reports(NOW + timedelta(days=6))
    assert (len(names(folder, "erledigt")), len(names(folder, "unlesbar"))) == (1, 1)
    await sweep_reports(NOW + timedelta(days=8))
    assert (len(names(folder, "erledigt")), len(names(folder, "unlesbar"))) == (0, 1)
    await sweep_reports(NOW + timedelta(days=31))
    assert len(names(folder, "unlesbar")) == 0


async def test_the_clock_takes_reports_in(db: None, folder: Path) -> None:
    mail = await a_sent_mail()
    (folder / "0.eml").write_bytes(a_report(mail))
    await jobs.run_due(NOW)
    assert (await row_of(mail))["reason"] == "bounced"
