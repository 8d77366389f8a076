"""What an event still lacks before people can be glad of it. Hints, no rules: `rules.why_not_publish` has those."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from events.kit.translation import SOURCE
from events.programme.translated import State, states_of
from events.programme.views import EventView


@dataclass(frozen=True)
class Gap:
    """`code` as in `planning_wording.GAPS`; `language`, `date_id` or `venue_id` where it is about one of them."""

    code: str
    language: str = ""
    date_id: UUID | None = None
    venue_id: UUID | None = None
    name: str = ""


_OF_TRANSLATION: dict[State, str] = {
    "missing": "not_translated",
    "partly": "partly_translated",
    "outdated": "translation_outdated",
}


def gaps(event: EventView, *, has_trainer: bool, has_agreement: bool) -> Iterator[Gap]:
    """In the order in which one would fill them. `has_agreement`: somebody may run its programme now."""
    yield from _dates(event)
    if not event.summary.get(SOURCE):
        yield Gap("no_summary")
    if not event.description.get(SOURCE):
        yield Gap("no_description")
    for language, state in states_of(event).items():
        if state in _OF_TRANSLATION:
            yield Gap(_OF_TRANSLATION[state], language=language)
    if not event.audiences:
        yield Gap("no_audience")
    if not has_trainer:
        yield Gap("no_trainer")
    if event.policy.sign_up and event.capacity is None:
        yield Gap("no_capacity")
    if event.policy.sign_up and event.policy.minimum is None:
        yield Gap("no_minimum")
    if event.policy.agreement != "not_needed" and not has_agreement:
        yield Gap("no_agreement")


def _dates(event: EventView) -> Iterator[Gap]:
    if not event.coming_dates:
        yield Gap("no_dates")
    told: set[UUID] = set()
    for date in event.coming_dates:
        if date.venue_id is None and not date.is_online:
            yield Gap("no_venue", date_id=date.id)
        elif date.is_online and not date.join_link:
            yield Gap("no_join_link", date_id=date.id)
        if date.venue_id and date.venue_id not in told and not date.access.get(SOURCE):
            told.add(date.venue_id)
            yield Gap("no_access", venue_id=date.venue_id, name=date.venue_name)
