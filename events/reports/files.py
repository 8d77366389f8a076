"""The report of a span as a file: workbook, PDF or Word. Made beside the requests that others wait for."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, cast

from events.kit import documents
from events.kit.lean import Later
from events.office.queries import office
from events.reports.figures import By, Figure
from events.reports.papers import as_data, paper
from events.reports.queries import figures

Format = Literal["xlsx", "pdf", "docx"]

FORMATS: dict[str, Format] = {"xlsx": "xlsx", "pdf": "pdf", "docx": "docx"}
MEDIA_TYPES: dict[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

OFFICE_FILES = Later("events.reports.office_files")


async def report_file(start: date, end: date, by: str, form: Format, now: datetime) -> bytes:
    """All programmes. Raises Refused."""
    return await file_of(await figures(start, end, cast(By, by), now), start, end, by, form)


async def file_of(found: Sequence[Figure], start: date, end: date, by: str, form: Format) -> bytes:
    """Of figures that were asked for already, so that a page and its files cannot differ."""
    one = await paper(found, start, end, by, (await office()).name)
    if form == "pdf":
        return await documents.pdf("report", as_data(one))
    content: bytes = await asyncio.to_thread(getattr(OFFICE_FILES, f"as_{form}"), one)
    return content
