"""What the office says about itself. Read each time: the rows are few and change while the site runs."""

import json

from events.office.default_pages import default_page
from events.office.tables import City, InstanceFact, Office, OfficePage
from events.office.views import FACTS, OfficePageView, OfficeView

__all__ = ["OfficePageView", "OfficeView", "cities", "fact", "office", "page"]


async def office() -> OfficeView:
    """With the paragraphs in the same statement, because it is read for each mail that is composed."""
    rows = await Office.raw(_OFFICE)
    paragraphs = {row["kind"]: json.loads(row["texts"]) for row in rows if row["kind"] is not None}
    said = {name: rows[0][name] for name in FACTS} if rows[0]["name"] is not None else {}
    return OfficeView(**said, paragraphs=paragraphs)


_OFFICE = (
    f"SELECT {', '.join(f'o.{name}' for name in FACTS)}, p.kind, p.texts "
    "FROM (SELECT 1 AS always) a LEFT JOIN office o ON TRUE LEFT JOIN mail_paragraph p ON TRUE"
)


async def page(slug: str) -> OfficePageView | None:
    """As the office wrote it, else the text that comes with the program; None for a page that does not exist."""
    row = await OfficePage.select().where(OfficePage.slug == slug).first()
    if row is None:
        return default_page(slug, await office())
    return OfficePageView(slug, json.loads(row["title"]), json.loads(row["body"]))


async def cities() -> tuple[str, ...]:
    """The cities of the county in the order lists show them."""
    rows = await City.select(City.name).order_by(City.position, City.name)
    return tuple(row["name"] for row in rows)


async def fact(name: str) -> str | None:
    row = await InstanceFact.select(InstanceFact.value).where(InstanceFact.name == name).first()
    return row["value"] if row else None
