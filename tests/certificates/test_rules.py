"""Who may have a certificate, by plain values."""

from datetime import date

import pytest

from events.certificates.rules import Part, Requirement, attended_minutes, counted, why_not_certify


def a_part(number, mark="present", **changed):
    return Part(
        **{
            "number": number,
            "day": date(2027, 3, number),
            "minutes": 180,
            "is_over": True,
            "recorded": True,
            "mark": mark,
            **changed,
        }
    )


def rule(kind="all", least=0, excused=False, across=False):
    return Requirement(kind, least, excused, across)


def training(*marks):
    return tuple(a_part(number, mark) for number, mark in enumerate(marks, start=1))


@pytest.mark.parametrize(
    ("marks", "asked", "why_not"),
    [
        (("present", "present", "present"), rule(), None),
        (("present", "late", "left_early"), rule(), None),
        (("present", "excused", "present"), rule(), "too_few_dates"),
        (("present", "excused", "present"), rule(excused=True), None),
        (("present", "absent", "present"), rule(excused=True), "too_few_dates"),
        (("present", None, "present"), rule("dates", 2), None),
        (("present", None, None), rule("dates", 2), "too_few_dates"),
        (("present", "present", None), rule("minutes", 360), None),
        (("present", "present", None), rule("minutes", 361), "too_few_minutes"),
        (("present", "present", "present"), rule("none"), "no_certificate_rule"),
    ],
)
def test_what_the_roll_says_is_weighed_by_the_rule(marks, asked, why_not):
    reason = why_not_certify(training(*marks), asked, "Amira", True)
    assert (reason.code if reason else None) == why_not


def test_before_the_last_date_or_without_its_roll_nothing_is_certified():
    ahead = (*training("present", "present"), a_part(3, None, is_over=False, recorded=False))
    assert why_not_certify(ahead, rule(), "Amira", True).code == "dates_ahead"
    unknown = (*training("present", "present"), a_part(3, None, recorded=False))
    reason = why_not_certify(unknown, rule(), "Amira", True)
    assert (reason.code, reason.facts["number"]) == ("roll_missing", 3)


def test_what_was_missed_counts_when_it_was_made_up_and_the_rule_says_so():
    parts = (a_part(1), a_part(2, "absent", made_up_on=date(2027, 5, 2)), a_part(3))
    assert why_not_certify(parts, rule(across=True), "Amira", True) is None
    assert why_not_certify(parts, rule(), "Amira", True).code == "too_few_dates"


def test_the_same_part_is_not_counted_twice():
    parts = (a_part(1, made_up_on=date(2027, 5, 1)), a_part(2, "absent"))
    assert len(counted(parts, rule("dates", 2, across=True))) == 1


def test_minutes_of_an_excused_date_are_not_certified():
    assert attended_minutes(training("present", "excused", "present"), rule(excused=True)) == 360


def test_nobody_without_place_or_name_gets_one():
    assert why_not_certify(training("present"), rule(), " ", True).code == "certificate_without_name"
    assert why_not_certify(training("present"), rule(), "Amira", False).code == "not_taking_part"
