"""Addresses that want no invitations and no mailings any more: kept for good, as a hash nobody can read back.

The link of a mail carries the hash itself, so that it works however long after, whatever else was erased.
"""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

from events.kit import links
from events.kit.addresses import address_key
from events.kit.database import transaction
from events.kit.refusals import NotFound
from events.kit.translation import language_prefix
from events.mail.rules import BULK
from events.mail.tables import OptOut, OutgoingMail
from events.settings import settings

UNWANTED = "unwanted"
"""Why a mail was not sent (OutgoingMail.reason)."""

Way = Literal["click", "page", "mail", "office"]


def address_hash(address: str) -> str:
    """128 bits in hex of the folded address. Not keyed: it must outlive a change of the secret."""
    return sha256(f"opt-out:{address_key(address)}".encode()).hexdigest()[:32]


def unsubscribe_token(address: str) -> str:
    return links.derive(settings().secret_key, "unsubscribe", UUID(hex=address_hash(address)), 1)


def unsubscribe_address(address: str, language: str) -> str:
    """Whose POST ends invitations and mailings at once (RFC 8058); a GET shows a button."""
    return f"{settings().base_url}{language_prefix(language)}/abmelden/{unsubscribe_token(address)}"


def hash_behind(token: str) -> str:
    """Raises NotFound for a token we never gave out."""
    found = links.read(token)
    if found is None or not links.matches(settings().secret_key, "unsubscribe", token, 1):
        raise NotFound
    return found.id.hex


async def opt_out(hashed: str, way: Way, *, now: datetime) -> None:
    """What is to many and waits in the outbox is not sent any more. Doing it twice changes nothing."""
    row = OptOut(address_hash=hashed, created_at=now, way=way)
    async with transaction():
        await OptOut.insert(row).on_conflict(target=OptOut.address_hash, action="DO NOTHING")
        await _take_back_unsent(hashed, now)


async def _take_back_unsent(hashed: str, now: datetime) -> None:
    """Not what is being handed to a server at this moment."""
    is_free = OutgoingMail.lease_until.is_null() | (OutgoingMail.lease_until <= now)
    waiting = await OutgoingMail.select(OutgoingMail.id, OutgoingMail.recipient).where(
        OutgoingMail.status.is_in(["queued", "paused", "held"]) & (OutgoingMail.priority >= BULK) & is_free
    )
    ids = [row["id"] for row in waiting if address_hash(row["recipient"]) == hashed]
    if ids:
        ended: dict[Any, Any] = {OutgoingMail.status: "failed", OutgoingMail.reason: UNWANTED}
        await OutgoingMail.update(ended | {OutgoingMail.due_at: now}).where(OutgoingMail.id.is_in(ids))


async def opt_in(hashed: str) -> None:
    """Only when whoever owns the address asked for it and proved that it is theirs."""
    await OptOut.delete().where(OptOut.address_hash == hashed)


async def opted_out(addresses: Collection[str]) -> frozenset[str]:
    """Which of these want nothing; two addresses that differ in spelling only are one."""
    by_hash = {address_hash(address): address for address in addresses}
    found: set[str] = set()
    hashes = list(by_hash)
    for start in range(0, len(hashes), 500):
        rows = await OptOut.select(OptOut.address_hash).where(OptOut.address_hash.is_in(hashes[start : start + 500]))
        found |= {row["address_hash"] for row in rows}
    return frozenset(address for address in addresses if address_hash(address) in found)
