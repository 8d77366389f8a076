import re
from dataclasses import replace
from fractions import Fraction
from uuid import uuid4

import pytest

from events.kit.refusals import Refusal
from events.kit.translation import speaking
from events.programme.details import EventDetails, QuotaDetails
from events.programme.policy import Policy
from events.programme.rules import (
    is_lower,
    teaching_units,
    why_not_call_off,
    why_not_date,
    why_not_edit,
    why_not_lower_capacity,
    why_not_lower_quota,
    why_not_publish,
    why_not_quota,
    why_not_save,
)
from events.programme.slugs import first_free
from events.programme.status import MOVES, STATUSES, may_become
from events.programme.views import DateView, EventView
from events.programme.wording import REFUSALS, refusal_text
from events.programme.wording import STATUSES as STATUS_NAMES
from tests.programme.offers import NOW, evening

VENUE = uuid4()
DATE = DateView(
    uuid4(), uuid4(), evening().start, evening().end, 30, VENUE, "Bürgerhaus", "", "", "", "Herten", None, None,
    False, "", False, "uid", 0, NOW,
)  # fmt: skip
DRAFT = EventView(
    DATE.event_id, "abend", "draft", "training", {"de": "Abend"}, {}, {}, (), (), (), 12, Policy(), uuid4(), "p", "P",
    "F", "other", "", None, None, None, DATE.start, DATE.end, {}, NOW, 0, (DATE,),
)  # fmt: skip


def codes(reasons: tuple[Refusal, ...]) -> list[str]:
    return [reason.code for reason in reasons]


def test_a_complete_draft_may_be_published() -> None:
    assert why_not_publish(DRAFT, dates_to_follow=False) == ()
    assert why_not_publish(replace(DRAFT, dates=()), dates_to_follow=True) == ()
    assert why_not_publish(replace(DRAFT, status="called_off"), dates_to_follow=False) == ()


def test_what_is_missing_is_said_all_at_once() -> None:
    nowhere = replace(DATE, venue_id=None)
    empty = replace(DRAFT, title={"en": "Evening", "de": " "}, dates=(nowhere,))
    assert codes(why_not_publish(empty, dates_to_follow=False)) == ["no_german_title", "no_place"]
    cancelled = replace(DRAFT, dates=(replace(DATE, cancelled=True),))
    assert codes(why_not_publish(cancelled, dates_to_follow=False)) == ["no_dates"]
    assert codes(why_not_publish(replace(DRAFT, status="published"), dates_to_follow=False)) == ["already_published"]


def test_only_what_is_published_can_be_called_off() -> None:
    assert why_not_call_off("published") is None
    assert why_not_call_off("draft") == why_not_call_off("called_off") == Refusal("not_published")


def test_every_status_can_be_left_and_none_goes_back_to_draft() -> None:
    assert set(MOVES) == set(STATUSES) == set(STATUS_NAMES)
    assert all(not may_become(status, "draft") for status in STATUSES)
    assert all(any(may_become(status, then) for then in STATUSES) for status in STATUSES)


@pytest.mark.parametrize(
    ("capacity", "before", "lower"),
    [(10, None, True), (9, 10, True), (10, 10, False), (None, 10, False), (11, 10, False)],
)
def test_unlimited_is_more_than_any_number(capacity: int | None, before: int | None, lower: bool) -> None:
    assert is_lower(capacity, before) is lower


def test_seats_that_are_taken_stay() -> None:
    assert why_not_lower_capacity(10, 10) is None and why_not_lower_capacity(None, 99) is None
    assert why_not_lower_capacity(9, 10) == Refusal("capacity_below_taken", {"taken": 10})


def test_the_programme_may_change_until_the_event_begins() -> None:
    other = EventDetails(uuid4(), {"de": "Abend"})
    running = replace(DRAFT, status="published")
    assert why_not_edit(running, other, NOW) == why_not_edit(DRAFT, other, DATE.start) == ()
    assert codes(why_not_edit(running, other, DATE.start)) == ["programme_fixed"]


def test_a_date_ends_on_the_day_it_began() -> None:
    assert why_not_date(evening()) == ()
    until_midnight = replace(evening(), end=evening().start.replace(hour=23, minute=0))  # 24:00 in Berlin
    assert why_not_date(until_midnight) == ()
    past_midnight = replace(evening(), end=evening().start.replace(hour=23, minute=1))
    assert codes(why_not_date(past_midnight)) == ["over_night"]
    assert codes(why_not_date(replace(evening(), break_minutes=-1))) == ["breaks_too_long"]


def test_a_quota_is_for_one_organisation_or_one_kind_and_fits_the_seats() -> None:
    assert why_not_quota(QuotaDetails(5, organisation_id=uuid4()), 5) == ()
    assert why_not_quota(QuotaDetails(500, organisation_kind="body"), None) == ()
    assert codes(why_not_quota(QuotaDetails(5), 5)) == ["quota_target"]
    assert codes(why_not_quota(QuotaDetails(5, uuid4(), "body"), 5)) == ["quota_target"]
    assert codes(why_not_quota(QuotaDetails(5, organisation_kind="club"), 5)) == ["unknown_choice"]
    assert codes(why_not_quota(QuotaDetails(6, uuid4()), 5)) == ["quota_above_capacity"]


def test_a_quota_leaves_the_seats_that_are_taken() -> None:
    assert why_not_lower_quota("Stadt Marl", 2, 2) is None
    refusal = why_not_lower_quota("Stadt Marl", 1, 2)
    assert refusal is not None and "Stadt Marl" in refusal_text(refusal) and "2" in refusal_text(refusal)


def test_every_refusal_has_its_sentence() -> None:
    for code, sentence in REFUSALS.items():
        facts: dict[str, str | int] = dict.fromkeys(re.findall(r"%\((\w+)\)s", sentence), 3)
        assert "%(" not in refusal_text(Refusal(code, facts)), code
    with speaking("tr"):
        assert refusal_text(Refusal("no_dates"))
    assert why_not_save(EventDetails(uuid4(), {"de": "Abend"}, policy={"approval": True})) == ()


def test_an_address_takes_year_month_and_then_a_number() -> None:
    start = evening().start
    assert first_free("abend", (), start) == "abend"
    assert first_free("abend", {"abend", "abend-2027"}, start) == "abend-2027-01"
    assert first_free("abend", {"abend", "abend-2027", "abend-2027-01"}, start) == "abend-2"
    assert first_free("abend", {"abend", "abend-2"}, None) == "abend-3"


def test_teaching_units_are_exact() -> None:
    assert teaching_units(180) == 4 and teaching_units(390) == Fraction(26, 3)
