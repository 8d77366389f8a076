"""What may be said and released of a step for action, and when it is overdue. Pure: no database, no clock, no web."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from events.kit.refusals import Refusal
from events.outcomes.status import PENDING, may_move

LONGEST_NAME = 160
LONGEST_TEXT = 2000

TOLD_AHEAD = timedelta(days=14)
TOLD_AGAIN = timedelta(days=28)
"""The office is reminded before the last day, right after it, and as long as it is overdue again and again."""

TICK = timedelta(milliseconds=1)
"""The finest difference of two moments both databases keep (`kit.clock`)."""

_DATE = re.compile(r"(?<!\d)\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4}|\s?\d{2}(?!\d))?")
_MAIL = re.compile(r"\S@\S+\.\w")
_PHONE = re.compile(
    r"(?<![\d.])(?:\+|00|0)\d[\d\s/().-]{4,}\d|\b(?:tel(?:efon)?|mobil|handy|fax)\b[.:]*\s*[+\d]", re.IGNORECASE
)
# "Jede Frau Zugang" is about all of them; nobody is called "eine Frau Kaya".
_PERSON = re.compile(r"(?<!jede )(?<!eine )\b(?i:herrn?|frau|hr\.|fr\.)\s+(?i:dr\.\s*|prof\.\s*)*[^\W\d_a-zäöüß]")

SHOWN = {"person": "outcome_shows_person", "mail": "outcome_shows_mail", "phone": "outcome_shows_phone"}


@dataclass(frozen=True, kw_only=True)
class OutcomeDetails:
    """What the office types. `responsible`: the name of an institution; `contact` is never public."""

    field: str
    step: str
    responsible: str = ""
    contact: str = ""
    recommendation: str = ""
    adopted_by: str = ""
    adopted_on: date | None = None
    due_on: date | None = None
    measure: str = ""
    followed_by: UUID | None = None

    @property
    def public_texts(self) -> dict[str, str]:
        names = ("field", "step", "responsible", "recommendation", "adopted_by", "measure")
        return {name: text for name in names if (text := getattr(self, name))}


def person_in(text: str) -> str:
    """Why the text looks as if it named a person or a way to reach one: "person", "mail", "phone"; empty if not."""
    if _PERSON.search(text):
        return "person"
    if _MAIL.search(text):
        return "mail"
    return "phone" if _PHONE.search(_DATE.sub(" ", text)) else ""


def why_not_public(details: OutcomeDetails) -> Iterator[Refusal]:
    """Everything that keeps these words from being shown to everybody; each names its `field`."""
    if not details.responsible:
        yield Refusal("outcome_without_institution", {"field": "responsible"})
    for name, text in details.public_texts.items():
        if reason := person_in(text):
            yield Refusal(SHOWN[reason], {"field": name})


def why_no_page(event_status: str, series_id: UUID | None) -> Refusal | None:
    """Outcomes are shown on the page of the event's series."""
    if event_status == "draft":
        return Refusal("outcome_of_draft")
    return None if series_id else Refusal("outcome_without_series")


def why_not_move(before: str, after: str) -> Refusal | None:
    """To stay is no move."""
    return None if before == after or may_move(before, after) else Refusal("outcome_not_movable")


def why_not_remove(released_at: datetime | None) -> Refusal | None:
    return Refusal("outcome_is_public") if released_at else None


def why_outdated(seen: datetime, changed_at: datetime) -> Refusal | None:
    """Somebody else changed it since the form was opened: nobody's words may be lost."""
    return None if seen == changed_at else Refusal("outcome_changed")


def is_overdue(status: str, due_on: date | None, today: date) -> bool:
    """The last day itself is not too late."""
    return status in PENDING and due_on is not None and due_on < today


def is_to_be_told(due_on: date, told_on: date | None, today: date) -> bool:
    """Whether the office is reminded today of a step that is not done; `told_on`: when it was last."""
    if today < due_on - TOLD_AHEAD:
        return False
    if told_on is None:
        return True
    return today > due_on and (told_on <= due_on or today >= told_on + TOLD_AGAIN)


def next_change(before: datetime, now: datetime) -> datetime:
    """The moment of a change: later than the one before, however the clock stands."""
    return max(now, before + TICK)
