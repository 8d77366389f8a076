"""When people are to be erased, and why somebody cannot be yet. Pure: no database, no clock, no web."""

from datetime import datetime, timedelta

from events.kit.refusals import Refusal


def why_not_erase(uncounted_marks: int) -> Refusal | None:
    """Facts first, then erasure: what was noted about a person is counted before the name goes."""
    return Refusal("attendance_not_counted") if uncounted_marks else None


UNCONFIRMED_FOR = timedelta(days=7)
CANCELLED_FOR = timedelta(days=14)
NEEDS_FOR = timedelta(days=7)
"""Retention of what nobody proved, what was cancelled, and the support people asked for. The rest is policy."""

NEVER_CONFIRMED = frozenset({"unconfirmed", "lapsed"})
GIVEN_UP = frozenset({"cancelled", "declined"})


def due_at(
    status: str, registered_at: datetime, changed_at: datetime, ends_at: datetime | None, keep_days: int
) -> datetime | None:
    """From when on a registration needs no name any more; None while its event has no end."""
    after_the_event = ends_at + timedelta(days=keep_days) if ends_at else None
    if status in NEVER_CONFIRMED:
        return registered_at + UNCONFIRMED_FOR
    if status in GIVEN_UP:
        given_up = changed_at + CANCELLED_FOR
        return min(given_up, after_the_event) if after_the_event else given_up
    return after_the_event


def why_due(status: str) -> str:
    """A code of `wording.WHY_DUE`."""
    if status in NEVER_CONFIRMED:
        return "never_confirmed"
    return "given_up" if status in GIVEN_UP else "over"
