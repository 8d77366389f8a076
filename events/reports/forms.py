"""The span, the grouping and the filters of a report as they stand in an address: `von` and `bis`, or `jahr` with
`halbjahr`."""

from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from msgspec import Meta, Struct, to_builtins

from events.reports.figures import By, Filter
from events.reports.report import Against

FIRST_HALF_ENDS = (6, 30)
Choice = Annotated[str, Meta(max_length=120)]


class FiguresForm(Struct):
    """Nothing chosen: the current year by programme."""

    von: date | None = None
    bis: date | None = None
    jahr: Annotated[int, Meta(ge=2000, le=2100)] | None = None
    halbjahr: Literal[1, 2] | None = None
    nach: By = "programme"
    programm: Choice = ""
    familie: Choice = ""
    art: Choice = ""
    format: Choice = ""
    stadt: Choice = ""
    foerderung: Choice = ""
    vergleich: Against = ""

    def span(self, today: date) -> tuple[date, date]:
        """Both days belong to it; days win over a year."""
        year = self.jahr or today.year
        first, last = date(year, 1, 1), date(year, 12, 31)
        if self.halbjahr == 1:
            last = date(year, *FIRST_HALF_ENDS)
        if self.halbjahr == 2:
            first = date(year, 7, 1)
        return self.von or first, self.bis or last

    @property
    def only(self) -> Filter:
        return Filter(
            self.programm or None, self.familie or None, self.art or None, self.stadt or None, self.format or None,
            self.foerderung or None,
        )  # fmt: skip

    def address(self, start: date, end: date) -> str:
        """The query that asks for the same with these days; what is not chosen is left out."""
        chosen = {**to_builtins(self), "von": start.isoformat(), "bis": end.isoformat(), "jahr": "", "halbjahr": ""}
        return urlencode({name: value for name, value in chosen.items() if value})
