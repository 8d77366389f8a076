"""Reminders and follow-ups on their day: to whom, once, in their language, and not when it is not true any more."""

import asyncio
from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest

from events import jobs
from events.invitations.actions import call_off_event, drop_date, move_date
from events.invitations.mailings.expanding import expand_mailings
from events.invitations.reminders.actions import add_mail_rule, remove_mail_rule, switch_off
from events.invitations.reminders.due import queue_due_reminders
from events.invitations.reminders.rules import MailRuleDetails
from events.kit.actor import SYSTEM
from events.kit.clock import berlin, standing_at
from events.kit.database import queries_so_far
from events.mail.outbox import fail_what_is_too_late
from events.mail.tables import Mailing, OutgoingMail
from events.programme.details import DateDetails
from events.registration.actions import cancel_booking, register
from events.registration.signup import Person, SignUp
from tests.factories import make_event, make_programme
from tests.outbox import kinds_to, mails_to, text_of
from tests.reminding import DUE, LONG_BEFORE, WEDNESDAY, coming, evening, reminders_to, round_at


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    with standing_at(LONG_BEFORE):
        yield


async def test_who_has_a_place_is_reminded_two_days_before_and_once(db: None) -> None:
    event = await evening()
    await coming(event)
    assert await round_at(DUE - timedelta(minutes=1)) == 0
    assert await round_at(DUE) == 1
    assert await round_at(DUE + timedelta(minutes=15)) == 0
    (mail,) = await mails_to("amira@example.org", "reminder")
    assert mail["Subject"] == "Erinnerung: Lebenskunde" and mail["Precedence"] is None
    assert mail["List-Unsubscribe"] is None and mail["References"]
    text = text_of(mail)
    assert "Guten Tag Amira," in text and "Mittwoch, 3. März 2027, 17:30–20:30 Uhr" in text
    assert "Kreishaus, Musterallee 1, 45657 Recklinghausen" in text and "Bitte klingeln Sie." in text
    assert "Ich kann nicht kommen:" in text and f"?absagen={event.id}#absagen" in text
    row = await OutgoingMail.objects().get(OutgoingMail.kind == "reminder")
    assert row is not None and row.priority == 5 and row.useful_until == event.starts_at
    assert row.about == f"mailing:{row.mailing}"


async def test_everybody_reads_their_own_language_and_a_shared_address_one_mail(db: None) -> None:
    event = await evening()
    await coming(event, Person("Ayşe"), email="ayse@example.org", language="tr")
    await coming(event, Person("Bodo"), email="kita@example.org")
    await coming(event, Person("Cem"), email="kita@example.org")
    assert await round_at(DUE) == 2
    (turkish,) = await reminders_to("ayse@example.org")
    assert "Lütfen zili çalın." in turkish and "/tr/anmeldung/" in turkish and "Guten Tag" not in turkish
    (shared,) = await reminders_to("kita@example.org")
    assert "Absagen für Bodo:" in shared and "Absagen für Cem:" in shared and shared.count("/anmeldung/") == 2


async def test_who_has_an_own_address_gets_the_link_to_their_own_rows(db: None) -> None:
    event = await evening()
    await coming(event, Person("Amira"), Person("Bodo", email="bodo@example.org"))
    assert await round_at(DUE) == 2
    (own,), (contact,) = await reminders_to("bodo@example.org"), await reminders_to("amira@example.org")
    links = [text.partition("/anmeldung/")[2].partition("?")[0] for text in (own, contact)]
    assert links[0] != links[1] and "Guten Tag Bodo," in own and "Amira" not in own


async def test_each_date_that_takes_place_has_its_own_reminder(db: None) -> None:
    days = [date(2027, 3, 3), date(2027, 3, 10), date(2027, 3, 17)]
    event = await evening(*days)
    await coming(event)
    await drop_date(event.dates[1].id, by=SYSTEM, now=LONG_BEFORE, notify=False)
    for day in days:
        await round_at(berlin(day - timedelta(days=2), time(10)))
    first, last = await reminders_to("amira@example.org")
    assert "Termin 1 von 3" in first and "Termin 3 von 3" in last and "17. März" in last
    # The event has begun: giving the place back is a matter for the phone.
    assert "Ich kann nicht kommen" not in last and "rufen Sie uns an" in last


async def test_nothing_is_said_to_those_who_cancelled_or_came_later(db: None) -> None:
    event = await evening()
    gone = await coming(event, Person("Weg"), email="weg@example.org")
    await coming(event, Person("Neu"), email="neu@example.org", at=DUE + timedelta(minutes=5))
    await coming(event)
    await queue_due_reminders(now=DUE + timedelta(minutes=10))
    await cancel_booking(gone.booking, by=SYSTEM, now=DUE + timedelta(minutes=11))
    assert await expand_mailings(now=DUE + timedelta(minutes=12)) == 1
    assert "reminder" not in await kinds_to("weg@example.org") + await kinds_to("neu@example.org")


