"""Why nobody can be invited, answer, be reminded. Pure: no database, no clock, no web."""

from datetime import datetime
from typing import Protocol

from events.invitations.status import is_answer
from events.kit.refusals import Refusal
from events.programme.views import EventView

MOST_PLACES = 30
"""People one institution can be asked to send."""


class Invited(Protocol):
    """What the rules need to know of an invitation."""

    @property
    def status(self) -> str: ...

    @property
    def places(self) -> int: ...


def why_not_invite(event: EventView, now: datetime) -> Refusal | None:
    """Addresses may be gathered for a draft; the mails go out once it is published."""
    if event.is_called_off:
        return Refusal("called_off", {"event": event.slug})
    if not event.policy.sign_up:
        return Refusal("no_sign_up_needed", {"event": event.slug})
    return _started(event, now)


def why_not_send(event: EventView, now: datetime) -> Refusal | None:
    """The link in the mail must lead somewhere, and the date must be known."""
    if event.status == "draft":
        return Refusal("not_published", {"event": event.slug})
    if event.starts_at is None:
        return Refusal("called_off" if event.is_called_off else "no_date_yet", {"event": event.slug})
    return why_not_invite(event, now)


def why_not_hold(event: EventView, until: datetime, now: datetime) -> Refusal | None:
    """Held places end in the future and before the event begins."""
    if event.starts_at is None:
        return Refusal("no_date_yet", {"event": event.slug})
    if until <= now:
        return Refusal("hold_is_past")
    return Refusal("hold_past_start") if until >= event.starts_at else None


def why_not_answer(invitation: Invited, event: EventView, now: datetime) -> Refusal | None:
    if invitation.status == "withdrawn":
        return Refusal("invitation_withdrawn")
    if event.is_called_off:
        return Refusal("called_off", {"event": event.slug})
    if event.status == "draft":
        return Refusal("not_published", {"event": event.slug})
    return _started(event, now)


def why_not_accept(invitation: Invited, people: int, event: EventView, now: datetime) -> Refusal | None:
    """`people`: how many are named."""
    if people > invitation.places:
        return Refusal("too_many_for_invitation", {"most": invitation.places})
    return why_not_answer(invitation, event, now) or (None if people else Refusal("nobody_named"))


def why_not_delegate(invitation: Invited, event: EventView, now: datetime) -> Refusal | None:
    """An institution names its people anyway."""
    return why_not_answer(invitation, event, now) or (
        Refusal("delegate_only_for_one") if invitation.places > 1 else None
    )


def why_not_withdraw(invitation: Invited) -> Refusal | None:
    if invitation.status == "withdrawn":
        return Refusal("invitation_withdrawn")
    return Refusal("already_answered") if is_answer(invitation.status) else None


def _started(event: EventView, now: datetime) -> Refusal | None:
    started = event.starts_at is not None and event.starts_at <= now
    return Refusal("already_started", {"event": event.slug}) if started else None
