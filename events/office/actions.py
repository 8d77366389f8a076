"""What the office sets about itself. Each is one transaction and stands in the history; `set_fact` does not."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.text import clean
from events.office.tables import City, InstanceFact, MailParagraph, Office, OfficePage
from events.office.views import FACTS, LONGEST_PARAGRAPH, OfficeView


async def set_office(said: OfficeView, *, by: Actor, now: datetime) -> None:
    """Replaces all facts, not the paragraphs. What was rendered with the old name elsewhere, the caller renews."""
    async with transaction():
        row = await Office.objects().first() or Office(id=uuid4())
        changed = [name for name in FACTS if getattr(row, name) != getattr(said, name)]
        for name in FACTS:
            setattr(row, name, getattr(said, name))
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


async def set_mail_paragraph(kind: str, texts: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """What stands in every mail of this kind from now on, by language code: plain text. Without a text, nothing does.

    Raises ValueError for a text that is longer than `LONGEST_PARAGRAPH`.
    """
    kept = {language: cleaned for language, text in texts.items() if (cleaned := clean(text))}
    if any(len(text) > LONGEST_PARAGRAPH for text in kept.values()):
        raise ValueError("paragraph too long")
    async with transaction():
        found = await MailParagraph.objects().where(MailParagraph.kind == kind).first()
        row = found or MailParagraph(id=uuid4(), kind=kind, texts="{}")
        if json.loads(row.texts) == kept:
            return
        row.texts = json.dumps(kept, ensure_ascii=False)
        await row.save()
        await note(entry("edited", row, by=by, now=now, facts={"mail": kind, "languages": sorted(kept)}))


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
