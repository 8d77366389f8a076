"""What institutions and the office type about groups: opening one, its numbers, its end; and who gets the link."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from events.groups.queries import GroupView
from events.groups.rules import LONGEST_NAME, MOST_PEOPLE
from events.kit.forms import EmailAddress

People = Annotated[int, Meta(ge=0, le=MOST_PEOPLE)]


class OpeningForm(Struct, kw_only=True):
    """`id` is made with the page: the same form sent twice opens one group."""

    id: UUID
    programme: UUID
    name: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    started_on: date


class StaffOpeningForm(OpeningForm, kw_only=True):
    institution: UUID


class ReportForm(Struct, kw_only=True):
    reported_on: date
    parents: People
    children: People
    languages: tuple[str, ...] = ()


class EndForm(Struct, kw_only=True):
    ended_on: date


class ContactForm(Struct, kw_only=True):
    """Without an address nobody has the link."""

    contact_name: Annotated[str, Meta(max_length=120)] = ""
    contact_email: EmailAddress = ""


def report_values(group: GroupView, today: date) -> dict[str, Any]:
    """Numbers are counted anew; the languages rarely change."""
    languages = list(group.last_report.languages) if group.last_report else []
    return {"reported_on": today.isoformat(), "languages": languages}
