"""What can happen to rules of mails before and after dates. Each is one transaction with its history."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.history.actions import entry, note
from events.invitations.reminders.in_force import of_owner, stored_kind
from events.invitations.reminders.rules import Kind, MailRule, MailRuleDetails, why_not_keep
from events.invitations.tables import MailRule as Row
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, refuse_if
from events.programme.locking import lock_events
from events.programme.tables import Programme

_LOCK_PROGRAMME = "UPDATE programme SET position = position WHERE id = {} RETURNING id"


async def add_mail_rule(
    details: MailRuleDetails,
    *,
    event_id: UUID | None = None,
    programme_id: UUID | None = None,
    by: Actor,
    now: datetime,
) -> UUID:
    """For one event, or for all of a programme that have none of this kind. Such mails are on again if they were off.

    Raises NotFound, Refused.
    """
    async with transaction():
        others = await _locked(details.kind, event_id, programme_id)
        refuse_if(*why_not_keep(details, others))
        await _delete([one for one in others if one.is_off])
        row = _row(details, event_id, programme_id, now)
        await Row.insert(row)
        context = event_id or programme_id
        await note(entry("rule_added", row, by=by, now=now, context=context, facts=_facts(details)))
    id: UUID = row.id
    return id


async def change_mail_rule(rule_id: UUID, details: MailRuleDetails, *, by: Actor, now: datetime) -> None:
    """Its kind and whose it is stay. Mails that are queued already stay as they are. Raises NotFound, Refused."""
    async with transaction():
        event_id, programme_id = await _owner_of(rule_id)
        all_of_kind = await _locked(details.kind, event_id, programme_id)
        before = next((one.details for one in all_of_kind if one.id == rule_id), None)
        if before is None:
            raise NotFound
        refuse_if(*why_not_keep(details, [one for one in all_of_kind if one.id != rule_id]))
        changed = [
            name for name in MailRuleDetails.__dataclass_fields__ if getattr(before, name) != getattr(details, name)
        ]
        if not changed:
            return
        await Row.update(_columns(details)).where(Row.id == rule_id)
        facts = _facts(details) | {"changed": changed}
        context = event_id or programme_id
        await note(entry("edited", Row, id=rule_id, by=by, now=now, context=context, facts=facts))


async def remove_mail_rule(rule_id: UUID, *, by: Actor, now: datetime) -> None:
    """After the last one the programme's count again, or the default. Raises NotFound."""
    async with transaction():
        event_id, programme_id = await _owner_of(rule_id)
        found = next((one for one in await of_owner(event_id, programme_id) if one.id == rule_id), None)
        if found is None:
            raise NotFound
        await _delete([found])
        facts, context = _facts(found.details), event_id or programme_id
        await note(entry("rule_removed", Row, id=rule_id, by=by, now=now, context=context, facts=facts))


async def switch_off(
    kind: Kind, *, event_id: UUID | None = None, programme_id: UUID | None = None, by: Actor, now: datetime
) -> None:
    """No mails of this kind, whatever stands above; kept as a rule for nobody. Raises NotFound."""
    async with transaction():
        before = await _locked(kind, event_id, programme_id)
        if any(one.is_off for one in before):
            return
        await _delete(before)
        details = MailRuleDetails(kind, statuses=())
        row = _row(details, event_id, programme_id, now)
        await Row.insert(row)
        context = event_id or programme_id
        await note(entry("switched_off", row, by=by, now=now, context=context, facts={"mail": kind}))


async def remove_all_rules(
    kind: Kind, *, event_id: UUID | None = None, programme_id: UUID | None = None, by: Actor, now: datetime
) -> None:
    """Those of this kind, switching off included: the programme's count again, or the default. Raises NotFound."""
    async with transaction():
        before = await _locked(kind, event_id, programme_id)
        await _delete(before)
        facts, context = {"mail": kind}, event_id or programme_id
        await note(
            *[entry("rule_removed", Row, id=one.id, by=by, now=now, context=context, facts=facts) for one in before]
        )


async def _locked(kind: Kind, event_id: UUID | None, programme_id: UUID | None) -> list[MailRule]:
    """The rules of this kind that are the owner's own, while nobody else changes them."""
    if (event_id is None) == (programme_id is None):
        raise NotFound
    if event_id is not None:
        found = bool(await lock_events([event_id]))
    else:
        found = bool(await Programme.raw(_LOCK_PROGRAMME, programme_id))
    if not found:
        raise NotFound
    return [one for one in await of_owner(event_id, programme_id) if one.details.kind == kind]


async def _owner_of(rule_id: UUID) -> tuple[UUID | None, UUID | None]:
    row = await Row.select(Row.event, Row.programme).where(Row.id == rule_id).first()
    if row is None:
        raise NotFound
    return row["event"], row["programme"]


async def _delete(rules: Sequence[MailRule]) -> None:
    if rules:
        await Row.delete().where(Row.id.is_in([one.id for one in rules]))


def _row(details: MailRuleDetails, event_id: UUID | None, programme_id: UUID | None, now: datetime) -> Row:
    columns = {column._meta.name: value for column, value in _columns(details).items()}
    return Row(id=uuid4(), event=event_id, programme=programme_id, created_at=now, **columns)


def _columns(details: MailRuleDetails) -> dict[Any, Any]:
    is_reminder = details.kind == "reminder"
    return {
        Row.kind: stored_kind(details),
        Row.days_before: details.days_before if is_reminder else 0,
        Row.hours_after: 0 if is_reminder else details.hours_after,
        Row.statuses: json.dumps(list(details.statuses)),
        Row.texts: json.dumps({code: text for code, text in details.texts.items() if text}, ensure_ascii=False),
    }


def _facts(details: MailRuleDetails) -> dict[str, object]:
    when = "days_before" if details.kind == "reminder" else "hours_after"
    return {"mail": details.kind, when: details.timing[0]}
