"""Writes the mails before and after a date: to whom, and whether they are still true."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from events.invitations.mailings.batches import BATCH, written
from events.invitations.reminders.in_force import rules_for
from events.invitations.reminders.letters import dated_context, seat_of
from events.kit.addresses import mail_address
from events.kit.clock import BERLIN
from events.mail.composing import ComposedMail, compose
from events.mail.tables import Mailing
from events.office.queries import office
from events.programme.queries import DateView, EventView, date_with_event
from events.registration.queries import RegistrationView
from events.registration.recipients import Recipient, with_recipients
from events.registration.tables import Registration

PRIORITY = 5
"""After what somebody is waiting for, before what goes to many."""

People = Sequence[tuple[Registration, Recipient]]


async def write_dated_mails(mailing: Mailing, now: datetime) -> list[ComposedMail]:
    """One to each address that is meant and has none yet; nobody who signed up since the moment it was due."""
    found, facts = await date_with_event(mailing.about), json.loads(mailing.facts)
    if found is None or not await _is_true(mailing, facts, *found, now):
        return []
    date, event = found
    done = await written(mailing)
    meant = await _people_by_address(event.id, facts["statuses"], datetime.fromisoformat(facts["moment"]))
    chosen = [(address, people) for address, people in meant.items() if address not in done][:BATCH]
    if not chosen:
        return []
    sender, mails = await office(), []
    for _address, people in chosen:
        to = people[0][1]
        seats = [seat_of(one, its, event, now) for one, its in people]
        context = dated_context(event, date, seats, facts["texts"], to.language, sender)
        mails.append(_mail(mailing, date, to, context))
    return mails


def addresses_of(found: Collection[RegistrationView]) -> set[str]:
    """Each of which gets one mail, however many people share it."""
    return {address for one in found if (address := mail_address(one.email))}


async def _is_true(mailing: Mailing, facts: Mapping[str, Any], date: DateView, event: EventView, now: datetime) -> bool:
    """The date may be off or moved by now, the rule gone; a reminder after the start would be absurd."""
    if event.status != "published" or date.cancelled or (mailing.kind == "reminder" and date.start <= now):
        return False
    if _day(date.start) != _day(datetime.fromisoformat(facts["start"])):
        return False
    rules = [one for kind, found in (await rules_for(event)).items() if kind == mailing.kind for one in found.rules]
    return facts["rule"] in {str(one.id) for one in rules}


def _day(moment: datetime) -> str:
    return moment.astimezone(BERLIN).date().isoformat()


async def _people_by_address(event_id: UUID, statuses: Collection[str], until: datetime) -> Mapping[str, People]:
    """By the address as the outbox writes it: who signed up by then, in the order of sign-up."""
    rows = await Registration.objects().where(
        (Registration.event == event_id) & Registration.status.is_in(list(statuses))
        & (Registration.registered_at <= until)
    ).order_by(Registration.queue_number, Registration.registered_at, Registration.participant.position)  # fmt: skip
    found: dict[str, list[tuple[Registration, Recipient]]] = {}
    for one, to in await with_recipients(rows):
        if address := mail_address(to.email):
            found.setdefault(address, []).append((one, to))
    return found


def _mail(mailing: Mailing, date: DateView, to: Recipient, context: Mapping[str, object]) -> ComposedMail:
    return compose(
        mailing.kind,
        to=to.email,
        language=to.language,
        about=f"mailing:{mailing.id}",
        context=context,
        priority=PRIORITY,
        useful_until=date.start if mailing.kind == "reminder" else None,
        mailing=mailing.id,
        reference=to.follows,
    )
