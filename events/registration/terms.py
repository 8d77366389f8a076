"""How long places are held and offered, and until when they are passed on. Pure: no database, no clock."""

from datetime import datetime, time, timedelta

from events.kit.clock import BERLIN
from events.programme.views import EventView

HOLD = timedelta(hours=24)
SHORT_HOLD = timedelta(hours=2)
SHORT_HOLD_FROM = timedelta(hours=48)
LONGEST_HOLD = timedelta(days=7)

OFFER = timedelta(hours=48)
SHORT_OFFER = timedelta(hours=6)
SHORT_OFFER_FROM = timedelta(hours=72)
SHORTEST_OFFER = timedelta(hours=2)
DAY_BEGINS, NOON, DAY_ENDS = time(8), time(12), time(20)
"""Offers end by day, by the clocks in Berlin: whoever sleeps must not lose a place."""


def hold_ends(event: EventView, now: datetime, somebody_waits: bool) -> datetime:
    """Until when an unproven address holds its seat. While nobody waits it is in nobody's way for a week."""
    start = event.starts_at or now + LONGEST_HOLD
    if not somebody_waits:
        return min(now + LONGEST_HOLD, start)
    hold = SHORT_HOLD if start - now <= SHORT_HOLD_FROM else HOLD
    return min(now + hold, start)


def request_holds_until(event: EventView) -> datetime | None:
    """Until when a request that found a free seat keeps it; None where requests hold none."""
    return event.starts_at if event.policy.request_holds_place else None


def cut_off(event: EventView) -> datetime | None:
    """From then on nobody moves up; None without a date."""
    return None if event.starts_at is None else event.starts_at - timedelta(hours=event.policy.cut_off_hours)


def may_promote(event: EventView, now: datetime) -> bool:
    """Places are passed on until the cut-off before the start, and only in an event that takes place."""
    end = cut_off(event)
    if event.status != "published" or event.policy.waiting_list == "off" or end is None:
        return False
    return now < end


def offer_ends(event: EventView, now: datetime) -> datetime | None:
    """Until when a free place is offered: by day and before the cut-off. None: it is given without asking.

    That is so where the policy says so, and where no time is left to answer.
    """
    end = cut_off(event)
    if event.policy.waiting_list != "offer" or event.starts_at is None or end is None:
        return None
    length = SHORT_OFFER if event.starts_at - now <= SHORT_OFFER_FROM else OFFER
    ends = min(_by_day_after(now + length), _by_day_before(end))
    return ends if ends - now >= SHORTEST_OFFER else None


def _by_day_after(moment: datetime) -> datetime:
    local = moment.astimezone(BERLIN)
    if local.time() < DAY_BEGINS:
        return _at(local, NOON)
    return _at(local + timedelta(days=1), NOON) if local.time() > DAY_ENDS else moment


def _by_day_before(moment: datetime) -> datetime:
    local = moment.astimezone(BERLIN)
    if local.time() < DAY_BEGINS:
        return _at(local - timedelta(days=1), DAY_ENDS)
    return _at(local, DAY_ENDS) if local.time() > DAY_ENDS else moment


def _at(day: datetime, clock: time) -> datetime:
    return datetime.combine(day.date(), clock, BERLIN)
