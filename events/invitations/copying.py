"""Copying and repeating events with everything that belongs to them, the rules for their mails included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from events.invitations.actions import add_date
from events.invitations.tables import MailRule
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, refuse_if
from events.programme import copying
from events.programme.actions import create_series
from events.programme.copying import date_details
from events.programme.details import DateDetails, SeriesDetails
from events.programme.locking import lock_events
from events.programme.queries import EventView, event_by_id
from events.programme.repeating import on_day, shifted, why_not_repeat


@dataclass(frozen=True)
class Repetition:
    """`submission` is made with the form: sent twice, it happens once. A `series_title` makes a new series."""

    submission: UUID
    template: DateDetails
    days: tuple[date, ...]
    series_id: UUID | None = None
    series_title: str = ""


async def copy_event(
    source_id: UUID, new_id: UUID, title: str, dates: Sequence[DateDetails], *, by: Actor, now: datetime,
    series_id: UUID | None = None,
) -> None:  # fmt: skip
    """A draft with these dates; nothing new when `new_id` exists already. Raises NotFound, Refused."""
    async with transaction():
        if not await copying.copy_event(source_id, new_id, title, dates, series_id=series_id, by=by, now=now):
            return
        for row in await MailRule.select().where(MailRule.event == source_id):
            await MailRule.insert(MailRule(**{**row, "id": uuid4(), "event": new_id, "created_at": now}))


async def repeat_as_events(source_id: UUID, wanted: Repetition, *, by: Actor, now: datetime) -> list[UUID]:
    """One draft for each day, each with all dates of the source as far apart as there; all or none of them.

    Their ids, in order. Raises NotFound, Refused.
    """
    refuse_if(why_not_repeat(wanted.days))
    async with transaction():
        source = await _source(source_id)
        dates = [date_details(one) for one in source.coming_dates]
        pattern = [wanted.template, *dates[1:]] if dates else [wanted.template]
        ids = [uuid5(wanted.submission, day.isoformat()) for day in wanted.days]
        if await event_by_id(ids[0]) is not None:
            return ids
        series = await _series(source, wanted, by, now)
        for id, day in zip(ids, wanted.days, strict=True):
            title = source.title.get("de", "")
            await copy_event(source_id, id, title, shifted(pattern, day), series_id=series, by=by, now=now)
    return ids


async def repeat_as_dates(source_id: UUID, wanted: Repetition, *, by: Actor, now: datetime) -> int:
    """More dates of the same event; how many are new. A date that begins at the same moment is there already.

    Raises NotFound, Refused.
    """
    refuse_if(why_not_repeat(wanted.days))
    async with transaction():
        source = await _source(source_id)
        there = {one.start for one in source.coming_dates}
        new = [one for day in wanted.days if (one := on_day(wanted.template, day)).start not in there]
        for one in new:
            await add_date(source_id, one, by=by, now=now)
    return len(new)


async def _source(id: UUID) -> EventView:
    await lock_events([id])  # the same form sent twice waits here
    found = await event_by_id(id)
    if found is None:
        raise NotFound
    return found


async def _series(source: EventView, wanted: Repetition, by: Actor, now: datetime) -> UUID | None:
    """None is the series of the source, if it has one."""
    if not wanted.series_title:
        return wanted.series_id
    details = SeriesDetails(source.programme_id, {"de": wanted.series_title}, published=False)
    return await create_series(details, by=by, now=now)
