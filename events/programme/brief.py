"""Events as one chooses them from a list: title and start, without their dates. One light statement for thousands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable

from events.kit.clock import BERLIN
from events.kit.translation import localized
from events.programme.tables import Event


@dataclass(frozen=True)
class BriefEvent:
    id: UUID
    title: Mapping[str, str]
    starts_at: datetime | None
    ends_at: datetime | None

    def is_over(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= now

    @property
    def with_day(self) -> str:
        """As in "03.02.2027: Grundschulung", in the language of the page."""
        title = localized(self.title).text
        return f"{self.starts_at.astimezone(BERLIN):%d.%m.%Y}: {title}" if self.starts_at else title


async def brief_events(*where: Combinable, most: int | None = None) -> list[BriefEvent]:
    """By start; those without a date come first on one database and last on the other."""
    query = Event.select(Event.id, Event.title, Event.starts_at, Event.ends_at)
    query = query.where(*where).order_by(Event.starts_at, Event.id)
    rows: Sequence[Mapping[str, Any]] = await (query.limit(most) if most else query)
    return [BriefEvent(**{**row, "title": json.loads(row["title"])}) for row in rows]


async def published_between(start: datetime, end: datetime) -> list[BriefEvent]:
    """Those that are no drafts and begin in the span."""
    return await brief_events(Event.status != "draft", Event.starts_at >= start, Event.starts_at < end)


async def coming_events(now: datetime) -> list[BriefEvent]:
    """Published ones that are not over, those without a date too."""
    ahead = (Event.ends_at > now) | Event.ends_at.is_null()
    return await brief_events(Event.status == "published", ahead)
