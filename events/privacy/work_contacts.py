"""People we work with: contacts of partners and institutions, who is asked about a step for action, trainers, staff.

Finds who is not needed any more and forgets them. How many rows at once, and when, is said by `by_age`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from events.accounts.forgetting import TRAINER_FOR, forget_accounts, idle_trainers, long_disabled
from events.feedback.tables import LecturerReview
from events.groups.tables import Group
from events.history.tables import HistoryEntry
from events.mail.actions import forget
from events.outcomes.status import PENDING
from events.outcomes.tables import Outcome
from events.programme.policy import effective_policy
from events.programme.tables import Agreement, EventPartner, EventTrainer, Organisation
from events.programme.trainers import running_charges

WORKED_FOR = timedelta(days=2 * 365)
"""After the last event, agreement, group or letter: who has heard nothing for so long is found anew if need be."""

NO_NAME = "Name gelöscht"


async def partner_contacts(now: datetime) -> Sequence[UUID]:
    """Their numbers are in the evidence when the names of the event go."""
    one = EventPartner
    of_event = one.event.ends_at.as_alias("ends_at"), one.event.policy.as_alias("policy")
    rows = await one.select(one.id, *of_event, "event.programme.policy").where(
        (one.contact_email != "") | (one.contact_name != ""), one.event.ends_at <= now
    )
    return [row["id"] for row in rows if row["ends_at"] + _kept(row) <= now]


async def forget_partner_contacts(ids: Sequence[UUID]) -> None:
    """The link they had answers as one that was never given out."""
    nobody: dict[Any, Any] = {EventPartner.contact_name: "", EventPartner.contact_email: ""}
    await EventPartner.update(nobody).where(EventPartner.id.is_in(list(ids)))
    await forget([f"event_partner:{id}" for id in ids])


async def institution_contacts(now: datetime) -> Sequence[UUID]:
    """Of organisations with which nothing was done for two years and nothing is under way."""
    one = Organisation
    rows = await one.select(one.id, one.link_sent_at).where((one.contact_email != "") | (one.contact_name != ""))
    asked = [row["id"] for row in rows]
    if not asked:
        return []
    since = now - WORKED_FOR
    busy = {row["id"] for row in rows if row["link_sent_at"] and row["link_sent_at"] > since}
    return [id for id in asked if id not in busy | await _worked_with(asked, since)]


async def forget_institution_contacts(ids: Sequence[UUID]) -> None:
    """A link that was sent answers 410."""
    nobody: dict[Any, Any] = {
        Organisation.contact_name: "",
        Organisation.contact_email: "",
        Organisation.link_version: Organisation.link_version + 1,
        Organisation.link_sent_at: None,
    }
    await Organisation.update(nobody).where(Organisation.id.is_in(list(ids)))
    await forget([f"organisation:{id}" for id in ids])


async def outcome_contacts(now: datetime) -> Sequence[UUID]:
    """Of steps that are done or dropped."""
    one = Outcome
    rows = await one.select(one.id).where(
        one.contact != "", one.status.not_in(sorted(PENDING)), one.changed_at <= now - WORKED_FOR
    )
    return [row["id"] for row in rows]


async def forget_outcome_contacts(ids: Sequence[UUID]) -> None:
    await Outcome.update({Outcome.contact: ""}).where(Outcome.id.is_in(list(ids)))


async def former_staff(now: datetime) -> Sequence[UUID]:
    """Accounts that were disabled long ago, and trainers who have led nothing for long."""
    leading = {one.staff_id for one in await running_charges(now - TRAINER_FOR)}
    return list(dict.fromkeys([*await idle_trainers(now, leading), *await long_disabled(now)]))


async def forget_staff(ids: Sequence[UUID]) -> None:
    """What they wrote about an event stays, without their name."""
    signed = LecturerReview.staff.is_in(list(ids)) & LecturerReview.signed_at.is_not_null()
    await LecturerReview.update({LecturerReview.name: NO_NAME}).where(signed)
    charges = await EventTrainer.delete().where(EventTrainer.staff.is_in(list(ids))).returning(EventTrainer.id)
    await forget([f"event_trainer:{row['id']}" for row in charges])
    await forget_accounts(ids)


async def _worked_with(ids: Sequence[UUID], since: datetime) -> set[UUID]:
    """Four statements: their part in an event, an agreement, a group, or somebody who changed what we know of them."""
    partner, agreement, group, line = EventPartner, Agreement, Group, HistoryEntry
    day = since.date()
    lately = partner.event.ends_at.is_null() | (partner.event.ends_at > since)
    found = await partner.select(partner.organisation.as_alias("id")).where(lately)
    found += await agreement.select(agreement.organisation.as_alias("id")).where(
        agreement.ends_on.is_null() | (agreement.ends_on > day)
    )
    found += await group.select(group.institution.as_alias("id")).where(
        group.ended_on.is_null() | (group.ended_on > day)
    )
    found += await line.select(line.about_id.as_alias("id")).where(line.about_kind == "organisation", line.at > since)
    return {row["id"] for row in found} & set(ids)


def _kept(row: dict[str, Any]) -> timedelta:
    return timedelta(days=effective_policy(row["event.programme.policy"], row["policy"]).keep_days)
