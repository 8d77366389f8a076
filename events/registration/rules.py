"""Why something may not happen. Pure: no database, no clock, no web. Each rule answers None or a Refusal."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from events.kit.refusals import Refusal
from events.programme.views import EventView, QuotaView
from events.registration.identity import person_key
from events.registration.signup import Seats, SignUp
from events.registration.status import Status

LARGEST_PARTY = 30

OVERRIDABLE = frozenset(
    {"no_sign_up_needed", "by_invitation", "sign_up_closed", "party_too_large", "too_many_people", "email_needed"}
)
"""What staff may set aside with a reason: nothing about seats, and nothing that cannot be."""


def why_not_sign_up(event: EventView, now: datetime) -> Refusal | None:
    """Why nobody can sign up for this event now; decides whether the button is shown."""
    return next(_closed(event, now), None)


def why_not_register(event: EventView, sign_up: SignUp, seats: Seats, now: datetime) -> Refusal | None:
    """Why this event refuses the sign-up: the most telling reason. Being full is one only without a waiting list."""
    return next(iter(all_reasons(event, sign_up, seats, now)), None)


def all_reasons(event: EventView, sign_up: SignUp, seats: Seats, now: datetime) -> list[Refusal]:
    """Everything against it, for staff; less what they set aside."""
    found = list(_reasons_against(event, sign_up, seats, now))
    is_set_aside = bool(sign_up.override.strip()) and sign_up.source == "office"
    return [one for one in found if not (is_set_aside and one.code in OVERRIDABLE)]


def why_not_option(event: EventView, full: str | None, fits: bool) -> Refusal | None:
    """A chosen working group is full while the event is not: another one can be chosen. `full`: its text.

    Who would wait for the event anyway may wait for the working group as well.
    """
    return Refusal("option_full", {"event": event.slug, "option": full}) if full is not None and fits else None


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
    most = max(1, event.policy.max_people)
    if len(sign_up.people) > most and sign_up.source == "web":
        yield Refusal("too_many_people", {"event": event.slug, "most": most})
    largest = max((person.party for person in sign_up.people), default=1)
    if any(person.party < 1 for person in sign_up.people):
        yield Refusal("party_too_small", {"event": event.slug})
    if largest > min(event.policy.max_party, LARGEST_PARTY):
        yield Refusal("party_too_large", {"event": event.slug, "most": event.policy.max_party})


def first_status(event: EventView, proven: bool, has_seat: bool, is_covered: bool = True) -> Status:
    """What a new registration is. An unproven address decides nothing yet: confirming it will."""
    if not proven:
        return "unconfirmed"
    return status_once_proven(event, has_seat, is_covered)


def status_once_proven(event: EventView, has_seat: bool, is_covered: bool = True) -> Status:
    """The office decides where it wants to, and where the institution has no agreement that is asked for."""
    if event.policy.approval or not is_covered:
        return "requested"
    return "confirmed" if has_seat else "waiting"


def may_be_requested(event: EventView) -> bool:
    """Whether somebody's sign-up for it may need a decision of the office."""
    return event.policy.approval or event.policy.agreement == "required"


def why_not_wait(event: EventView, has_seat: bool, is_covered: bool = True) -> Refusal | None:
    """Who has no seat once the address is proven needs a waiting list, or somebody who decides."""
    if has_seat or event.policy.approval or not is_covered or event.policy.waiting_list != "off":
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
