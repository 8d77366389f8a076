"""Signing up a list of people from a table file: looked at first, then all of it or nothing.

How a row is read is in `checking`, how the file is kept in `kept`; what becomes of the people decides the same code as
for any sign-up.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from events.kit import uploads
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused
from events.programme.locking import lock_events
from events.programme.queries import EventView, organisations
from events.registration.imports.checking import Checked, Entry, by_phone, by_place, check
from events.registration.imports.kept import Draft, draft_of, mark_done, table_of
from events.registration.imports.many import prospect_of, register_each
from events.registration.known_organisations import by_name
from events.registration.newcomers import events_in_order
from events.registration.rules import LARGEST_PARTY
from events.registration.signup import Person
from events.registration.standing import ACTIVE
from events.registration.tables import Registration

MOST_MAILS = 500
"""Written inside the transaction, some 5 ms each, while nobody else can sign up."""


@dataclass(frozen=True)
class Outlook:
    """What importing would do now. With faults or reasons against it, nothing happens at all."""

    checked: Checked
    new: tuple[Entry, ...]
    known: tuple[Entry, ...]
    statuses: Mapping[str, int]  # of the new
    reasons: tuple[Refusal, ...]

    @property
    def with_address(self) -> int:
        return sum(1 for entry in self.new if entry.person.email)

    @property
    def may_notify(self) -> bool:
        return 0 < self.with_address <= MOST_MAILS

    @property
    def is_possible(self) -> bool:
        return bool(self.new) and not self.checked.faults and not self.reasons


async def outlook(draft: Draft, event: EventView, *, now: datetime) -> Outlook:
    """A dry run: nothing is locked or changed. The same statements for one row and for thousands."""
    return await _outlook(await _checked(draft, event), event, now)


async def import_people(draft: Draft, version: str, *, by: Actor, now: datetime, notify: bool) -> Draft | Outlook:
    """Signs up everybody new in one transaction and forgets the file; doing it twice changes nothing.

    Returns the draft, done; or the outlook, and nothing was changed, when it is not possible or when its columns are
    no longer those of `version`. Raises NotFound.
    """
    event = (await events_in_order([draft.event_id]))[0]
    try:
        checked = await _checked(draft, event)
    except NotFound:
        checked = None  # the file goes as soon as everybody is signed up
    try:
        async with transaction():
            await lock_events([event.id])
            current = await draft_of(draft.id)
            if current.done:
                return current
            if checked is None:
                raise NotFound
            if not version == draft.version == current.version:
                raise _Impossible
            done = await _sign_up_all(checked, event, by, now, notify)
            await mark_done(draft, done)
    except (_Impossible, Refused):
        return await outlook(draft, event, now=now)
    await uploads.remove(draft.stored_as)
    return replace(draft, done=done)


class _Impossible(Exception):
    """Undoes the transaction."""


async def _sign_up_all(checked: Checked, event: EventView, by: Actor, now: datetime, notify: bool) -> Counter[str]:
    new, known = await _divided(checked, event)
    if not new or checked.faults:
        raise _Impossible
    people = [entry.person for entry in new]
    notify = notify and sum(1 for one in people if one.email) <= MOST_MAILS
    made = await register_each(event, people, by=by, now=now, notify=notify)
    return made + Counter(known=len(known))


async def _checked(draft: Draft, event: EventView) -> Checked:
    table = await table_of(draft)
    most = min(event.policy.max_party, LARGEST_PARTY)
    return await asyncio.to_thread(check, table, draft.columns, by_name(await organisations()), most)


async def _outlook(checked: Checked, event: EventView, now: datetime) -> Outlook:
    new, known = await _divided(checked, event)
    prospect = await prospect_of(event, [entry.person for entry in new], now=now)
    return Outlook(checked, new, known, prospect.statuses, prospect.reasons)


async def _divided(checked: Checked, event: EventView) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Who is new, and who is registered already."""
    registered = await _registered(event.id)
    new = tuple(entry for entry in checked.entries if entry.identity not in registered)
    return new, tuple(entry for entry in checked.entries if entry.identity in registered)


async def _registered(event_id: UUID) -> frozenset[str]:
    """By what those who are signed up already are recognised, in every way a list may name them."""
    rows = await Registration.raw(
        "SELECT r.person_key, p.given_name, p.family_name, p.phone, p.city, p.organisation_name, o.name AS known_name "
        "FROM registration r JOIN participant p ON p.id = r.participant "
        f"LEFT JOIN organisation o ON o.id = p.organisation WHERE r.event = {{}} AND {ACTIVE}",
        event_id,
    )
    found = {row["person_key"] for row in rows}
    for row in rows:
        one = Person(row["given_name"], row["family_name"], phone=row["phone"], city=row["city"])
        found.add(by_place(replace(one, organisation_name=row["known_name"] or row["organisation_name"])))
        if one.phone:
            found.add(by_phone(one))
    return frozenset(found)
