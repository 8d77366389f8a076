"""What a server's answers mean, and when to try again."""

from datetime import datetime, timedelta

import pytest

from events.mail.rules import (
    BULK,
    GIVE_UP_AFTER,
    LONGEST_WAIT,
    Allowance,
    Stage,
    Verdict,
    allowance,
    classify,
    is_given_up,
    is_mail_to_blame,
    next_try,
    pause_until,
    why_not_resend,
)
from tests.mail.letters import MINUTE, NOW

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("stage", "code", "text", "verdict"),
    [
        (Stage.CONNECTION, None, "", Verdict.UNREACHABLE),
        (Stage.CONNECTION, 451, "4.3.0 try later", Verdict.UNREACHABLE),
        (Stage.CONNECTION, 535, "5.7.8 wrong password", Verdict.OUR_FAULT),
        (Stage.CONNECTION, 554, "no service for you", Verdict.OUR_FAULT),
        (Stage.SENDER, None, "", Verdict.UNREACHABLE),
        (Stage.SENDER, 550, "5.1.8 sender unknown", Verdict.OUR_FAULT),
        (Stage.SENDER, 530, "5.7.0 sign in first", Verdict.OUR_FAULT),
        (Stage.RECIPIENT, 451, "4.7.1 greylisted", Verdict.LATER),
        (Stage.RECIPIENT, 421, "4.3.2 shutting down", Verdict.UNREACHABLE),
        (Stage.RECIPIENT, 550, "5.1.1 no such user", Verdict.BAD_ADDRESS),
        (Stage.RECIPIENT, 550, "5.1.10 no MX", Verdict.BAD_ADDRESS),
        (Stage.RECIPIENT, 552, "5.2.2 mailbox full", Verdict.BAD_ADDRESS),
        (Stage.RECIPIENT, 550, "no such user", Verdict.BAD_ADDRESS),
        (Stage.RECIPIENT, 550, "5.1.7 bad sender address", Verdict.OUR_FAULT),
        (Stage.RECIPIENT, 554, "5.7.1 relay access denied", Verdict.OUR_FAULT),
        (Stage.RECIPIENT, 554, "refused", Verdict.OUR_FAULT),
        (Stage.CONTENT, 451, "4.3.0 try later", Verdict.LATER),
        (Stage.CONTENT, 554, "5.7.1 looks like spam", Verdict.OUR_FAULT),
        (Stage.CONTENT, 550, "5.1.1 no such user", Verdict.OUR_FAULT),
        (Stage.CONTENT, None, "", Verdict.UNKNOWN),
        (Stage.SENDER, 552, "5.3.4 message too big", Verdict.REFUSED),
        (Stage.RECIPIENT, 552, "5.2.3 too big for this mailbox", Verdict.REFUSED),
        (Stage.CONTENT, 552, "too much mail data", Verdict.REFUSED),
    ],
)
def test_each_answer_has_its_meaning(stage: Stage, code: int | None, text: str, verdict: Verdict) -> None:
    assert classify(stage, code, text) is verdict


def test_waits_double_from_one_minute_to_six_hours() -> None:
    waits = [next_try(Verdict.LATER, tries, NOW, 0) - NOW for tries in (1, 2, 3, 8, 9, 10, 1000)]
    assert waits == [MINUTE, 2 * MINUTE, 4 * MINUTE, 128 * MINUTE, 256 * MINUTE, 6 * HOUR, 6 * HOUR]


def test_jitter_spreads_but_never_beyond_the_longest_wait() -> None:
    assert next_try(Verdict.LATER, 1, NOW, 1) - NOW == 1.25 * MINUTE
    assert next_try(Verdict.LATER, 50, NOW, 1) - NOW == LONGEST_WAIT


def test_a_server_that_is_away_is_asked_again_within_ten_minutes() -> None:
    assert next_try(Verdict.UNREACHABLE, 50, NOW, 1) - NOW == 10 * MINUTE


def test_a_mail_is_given_up_after_three_days_of_tries() -> None:
    assert is_given_up(NOW - GIVE_UP_AFTER, 20, NOW)
    assert not is_given_up(NOW - GIVE_UP_AFTER + MINUTE, 20, NOW)


def test_days_without_a_try_do_not_count() -> None:
    assert not is_given_up(NOW - 5 * DAY, 1, NOW)


def test_a_mail_whose_content_is_refused_again_and_again_while_others_go_out_is_to_blame_itself() -> None:
    assert is_mail_to_blame(Stage.CONTENT, 5, is_paused=False)
    assert not is_mail_to_blame(Stage.CONTENT, 4, is_paused=False)
    assert not is_mail_to_blame(Stage.CONTENT, 5, is_paused=True)
    assert not is_mail_to_blame(Stage.SENDER, 5, is_paused=False)


def test_a_fault_of_ours_is_looked_at_more_rarely_the_longer_it_lasts() -> None:
    lasted = (0 * MINUTE, 20 * MINUTE, 5 * HOUR)
    assert [pause_until(NOW - time, NOW) - NOW for time in lasted] == [5 * MINUTE, 20 * MINUTE, HOUR]


def test_bulk_leaves_a_quarter_of_the_rate_to_peoples_own_mails() -> None:
    assert allowance(60, 0) == Allowance(at_once=15, bulk=15)
    assert allowance(60, 40) == Allowance(at_once=5, bulk=5)
    assert allowance(60, 45) == Allowance(at_once=3, bulk=0)
    assert allowance(60, 70) == Allowance(at_once=0, bulk=0)


def test_a_worker_takes_a_part_of_what_is_left_because_others_may_take_theirs_just_now() -> None:
    sent = 0
    while allowed := allowance(60, sent).at_once:
        sent += 4 * allowed
    assert 60 <= sent <= 63


def test_even_the_lowest_rate_lets_bulk_through() -> None:
    assert allowance(1, 0) == Allowance(at_once=1, bulk=1)


@pytest.mark.parametrize(
    ("status", "has_content", "useful_until", "code"),
    [
        ("failed", True, None, None),
        ("held", True, NOW + MINUTE, None),
        ("sent", True, None, "mail_not_resendable"),
        ("queued", True, None, "mail_not_resendable"),
        ("failed", False, None, "mail_erased"),
        ("failed", True, NOW, "mail_too_late"),
    ],
)
def test_only_what_failed_and_still_makes_sense_is_sent_anew(
    status: str, has_content: bool, useful_until: datetime | None, code: str | None
) -> None:
    refusal = why_not_resend(status, has_content, useful_until, NOW)
    assert (refusal and refusal.code) == code


def test_bulk_comes_after_everything_else() -> None:
    assert BULK == 9
