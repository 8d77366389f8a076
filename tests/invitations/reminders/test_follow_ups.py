"""The mail after a date: to whom, when, in which language, and never about what was entered later."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest

from events.invitations.actions import drop_date
from events.invitations.reminders.actions import add_mail_rule, switch_off
from events.invitations.reminders.rules import MailRuleDetails
from events.kit.actor import SYSTEM
from events.kit.clock import berlin, standing_at
from events.registration.signup import Person
from tests.outbox import mails_to, text_of
from tests.reminding import LONG_BEFORE, coming, evening, reminders_to, round_at

AFTERWARDS = berlin(date(2027, 3, 5), time(9))
THANKS = {"de": "Danke! [Rückmeldung](https://example.org/feedback)", "tr": "Teşekkürler!"}
FOLLOW_UP = MailRuleDetails("follow_up", hours_after=12, texts=THANKS)


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    with standing_at(LONG_BEFORE):
        yield


async def test_a_follow_up_comes_after_each_date_to_those_who_had_a_place(db: None) -> None:
    event = await evening(date(2027, 3, 3), date(2027, 3, 10))
    await coming(event)
    await coming(event, Person("Ayşe"), email="ayse@example.org", language="tr")
    await add_mail_rule(FOLLOW_UP, programme_id=event.programme_id, by=SYSTEM, now=LONG_BEFORE)
    assert await round_at(berlin(date(2027, 3, 4), time(8))) == 0
    assert await round_at(berlin(date(2027, 3, 4), time(8, 30))) == 2
    assert await round_at(berlin(date(2027, 3, 4), time(9))) == 0
    (mail,) = await mails_to("amira@example.org", "follow_up")
    assert mail["Subject"] == "Nach der Veranstaltung: Lebenskunde"
    assert "https://example.org/feedback" in text_of(mail) and "3. März" in text_of(mail)
    assert "Teşekkürler!" in (await reminders_to("ayse@example.org", "follow_up"))[0]
    assert await round_at(berlin(date(2027, 3, 11), time(8, 30))) == 2


async def test_a_follow_up_can_wait_for_the_last_date_that_takes_place(db: None) -> None:
    event = await evening(date(2027, 3, 3), date(2027, 3, 10), date(2027, 3, 17))
    await coming(event)
    await switch_off("reminder", event_id=event.id, by=SYSTEM, now=LONG_BEFORE)
    details = MailRuleDetails("follow_up", hours_after=12, last_only=True, texts=THANKS)
    await add_mail_rule(details, event_id=event.id, by=SYSTEM, now=LONG_BEFORE)
    await drop_date(event.dates[2].id, by=SYSTEM, now=LONG_BEFORE, notify=False)
    written = [await round_at(berlin(date(2027, 3, day), time(8, 30))) for day in (4, 11, 18)]
    assert written == [0, 1, 0]


async def test_history_that_is_entered_later_thanks_nobody(db: None) -> None:
    event = await evening()
    await coming(event)
    await add_mail_rule(FOLLOW_UP, programme_id=event.programme_id, by=SYSTEM, now=AFTERWARDS)
    assert await round_at(AFTERWARDS + timedelta(minutes=5)) == 0
    old = await evening(date(2026, 11, 4), title="Früher")
    await coming(old, at=berlin(date(2026, 11, 1), time(9)))
    await add_mail_rule(FOLLOW_UP, event_id=old.id, by=SYSTEM, now=berlin(date(2026, 11, 1), time(9)))
    assert await round_at(AFTERWARDS) == 0