async def test_waiting_people_hear_only_if_a_rule_says_so_and_in_other_words(db: None) -> None:
    event = await evening(capacity=1)
    await coming(event)
    await coming(event, Person("Wanda"), email="wanda@example.org")
    everybody = MailRuleDetails("reminder", days_before=1, statuses=("confirmed", "waiting"))
    await add_mail_rule(everybody, event_id=event.id, by=SYSTEM, now=LONG_BEFORE)
    await round_at(DUE)
    assert "reminder" not in await kinds_to("amira@example.org")
    await round_at(DUE + timedelta(days=1))
    (mail,) = await mails_to("wanda@example.org", "reminder")
    assert mail["Subject"] == "Warteliste: Lebenskunde" and "noch auf der Warteliste" not in mail["Subject"]
    assert "kein Platz frei geworden" in text_of(mail) and "Bitte klingeln" not in text_of(mail)
    assert "freuen uns auf Sie" in (await reminders_to("amira@example.org"))[0]


async def test_the_online_link_goes_to_those_with_a_place_only(db: None) -> None:
    event = await make_event("Online", starts_in=timedelta(days=30), online=True, capacity=1)
    await move_date(
        event.dates[0].id,
        DateDetails(event.dates[0].start, event.dates[0].end, is_online=True, join_link="https://example.org/raum"),
        by=SYSTEM, now=LONG_BEFORE, notify=False,
    )  # fmt: skip
    await coming(event)
    await coming(event, Person("Wanda"), email="wanda@example.org")
    rule = MailRuleDetails("reminder", statuses=("confirmed", "waiting"))
    await add_mail_rule(rule, event_id=event.id, by=SYSTEM, now=LONG_BEFORE)
    await round_at(berlin(event.dates[0].start.date() - timedelta(days=2), time(10)))
    assert "https://example.org/raum" in (await reminders_to("amira@example.org"))[0]
    assert "https://example.org/raum" not in (await reminders_to("wanda@example.org"))[0]


async def test_a_moved_date_is_told_of_anew_and_the_old_day_not_any_more(db: None) -> None:
    event = await evening()
    await coming(event)
    assert await round_at(DUE) == 1
    date_id = event.dates[0].id
    later = DateDetails(berlin(WEDNESDAY, time(18)), berlin(WEDNESDAY, time(20)), is_online=True)
    await move_date(date_id, later, by=SYSTEM, now=DUE + timedelta(hours=1), notify=False)
    assert await round_at(DUE + timedelta(hours=2)) == 0
    friday = date(2027, 3, 5)
    moved = DateDetails(berlin(friday, time(18)), berlin(friday, time(20)), is_online=True)
    await move_date(date_id, moved, by=SYSTEM, now=DUE + timedelta(hours=3), notify=False)
    assert await round_at(DUE + timedelta(days=1)) == 0
    assert await round_at(berlin(date(2027, 3, 3), time(10))) == 1
    assert "Freitag, 5. März" in (await reminders_to("amira@example.org"))[1]


async def test_what_was_queued_is_not_written_once_it_is_not_true_any_more(db: None) -> None:
    for change in ("called_off", "dropped", "moved", "started", "off"):
        event = await evening(title=change)
        await coming(event)
        await queue_due_reminders(now=DUE)
        moment = DUE + timedelta(minutes=1)
        if change == "called_off":
            await call_off_event(event.id, {}, by=SYSTEM, now=moment, notify=False)
        elif change == "dropped":
            await drop_date(event.dates[0].id, by=SYSTEM, now=moment, notify=False)
        elif change == "moved":
            start = berlin(date(2027, 3, 9), time(18))
            later = DateDetails(start, start + timedelta(hours=1), is_online=True)
            await move_date(event.dates[0].id, later, by=SYSTEM, now=moment, notify=False)
        elif change == "off":
            await switch_off("reminder", event_id=event.id, by=SYSTEM, now=moment)
        started = berlin(WEDNESDAY, time(18))
        assert await expand_mailings(now=started if change == "started" else moment) == 0, change
    assert "reminder" not in await kinds_to("amira@example.org")
    assert not await Mailing.exists().where(Mailing.status == "queued")


async def test_a_rule_that_is_removed_stops_what_is_not_written_yet(db: None) -> None:
    event = await evening()
    await coming(event)
    rule = await add_mail_rule(
        MailRuleDetails("reminder", days_before=2), event_id=event.id, by=SYSTEM, now=LONG_BEFORE
    )
    await queue_due_reminders(now=DUE)
    await remove_mail_rule(rule, by=SYSTEM, now=DUE)
    assert await expand_mailings(now=DUE) == 0


async def test_nothing_is_queued_for_what_does_not_take_place_or_nobody_comes_to(db: None) -> None:
    off, empty, dropped = await evening(title="Weg"), await evening(title="Leer"), await evening(title="Entfällt")
    draft = await make_event("Entwurf", published=False)
    await coming(off)
    await coming(dropped)
    await call_off_event(off.id, {}, by=SYSTEM, now=LONG_BEFORE, notify=False)
    await drop_date(dropped.dates[0].id, by=SYSTEM, now=LONG_BEFORE, notify=False)
    assert await queue_due_reminders(now=DUE) == 0
    assert empty.has_dates and draft.status == "draft" and await Mailing.count() == 0


