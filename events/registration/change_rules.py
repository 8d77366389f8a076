"""Why something may not happen to a registration that is there. Pure: no database, no clock, no web."""

from datetime import datetime, timedelta

from events.kit.refusals import Refusal
from events.programme.views import EventView
from events.registration.rules import LARGEST_PARTY
from events.registration.status import is_active


def why_not_cancel(event: EventView, status: str, now: datetime, by_staff: bool = False) -> Refusal | None:
    """People cancel until the policy's deadline; staff always."""
    if not is_active(status):
        return Refusal("not_signed_up", {"event": event.slug})
    return _too_late(event, now, by_staff)


def why_not_change_party(
    event: EventView, status: str, before: int, party: int, now: datetime, by_staff: bool = False
) -> Refusal | None:
    """Whether the larger number fits is asked of the seats."""
    if not is_active(status):
        return Refusal("not_signed_up", {"event": event.slug})
    if party < 1:
        return Refusal("party_too_small", {"event": event.slug})
    if party > LARGEST_PARTY or (party > event.policy.max_party and party > before and not by_staff):
        return Refusal("party_too_large", {"event": event.slug, "most": event.policy.max_party})
    return Refusal("called_off", {"event": event.slug}) if event.is_called_off else _too_late(event, now, by_staff)


def why_not_substitute(event: EventView, status: str, now: datetime) -> Refusal | None:
    """Until the start: an empty chair helps nobody."""
    if status != "confirmed":
        return Refusal("no_place_to_hand_on", {"event": event.slug})
    if event.is_called_off:
        return Refusal("called_off", {"event": event.slug})
    return _started(event, now)


def why_not_decide(event: EventView, status: str, now: datetime) -> Refusal | None:
    """The office says yes or no to what was asked for."""
    if status != "requested":
        return Refusal("not_requested", {"event": event.slug})
    return Refusal("called_off", {"event": event.slug}) if event.is_called_off else _started(event, now)


def why_not_move(event: EventView, status: str, wanted: str, reason: str, now: datetime) -> Refusal | None:
    """By hand, past the order of the queue: only with a reason. `wanted`: the status it must have to be moved."""
    if status != wanted:
        return Refusal("not_movable", {"event": event.slug})
    if not reason.strip():
        return Refusal("reason_needed", {"event": event.slug})
    if event.is_called_off:
        return Refusal("called_off", {"event": event.slug})
    return _started(event, now)


def why_not_accept(event: EventView, status: str, until: datetime | None, now: datetime) -> Refusal | None:
    if status != "offered":
        return Refusal("nothing_offered", {"event": event.slug})
    if event.is_called_off:
        return Refusal("called_off", {"event": event.slug})
    return Refusal("offer_over", {"event": event.slug}) if until is None or until <= now else None


def _too_late(event: EventView, now: datetime, by_staff: bool) -> Refusal | None:
    if by_staff or event.starts_at is None:
        return None
    if event.starts_at - timedelta(hours=event.policy.cancel_until_hours) <= now < event.starts_at:
        return Refusal("too_late_to_cancel", {"event": event.slug})
    return _started(event, now)


def _started(event: EventView, now: datetime) -> Refusal | None:
    started = event.starts_at is not None and event.starts_at <= now
    return Refusal("already_started", {"event": event.slug}) if started else None
