"""Mails about what changes later: places offered, declined, handed on, other numbers. Queued with the change."""

from collections.abc import Sequence
from datetime import datetime

from events.mail.actions import queue
from events.programme.queries import EventView
from events.registration.calendar import please_note, please_remove
from events.registration.recipients import line, with_recipients, written
from events.registration.tables import Registration


async def queue_offered(offered: Sequence[Registration], event: EventView, now: datetime) -> None:
    """A place is kept for them until the end of the hold."""
    for one, to in await with_recipients(offered):
        lines, about = [line(event, one, to.language)], f"registration:{one.id}"
        mail = await written("place_offered", to, about, one.queue_number, lines=lines, until=one.hold_until)
        await queue(mail, now=now)


async def queue_offer_over(ended: Sequence[Registration], event: EventView, now: datetime) -> None:
    await _plain("offer_over", ended, event, now)


async def queue_no_place(waiting: Sequence[Registration], event: EventView, now: datetime) -> int:
    """No place came free until the cut-off. Returns how many were told."""
    return await _plain("no_place", waiting, event, now)


async def queue_declined(declined: Sequence[Registration], event: EventView, message: str, now: datetime) -> None:
    for one, to in await with_recipients(declined):
        lines, about = [line(event, one, to.language)], f"registration:{one.id}"
        await queue(await written("declined", to, about, lines=lines, message=message), now=now)


async def queue_back_to_waiting(moved: Registration, event: EventView, now: datetime) -> None:
    """The place is theirs no longer: the date leaves the calendar."""
    for one, to in await with_recipients([moved]):
        part, files = await please_remove([event], to.email, to.name, to.language)
        lines, about = [line(event, one, to.language)], f"registration:{one.id}"
        mail = await written("back_to_waiting", to, about, one.queue_number, part, files, lines=lines)
        await queue(mail, now=now)


async def queue_party_changed(changed: Registration, event: EventView, turn: int, now: datetime) -> None:
    """`turn` numbers the change: it may happen again."""
    for one, to in await with_recipients([changed]):
        lines, about = [line(event, one, to.language)], f"registration:{one.id}"
        await queue(await written("party_changed", to, about, turn, lines=lines), now=now)


async def queue_substituted(before: Registration, after: Registration, event: EventView, now: datetime) -> None:
    """To who goes, unless the same mailbox stays in charge, and to who comes."""
    pairs = await with_recipients([before, after])
    goes = [to for one, to in pairs if one.id == before.id]
    comes = [to for one, to in pairs if one.id == after.id]
    stays = {to.email for to in goes} & {to.email for to in comes}
    for to in goes:
        if to.email not in stays:
            part, files = await please_remove([event], to.email, to.name, to.language)
            lines, about = [line(event, before, to.language)], f"registration:{before.id}"
            await queue(await written("cancelled", to, about, 0, part, files, lines=lines), now=now)
    for to in comes:
        part, files = (None, []) if to.email in stays else await please_note([event], to.email, to.name, to.language)
        lines, about = [line(event, after, to.language)], f"registration:{after.id}"
        await queue(await written("substituted", to, about, 0, part, files, lines=lines), now=now)


async def queue_left(
    gone: Sequence[Registration], others: Sequence[Registration], event: EventView, now: datetime
) -> None:
    """To those whose place somebody else has now, or nobody; not where the same mailbox hears of a new place anyway.

    The date stays in the calendar of a mailbox that still has a place.
    """
    stays = {(to.booking, to.email): one for one, to in await with_recipients(others)}
    for one, to in await with_recipients(gone):
        still = stays.get((to.booking, to.email))
        if still is None:
            part, files = await please_remove([event], to.email, to.name, to.language)
        elif still.registered_at == now:
            continue
        else:
            part, files = None, []
        lines, about = [line(event, one, to.language, to.name)], f"registration:{one.id}"
        await queue(await written("cancelled", to, about, 0, part, files, lines=lines), now=now)


async def _plain(kind: str, chosen: Sequence[Registration], event: EventView, now: datetime) -> int:
    pairs = await with_recipients(chosen)
    for one, to in pairs:
        lines, about = [line(event, one, to.language)], f"registration:{one.id}"
        await queue(await written(kind, to, about, one.queue_number, lines=lines), now=now)
    return len(pairs)
