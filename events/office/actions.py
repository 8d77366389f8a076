"""What the office sets about itself. Each is one transaction and stands in the history; `set_fact` does not."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.office.tables import City, InstanceFact, Office, OfficePage
from events.office.views import OfficeView


async def set_office(said: OfficeView, *, by: Actor, now: datetime) -> None:
    """Replaces everything. What was rendered with the old name elsewhere, the caller renews."""
    async with transaction():
        row = await Office.objects().first() or Office(id=uuid4())
        before = {name: getattr(row, name) for name in asdict(said)}
        changed = [name for name, value in asdict(said).items() if before[name] != value]
        for name, value in asdict(said).items():
            setattr(row, name, value)
        await row.save()
        await note(entry("edited", row, by=by, now=now, facts={"changed": changed}))


async def set_page(slug: str, title: Mapping[str, str], body: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """Writes the whole page; both by language code."""
    async with transaction():
        row = await OfficePage.objects().where(OfficePage.slug == slug).first() or OfficePage(id=uuid4(), slug=slug)
        row.title = json.dumps(dict(title), ensure_ascii=False)
        row.body = json.dumps(dict(body), ensure_ascii=False)
        await row.save()
        await note(entry("edited", row, by=by, now=now, facts={"page": slug, "languages": sorted(body)}))


async def set_cities(names: Sequence[str], *, by: Actor, now: datetime) -> None:
    """The whole list, in the order lists show it."""
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    async with transaction():
        await City.delete(force=True)
        rows = [City(id=uuid4(), name=name, position=position) for position, name in enumerate(wanted)]
        if rows:
            await City.insert(*rows)
        await note(entry("edited", City, by=by, now=now, id=UUID(int=0), facts={"cities": len(rows)}))


async def set_fact(name: str, value: str) -> None:
    """Remembers a fact about this installation; a later value replaces the earlier one."""
    async with transaction():
        row = await InstanceFact.objects().where(InstanceFact.name == name).first()
        row = row or InstanceFact(id=uuid4(), name=name)
        row.value = value
        await row.save()
