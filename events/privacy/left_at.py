"""What lies at an address beside sign-ups, erased with its owner: invitations, wishes for a date, calendar entries,
bounces; and voices for topics where they ask for it themselves."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.columns.combination import WhereRaw
from piccolo.custom_types import Combinable

from events.invitations.tables import Invitation
from events.kit.addresses import address_key
from events.kit.tombstones import Kind, bury, tombstone
from events.mail.undeliverable import forget_undeliverable
from events.registration.tables import DateWish, SentEntry
from events.topics.tables import TopicVoice
from events.topics.voices import forget_voices, voices_at


async def erase_left_at(addresses: Collection[str], now: datetime) -> None:
    """In the transaction of the erasure, with a tombstone each: an old backup may hold them without the sign-up."""
    if not addresses:
        return
    keys = [address_key(one) for one in addresses]
    gone = await Invitation.delete().where(Invitation.address_key.is_in(keys)).returning(Invitation.id)
    await bury("invitation", [row["id"] for row in gone], now)
    for address in addresses:
        gone = await DateWish.delete().where(_is(address, "email")).returning(DateWish.id)
        await bury("date_wish", [row["id"] for row in gone], now)
        await SentEntry.delete().where(_is(address, "recipient"))
    await forget_undeliverable(*addresses)


async def erase_voices_at(addresses: Collection[str], now: datetime) -> None:
    """In the transaction of the erasure. Only when somebody asks: who came once still waits for an answer."""
    for address in addresses:
        ids = await voices_at(address)
        await forget_voices(ids)
        await bury("topic_voice", ids, now)


async def erase_left_again(gone: Collection[str]) -> int:
    """After a restore: those whose tombstones are among these. How many."""
    invitations = await _buried(Invitation, "invitation", gone)
    wishes = await _buried(DateWish, "date_wish", gone)
    voices = await _buried(TopicVoice, "topic_voice", gone)
    if invitations:
        await Invitation.delete().where(Invitation.id.is_in(invitations))
    if wishes:
        await DateWish.delete().where(DateWish.id.is_in(wishes))
    await forget_voices(voices)
    return len(invitations) + len(wishes) + len(voices)


async def _buried(table: Any, kind: Kind, gone: Collection[str]) -> list[UUID]:
    return [row["id"] for row in await table.select(table.id) if tombstone(kind, row["id"]) in gone]


def _is(email: str, column: str) -> Combinable:
    """Whatever the case it was typed in."""
    return WhereRaw(f'LOWER("{column}") = {{}}', email.lower())
