"""Keeps what every page says about the office up to date, also when another process changed it."""

import math
import time

from events.office.queries import office
from events.web.templating import Letterhead, put_letterhead

LONGEST = 30.0  # seconds


class OfficeWatch:
    def __init__(self) -> None:
        self._since = -math.inf

    async def look(self) -> None:
        """Reads the office's name and phone again when they are older than half a minute."""
        if time.monotonic() - self._since < LONGEST:
            return
        self._since = time.monotonic()
        said = await office()
        put_letterhead(Letterhead(said.name, said.county, said.phone, said.email, said.accent))
