"""Who was erased since a backup was made is erased again, and who wants no mailings gets none."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from events.contacts.actions import erase_contact, unsubscribe
from events.contacts.tables import Contact
from events.kit.actor import SYSTEM
from events.kit.tombstones import buried, opted_out, tombstone
from events.mail.tables import OptOut
from events.privacy.clock_work import erase_due
from events.privacy.erasing import erase_booking, erase_participant
from events.privacy.left_at import erase_left_again
from events.registration.tables import Booking, Participant


async def erase_again(now: datetime) -> int:
    """How many bookings, people, contacts and other entries went once more. Nobody is mailed.

    What has no tombstone went by the clock, and by the clock it is due again.

    What was noted about them and counted only after the backup stays, without a name, and is counted again.
    """
    gone = buried()
    bookings = [id for id in await _ids(Booking, Booking.contact_email != "") if tombstone("booking", id) in gone]
    bookings += [id for id in await _bookings_with_names() if tombstone("booking", id) in gone and id not in bookings]
    for id in bookings:
        await erase_booking(id, by=SYSTEM, now=now, notify=False, uncounted_too=True)
    people = [id for id in await _ids(Participant, Participant.found_by != "") if tombstone("participant", id) in gone]
    for id in people:
        await erase_participant(id, by=SYSTEM, now=now, notify=False, uncounted_too=True)
    contacts = [id for id in await _ids(Contact) if tombstone("contact", id) in gone]
    for id in contacts:
        await erase_contact(id, by=SYSTEM, now=now)
    left = await erase_left_again(gone)
    await _opt_out_again(now)
    due = await erase_due(by=SYSTEM, now=now)
    return len(bookings) + len(people) + len(contacts) + left + due.number


async def _opt_out_again(now: datetime) -> None:
    known = {row["address_hash"] for row in await OptOut.select(OptOut.address_hash)}
    for hashed in sorted(opted_out() - known):
        await unsubscribe(hashed, way="page", now=now)


async def _ids(table: Any, *where: Any) -> Iterable[UUID]:
    query = table.select(table.id)
    return [row["id"] for row in await (query.where(*where) if where else query)]


async def _bookings_with_names() -> Iterable[UUID]:
    rows = await Participant.select(Participant.booking).where(Participant.found_by != "")
    return list(dict.fromkeys(row["booking"] for row in rows))
