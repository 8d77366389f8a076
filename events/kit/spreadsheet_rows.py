"""What of a table file counts: rows that hold something, with their number in the file, within limits."""

from collections.abc import Iterable, Sequence

MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_TEXT = 10_000_000
"""Characters of all cells: one long text can be named by a million cells and weigh next to nothing in the file."""

Numbered = tuple[int, Sequence[str]]


class Unreadable(Exception):
    """Why a file cannot be taken as a table: a code, said in words elsewhere."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def gathered(rows: Iterable[Numbered]) -> list[Numbered]:
    """The rows with something in them, without what is empty at their end. Raises Unreadable."""
    found: list[Numbered] = []
    size = 0
    for number, cells in rows:
        width = next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)
        if not width:
            continue
        size += sum(map(len, cells))
        if width > MOST_COLUMNS:
            raise Unreadable("too_many_columns")
        if len(found) > MOST_ROWS:  # the headings are one more
            raise Unreadable("too_many_rows")
        if size > MOST_TEXT:
            raise Unreadable("too_much_work")
        found.append((number, cells[:width]))
    return found
