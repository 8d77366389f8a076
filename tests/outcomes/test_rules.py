"""What may be shown of a step for action, and when the office is told of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from events.outcomes.forms import OutcomeForm, milliseconds
from events.outcomes.rules import (
    OutcomeDetails,
    is_overdue,
    is_to_be_told,
    next_change,
    person_in,
    why_no_page,
    why_not_move,
    why_not_public,
    why_not_remove,
)
from events.outcomes.status import MOVES, NAMES, STATUSES

DUE = date(2026, 6, 30)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Frau Kaya fragt beim Jugendamt nach", "person"),
        ("mit Herrn Dr. Öztürk", "person"),
        ("bitte an kita@example.org", "mail"),
        ("Tel. 02361 53-0", "phone"),
        ("erreichbar unter 0236 1234567", "phone"),
        ("Jede Frau erfährt davon", ""),
        ("bis 30.06.2026 in 12 Kitas", ""),
        ("Herrschaft des Rechts, 45657 Recklinghausen", ""),
        ("Zwei Fortbildungen im Jahr 2027/2028", ""),
    ],
)
def test_people_and_ways_to_reach_them_are_seen(text: str, reason: str) -> None:
    assert person_in(text) == reason


def test_a_public_step_names_an_institution_and_nobody() -> None:
    fine = OutcomeDetails(field="Erziehung", step="Leitbild schreiben", responsible="Jugendamt", contact="Frau Kaya")
    assert list(why_not_public(fine)) == []
    wrong = OutcomeDetails(field="Erziehung", step="Frau Kaya schreibt", measure="a@example.org", contact="x")
    assert [(one.code, one.facts["field"]) for one in why_not_public(wrong)] == [
        ("outcome_without_institution", "responsible"),
        ("outcome_shows_person", "step"),
        ("outcome_shows_mail", "measure"),
    ]


def test_only_events_of_a_series_have_a_page_for_it() -> None:
    for status, series, code in (("draft", None, "outcome_of_draft"), ("published", None, "outcome_without_series")):
        why = why_no_page(status, series)
        assert why is not None and why.code == code


def test_what_is_done_can_turn_out_not_to_be() -> None:
    assert set(MOVES) == set(STATUSES) == set(NAMES)
    assert why_not_move("done", "begun") is None and why_not_move("open", "open") is None
    assert why_not_move("dropped", "done") is not None
    assert why_not_remove(None) is None and why_not_remove(NOW) is not None


def test_the_last_day_is_not_too_late() -> None:
    assert not is_overdue("open", DUE, DUE) and is_overdue("begun", DUE, DUE + timedelta(days=1))
    assert not is_overdue("done", DUE, DUE + timedelta(days=1)) and not is_overdue("open", None, DUE)


@pytest.mark.parametrize(
    ("today", "told", "expected"),
    [
        (-15, None, False), (-14, None, True), (-13, -14, False), (0, -14, False), (1, -14, True), (2, 1, False),
        (28, 1, False), (29, 1, True), (40, None, True), (0, -20, False),
    ],
)  # fmt: skip
def test_the_office_is_told_before_right_after_and_every_four_weeks(
    today: int, told: int | None, expected: bool
) -> None:
    told_on = None if told is None else DUE + timedelta(days=told)
    assert is_to_be_told(DUE, told_on, DUE + timedelta(days=today)) is expected


def test_each_change_has_a_moment_of_its_own_and_survives_the_form() -> None:
    later = next_change(NOW, NOW - timedelta(hours=1))
    assert later > NOW
    moment = NOW.replace(microsecond=123_000)
    assert OutcomeForm(field="x", step="y", seen=milliseconds(moment)).seen_at == moment
