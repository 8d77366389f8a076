"""What a partner counts at its own station, by its link: numbers only, until the date is closed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from events.attendance.actions import record_headcounts
from events.attendance.facts import Count
from events.attendance.rules import LONGEST, why_not_record
from events.attendance.rules import newest_counts as newest
from events.attendance.tables import Headcount
from events.evidence.queries import is_closed
from events.kit.actor import organisation
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.programme.charge_rules import why_not_enter
from events.programme.partners import PartnerLink
from events.programme.queries import DateView, EventView, event_by_id


def station_of(partner: PartnerLink) -> str:
    """Counted apart, under the organisation's name, and summed with the other stations."""
    return partner.name[: LONGEST["station"]].strip()


async def why_not_enter_now(event: EventView, date: DateView, now: datetime) -> Refusal | None:
    lies_ahead = why_not_record(date.start, now) is not None
    return why_not_enter(event, date, closed=await is_closed(date.id), lies_ahead=lies_ahead)


async def partner_counts(partner: PartnerLink, date_ids: Collection[UUID]) -> dict[UUID, list[Count]]:
    """By date what this partner said last; nobody else's numbers."""
    found: dict[UUID, list[Count]] = defaultdict(list)
    if date_ids:
        own = Headcount.event_date.is_in(list(date_ids)) & (Headcount.station == station_of(partner))
        for row in await Headcount.select().where(own):
            found[row["event_date"]].append(Count(**{name: row[name] for name in Count.__dataclass_fields__}))
    return {date: newest(counts) for date, counts in found.items()}


async def record_partner_counts(partner: PartnerLink, date_id: UUID, counts: Sequence[Count], *, now: datetime) -> None:
    """At the partner's station, whatever the counts say. Raises NotFound for dates of other events, Refused."""
    event = await event_by_id(partner.event_id)
    date = next((one for one in event.dates if one.id == date_id), None) if event else None
    if event is None or date is None or not partner.is_running(event, now):
        raise NotFound
    refuse_if(await why_not_enter_now(event, date, now))
    station = station_of(partner)
    here = [replace(count, station=station) for count in counts]
    await record_headcounts(date_id, here, by=organisation(partner.organisation_id), now=now)
