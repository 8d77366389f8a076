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
    query = Event.select(*_COLUMNS).where(*where).order_by(Event.starts_at, Event.id)
    rows: Sequence[Mapping[str, Any]] = await (query.limit(most) if most else query)
    return [_brief(row) for row in rows]


async def next_and_last(now: datetime, following: int, past: int) -> list[BriefEvent]:
    """So many that are not over, the next first, then so many that are, the last first; no drafts, two statements."""
    no_draft = Event.status != "draft"
    coming = await brief_events(no_draft, Event.ends_at > now, most=following)
    over = Event.select(*_COLUMNS).where(no_draft, Event.ends_at <= now).order_by(Event.starts_at, ascending=False)
    return coming + [_brief(row) for row in await over.limit(past)]


async def coming_events(now: datetime) -> list[BriefEvent]:
    """Published ones that are not over, those without a date too."""
    ahead = (Event.ends_at > now) | Event.ends_at.is_null()
    return await brief_events(Event.status == "published", ahead)


_COLUMNS = (Event.id, Event.title, Event.starts_at, Event.ends_at)


def _brief(row: Mapping[str, Any]) -> BriefEvent:
    return BriefEvent(**{**row, "title": json.loads(row["title"])})
