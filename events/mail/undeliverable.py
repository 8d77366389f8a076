"""Addresses that servers refused for good: nothing goes to many there, and the office calls who is behind them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from events.mail.tables import UndeliverableAddress


async def note_undeliverable(address: str, reply: str, mail: UUID | None, now: datetime) -> None:
    """`reply` without addresses. What was settled opens again; the first refusal keeps its time."""
    row = UndeliverableAddress(address=address, reply=reply, mail=mail, since=now)
    changing = (
        UndeliverableAddress.reply,
        UndeliverableAddress.mail,
        UndeliverableAddress.settled_at,
        UndeliverableAddress.settled_by,
    )
    await UndeliverableAddress.insert(row).on_conflict(
        target=UndeliverableAddress.address, action="DO UPDATE", values=changing
    )


async def forget_undeliverable(address: str) -> None:
    """A mail got through after all, or the address is being erased."""
    await UndeliverableAddress.delete().where(UndeliverableAddress.address == address)


async def undeliverable_among(addresses: Collection[str]) -> frozenset[str]:
    """Which of these, as the outbox writes them, are known to be bad."""
    wanted, found = list(addresses), set()
    for start in range(0, len(wanted), 500):
        rows = await UndeliverableAddress.select(UndeliverableAddress.address).where(
            UndeliverableAddress.address.is_in(wanted[start : start + 500])
        )
        found |= {row["address"] for row in rows}
    return frozenset(found)
