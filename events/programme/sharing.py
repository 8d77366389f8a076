"""Who has a part in an event: partners, trainers, quotas of places. Each action is one transaction with history."""

from datetime import datetime
from uuid import UUID, uuid4

from piccolo.custom_types import Combinable

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.programme.details import QuotaDetails
from events.programme.locking import LockedEvent, lock_events
from events.programme.rules import why_not_quota
from events.programme.tables import EventPartner, EventTrainer, Organisation, Quota
from events.programme.wording import PARTNER_ROLES


async def set_quota(event_id: UUID, details: QuotaDetails, *, by: Actor, now: datetime) -> None:
    """One per organisation or kind: replaces the earlier one; 0 places remove it. Raises NotFound, Refused."""
    async with transaction():
        locked = await _locked(event_id)
        refuse_if(*why_not_quota(details, locked.capacity))
        target = details.organisation_id
        await Quota.delete().where(_is_quota(event_id, target, details.organisation_kind))
        row = Quota(
            id=uuid4(),
            event=event_id,
            organisation=target,
            organisation_kind=details.organisation_kind,
            places=details.places,
            release_at=details.release_at,
        )
        if details.places:
            await Quota.insert(row)
        facts = {**await _for_whom(target, details.organisation_kind), "places": details.places}
        await note(entry("quota_set", row, by=by, now=now, context=event_id, facts=facts))


async def remove_quota(
    event_id: UUID, organisation_id: UUID | None, organisation_kind: str, *, by: Actor, now: datetime
) -> None:
    """Raises NotFound when there is none for them."""
    async with transaction():
        await _locked(event_id)
        gone = await Quota.delete().where(_is_quota(event_id, organisation_id, organisation_kind)).returning(Quota.id)
        if not gone:
            raise NotFound
        facts = await _for_whom(organisation_id, organisation_kind)
        await note(entry("quota_removed", Quota, id=gone[0]["id"], by=by, now=now, context=event_id, facts=facts))


async def add_partner(event_id: UUID, organisation_id: UUID, role: str, *, by: Actor, now: datetime) -> None:
    """Does nothing where they have that part already. Raises NotFound, Refused."""
    if role not in PARTNER_ROLES:
        raise Refused(Refusal("unknown_choice", {"value": role}))
    async with transaction():
        await _locked(event_id)
        is_this = _is_partner(event_id, organisation_id, role)
        if await EventPartner.exists().where(is_this):
            return
        row = EventPartner(id=uuid4(), event=event_id, organisation=organisation_id, role=role)
        await EventPartner.insert(row)
        facts = {"organisation": organisation_id, "role": role}
        await note(entry("partner_added", row, by=by, now=now, context=event_id, facts=facts))


async def remove_partner(event_id: UUID, organisation_id: UUID, role: str, *, by: Actor, now: datetime) -> None:
    """Does nothing where they have no such part. Raises NotFound."""
    async with transaction():
        await _locked(event_id)
        gone = (
            await EventPartner.delete().where(_is_partner(event_id, organisation_id, role)).returning(EventPartner.id)
        )
        facts = {"organisation": organisation_id, "role": role}
        for row in gone:
            about = entry("partner_removed", EventPartner, id=row["id"], by=by, now=now, context=event_id, facts=facts)
            await note(about)


async def add_trainer(
    staff_id: UUID,
    *,
    by: Actor,
    now: datetime,
    event_id: UUID | None = None,
    series_id: UUID | None = None,
    until: datetime | None = None,
) -> UUID:
    """For one event or one series, until a moment or without end. Raises ValueError for both or neither."""
    if (event_id is None) == (series_id is None):
        raise ValueError("a trainer leads one event or one series")
    row = EventTrainer(id=uuid4(), staff=staff_id, event=event_id, series=series_id, until=until)
    async with transaction():
        await EventTrainer.insert(row)
        await note(entry("trainer_added", row, by=by, now=now, context=event_id, facts={"staff": staff_id}))
    id: UUID = row.id
    return id


def _is_quota(event_id: UUID, organisation_id: UUID | None, organisation_kind: str) -> Combinable:
    of_event = (Quota.event == event_id) & (Quota.organisation_kind == organisation_kind)
    is_null = organisation_id is None
    return of_event & (Quota.organisation.is_null() if is_null else Quota.organisation == organisation_id)


async def _for_whom(organisation_id: UUID | None, kind: str) -> dict[str, object]:
    """As the history tells it."""
    if organisation_id is None:
        return {"kind": kind}
    row = await Organisation.select(Organisation.name).where(Organisation.id == organisation_id).first()
    return {"organisation": organisation_id, "organisation_name": row["name"] if row else ""}


def _is_partner(event_id: UUID, organisation_id: UUID, role: str) -> Combinable:
    return (
        (EventPartner.event == event_id) & (EventPartner.organisation == organisation_id) & (EventPartner.role == role)
    )


async def _locked(event_id: UUID) -> LockedEvent:
    locked = (await lock_events([event_id])).get(event_id)
    if locked is None:
        raise NotFound
    return locked
