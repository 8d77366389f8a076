"""Why something may not happen. Pure: no database, no clock, no web. Each rule answers None or a Refusal."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from events.kit.refusals import Refusal
from events.programme.views import EventView, QuotaView
from events.registration.identity import person_key
from events.registration.signup import Seats, SignUp
from events.registration.status import Status, is_active

HOLD = timedelta(hours=24)
SHORT_HOLD = timedelta(hours=2)
SHORT_HOLD_FROM = timedelta(hours=48)
LONGEST_HOLD = timedelta(days=7)
LARGEST_PARTY = 30


def why_not_sign_up(event: EventView, now: datetime) -> Refusal | None:
    """Why nobody can sign up for this event now; decides whether the button is shown."""
    return next(_closed(event, now), None)


def why_not_register(event: EventView, sign_up: SignUp, seats: Seats, now: datetime) -> Refusal | None:
    """Why this event refuses the sign-up: the most telling reason. Being full is one only without a waiting list."""
    return next(_reasons_against(event, sign_up, seats, now), None)


def _reasons_against(event: EventView, sign_up: SignUp, seats: Seats, now: datetime) -> Iterator[Refusal]:
    from_web = sign_up.source == "web"
    if event.policy.needs_email and not sign_up.contact_email and from_web:
        yield Refusal("email_needed", {"event": event.slug})
    yield from _closed(event, now, invited=not from_web)
    yield from _people(event, sign_up)
    if not seats.fits(sign_up.seats) and event.policy.waiting_list == "off":
        yield Refusal("full", {"event": event.slug})


def _closed(event: EventView, now: datetime, invited: bool = False) -> Iterator[Refusal]:
    if event.status == "draft":
        yield Refusal("not_published", {"event": event.slug})
    if event.is_called_off:
        yield Refusal("called_off", {"event": event.slug})
    if not event.policy.sign_up:
        yield Refusal("no_sign_up_needed", {"event": event.slug})
    if event.policy.visibility == "invited_only" and not invited:
        yield Refusal("by_invitation", {"event": event.slug})
    yield from _too_late(event, now)


def _too_late(event: EventView, now: datetime) -> Iterator[Refusal]:
    if event.starts_at is None:
        yield Refusal("no_date_yet" if not event.dates else "called_off", {"event": event.slug})
    elif event.starts_at <= now:
        yield Refusal("already_started", {"event": event.slug})
    elif event.starts_at - timedelta(hours=event.policy.sign_up_until_hours) <= now:
        yield Refusal("sign_up_closed", {"event": event.slug})


def _people(event: EventView, sign_up: SignUp) -> Iterator[Refusal]:
    if not sign_up.people:
        yield Refusal("nobody_named", {"event": event.slug})
    keys = [key for person in sign_up.people if (key := person_key(person, sign_up.contact_email))]
    if len(set(keys)) < len(keys):
        yield Refusal("named_twice", {"event": event.slug})
    largest = max((person.party for person in sign_up.people), default=1)
    if any(person.party < 1 for person in sign_up.people):
        yield Refusal("party_too_small", {"event": event.slug})
    if largest > min(event.policy.max_party, LARGEST_PARTY):
        yield Refusal("party_too_large", {"event": event.slug, "most": event.policy.max_party})


def why_not_cancel(event: EventView, status: str, now: datetime, by_staff: bool = False) -> Refusal | None:
    """People cancel until the policy's deadline; staff always."""
    if not is_active(status):
        return Refusal("not_signed_up", {"event": event.slug})
    if by_staff or event.starts_at is None:
        return None
    if event.starts_at <= now:
        return Refusal("already_started", {"event": event.slug})
    if event.starts_at - timedelta(hours=event.policy.cancel_until_hours) <= now:
        return Refusal("too_late_to_cancel", {"event": event.slug})
    return None


def hold_ends(event: EventView, now: datetime, somebody_waits: bool) -> datetime:
    """Until when an unproven address holds its seat. While nobody waits it is in nobody's way for a week."""
    start = event.starts_at or now + LONGEST_HOLD
    if not somebody_waits:
        return min(now + LONGEST_HOLD, start)
    hold = SHORT_HOLD if start - now <= SHORT_HOLD_FROM else HOLD
    return min(now + hold, start)


def first_status(event: EventView, proven: bool, has_seat: bool) -> Status:
    """What a new registration is. An unproven address decides nothing yet: confirming it will."""
    if not proven:
        return "unconfirmed"
    return status_once_proven(event, has_seat)


def status_once_proven(event: EventView, has_seat: bool) -> Status:
    if event.policy.approval:
        return "requested"
    return "confirmed" if has_seat else "waiting"


def request_holds_until(event: EventView) -> datetime | None:
    """Until when a request that found a free seat keeps it; None where requests hold none."""
    return event.starts_at if event.policy.request_holds_place else None


def may_promote(event: EventView, now: datetime) -> bool:
    """Places are passed on until the cut-off before the start, and only in an event that takes place."""
    if event.status != "published" or event.policy.waiting_list == "off" or event.starts_at is None:
        return False
    return now < event.starts_at - timedelta(hours=event.policy.cut_off_hours)


def why_not_wait(event: EventView, has_seat: bool) -> Refusal | None:
    """Who has no seat once the address is proven needs a waiting list, or somebody who decides."""
    if has_seat or event.policy.approval or event.policy.waiting_list != "off":
        return None
    return Refusal("full", {"event": event.slug})


def quotas_for(
    quotas: tuple[QuotaView, ...], organisations: frozenset[object], kind: str, now: datetime
) -> tuple[QuotaView, ...]:
    """The unreleased quotas a person counts against: their organisation's (or its body's) and their kind's."""
    return tuple(
        quota
        for quota in quotas
        if (quota.release_at is None or quota.release_at > now)
        and (quota.organisation_id in organisations or (quota.organisation_kind and quota.organisation_kind == kind))
    )


def why_not_confirm(event: EventView, now: datetime) -> Refusal | None:
    """A late confirmation still counts until the event starts, even when new sign-ups are closed."""
    if event.is_called_off:
        return Refusal("called_off", {"event": event.slug})
    if event.starts_at is not None and event.starts_at <= now:
        return Refusal("already_started", {"event": event.slug})
    return None
