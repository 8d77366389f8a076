"""The span and the grouping of a report as they stand in an address: `von` and `bis`, or `jahr` with `halbjahr`."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from events.reports.figures import By

FIRST_HALF_ENDS = (6, 30)


class FiguresForm(Struct):
    """Nothing chosen: the current year by programme."""

    von: date | None = None
    bis: date | None = None
    jahr: Annotated[int, Meta(ge=2000, le=2100)] | None = None
    halbjahr: Literal[1, 2] | None = None
    nach: By = "programme"
    programm: Annotated[str, Meta(max_length=80)] = ""

    def span(self, today: date) -> tuple[date, date]:
        """Both days belong to it; days win over a year."""
        year = self.jahr or today.year
        first, last = date(year, 1, 1), date(year, 12, 31)
        if self.halbjahr == 1:
            last = date(year, *FIRST_HALF_ENDS)
        if self.halbjahr == 2:
            first = date(year, 7, 1)
        return self.von or first, self.bis or last
