"""The report of a span as a file: workbook, PDF or Word. Made beside the requests that others wait for."""

import asyncio
from datetime import date, datetime
from typing import Literal, cast

from events.kit import documents
from events.kit.lean import Later
from events.office.queries import office
from events.reports.command import sentences_beside
from events.reports.figures import By
from events.reports.papers import Paper, as_data, bars_data, paper
from events.reports.queries import report
from events.reports.report import Report

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
    return await file_of(await report(start, end, cast(By, by), now), form)


async def file_of(found: Report, form: Format) -> bytes:
    """Of a report that was asked for already, so that a page and its files cannot differ."""
    one = paper(found, (await office()).name, await sentences_beside(found.start, found.end))
    if form == "pdf":
        return await documents.pdf("report", as_data(one))
    if form == "xlsx":
        return cast(bytes, await asyncio.to_thread(OFFICE_FILES.as_xlsx, one))
    return cast(bytes, await asyncio.to_thread(OFFICE_FILES.as_docx, one, await _drawn(one)))


async def _drawn(one: Paper) -> list[bytes]:
    """Word shows no SVG that older programs can open: each picture as PNG."""
    return await documents.pictures("bars", [{"lang": "de", **bars_data(picture)} for picture in one.pictures])
