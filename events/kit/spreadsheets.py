"""Table files of strangers (CSV, XLSX, ODS) into rows of text, whatever is inside them.

Workbooks are read in `spreadsheet_process`. Refusals name why a file cannot be taken; their words are not here.
"""

import asyncio
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

import msgspec

from events.kit.refusals import Refusal, Refused
from events.kit.spreadsheet_rows import MOST_COLUMNS, MOST_ROWS, Numbered, Unreadable, gathered

LARGEST_FILE = 10_000_000  # bytes
PATIENCE = 30.0  # seconds for one workbook
AT_ONCE = 2  # workbooks; each may take some 400 MB

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Office wrote before 2007, and wraps encrypted files in today
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"<")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_SEPARATOR = re.compile(r"sep=([;,\t|])\r?\n?")
_SEPARATORS = ";\t,"
_LOOKED_AT = 50  # rows, to find out the separator
_HEADINGS_WITHIN = 10  # rows: above them may stand a title

_gate = asyncio.Semaphore(AT_ONCE)


@dataclass(frozen=True)
class Row:
    """`number` is that of the row in the file, as a spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """The rows below the headings; empty ones are left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sheet: str = ""  # of a workbook with several: the one that was read
    is_guessed: bool = False  # a CSV that is no Unicode: its special letters may be wrong


class _Said(msgspec.Struct):
    """What the process answers."""

    refused: str = ""
    sheet: str = ""
    sheets: int = 1
    rows: list[tuple[int, list[str]]] = []


async def read_table(name: str, content: bytes) -> Table:
    """The table in a file; what it is, its content says, not its name. Raises Refused."""
    try:
        if len(content) > LARGEST_FILE:
            raise Unreadable("file_too_large")
        if content.startswith(_ZIP):
            return await _workbook(content)
        _refuse_other_kinds(content)
        return await asyncio.to_thread(_csv, content)
    except Unreadable as error:
        facts: dict[str, str | int] = {
            "name": name,
            "rows": MOST_ROWS,
            "columns": MOST_COLUMNS,
            "megabytes": LARGEST_FILE // 1_000_000,
        }
        raise Refused(Refusal(error.code, facts)) from error


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("encrypted")
        is_workbook = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book"))
        raise Unreadable("old_workbook" if is_workbook else "not_a_table")
    if content.lstrip()[:8].startswith(_OTHERS):
        raise Unreadable("not_a_table")


async def _workbook(content: bytes) -> Table:
    async with _gate:
        said = await _from_process(content)
    if said.refused:
        raise Unreadable(said.refused)
    return await asyncio.to_thread(_headed, said.rows, said.sheet if said.sheets > 1 else "")


async def _from_process(content: bytes) -> _Said:
    # Without the environment: it holds secrets.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-m", "events.kit.spreadsheet_process", env={},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        answer, _ = await asyncio.wait_for(process.communicate(content), PATIENCE)
    except TimeoutError:
        raise Unreadable("too_much_work") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        # Ended by the kernel (time) or by itself (memory), or the reader fell over the content.
        raise Unreadable("too_much_work" if process.returncode < 0 else "damaged")
    return msgspec.json.decode(answer, type=_Said)


def _csv(content: bytes) -> Table:
    text, is_guessed = _decoded(content)
    if _CONTROL.search(text):
        raise Unreadable("not_a_table")
    try:
        return _headed(gathered(_records(text)), is_guessed=is_guessed)
    except csv.Error:
        raise Unreadable("damaged") from None


def _decoded(content: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding is only a guess."""
    try:
        if content.startswith(_UTF_16):
            return content.decode("utf-16"), False
        if content.startswith(b"\xef\xbb\xbf"):
            return content.decode("utf-8-sig"), False
        try:
            return content.decode("utf-8"), False
        except UnicodeDecodeError:
            return content.decode("cp1252"), True
    except UnicodeDecodeError:
        raise Unreadable("wrong_encoding") from None


def _records(text: str) -> Iterator[Numbered]:
    """Spreadsheets understand a first line that names the separator, and so do we."""
    said = _SEPARATOR.match(text)
    body = text[said.end() :] if said else text
    return enumerate(_parsed(body, said[1] if said else _separator_of(body)), 2 if said else 1)


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    """Strict: a quote that is never closed would swallow all rows after it."""
    return csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)


def _separator_of(text: str) -> str:
    """The one that cuts the most rows into the same number of cells, of two the one that makes more of them."""

    def fitness(separator: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in islice(_parsed(text, separator), _LOOKED_AT) if row)
        except csv.Error:
            return 0, 0
        width, often = max(((w, n) for w, n in widths.items() if w > 1), key=lambda one: one[::-1], default=(0, 0))
        return often, width

    return max(_SEPARATORS, key=fitness)


def _headed(rows: Sequence[Numbered], sheet: str = "", is_guessed: bool = False) -> Table:
    """The headings are the first row with several cells; a title may stand above them."""
    if not rows:
        raise Unreadable("file_empty")
    top = next((at for at, (_, cells) in enumerate(rows[:_HEADINGS_WITHIN]) if _filled(cells) > 1), 0)
    below = tuple(Row(number, tuple(cells)) for number, cells in rows[top + 1 :])
    if not below:
        raise Unreadable("only_headings")
    if len(below) > MOST_ROWS:
        raise Unreadable("too_many_rows")
    width = max(len(cells) for _, cells in rows[top:])
    headings = [*(" ".join(text.split()) for text in rows[top][1]), *[""] * width][:width]
    return Table(tuple(headings), below, sheet, is_guessed)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())
