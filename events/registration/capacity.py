"""Changing what limits the seats of an event while people have them or wait for them: the event, the places of its
options, its quotas. What is taken stays; what becomes free goes to those who wait."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.programme import actions as programme
from events.programme import question_actions, sharing
from events.programme.details import EventDetails, QuestionDetails, QuotaDetails
from events.programme.locking import lock_events
from events.programme.queries import QuotaView, event_by_id, organisations, quotas_of
from events.programme.rules import why_not_lower_quota
from events.programme.wording import quota_name
from events.registration.occupancy import SeatsByOrigin, answered, organisation_names, seats_by_origin
from events.registration.queries import seats
from events.registration.tables import Answer
from events.registration.waitlist import fill_free_seats


async def change_event(event_id: UUID, details: EventDetails, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """Edits the event under its seat lock. Raises NotFound or Refused."""
    async with transaction():
        await lock_events([event_id])
        taken = (await seats([event_id], now)).get(event_id)
        await programme.edit_event(event_id, details, seats_taken=taken.taken if taken else None, by=by, now=now)
        await _pass_on(event_id, now, notify)


async def change_question(
    event_id: UUID, question_id: UUID, details: QuestionDetails, *, by: Actor, now: datetime, notify: bool = True
) -> None:
    """Options keep the places that are taken; more places go to those who wait. Raises NotFound, Refused."""
    async with transaction():
        await lock_events([event_id])
        use = (await answered([question_id], now))[question_id]
        await question_actions.edit_question(event_id, question_id, details, use=use, by=by, now=now)
        await _pass_on(event_id, now, notify)


async def remove_question(
    event_id: UUID, question_id: UUID, *, by: Actor, now: datetime, with_answers: bool = False, notify: bool = True
) -> None:
    """What was answered is deleted, but only `with_answers`. Raises NotFound, Refused."""
    async with transaction():
        await lock_events([event_id])
        use = (await answered([question_id], now))[question_id]
        if with_answers:
            await Answer.delete().where(Answer.question == question_id)
        await question_actions.remove_question(
            event_id, question_id, use=use, with_answers=with_answers, by=by, now=now
        )
        await _pass_on(event_id, now, notify)


async def change_quota(event_id: UUID, details: QuotaDetails, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """Sets or changes the one for this organisation or kind. Raises NotFound, Refused."""
    await change_quotas(event_id, [details], by=by, now=now, notify=notify)


async def change_quotas(
    event_id: UUID, chosen: Sequence[QuotaDetails], *, by: Actor, now: datetime, notify: bool = True
) -> None:
    """All or none: those that are as wished already are left alone. Raises NotFound, and Refused with all reasons."""
    async with transaction():
        await lock_events([event_id])
        before = (await quotas_of([event_id]))[event_id]
        wished = [one for one in chosen if _view(one) not in before]
        refuse_if(*await _below_taken(event_id, wished, now))
        for details in wished:
            await sharing.set_quota(event_id, details, by=by, now=now)
        await _pass_on(event_id, now, notify)


async def share_among_kind(
    event_id: UUID, kind: str, places: int, release_at: datetime | None, *, by: Actor, now: datetime
) -> int:
    """The same quota for each organisation of a kind, for the G.I.B. trainings two places per administration.

    Returns how many organisations there are. Raises NotFound, Refused.
    """
    ids = [one.id for one in await organisations() if one.kind == kind]
    chosen = [QuotaDetails(places, organisation_id=id, release_at=release_at) for id in ids]
    await change_quotas(event_id, chosen, by=by, now=now)
    return len(ids)


async def remove_quota(
    event_id: UUID,
    *,
    organisation_id: UUID | None = None,
    organisation_kind: str = "",
    by: Actor,
    now: datetime,
    notify: bool = True,
) -> None:
    """Raises NotFound when there is none for them."""
    async with transaction():
        await lock_events([event_id])
        await sharing.remove_quota(event_id, organisation_id, organisation_kind, by=by, now=now)
        await _pass_on(event_id, now, notify)


async def _below_taken(event_id: UUID, wished: Sequence[QuotaDetails], now: datetime) -> list[Refusal | None]:
    """A quota that is released already limits nobody."""
    ids = {one.organisation_id for one in wished if one.organisation_id}
    names = await organisation_names(ids)
    if ids - names.keys():
        raise NotFound
    taken: SeatsByOrigin = await seats_by_origin(event_id, now)
    return [
        why_not_lower_quota(
            quota_name(names.get(one.organisation_id, ""), one.organisation_kind),
            one.places,
            taken.of(_view(one), now),
        )
        for one in wished
        if one.release_at is None or one.release_at > now
    ]


def _view(details: QuotaDetails) -> QuotaView:
    return QuotaView(details.organisation_id, details.organisation_kind, details.places, details.release_at)


async def _pass_on(event_id: UUID, now: datetime, notify: bool) -> None:
    """What the change made free goes to those who wait, at once."""
    event = await event_by_id(event_id)
    if event is not None:
        await fill_free_seats(event, now=now, notify=notify)
