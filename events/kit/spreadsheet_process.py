"""A workbook (XLSX, ODS) from standard input to rows as JSON, in a process that may use little and reach nothing.

Run by `spreadsheets`. A workbook is a ZIP of XML written by a stranger: it may unpack to far more than it says.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from events.kit.spreadsheet_rows import Numbered, Unreadable, gathered

MEMORY = 400_000_000  # bytes
SECONDS = 20  # of computing
MOST_UNPACKED = 50_000_000  # bytes
MOST_ENTRIES = 200
STEEPEST = 300
"""How many times its packed size a large part may have; tables reach 100, bombs begin at 1,000."""

STEEP_FROM = 5_000_000  # bytes
CHUNK = 1 << 16

PARTS = (".xml", ".rels", "mimetype")
"""What a table is read from; pictures and the like are left out."""

IS_ENCRYPTED = 0x1
MARKS = {"xl/workbook.xml", "content.xml"}
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"

Read = dict[str, Any]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        harmless = repacked(sys.stdin.buffer.read())
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))  # from now on neither files nor connections
        said = read_workbook(harmless)
    except Unreadable as error:
        said = {"refused": error.code}
    except MemoryError:
        said = {"refused": "too_much_work"}
    except (CalamineError, BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError):
        said = {"refused": "damaged"}
    sys.stdout.buffer.write(json.dumps(said, ensure_ascii=False).encode(errors="replace"))


def repacked(content: bytes) -> bytes:
    """The parts a table is read from, unpacked and counted: what reads them next cannot meet anything else."""
    with ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        _check(entries)
        parts = {one.filename: _unpacked(archive, one) for one in entries if one.filename.endswith(PARTS)}
    _check_kind(parts)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def read_workbook(content: bytes) -> Read:
    """The first visible sheet that holds something: its name, how many sheets there are, its rows."""
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    names = [
        one.name
        for one in workbook.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
    ]
    for name in names:
        if rows := gathered(_rows(workbook.get_sheet_by_name(name))):
            return {"sheet": name, "sheets": len(names), "rows": rows}
    raise Unreadable("file_empty")


def _check(entries: list[ZipInfo]) -> None:
    if any(one.flag_bits & IS_ENCRYPTED for one in entries):
        raise Unreadable("encrypted")
    steep = any(one.file_size > max(STEEP_FROM, STEEPEST * one.compress_size) for one in entries)
    if steep or len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise Unreadable("unpacks_too_large")


def _unpacked(archive: ZipFile, entry: ZipInfo) -> bytes:
    """Never more than the directory says, however much there is: the rest would not match its checksum."""
    with archive.open(entry) as part:
        return b"".join(iter(lambda: part.read(CHUNK), b""))


def _check_kind(parts: dict[str, bytes]) -> None:
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Unreadable("encrypted")
    if "xl/workbook.xml" not in parts and OPEN_DOCUMENT not in parts.get("mimetype", b""):
        raise Unreadable("not_a_table")


def _rows(sheet: CalamineSheet) -> Iterator[Numbered]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [_as_text(cell) for cell in row]


def _as_text(cell: object) -> str:
    """As people would type it: no 45657.0, no 4.9e+10, no 2027-01-12 00:00:00."""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}".replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y}" if cell.time() == time() else f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)


if __name__ == "__main__":
    main()
