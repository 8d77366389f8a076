"""When people are asked and may answer, what a form may hold, when a review is final. Pure: no database, no web."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from events.feedback.questions import Question
from events.kit.refusals import Refusal

State = Literal["ahead", "open", "closed"]

OPEN_FOR = timedelta(days=14)
"""From the end of the last date, or from the opening where that is later."""

ASKED_AFTER = timedelta(hours=12)
"""Between the last date and the mails: by then phones have handed in who was there."""

OPENED_WITHIN = timedelta(days=7)
"""Events that ended longer ago are not asked about by themselves any more."""

MOST_QUESTIONS = 12
MOST_OPTIONS = 8
LONGEST_TEXT = 1000
LONGEST_REVIEW = 2000


def span_of(ends_at: datetime | None, starts_at: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """When a round that is opened now begins and ends: answers never come before the event has begun."""
    return max(now, starts_at or now), max(now, ends_at or now) + OPEN_FOR


def state_of(opened_at: datetime, closes_at: datetime, now: datetime) -> State:
    if now >= closes_at:
        return "closed"
    return "open" if now >= opened_at else "ahead"


def why_not_open(status: str, has_dates: bool, ends_at: datetime | None, now: datetime) -> Refusal | None:
    """By hand at any time after publishing, so that a poster can be printed before."""
    if status != "published" or not has_dates:
        return Refusal("feedback_without_event")
    if ends_at is not None and now >= ends_at + OPEN_FOR:
        return Refusal("feedback_too_late", {"days": OPEN_FOR.days})
    return None


def why_not_answer(state: State) -> Refusal | None:
    refusals = {"ahead": Refusal("feedback_ahead"), "closed": Refusal("feedback_over")}
    return refusals.get(state)


def why_not_ask(questions: Sequence[Question]) -> Refusal | None:
    """Each by itself is complete; what speaks against asking them together."""
    if not questions:
        return Refusal("feedback_without_question")
    return Refusal("feedback_too_many", {"most": MOST_QUESTIONS}) if len(questions) > MOST_QUESTIONS else None


def why_not_write(is_signed: bool) -> Refusal | None:
    return Refusal("review_signed") if is_signed else None


def why_not_sign(starts_at: datetime | None, now: datetime) -> Refusal | None:
    """A draft may be begun before; nobody can look back on what has not begun."""
    return Refusal("review_ahead") if starts_at is None or now < starts_at else None
