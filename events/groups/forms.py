"""What institutions and the office type about groups: opening one, its numbers, its end; and who gets the link."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from events.groups.queries import GroupView
from events.groups.rules import LONGEST_NAME, MOST_PEOPLE
from events.kit.forms import EmailAddress
from events.kit.text import fold
from events.kit.translation import gettext as _
from events.programme.wording import LANGUAGE_NAMES

USUAL = frozenset({"de", "ar", "fa", "ku", "pl", "ru", "tr", "uk"})
"""Languages most groups here speak: a form shows them at once, the others when asked for."""

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


def report_values(group: GroupView, today: date, sent: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What stands in the forms of a group, with what was sent. Numbers are counted anew; languages rarely change."""
    sent = sent or {}
    before = list(group.last_report.languages) if group.last_report else []
    values = {"reported_on": today.isoformat(), "ended_on": today.isoformat(), "languages": before}
    # Whoever sent numbers sent every ticked language with them; a form without ticks names the field not at all.
    return values | ({"languages": []} if "parents" in sent else {}) | dict(sent)


def language_choices(ticked: Collection[str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Those to show at once, German first, and the others; both by their names in the current language."""
    named = [(code, _(name)) for code, name in LANGUAGE_NAMES.items()]
    named.sort(key=lambda option: (option[0] != "de", fold(option[1])))
    at_once = USUAL.union(ticked)
    return [one for one in named if one[0] in at_once], [one for one in named if one[0] not in at_once]
