"""Bringing the database up to date: `events migrate`. Run once, in the parent, before workers start."""

from contextlib import redirect_stdout
from io import StringIO

from piccolo.apps.migrations.commands.forwards import run_forwards

from events.kit.database import use_write_ahead_log
from events.settings import settings


class MigrationFailed(Exception):
    """The database could not be brought up to date; the message says at which step."""


async def migrate(until: str = "all") -> None:
    """Runs what is missing, up to the migration named; nothing on an up-to-date database. Raises MigrationFailed."""
    path = settings().sqlite_path
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        use_write_ahead_log(path)
    with redirect_stdout(StringIO()):  # Piccolo tells every step, in English
        result = await run_forwards("events", until)
    if not result.success:
        raise MigrationFailed(result.message or "unbekannter Fehler")
