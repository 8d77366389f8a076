"""Why something may not happen to an event. Plain values in, reasons out; an empty answer means it may."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from events.kit.clock import BERLIN
from events.kit.refusals import Refusal
from events.programme.details import DateDetails, EventDetails, QuotaDetails
from events.programme.policy import FIELDS
from events.programme.status import may_become
from events.programme.views import EventView
from events.programme.wording import AUDIENCES, FORMATS, HINTS, LANGUAGE_NAMES, ORGANISATION_KINDS

TEACHING_UNIT = 45
"""Minutes of an Unterrichtseinheit."""


def teaching_units(minutes: int) -> Fraction:
    """Exact; whoever shows them rounds the sum to two places, never the parts."""
    return Fraction(minutes, TEACHING_UNIT)


def why_not_publish(event: EventView, dates_to_follow: bool) -> tuple[Refusal, ...]:
    """All reasons. `dates_to_follow`: the office wants it listed as "Termin folgt"."""
    if not may_become(event.status, "published"):
        return (Refusal("already_published"),)
    reasons = []
    if not event.title.get("de", "").strip():
        reasons.append(Refusal("no_german_title"))
    if not event.has_dates and not dates_to_follow:
        reasons.append(Refusal("no_dates"))
    if any(date.venue_id is None and not date.is_online for date in event.coming_dates):
        reasons.append(Refusal("no_place"))
    return tuple(reasons)


def why_not_call_off(status: str) -> Refusal | None:
    return None if may_become(status, "called_off") else Refusal("not_published")


def why_not_save(details: EventDetails) -> tuple[Refusal, ...]:
    """What no event may be, not even a draft."""
    reasons = [Refusal("no_german_title")] if not details.title.get("de", "").strip() else []
    chosen: tuple[tuple[Iterable[str], Mapping[str, str]], ...] = (
        ([details.format], FORMATS),
        (details.audiences, AUDIENCES),
        (details.languages, LANGUAGE_NAMES),
        (details.hints, HINTS),
    )
    for codes, known in chosen:
        reasons += [Refusal("unknown_choice", {"value": code}) for code in codes if code not in known]
    reasons += [Refusal("unknown_policy", {"value": name}) for name in details.policy if name not in FIELDS]
    if details.capacity is not None and details.capacity < 0:
        reasons.append(Refusal("capacity_negative"))
    return tuple(reasons)


def why_not_edit(event: EventView, details: EventDetails, now: datetime) -> tuple[Refusal, ...]:
    """Figures count what has begun by its programme, so that cannot change any more."""
    has_begun = event.is_reachable and event.starts_at is not None and event.starts_at <= now
    moves_programme = details.programme_id != event.programme_id
    fixed = (Refusal("programme_fixed"),) if has_begun and moves_programme else ()
    return (*why_not_save(details), *fixed)


def why_outdated(seen: str, present: str) -> Refusal | None:
    """Somebody else changed it since the form was opened: nobody's words may be lost. Without `seen` nobody asked."""
    return Refusal("changed_meanwhile") if seen and seen != present else None


def is_lower(capacity: int | None, before: int | None) -> bool:
    """Whether a capacity takes seats away; None is unlimited."""
    return capacity is not None and (before is None or capacity < before)


def why_not_lower_capacity(capacity: int | None, taken: int) -> Refusal | None:
    """Seats are never taken from people: they are moved or cancelled first."""
    fits = capacity is None or capacity >= taken
    return None if fits else Refusal("capacity_below_taken", {"taken": taken})


def why_not_lower_quota(name: str, places: int, taken: int) -> Refusal | None:
    """As with the capacity: whoever has a seat keeps it."""
    return None if places >= taken else Refusal("quota_below_taken", {"name": name, "taken": taken})


def why_not_date(details: DateDetails) -> tuple[Refusal, ...]:
    """A date is one sitting of one day; three days are three dates. Calendars show one that spans a night badly."""
    if details.end <= details.start:
        return (Refusal("end_before_start"),)
    reasons = []
    if timedelta(minutes=details.break_minutes) >= details.end - details.start or details.break_minutes < 0:
        reasons.append(Refusal("breaks_too_long"))
    last_moment = details.end - timedelta(microseconds=1)
    if details.start.astimezone(BERLIN).date() != last_moment.astimezone(BERLIN).date():
        reasons.append(Refusal("over_night"))
    return tuple(reasons)


def why_not_quota(details: QuotaDetails, capacity: int | None) -> tuple[Refusal, ...]:
    if (details.organisation_id is None) == (not details.organisation_kind):
        return (Refusal("quota_target"),)
    if details.organisation_kind and details.organisation_kind not in ORGANISATION_KINDS:
        return (Refusal("unknown_choice", {"value": details.organisation_kind}),)
    if details.places < 0 or (capacity is not None and details.places > capacity):
        return (Refusal("quota_above_capacity", {"capacity": capacity or 0}),)
    return ()
