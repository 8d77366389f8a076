"""Whether this process can do its work right now."""

import asyncio
import shutil

from events.office.queries import office
from events.settings import settings

PATIENCE = 3.0  # seconds
LEAST_ROOM = 50 * 1024 * 1024  # bytes


async def why_not_ready() -> str | None:
    """The reason for the operator, or None."""
    try:
        await asyncio.wait_for(office(), PATIENCE)
    except Exception as fault:
        return f"Die Datenbank antwortet nicht ({type(fault).__name__})."
    if shutil.disk_usage(settings().data).free < LEAST_ROOM:
        return "Auf der Festplatte ist kein Platz mehr."
    return None
