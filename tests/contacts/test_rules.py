"""Who may be changed, and whom the office may add."""

from datetime import UTC, datetime

import pytest

from events.contacts.rules import why_not_add, why_not_change
from events.contacts.status import Status, status_of
from events.kit.refusals import Refusal

THEN = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("proven_at", "left_at", "opted_out", "status"),
    [
        (None, None, False, "pending"),
        (None, None, True, "pending"),
        (THEN, None, False, "confirmed"),
        (THEN, THEN, False, "left"),
        (THEN, None, True, "left"),
    ],
)
def test_only_who_is_proven_and_still_there_gets_mailings(
    proven_at: datetime | None, left_at: datetime | None, opted_out: bool, status: Status
) -> None:
    assert status_of(proven_at, left_at, opted_out) == status


@pytest.mark.parametrize(
    ("status", "code"), [("pending", "contact_not_proven"), ("confirmed", None), ("left", "contact_has_left")]
)
def test_only_who_is_there_changes_topics(status: Status, code: str | None) -> None:
    assert why_not_change(status) == (Refusal(code) if code else None)


@pytest.mark.parametrize(
    ("status", "opted_out", "code"),
    [
        (None, False, None),
        ("pending", False, None),
        ("left", False, None),
        ("confirmed", False, "contact_known"),
        (None, True, "contact_opted_out"),
        ("pending", True, "contact_opted_out"),
        ("left", True, "contact_opted_out"),
    ],
)
def test_paper_does_not_bring_back_who_unsubscribed_for_good(
    status: Status | None, opted_out: bool, code: str | None
) -> None:
    assert why_not_add(status, opted_out) == (Refusal(code) if code else None)