async def test_switched_off_means_silence(db: None) -> None:
    event = await evening()
    await coming(event)
    await switch_off("reminder", programme_id=event.programme_id, by=SYSTEM, now=LONG_BEFORE)
    assert await queue_due_reminders(now=DUE) == 0


async def test_two_workers_write_one_mail(db: None) -> None:
    event = await evening()
    await coming(event)
    queued = await asyncio.gather(*(queue_due_reminders(now=DUE) for _worker in range(4)))
    assert sum(queued) == 1
    await asyncio.gather(*(expand_mailings(now=DUE) for _worker in range(4)))
    assert len(await reminders_to("amira@example.org")) == 1


async def test_a_worker_that_was_away_is_late_but_never_too_late(db: None) -> None:
    event = await evening()
    await coming(event)
    assert await round_at(DUE + timedelta(hours=12)) == 0  # at night
    assert await round_at(DUE + timedelta(days=2)) == 0
    assert await round_at(DUE + timedelta(hours=22)) == 1


async def test_at_night_and_with_nothing_due_the_round_costs_next_to_nothing(db: None) -> None:
    event = await evening()
    await coming(event)
    before = queries_so_far()
    await queue_due_reminders(now=DUE + timedelta(hours=12))
    assert queries_so_far() == before
    await queue_due_reminders(now=DUE - timedelta(days=1))
    assert queries_so_far() - before == 2


async def test_many_are_written_in_the_same_number_of_statements(db: None) -> None:
    event = await evening(capacity=None)
    await coming(event)
    before = queries_so_far()
    await round_at(DUE)
    for_one = queries_so_far() - before
    other = await evening(title="Mit vielen", capacity=None)
    for number in range(30):
        await coming(other, Person(f"Gast {number}"), email=f"gast{number}@example.org")
    before = queries_so_far()
    assert await round_at(DUE) == 30
    assert queries_so_far() - before <= for_one + 1  # a second batch finds nobody left


async def test_the_clock_starts_both(db: None) -> None:
    event = await evening()
    await coming(event)
    with standing_at(DUE):
        await jobs.tidy_up(DUE)
        await jobs.run_due(DUE)
    assert len(await reminders_to("amira@example.org")) == 1


async def test_what_nobody_translated_says_that_it_is_german(db: None) -> None:
    event = await evening()
    await coming(event, Person("Ayşe"), email="ayse@example.org", language="ar")
    texts = {"de": "Bitte **warme** Socken mitbringen."}
    rule = MailRuleDetails("reminder", texts=texts)
    await add_mail_rule(rule, event_id=event.id, by=SYSTEM, now=LONG_BEFORE)
    await round_at(DUE)
    (mail,) = await mails_to("ayse@example.org", "reminder")
    html = mail.get_body(("html",))
    assert html is not None
    content = html.get_content()
    assert '<span lang="de" dir="auto">Bitte klingeln Sie.</span>' in content
    assert '<div class="note" lang="de" dir="auto">' in content and "<strong>warme</strong>" in content
    assert "Bitte warme Socken mitbringen." in text_of(mail)


async def test_who_comes_without_a_name_or_with_a_party_is_told_for_how_many(db: None) -> None:
    programme = await make_programme("Pflege", policy={"max_party": 4, "needs_email": False})
    event = await evening(programme=programme)
    sign_up = SignUp((event.id,), (Person(party=3),), "amira@example.org", source="office")
    await register(sign_up, by=SYSTEM, now=LONG_BEFORE)
    await round_at(DUE)
    (text,) = await reminders_to("amira@example.org")
    assert "Guten Tag," in text and "für 3 Personen" in text


async def test_a_reminder_that_waits_to_be_sent_is_withdrawn_when_it_becomes_wrong(db: None) -> None:
    for number, change in enumerate(("called_off", "dropped", "moved", "room")):
        event, email = await evening(title=change), f"gast{number}@example.org"
        await coming(event, email=email)
        await round_at(DUE)
        date_id, later = event.dates[0].id, DUE + timedelta(minutes=1)
        if change == "called_off":
            await call_off_event(event.id, {}, by=SYSTEM, now=later)
        elif change == "dropped":
            await drop_date(date_id, by=SYSTEM, now=later)
        else:
            start = event.dates[0].start + timedelta(hours=change == "moved")
            await move_date(date_id, DateDetails(start, event.dates[0].end, is_online=True), by=SYSTEM, now=later)
        row = await OutgoingMail.objects().get((OutgoingMail.kind == "reminder") & (OutgoingMail.recipient == email))
        assert row is not None and row.useful_until == later, change
        assert await fail_what_is_too_late(later) == 1
