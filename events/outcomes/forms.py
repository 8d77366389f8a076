"""What may be typed about a step for action: in a hurry during the workshop, and at leisure afterwards."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from events.kit.forms import MultilineText
from events.outcomes.queries import OutcomeView
from events.outcomes.rules import LONGEST_NAME, LONGEST_TEXT, OutcomeDetails
from events.outcomes.status import Status

Line = Annotated[str, Meta(max_length=LONGEST_NAME)]
Field = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
Text = Annotated[MultilineText, Meta(max_length=LONGEST_TEXT)]
Step = Annotated[MultilineText, Meta(min_length=1, max_length=LONGEST_TEXT)]
Milliseconds = Annotated[int, Meta(ge=0, le=10**14)]


class QuickForm(Struct, kw_only=True):
    """`id` is made with the page: the same form sent twice is one step."""

    id: UUID
    field: Field
    step: Step
    responsible: Line = ""
    contact: Line = ""
    due_on: date | None = None

    @property
    def details(self) -> OutcomeDetails:
        return OutcomeDetails(
            field=self.field, step=self.step, responsible=self.responsible, contact=self.contact, due_on=self.due_on
        )


class OutcomeForm(Struct, kw_only=True):
    """`seen`: when what is edited was changed last, in milliseconds since 1970."""

    seen: Milliseconds = 0
    field: Field
    step: Step
    status: Status = "open"
    responsible: Line = ""
    contact: Line = ""
    recommendation: Text = ""
    adopted_by: Line = ""
    adopted_on: date | None = None
    due_on: date | None = None
    measure: Text = ""
    followed_by: UUID | None = None

    @property
    def seen_at(self) -> datetime:
        return datetime.fromtimestamp(self.seen // 1000, UTC).replace(microsecond=self.seen % 1000 * 1000)

    @property
    def details(self) -> OutcomeDetails:
        return OutcomeDetails(**{one.name: getattr(self, one.name) for one in fields(OutcomeDetails)})


def outcome_values(one: OutcomeView) -> dict[str, Any]:
    """What stands in the fields of `OutcomeForm`."""
    details = one.details
    days = {name: day.isoformat() if (day := getattr(details, name)) else "" for name in ("adopted_on", "due_on")}
    texts = ("field", "step", "responsible", "contact", "recommendation", "adopted_by", "measure")
    return {
        "seen": str(milliseconds(one.changed_at)), "status": one.status,
        "followed_by": str(details.followed_by or ""), **days, **{name: getattr(details, name) for name in texts},
    }  # fmt: skip


def milliseconds(moment: datetime) -> int:
    """Exactly: moments are kept in whole ones."""
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000
