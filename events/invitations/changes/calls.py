"""The call list: whom no mail reaches about a change. Written with the mailing, ticked by the office."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from events.history.actions import entry, note
from events.invitations.changes.call_views import CALLED
from events.invitations.tables import Call
from events.kit.actor import Actor
from events.kit.addresses import mail_address
from events.kit.database import transaction
from events.kit.refusals import NotFound
from events.mail.tables import Mailing
from events.programme.queries import EventView
from events.registration.queries import RegistrationView, registrations_of
from events.registration.tables import Registration


async def write_calls(mailing: Mailing, event: EventView, now: datetime) -> None:
    """Puts everybody without a mail address on the list, in the transaction of the mailing's batch.

    A second time changes nothing. Open calls that this news makes pointless go; whoever still has to be told of an
    earlier move of the same date is called once, with the time before that one.
    """
    people = [one for one in await registrations_of(event.id) if is_called(one)]
    if not people:
        return
    if mailing.kind != "moved":
        await _drop_outdated(mailing, event)
    elsewhere = await _open_about(mailing)
    rows = [Call(mailing=mailing.id, registration=one.id, created_at=now) for one in people if one.id not in elsewhere]
    if rows:
        await Call.insert(*rows).on_conflict(action="DO NOTHING")


def is_called(one: RegistrationView) -> bool:
    return one.status in CALLED and mail_address(one.email) is None


async def mark_reached(call_id: UUID, *, by: Actor, now: datetime) -> None:
    """Ticks a call; the first tick counts. Raises NotFound."""
    await _set(call_id, now, by, now, "reached")


async def mark_open(call_id: UUID, *, by: Actor, now: datetime) -> None:
    """Takes a tick back. Raises NotFound."""
    await _set(call_id, None, by, now, "reach_taken_back")


async def event_of_call(call_id: UUID) -> UUID:
    """Raises NotFound."""
    row = await Call.select(Call.registration.event.as_alias("event")).where(Call.id == call_id).first()
    if row is None:
        raise NotFound
    return UUID(str(row["event"]))


async def was_told_by_phone(mailings: Sequence[UUID]) -> bool:
    """Whether anybody was reached about one of these mailings."""
    if not mailings:
        return False
    return await Call.exists().where(Call.mailing.is_in(list(mailings)) & Call.reached_at.is_not_null())


async def forget_open_calls(mailings: Sequence[UUID]) -> None:
    """The change does not come after all: nobody has to be called about it."""
    if mailings:
        await Call.delete().where(Call.mailing.is_in(list(mailings)) & Call.reached_at.is_null())


async def _set(call_id: UUID, reached_at: datetime | None, by: Actor, now: datetime, verb: str) -> None:
    async with transaction():
        before = Call.reached_at.is_null() if reached_at else Call.reached_at.is_not_null()
        values: dict[Any, Any] = {Call.reached_at: reached_at, Call.reached_by: by.id if reached_at else None}
        changed = await Call.update(values).where((Call.id == call_id) & before).returning(Call.registration)
        event = await event_of_call(call_id)
        if changed:
            id = UUID(str(changed[0]["registration"]))
            await note(entry(verb, Registration, id=id, by=by, now=now, context=event))


async def _open_about(mailing: Mailing) -> frozenset[UUID]:
    """Registrations that are to be called about the same date or event already."""
    rows = await Call.select(Call.registration).where(
        (Call.mailing.about == mailing.about) & (Call.mailing.kind == mailing.kind) & Call.reached_at.is_null()
    )
    return frozenset(row["registration"] for row in rows)


async def _drop_outdated(mailing: Mailing, event: EventView) -> None:
    """Once a date or the whole event is off, nobody needs to hear where it was moved to before."""
    about = [mailing.about] if mailing.kind == "date_dropped" else [date.id for date in event.dates]
    earlier = await Mailing.select(Mailing.id).where(Mailing.about.is_in(about) & (Mailing.id != mailing.id))
    await forget_open_calls([row["id"] for row in earlier])
