"""Why something about a wish for a topic may not be done. Pure: no database, no clock, no web."""

from datetime import datetime, timedelta

from events.kit.refusals import Refusal
from events.topics.status import may_move

LONGEST_TITLE = 120
LONGEST_DETAILS = 1000
LONGEST_ANSWER = 2000

TICK = timedelta(milliseconds=1)
"""The finest difference of two moments both databases keep (`kit.clock`)."""

KEPT_UNPROVEN = timedelta(days=7)
"""Whoever does not open the mailed link is forgotten."""


def why_not_back(status: str) -> Refusal | None:
    return None if status == "open" else Refusal("topic_not_open")


def why_not_move(before: str, after: str) -> Refusal | None:
    return None if before == after or may_move(before, after) else Refusal("topic_not_movable")


def why_not_answer(status: str, answer: str) -> Refusal | None:
    """Whoever gets no event gets a reason."""
    return Refusal("topic_without_answer") if status == "declined" and not answer.strip() else None


def why_not_plan(event_status: str | None) -> Refusal | None:
    """`event_status` is None when there is no such event. Drafts are shown to nobody."""
    if event_status is None:
        return Refusal("topic_without_event")
    return Refusal("topic_event_is_draft") if event_status == "draft" else None


def why_outdated(seen: datetime, changed_at: datetime) -> Refusal | None:
    """Somebody else changed it since the form was opened: nobody's words may be lost."""
    return None if seen == changed_at else Refusal("topic_changed")
