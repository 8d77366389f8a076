"""Asking people and institutions to come: gathering addresses, sending, reminding the silent, taking back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from events.history.actions import entry, note
from events.invitations.invited import InvitationView, invitation_by_id
from events.invitations.mailings.queueing import queue_mailing
from events.invitations.rules import MOST_PLACES, why_not_hold, why_not_invite, why_not_send, why_not_withdraw
from events.invitations.status import check_move
from events.invitations.tables import Invitation
from events.kit.actor import Actor
from events.kit.addresses import address_key, mail_address
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.mail.opt_outs import opted_out
from events.mail.tables import Mailing
from events.mail.undeliverable import undeliverable_among
from events.programme.locking import lock_events
from events.programme.queries import EventView, event_by_id
from events.registration.held import hold_place, release_held
from events.registration.signup import Person, SignUp

ROWS_AT_ONCE = 500
BETWEEN_REMINDERS = timedelta(minutes=10)


@dataclass(frozen=True)
class Invitee:
    """A person, or an institution that may send up to `places` people."""

    email: str
    given_name: str = ""
    family_name: str = ""
    organisation: UUID | None = None
    organisation_name: str = ""
    language: str = "de"
    places: int = 1


@dataclass(frozen=True)
class Added:
    """`known`: addresses that are invited to this event already; left as they are."""

    new: int
    known: int


async def add_invitations(
    event_id: UUID, invitees: Sequence[Invitee], *, hold_until: datetime | None = None, by: Actor, now: datetime
) -> Added:
    """Prepares invitations, all or none; nothing is sent yet. With `hold_until` a seat is kept for each place.

    Raises NotFound, and Refused, also when the held places are not free.
    """
    async with transaction():
        await lock_events([event_id])
        event = await _event(event_id)
        refuse_if(why_not_invite(event, now), why_not_hold(event, hold_until, now) if hold_until else None)
        known = await _known_addresses(event_id)
        wanted = {address_key(one.email): one for one in invitees if mail_address(one.email)}
        new = {key: one for key, one in wanted.items() if key not in known}
        made = [_row(event_id, key, one, hold_until, now) for key, one in new.items()]
        if hold_until:
            for row, invitee in zip(made, new.values(), strict=True):
                row.booking = await hold_place(_places_of(event_id, invitee), until=hold_until, by=by, now=now)
        for start in range(0, len(made), ROWS_AT_ONCE):
            await Invitation.insert(*made[start : start + ROWS_AT_ONCE])
            some = made[start : start + ROWS_AT_ONCE]
            await note(*[entry("added", row, by=by, now=now, context=event_id) for row in some])
    return Added(new=len(made), known=len(wanted) - len(made))


async def send_invitations(event_id: UUID, message: Mapping[str, str], *, by: Actor, now: datetime) -> UUID:
    """One mailing to all that are prepared; `message` by language code stands in each mail. Returns the mailing.

    Raises NotFound and Refused.
    """
    return await _send("invitation", "prepared", "nobody_to_invite", event_id, message, by, now)


async def remind_silent(event_id: UUID, message: Mapping[str, str], *, by: Actor, now: datetime) -> UUID:
    """One mailing to those who were asked and have not answered. Returns the mailing. Raises NotFound and Refused."""
    return await _send("invitation_reminder", "invited", "nobody_to_remind", event_id, message, by, now)


async def _send(
    kind: str, status: str, nobody: str, event_id: UUID, message: Mapping[str, str], by: Actor, now: datetime
) -> UUID:
    async with transaction():
        turn = (await lock_events([event_id]))[event_id].turn if await _event(event_id) else 0
        event = await _event(event_id)
        refuse_if(why_not_send(event, now))
        if already := await _just_sent(kind, event_id, message, now):
            return already
        meant = (Invitation.event == event_id) & (Invitation.status == status)
        addresses = [row["email"] for row in await Invitation.select(Invitation.email).where(meant)]
        if not addresses:
            raise Refused(Refusal(nobody))
        facts = {"message": dict(message), "recipients": await _reachable(addresses)}
        id = await queue_mailing(kind, event_id, turn, facts, now)
        await note(entry("mailing_started", Mailing, id=id, by=by, now=now, context=event_id))
    return id


async def _just_sent(kind: str, event_id: UUID, message: Mapping[str, str], now: datetime) -> UUID | None:
    """The same mail that is still being written: pressed twice, it goes out once. A reminder needs some distance."""
    same = (Mailing.kind == kind) & (Mailing.about == event_id) & Mailing.status.is_in(["queued", "paused", "expanded"])
    rows = await Mailing.select(Mailing.id, Mailing.facts, Mailing.created_at, Mailing.expanded_at).where(same)
    for row in rows:
        recent = kind == "invitation_reminder" and row["created_at"] > now - BETWEEN_REMINDERS
        if (recent or row["expanded_at"] is None) and json.loads(row["facts"]).get("message") == dict(message):
            found: UUID = row["id"]
            return found
    return None


async def _reachable(addresses: Sequence[str]) -> int:
    """How many of them the mail will go to."""
    return len(set(addresses) - await opted_out(addresses) - await undeliverable_among(addresses))


async def withdraw_invitation(id: UUID, *, by: Actor, now: datetime) -> None:
    """Nobody can answer it any more; places held for it are free at once. Raises NotFound, Refused once answered."""
    async with transaction():
        one = await locked_invitation(id)
        refuse_if(why_not_withdraw(one))
        check_move(one.status, "withdrawn")
        if one.booking_id:
            await release_held(one.booking_id, now=now)
        await Invitation.update({Invitation.status: "withdrawn"}).where(Invitation.id == id)
        await note(entry("withdrawn", Invitation, id=id, by=by, now=now, context=one.event_id))


async def correct_invitation(id: UUID, invitee: Invitee, *, by: Actor, now: datetime) -> None:
    """Another address or spelling; the old link ends, and the mail goes out anew with the next ones.

    The number of places stays. Raises NotFound, and Refused once answered or when the address is invited already.
    """
    async with transaction():
        one = await locked_invitation(id)
        refuse_if(why_not_withdraw(one))
        key = address_key(invitee.email)
        if key != address_key(one.email) and key in await _known_addresses(one.event_id):
            raise Refused(Refusal("already_invited"))
        new_address = key != address_key(one.email)
        await Invitation.update(
            {
                Invitation.email: invitee.email,
                Invitation.address_key: key,
                Invitation.given_name: invitee.given_name,
                Invitation.family_name: invitee.family_name,
                Invitation.organisation: invitee.organisation,
                Invitation.organisation_name: invitee.organisation_name,
                Invitation.language: invitee.language,
                **({Invitation.link_version: Invitation.link_version + 1} if new_address else {}),
                **({Invitation.status: "prepared", Invitation.invited_at: None} if new_address else {}),
            }
        ).where(Invitation.id == id)
        await note(entry("corrected", Invitation, id=id, by=by, now=now, context=one.event_id))


async def locked_invitation(id: UUID) -> InvitationView:
    """As it is under the lock of its event: answers and changes take turns. Raises NotFound."""
    row = await Invitation.select(Invitation.event).where(Invitation.id == id).first()
    if row is None:
        raise NotFound
    await lock_events([row["event"]])
    found = await invitation_by_id(id)
    if found is None:
        raise NotFound
    return found


async def _event(id: UUID) -> EventView:
    event = await event_by_id(id)
    if event is None:
        raise NotFound
    return event


async def _known_addresses(event_id: UUID) -> frozenset[str]:
    rows = await Invitation.select(Invitation.address_key).where(Invitation.event == event_id)
    return frozenset(row["address_key"] for row in rows)


def _row(event_id: UUID, key: str, one: Invitee, hold_until: datetime | None, now: datetime) -> Invitation:
    return Invitation(
        event=event_id,
        email=one.email.strip(),
        address_key=key,
        given_name=one.given_name,
        family_name=one.family_name,
        organisation=one.organisation,
        organisation_name=one.organisation_name,
        language=one.language,
        places=max(1, min(one.places, MOST_PLACES)),
        hold_until=hold_until,
        created_at=now,
    )


def _places_of(event_id: UUID, one: Invitee) -> SignUp:
    """Who is asked alone is named already; an institution names its people later."""
    name = (one.given_name, one.family_name) if one.places == 1 else ("", "")
    person = Person(*name, organisation=one.organisation, organisation_name=one.organisation_name)
    people = (person,) * max(1, min(one.places, MOST_PLACES))
    return SignUp((event_id,), people, one.email, one.language, source="invitation")


def message_in(facts: str, language: str) -> str:
    """What the office wrote for this language, else in German."""
    message: dict[str, str] = json.loads(facts).get("message", {})
    return message.get(language) or message.get("de", "")
