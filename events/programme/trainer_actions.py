"""What can happen to people in charge: named, written to, given a new link, ended, replaced by a substitute."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from events.accounts.throttle import too_many
from events.accounts.trainer_access import (
    Account,
    accounts,
    end_trainer_sessions,
    open_session_by_link,
    trainer_account,
)
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.addresses import address_prefix
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.programme.charge_rules import why_not_name, why_not_name_substitute
from events.programme.locking import lock_events
from events.programme.queries import EventView, event_by_id
from events.programme.tables import EventTrainer
from events.programme.trainer_mails import queue_trainer_invited
from events.programme.trainers import Charge, charge_by_id, charges_for, leads_anything

OPENINGS = (30, timedelta(minutes=15))
"""How often one link can be opened: a mail program and a few devices, not a loop."""

FROM_ONE_NETWORK = (100, timedelta(minutes=15))
"""Of all links together: a whole school may share one network."""

NAMINGS = (6, timedelta(days=1))
"""How many substitutes one person can name, mistyped addresses included."""


async def name_trainer(
    event_id: UUID, name: str, email: str, *, for_series: bool = False, by: Actor, now: datetime
) -> UUID:
    """For the event or its whole series; queues the mail with the link. Raises NotFound, Refused."""
    async with transaction():
        event = await _locked(event_id)
        if for_series and event.series_id is None:
            raise NotFound
        account = await trainer_account(email, name, by=by, now=now)
        row = EventTrainer(
            id=uuid4(),
            staff=account.id,
            event=None if for_series else event.id,
            series=event.series_id if for_series else None,
        )
        await _add(row, event, account, "trainer_added", by, now)
    return UUID(str(row.id))


async def name_substitute(charge: Charge, event_id: UUID, name: str, email: str, *, by: Actor, now: datetime) -> UUID:
    """For this one event and no longer than who names them; both keep seeing it. Raises NotFound, Refused."""
    if await too_many(f"substitute:{charge.staff_id}", *NAMINGS, now) is not None:
        raise Refused(Refusal("slow_down"))
    async with transaction():
        event = await _locked(event_id)
        if not charge.concerns(event):
            raise NotFound
        refuse_if(why_not_name_substitute(charge, await charges_for(event), event, now))
        account = await trainer_account(email, name, by=by, now=now)
        row = EventTrainer(id=uuid4(), staff=account.id, event=event.id, until=charge.until, substitute_for=charge.id)
        await _add(row, event, account, "substitute_named", by, now)
    return UUID(str(row.id))


async def send_trainer_link(charge: Charge, *, by: Actor, now: datetime) -> None:
    """The same link again. Raises Refused."""
    await _send_again(charge, "link_sent", by, now)


async def renew_trainer_link(charge: Charge, *, by: Actor, now: datetime) -> None:
    """The old one answers 410 from now on, and whoever opened it is signed out; the new one is mailed."""
    async with transaction():
        version = charge.link_version + 1
        await EventTrainer.update({EventTrainer.link_version: version}).where(EventTrainer.id == charge.id)
        await end_trainer_sessions(charge.staff_id)
        await _send_again(replace(charge, link_version=version), "link_renewed", by, now)


async def end_charge(charge: Charge, *, by: Actor, now: datetime) -> None:
    """At once, open pages included. Who leads nothing any more is signed out everywhere."""
    if not charge.is_running(now):
        return
    async with transaction():
        await EventTrainer.update({EventTrainer.until: now}).where(EventTrainer.id == charge.id)
        await _note("access_ended", charge.id, charge.event_id or charge.series_id, charge.staff_id, by, now)
        if not await leads_anything(charge.staff_id, now):
            await end_trainer_sessions(charge.staff_id)


async def open_trainer_link(charge: Charge, ip: str, now: datetime) -> str | None:
    """A fresh session's token; None when it is over, or when this person signs in as always. Raises Refused."""
    from_here = await too_many(f"trainer-links:{address_prefix(ip)}", *FROM_ONE_NETWORK, now)
    if from_here or await too_many(f"trainer-link:{charge.id}", *OPENINGS, now):
        raise Refused(Refusal("slow_down"))
    return await open_session_by_link(charge.staff_id, now) if charge.is_running(now) else None


async def _add(row: EventTrainer, event: EventView, account: Account, verb: str, by: Actor, now: datetime) -> None:
    """Stores and tells, when nothing speaks against it."""
    named = [one for one in await charges_for(event) if one.staff_id == account.id]
    await EventTrainer.insert(row)
    charge = await charge_by_id(row.id)
    if charge is None:
        raise NotFound
    refuse_if(why_not_name(charge, named, now))
    await _note(verb, charge.id, event.id, account.id, by, now)
    await _tell(charge, account, now)


async def _send_again(charge: Charge, verb: str, by: Actor, now: datetime) -> None:
    if not charge.is_running(now):
        raise Refused(Refusal("charge_over"))
    account = (await accounts({charge.staff_id})).get(charge.staff_id)
    if account is None or not account.active:
        raise Refused(Refusal("charge_over"))
    async with transaction():
        await _note(verb, charge.id, charge.event_id or charge.series_id, charge.staff_id, by, now)
        await _tell(charge, account, now)


async def _tell(charge: Charge, account: Account, now: datetime) -> None:
    named_by = ""
    if charge.substitute_for is not None and (first := await charge_by_id(charge.substitute_for)):
        people = await accounts({first.staff_id})
        named_by = people[first.staff_id].name if first.staff_id in people else ""
    await queue_trainer_invited(charge, account, named_by, now)
    await EventTrainer.update({EventTrainer.invited_at: now}).where(EventTrainer.id == charge.id)


async def _note(verb: str, id: UUID, context: UUID | None, staff_id: UUID, by: Actor, now: datetime) -> None:
    await note(entry(verb, EventTrainer, id=id, by=by, now=now, context=context, facts={"staff": staff_id}))


async def _locked(event_id: UUID) -> EventView:
    await lock_events([event_id])
    event = await event_by_id(event_id)
    if event is None:
        raise NotFound
    return event
