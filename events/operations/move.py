"""`events move`: everything from a SQLite file into the PostgreSQL database that the settings name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from events import checks
from events.kit import uploads
from events.kit.database import connected
from events.kit.refusals import Refusal, refuse_if
from events.operations.archive import KEY
from events.operations.databases import file_of, make_room, reading
from events.operations.embedded import is_in_use
from events.operations.transfer import refuse_unknown, transfer
from events.programme.upkeep import refresh_entries
from events.schema import migrate
from events.settings import settings


@dataclass(frozen=True)
class Moved:
    rows: int
    uploads: int
    faults: Sequence[checks.Fault]


async def move(source: Path, now: datetime) -> Moved:
    """Copies all rows and compares them; the file stays as it is. Raises Refused and then has moved nothing."""
    _refuse_unfit(source)
    address = settings().database_url
    async with reading(f"sqlite:///{source}") as file:
        refuse_unknown(await file.layout())
        await make_room(address, None)
        async with connected():
            rows = await transfer(file, address)
            await migrate()
            await refresh_entries(now)
            faults = await checks.find_faults(now)
    return Moved(rows, _copy_uploads(source.parent / uploads.FOLDER), faults)


def _refuse_unfit(source: Path) -> None:
    refuse_if(
        Refusal("not_to_postgres") if file_of(settings().database_url) else None,
        None if source.is_file() else Refusal("unreadable", {"path": str(source)}),
    )
    refuse_if(
        Refusal("still_running") if is_in_use(source) else None,
        Refusal("other_key", {"path": str(source.parent / KEY)}) if _has_other_key(source.parent / KEY) else None,
    )


def _has_other_key(path: Path) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8").strip() != settings().secret_key


def _copy_uploads(folder: Path) -> int:
    """Those of an installation that keeps its data elsewhere."""
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in paths:
        with path.open("rb") as content:
            uploads.put_back(path.name, content)
    return len(paths)
