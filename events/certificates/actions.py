"""Issuing certificates, correcting a name, taking one back, and the rule of a programme."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.certificates.numbers import name_check, new_number
from events.certificates.queries import candidates, certificate_by_id
from events.certificates.rules import Requirement, attended_minutes, counted, why_not_end, why_not_rule
from events.certificates.tables import Certificate
from events.certificates.views import Candidate, CertificateView
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.kit.text import one_line
from events.programme.locking import lock_events
from events.programme.queries import EventView, event_by_id
from events.programme.tables import Event, Programme
from events.registration.tables import Registration


async def issue(
    event_id: UUID, registrations: Collection[UUID] | None = None, *, by: Actor, now: datetime
) -> list[UUID]:
    """Certificates for these people, for everybody who may have one when None is given; who has one keeps it.

    Returns the ids of the new ones. Raises NotFound, and Refused when one of the named may not have any.
    """
    async with transaction():
        await lock_events([event_id])
        event = await event_by_id(event_id)
        if event is None:
            raise NotFound
        people = await candidates(event, now)
        wanted = people if registrations is None else [one for one in people if one.registration_id in registrations]
        if registrations is not None:
            refuse_if(*(one.why_not for one in wanted))
        new = [one for one in wanted if one.why_not is None and one.certificate is None]
        homes = await _organisations_of([one.registration_id for one in new])
        rows = [_row(one, event, homes.get(one.registration_id), by, now) for one in new]
        if rows:
            await Certificate.insert(*rows)
            await note(*(_entry("certificate_issued", row, by, now) for row in rows))
    return [row.id for row in rows]


async def correct_name(
    certificate_id: UUID, given_name: str, family_name: str, reason: str, *, by: Actor, now: datetime
) -> UUID:
    """Ends the certificate and issues another one with this name and the same facts; its id."""
    name = one_line(given_name), one_line(family_name)
    if not any(name):
        raise Refused(Refusal("certificate_without_name"))
    async with transaction():
        # The event first, as erasing does: nobody gets a name back that is being erased.
        await lock_events([await _event_of(certificate_id)])
        old = await _valid(certificate_id, reason)
        refuse_if(None if old.name else Refusal("certificate_erased"))
        await _end(old, "replaced", reason, by, now)
        number, (programme, home) = new_number(), await _kept_of(old.id)
        row = Certificate(
            id=uuid4(), number=number, programme=programme, event=old.event_id, registration=old.registration_id,
            organisation=home, given_name=name[0], family_name=name[1], name_check=name_check(number, *name),
            language=old.language, facts=json.dumps(dict(old.facts)), issued_at=now, actor=str(by), replaces=old.id,
        )  # fmt: skip
        await Certificate.insert(row)
        await note(_entry("certificate_issued", row, by, now))
    return row.id


async def withdraw(certificate_id: UUID, reason: str, *, by: Actor, now: datetime) -> None:
    """From now on its number says that it is no longer valid."""
    async with transaction():
        await _end(await _valid(certificate_id, reason), "withdrawn", reason, by, now)


async def set_rule(programme_id: UUID, rule: Requirement, *, by: Actor, now: datetime) -> None:
    """What events of the programme ask from now on; certificates that were issued stay. Raises NotFound, Refused."""
    refuse_if(why_not_rule(rule.kind, rule.least))
    async with transaction():
        await _choose(Programme, programme_id, rule, by, now)


async def set_rule_of_event(event_id: UUID, rule: Requirement, *, by: Actor, now: datetime) -> None:
    """For this event alone, whatever its programme asks. Raises NotFound, Refused."""
    async with transaction():
        await lock_events([event_id])
        event = await event_by_id(event_id)
        if event is None:
            raise NotFound
        refuse_if(why_not_rule(rule.kind, rule.least, len(event.coming_dates)))
        await _choose(Event, event_id, rule, by, now)


async def _choose(table: type[Programme | Event], id: UUID, rule: Requirement, by: Actor, now: datetime) -> None:
    row = await table.select(table.policy).where(table.id == id).first()
    if row is None:
        raise NotFound
    chosen: dict[str, Any] = {
        "certificate": rule.kind, "certificate_least": rule.least, "certificate_excused": rule.excused_counts,
        "certificate_across_runs": rule.across_runs,
    }  # fmt: skip
    policy = json.dumps(json.loads(row["policy"] or "{}") | chosen)
    await table.update({table.policy: policy}).where(table.id == id)
    await note(entry("edited", table, id=id, by=by, now=now, facts={"changed": ["policy"]}))


def _row(one: Candidate, event: EventView, organisation: UUID | None, by: Actor, now: datetime) -> Certificate:
    number = new_number()
    return Certificate(
        id=uuid4(), number=number, programme=event.programme_id, event=event.id, registration=one.registration_id,
        organisation=organisation,
        given_name=one.given_name, family_name=one.family_name,
        name_check=name_check(number, one.given_name, one.family_name), language=one.language,
        facts=json.dumps(_facts(one, event), ensure_ascii=False), issued_at=now, actor=str(by),
    )  # fmt: skip


def _facts(one: Candidate, event: EventView) -> dict[str, Any]:
    """What stands on the paper besides the name; later changes of the event change nothing."""
    rule = Requirement.of(event.policy)
    of_rule = {part.number for part in counted(one.parts, rule)}
    return {
        "title": dict(event.title),
        "programme": event.programme_name,
        "funding": event.funding,
        "place": ", ".join(dict.fromkeys(filter(None, (_place(day) for day in event.coming_dates)))),
        "dates": [
            {"day": (part.made_up_on or part.day).isoformat(), "how": part.how}
            for part in one.parts
            if part.number in of_rule
        ],
        "of": len(one.parts),
        "minutes": attended_minutes(one.parts, rule),
    }


def _place(day: Any) -> str:
    return "online" if day.is_online and not day.city else str(day.city)


async def _valid(certificate_id: UUID, reason: str) -> CertificateView:
    """Locked, so that two corrections do not both take effect."""
    same: dict[Any, Any] = {Certificate.number: Certificate.number}
    await Certificate.update(same).where(Certificate.id == certificate_id)
    found = await certificate_by_id(certificate_id)
    if found is None:
        raise NotFound
    refuse_if(why_not_end(not found.is_valid, reason))
    return found


async def _end(old: CertificateView, ending: str, reason: str, by: Actor, now: datetime) -> None:
    values: dict[Any, Any] = {Certificate.ended_at: now, Certificate.ending: ending, Certificate.reason: reason.strip()}
    await Certificate.update(values).where(Certificate.id == old.id)
    verb = f"certificate_{ending}"
    await note(entry(verb, Certificate, id=old.id, by=by, now=now, context=old.event_id, reason=reason.strip()))


async def _event_of(certificate_id: UUID) -> UUID:
    row = await Certificate.select(Certificate.event).where(Certificate.id == certificate_id).first()
    if row is None:
        raise NotFound
    event: UUID = row["event"]
    return event


async def _kept_of(certificate_id: UUID) -> tuple[UUID, UUID | None]:
    """Programme and organisation: the next certificate of the same person takes them over."""
    columns = (Certificate.programme, Certificate.organisation)
    row = await Certificate.select(*columns).where(Certificate.id == certificate_id).first()
    if row is None:
        raise NotFound
    return row["programme"], row["organisation"]


async def _organisations_of(registrations: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Where people come from, as far as we know the organisation; it outlives their names."""
    if not registrations:
        return {}
    rows = await Registration.select(
        Registration.id, Registration.participant.organisation.as_alias("organisation")
    ).where(Registration.id.is_in(list(registrations)))
    return {row["id"]: row["organisation"] for row in rows}


def _entry(verb: str, row: Certificate, by: Actor, now: datetime) -> Any:
    return entry(verb, row, by=by, now=now, context=row.event)
