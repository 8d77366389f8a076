"""Which mails go out before and after a date, whose rule counts, and at what moment of the clock in Berlin."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from events.history.tables import HistoryEntry
from events.invitations.reminders.actions import (
    add_mail_rule,
    change_mail_rule,
    remove_all_rules,
    remove_mail_rule,
    switch_off,
)
from events.invitations.reminders.in_force import rules_for
from events.invitations.reminders.rules import (
    DEFAULT,
    MailRule,
    MailRuleDetails,
    in_force,
    is_due,
    moment,
    sequence_of,
    useful_until,
    why_not_keep,
)
from events.kit.actor import SYSTEM
from events.kit.clock import BERLIN, berlin, now
from events.kit.refusals import NotFound, Refused
from tests.factories import make_event, make_programme

THANKS = {"de": "Danke, dass Sie da waren.", "tr": "Teşekkürler."}
WEDNESDAY = date(2027, 3, 3)


def reminder(days: int = 2, **changed: object) -> MailRuleDetails:
    return MailRuleDetails("reminder", days_before=days, **changed)  # type: ignore[arg-type]


def follow_up(hours: int = 24, **changed: object) -> MailRuleDetails:
    return MailRuleDetails("follow_up", hours_after=hours, **{"texts": THANKS, **changed})  # type: ignore[arg-type]


def local(at: datetime) -> str:
    return f"{at.astimezone(BERLIN):%d.%m. %H:%M}"


def at(details: MailRuleDetails, start: datetime, hours: float = 3) -> str:
    return local(moment(details, start, start + timedelta(hours=hours)))


def test_two_days_before_means_at_ten_whatever_the_hour_of_the_start() -> None:
    for clock in (time(8), time(9, 30), time(17, 30), time(23)):
        assert at(reminder(2), berlin(WEDNESDAY, clock)) == "01.03. 10:00"


def test_on_the_day_itself_it_is_early_enough() -> None:
    assert at(reminder(0), berlin(WEDNESDAY, time(17, 30))) == "03.03. 10:00"
    assert at(reminder(0), berlin(WEDNESDAY, time(11))) == "03.03. 10:00"
    assert at(reminder(0), berlin(WEDNESDAY, time(10))) == "03.03. 08:00"
    assert at(reminder(0), berlin(WEDNESDAY, time(8, 30))) == "02.03. 18:00"


def test_the_clock_on_the_wall_counts_when_summer_begins_and_ends() -> None:
    spring, autumn = berlin(date(2027, 3, 29), time(9)), berlin(date(2027, 11, 1), time(9))
    assert at(reminder(1), spring) == "28.03. 10:00" and at(reminder(3), spring) == "26.03. 10:00"
    assert at(reminder(1), autumn) == "31.10. 10:00" and at(reminder(2), autumn) == "30.10. 10:00"
    assert moment(reminder(1), spring, spring) == datetime(2027, 3, 28, 8, tzinfo=UTC)
    assert moment(reminder(3), spring, spring) == datetime(2027, 3, 26, 9, tzinfo=UTC)


def test_a_date_at_midnight_belongs_to_the_day_it_begins() -> None:
    assert at(reminder(1), berlin(WEDNESDAY, time(0))) == "02.03. 10:00"
    assert at(reminder(1), berlin(date(2027, 3, 2), time(23, 59))) == "01.03. 10:00"


def test_nobody_gets_a_mail_at_night() -> None:
    evening = berlin(WEDNESDAY, time(17, 30))
    assert at(follow_up(0), evening, hours=2) == "03.03. 19:30"
    assert at(follow_up(0), evening, hours=2.5) == "04.03. 08:00"
    assert at(follow_up(2), evening, hours=3) == "04.03. 08:00"
    assert at(follow_up(10), evening, hours=3) == "04.03. 08:00"
    assert at(follow_up(24), evening, hours=2) == "04.03. 19:30"
    rule = MailRule(uuid4(), "event", reminder(2))
    start = berlin(WEDNESDAY, time(17, 30))
    end = start + timedelta(hours=3)
    assert not is_due(rule, start, end, berlin(date(2027, 3, 1), time(21)))
    assert is_due(rule, start, end, berlin(date(2027, 3, 2), time(8)))


def test_a_reminder_helps_for_a_day_and_never_after_the_start() -> None:
    start = berlin(WEDNESDAY, time(17, 30))
    end = start + timedelta(hours=3)
    assert local(useful_until(reminder(2), start, end)) == "02.03. 10:00"
    assert useful_until(reminder(0), start, end) == start
    rule = MailRule(uuid4(), "event", reminder(2))
    assert is_due(rule, start, end, berlin(date(2027, 3, 1), time(10)))
    assert not is_due(rule, start, end, berlin(date(2027, 3, 1), time(9, 59)))
    assert not is_due(rule, start, end, berlin(date(2027, 3, 2), time(10)))


def test_a_rule_made_too_late_surprises_nobody() -> None:
    start = berlin(WEDNESDAY, time(17, 30))
    end, then = start + timedelta(hours=3), berlin(date(2027, 3, 1), time(12))
    assert is_due(MailRule(uuid4(), "event", reminder(2), then - timedelta(days=1)), start, end, then)
    assert not is_due(MailRule(uuid4(), "event", reminder(2), then - timedelta(hours=1)), start, end, then)


def test_another_day_is_told_of_anew_another_hour_is_not() -> None:
    rule = MailRule(uuid4(), "event", reminder(2))
    start = berlin(WEDNESDAY, time(17, 30))
    assert sequence_of(rule, start) == sequence_of(rule, start + timedelta(hours=1)) < 2**31
    assert sequence_of(rule, start) != sequence_of(rule, start + timedelta(days=1))
    assert sequence_of(rule, start) != sequence_of(DEFAULT, start)


def test_own_rules_replace_those_of_the_programme_kind_by_kind() -> None:
    own = [MailRule(uuid4(), "event", reminder(7))]
    of_programme = [MailRule(uuid4(), "programme", reminder(1)), MailRule(uuid4(), "programme", follow_up())]
    assert in_force("reminder", own, of_programme).rules == tuple(own)
    assert in_force("follow_up", own, of_programme).rules == (of_programme[1],)
    assert in_force("reminder", [], of_programme).origin == "programme"
    assert in_force("reminder", [], []).rules == (DEFAULT,)
    assert in_force("follow_up", [], []).rules == ()


def test_switched_off_means_none_whatever_stands_above() -> None:
    off = MailRule(uuid4(), "event", reminder(statuses=()))
    found = in_force("reminder", [off], [MailRule(uuid4(), "programme", reminder(1))])
    assert found.rules == () and found.origin == "event"


@pytest.mark.parametrize(
    ("details", "codes"),
    [
        (reminder(0), []),
        (reminder(30, statuses=("confirmed", "waiting")), []),
        (follow_up(336, last_only=True), []),
        (reminder(31), ["rule_out_of_range"]),
        (reminder(-1), ["rule_out_of_range"]),
        (follow_up(337), ["rule_out_of_range"]),
        (reminder(statuses=()), ["rule_for_nobody"]),
        (reminder(statuses=("cancelled",)), ["rule_for_nobody"]),
        (follow_up(texts={"tr": "Teşekkürler."}), ["rule_without_text"]),
        (reminder(5), ["rule_exists"]),
    ],
)
def test_what_the_office_may_set(details: MailRuleDetails, codes: list[str]) -> None:
    others = [MailRule(uuid4(), "event", reminder(5)), MailRule(uuid4(), "event", reminder(statuses=()))]
    assert [one.code for one in why_not_keep(details, others if details.kind == "reminder" else [])] == codes


def test_four_mails_of_a_kind_are_enough() -> None:
    four = [MailRule(uuid4(), "event", reminder(days)) for days in range(4)]
    assert [one.code for one in why_not_keep(reminder(9), four)] == ["too_many_rules"]


async def test_an_event_follows_its_own_rules_then_its_programmes_then_the_default(db: None) -> None:
    event = await make_event()
    assert (await rules_for(event))["reminder"].rules == (DEFAULT,)
    await add_mail_rule(reminder(7), programme_id=event.programme_id, by=SYSTEM, now=now())
    assert [one.details.days_before for one in (await rules_for(event))["reminder"].rules] == [7]
    own = await add_mail_rule(reminder(1), event_id=event.id, by=SYSTEM, now=now())
    await add_mail_rule(reminder(3), event_id=event.id, by=SYSTEM, now=now())
    found = (await rules_for(event))["reminder"]
    assert [one.details.days_before for one in found.rules] == [3, 1] and found.origin == "event"
    await remove_mail_rule(own, by=SYSTEM, now=now())
    await remove_all_rules("reminder", event_id=event.id, by=SYSTEM, now=now())
    assert (await rules_for(event))["reminder"].origin == "programme"


async def test_what_was_set_is_kept_and_can_be_changed(db: None) -> None:
    event = await make_event()
    rule = await add_mail_rule(follow_up(2, last_only=True), event_id=event.id, by=SYSTEM, now=now())
    (kept,) = (await rules_for(event))["follow_up"].rules
    assert kept.details == follow_up(2, last_only=True)
    await change_mail_rule(rule, follow_up(5, statuses=("confirmed", "waiting")), by=SYSTEM, now=now())
    (kept,) = (await rules_for(event))["follow_up"].rules
    assert kept.id == rule and kept.details == follow_up(5, statuses=("confirmed", "waiting"))
    await change_mail_rule(rule, kept.details, by=SYSTEM, now=now())
    told = await HistoryEntry.select(HistoryEntry.verb).where(HistoryEntry.about_id == rule).order_by(HistoryEntry.at)
    assert [one["verb"] for one in told] == ["rule_added", "edited"]


async def test_reminders_can_be_switched_off_and_on_again(db: None) -> None:
    event = await make_event()
    await add_mail_rule(reminder(5), event_id=event.id, by=SYSTEM, now=now())
    for _twice in range(2):
        await switch_off("reminder", event_id=event.id, by=SYSTEM, now=now())
        assert (await rules_for(event))["reminder"].rules == ()
    await add_mail_rule(reminder(5), event_id=event.id, by=SYSTEM, now=now())
    assert [one.details.days_before for one in (await rules_for(event))["reminder"].rules] == [5]
    await remove_all_rules("reminder", event_id=event.id, by=SYSTEM, now=now())
    assert (await rules_for(event))["reminder"].rules == (DEFAULT,)


async def test_what_goes_against_the_rules_changes_nothing(db: None) -> None:
    event = await make_event()
    rule = await add_mail_rule(reminder(5), event_id=event.id, by=SYSTEM, now=now())
    for wrong in (reminder(5), reminder(31), follow_up(texts={})):
        with pytest.raises(Refused):
            await add_mail_rule(wrong, event_id=event.id, by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await change_mail_rule(rule, follow_up(), by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await change_mail_rule(uuid4(), reminder(), by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await remove_mail_rule(uuid4(), by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await add_mail_rule(reminder(), event_id=uuid4(), by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await add_mail_rule(reminder(), programme_id=uuid4(), by=SYSTEM, now=now())
    assert [one.id for one in (await rules_for(event))["reminder"].rules] == [rule]


async def test_another_programme_keeps_its_own_ways(db: None) -> None:
    event, other = await make_event(), await make_programme("Rucksack")
    await switch_off("reminder", programme_id=other, by=SYSTEM, now=now())
    assert (await rules_for(event))["reminder"].rules == (DEFAULT,)
    assert (await rules_for(await make_event(programme=other)))["reminder"].rules == ()
