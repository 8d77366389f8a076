"""Why somebody cannot be named for an event, or a partner enter numbers. Plain values in, reasons out."""

from collections.abc import Iterable
from datetime import datetime

from events.kit.refusals import Refusal
from events.programme.trainers import Charge
from events.programme.views import DateView, EventView

MOST_SUBSTITUTES = 3
"""At a time, for one event; the office names as many as it wants."""


def why_not_name(charge: Charge, named: Iterable[Charge], now: datetime) -> Refusal | None:
    """`named` are the charges the same person has for this event already."""
    if not charge.is_running(now):
        return Refusal("charge_over")
    return Refusal("already_named") if any(one.is_running(now) for one in named) else None


def why_not_name_substitute(
    charge: Charge, all_charges: Iterable[Charge], event: EventView, now: datetime
) -> Refusal | None:
    """`charge` is that of who wants to be replaced, `all_charges` those of everybody in charge of the event."""
    if not charge.is_running(now):
        return Refusal("charge_over")
    if charge.substitute_for is not None:
        return Refusal("substitute_of_substitute")
    if event.is_called_off or event.is_over(now):
        return Refusal("nothing_left_to_lead")
    substitutes = [one for one in all_charges if one.substitute_for is not None and one.is_running(now)]
    return Refusal("many_substitutes", {"most": MOST_SUBSTITUTES}) if len(substitutes) >= MOST_SUBSTITUTES else None


def why_not_enter(event: EventView, date: DateView, *, closed: bool, lies_ahead: bool) -> Refusal | None:
    """Numbers of a partner; `closed`: the office has counted this date, `lies_ahead`: it is too early to count."""
    if date.cancelled or event.is_called_off:
        return Refusal("date_cancelled_for_partner")
    if closed:
        return Refusal("date_closed_for_partner")
    return Refusal("date_ahead_for_partner") if lies_ahead else None
