"""What is missing on the page of an event: each gap in words, with the page where it is filled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from events.kit.clock import BERLIN
from events.kit.translation import LANGUAGES
from events.kit.translation import gettext as _
from events.programme.agreements import covered_by
from events.programme.checklist import Gap, gaps
from events.programme.planning_wording import GAPS, STATES
from events.programme.queries import EventView
from events.programme.translated import State, states_of

_OTHER_PAGES = {
    "no_dates": "termine/neu",
    "no_trainer": "mitwirkende",
}
"""Beneath the page of the event; most is filled in its form."""

_FIELDS = {
    "no_summary": "f-summary",
    "no_description": "f-description",
    "no_audience": "f-audiences",
    "no_capacity": "f-capacity",
    "no_minimum": "f-minimum",
}


@dataclass(frozen=True)
class Todo:
    """`gaps`: pairs of words and address; `translations`: of language, code of the state and its words."""

    gaps: Sequence[tuple[str, str]]
    translations: Sequence[tuple[str, State, str]]


async def todo_of(event: EventView, has_trainer: bool, now: datetime) -> Todo | None:
    """None once the event is called off or over. At most one statement."""
    if event.is_called_off or event.is_over(now):
        return None
    needs_one = event.policy.agreement != "not_needed"
    day = now.astimezone(BERLIN).date()
    has_agreement = not needs_one or bool(await covered_by(event.programme_id, day))
    found = gaps(event, has_trainer=has_trainer, has_agreement=has_agreement)
    states = [(LANGUAGES[code].name, state, _(STATES[state])) for code, state in states_of(event).items()]
    return Todo([(_in_words(one), _address(event, one)) for one in found], states)


def _in_words(gap: Gap) -> str:
    language = LANGUAGES[gap.language].name if gap.language else ""
    return _(GAPS[gap.code], language=language, name=gap.name)


def _address(event: EventView, gap: Gap) -> str:
    here = f"/team/veranstaltungen/{event.id}"
    if gap.date_id:
        return f"/team/termine/{gap.date_id}/bearbeiten"
    if gap.venue_id:
        return f"/team/orte/{gap.venue_id}"
    if gap.code == "no_agreement":
        return "/team/vereinbarungen"
    if gap.code in _OTHER_PAGES:
        return f"{here}/{_OTHER_PAGES[gap.code]}"
    field = f"f-{gap.language}-title" if gap.language else _FIELDS[gap.code]
    return f"{here}/bearbeiten#{field}"
