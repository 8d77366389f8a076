"""Taking over a table file of addresses that are to be invited: looked at first, then all of it or nothing."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from events.invitations.addresses.checking import Address, CheckedAddresses, check
from events.invitations.invited import invitations_of
from events.invitations.inviting import add_invitations
from events.kit import uploads
from events.kit.actor import Actor
from events.kit.addresses import address_key
from events.kit.database import transaction
from events.kit.refusals import NotFound
from events.programme.locking import lock_events
from events.programme.queries import organisations
from events.registration.imports.kept import Draft, draft_of, mark_done, table_of
from events.registration.known_organisations import by_name


@dataclass(frozen=True)
class Outlook:
    """What taking it over would do now; `known` are invited already and stay as they are."""

    checked: CheckedAddresses
    new: tuple[Address, ...]
    known: tuple[Address, ...]

    @property
    def is_possible(self) -> bool:
        return bool(self.new) and not self.checked.faults

    @property
    def places(self) -> int:
        return sum(one.invitee.places for one in self.new)


async def outlook(draft: Draft) -> Outlook:
    """Raises NotFound when the file is gone."""
    table = await table_of(draft)
    checked = await asyncio.to_thread(check, table, draft.columns, by_name(await organisations()))
    invited = {address_key(one.email) for one in await invitations_of(draft.event_id)}
    new = tuple(one for one in checked.addresses if address_key(one.invitee.email) not in invited)
    return Outlook(checked, new, tuple(one for one in checked.addresses if one not in new))


async def take_over(
    draft: Draft, version: str, *, hold_until: datetime | None, by: Actor, now: datetime
) -> Draft | Outlook:
    """Prepares an invitation for every new address and forgets the file; doing it twice changes nothing.

    Returns the draft, done; or the outlook, and nothing was changed, when it is not possible or when its columns are
    no longer those of `version`. Raises NotFound, and Refused when places cannot be held.
    """
    try:
        found = await outlook(draft)
    except NotFound:
        found = None  # the file goes as soon as everybody is on the list
    async with transaction():
        await lock_events([draft.event_id])
        current = await draft_of(draft.id, "invitations")
        if current.done:
            return current
        if found is None:
            raise NotFound
        if not version == draft.version == current.version or not found.is_possible:
            return found
        invitees = [one.invitee for one in found.checked.addresses]
        added = await add_invitations(draft.event_id, invitees, hold_until=hold_until, by=by, now=now)
        done = {"new": added.new, "known": added.known}
        await mark_done(draft, done)
    await uploads.remove(draft.stored_as)
    return replace(draft, done=done)
