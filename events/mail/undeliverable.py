"""Addresses that servers refused for good: nothing goes to many there, and the office calls who is behind them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound
from events.mail.forgetting import TO_BE_FORGOTTEN
from events.mail.tables import OutgoingMail, UndeliverableAddress


@dataclass(frozen=True)
class Undeliverable:
    """`reply` is what the server said, without addresses; `mail` is the one that came back."""

    id: UUID
    address: str
    reply: str
    mail: UUID | None
    since: datetime
    settled_at: datetime | None
    settled_by: UUID | None


async def note_undeliverable(address: str, reply: str, mail: UUID | None, now: datetime) -> None:
    """`reply` without addresses. What was settled opens again; the first refusal keeps its time.

    Nothing is noted of a last mail to somebody who was erased: their address must not come back.
    """
    if mail is not None and await OutgoingMail.exists().where(
        OutgoingMail.id == mail, OutgoingMail.about.like(f"{TO_BE_FORGOTTEN}%")
    ):
        return
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


async def settle(address_id: UUID, *, by: Actor, now: datetime) -> None:
    """Somebody has seen to it; the first tick counts. Nothing is sent to many there all the same. Raises NotFound."""
    await _set(address_id, now, by, now, "settled")


async def reopen(address_id: UUID, *, by: Actor, now: datetime) -> None:
    """Takes the tick back. Raises NotFound."""
    await _set(address_id, None, by, now, "reopened")


async def forget_undeliverable(*addresses: str) -> None:
    """A mail got through after all, or the address is being erased."""
    for some in _portions(addresses):
        await UndeliverableAddress.delete().where(UndeliverableAddress.address.is_in(some))


async def undeliverable_among(addresses: Collection[str]) -> frozenset[str]:
    """Which of these, as the outbox writes them, are known to be bad."""
    found: set[str] = set()
    for some in _portions(addresses):
        rows = await UndeliverableAddress.select(UndeliverableAddress.address).where(
            UndeliverableAddress.address.is_in(some)
        )
        found |= {row["address"] for row in rows}
    return frozenset(found)


async def undeliverable_counts() -> tuple[int, int]:
    """How many are open, how many are settled."""
    rows = await UndeliverableAddress.raw(
        "SELECT COUNT(*) AS found, COUNT(settled_at) AS settled FROM undeliverable_address"
    )
    return rows[0]["found"] - rows[0]["settled"], rows[0]["settled"]


async def undeliverable_on_page(settled: bool, start: int, number: int) -> list[Undeliverable]:
    """The open or the settled ones, the newest first."""
    table = UndeliverableAddress
    columns = [table._meta.get_column_by_name(name) for name in Undeliverable.__dataclass_fields__]
    meant = table.settled_at.is_not_null() if settled else table.settled_at.is_null()
    order = table.settled_at if settled else table.since
    rows = await (
        table.select(*columns)
        .where(meant)
        .order_by(order, ascending=False)
        .order_by(table.address)
        .limit(number)
        .offset(start)
    )
    return [Undeliverable(**row) for row in rows]


async def undeliverable_by_address(address: str) -> Undeliverable | None:
    table = UndeliverableAddress
    columns = [table._meta.get_column_by_name(name) for name in Undeliverable.__dataclass_fields__]
    row = await table.select(*columns).where(table.address == address).first()
    return Undeliverable(**row) if row else None


async def _set(address_id: UUID, at: datetime | None, by: Actor, now: datetime, verb: str) -> None:
    table = UndeliverableAddress
    before = table.settled_at.is_null() if at else table.settled_at.is_not_null()
    values: dict[Any, Any] = {table.settled_at: at, table.settled_by: by.id if at else None}
    async with transaction():
        if not await table.exists().where(table.id == address_id):
            raise NotFound
        if await table.update(values).where((table.id == address_id) & before).returning(table.id):
            await note(entry(verb, table, id=address_id, by=by, now=now))


def _portions(addresses: Collection[str]) -> list[list[str]]:
    """Both databases allow some 32,000 values in one statement."""
    wanted = list(addresses)
    return [wanted[start : start + 500] for start in range(0, len(wanted), 500)]
