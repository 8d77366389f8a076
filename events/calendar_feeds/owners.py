"""Whose calendar a personal address is, and whether it still is."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from events.accounts.tables import StaffMember
from events.kit import links
from events.kit.feed_addresses import Purpose
from events.kit.refusals import Gone, NotFound
from events.settings import settings

_OWNERS = (
    "SELECT 'feed' AS purpose, id, feed_version AS version, feed_ended_at IS NOT NULL AS ended, '' AS role "
    "FROM booking WHERE id = {} UNION ALL "
    "SELECT 'participant-feed', id, feed_version, feed_ended_at IS NOT NULL, '' "
    "FROM participant WHERE id = {} UNION ALL "
    "SELECT 'staff-feed', id, feed_version, feed_ended_at IS NOT NULL OR NOT active, role "
    "FROM staff_member WHERE id = {}"
)


@dataclass(frozen=True)
class Owner:
    """`id` is of a booking, a participant or a member of staff, by `purpose`; only staff have a `role`."""

    purpose: Purpose
    id: UUID
    role: str = ""


async def owner_behind(token: str) -> Owner:
    """In one statement. Raises NotFound for what we never gave out; Gone for an address that was renewed, a calendar
    that is switched off, and somebody who does not work here any more."""
    given = links.read(token)
    if given is None:
        raise NotFound
    for row in await StaffMember.raw(_OWNERS, given.id, given.id, given.id):
        answer = links.check(settings().secret_key, row["purpose"], token, row["version"])
        if answer == "unknown":
            continue
        if answer == "revoked" or row["ended"]:
            raise Gone
        return Owner(cast(Purpose, row["purpose"]), given.id, row["role"])
    raise NotFound
