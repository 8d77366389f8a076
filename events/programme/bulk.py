"""Setting one thing for several events at once: a programme, a series, a rule. One event at a time, each by the rules
that hold for it alone; publishing, calling off and copying are in `invitations`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from events.kit.refusals import Refusal
from events.programme.copying import details_of
from events.programme.details import EventDetails
from events.programme.policy import FIELDS
from events.programme.queries import EventView

SETTABLE = ("visibility", "waiting_list", "needs_email", "approval", "capacity")


def why_too_late(event: EventView, now: datetime) -> Refusal | None:
    """What is over is not called off in passing."""
    return Refusal("event_over") if event.is_over(now) else None


def with_programme(event: EventView, policy: Mapping[str, object], programme_id: UUID) -> EventDetails:
    return replace(details_of(event, policy), programme_id=programme_id)


def with_series(event: EventView, policy: Mapping[str, object], series_id: UUID | None) -> EventDetails:
    """None takes it out of its series."""
    return replace(details_of(event, policy), series_id=series_id)


def with_field(event: EventView, policy: Mapping[str, object], name: str, value: Any) -> EventDetails:
    """A rule of its own; None is "as in the programme", and no limit for the capacity. Raises KeyError."""
    if name not in SETTABLE:
        raise KeyError(name)
    details = details_of(event, policy)
    if name not in FIELDS:
        return replace(details, capacity=value)
    kept = {rule: stored for rule, stored in policy.items() if rule != name}
    return replace(details, policy=kept if value is None else {**kept, name: value})
