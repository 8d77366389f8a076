"""How long a signed list is kept, on paper and as a scan. Plain values only."""

from datetime import date

from events.kit.refusals import Refusal

YEARS = 5
MOST_YEARS = 10


def kept_until(day: date) -> date:
    """The end of the fifth year after the year of the date, as funders ask for the receipts of a measure."""
    return date(day.year + YEARS, 12, 31)


def proposed(day: date, today: date) -> date:
    """For a list that turns up late: never a day that is over already."""
    return min(max(kept_until(day), date(today.year, 12, 31)), latest(day))


def latest(day: date) -> date:
    return date(day.year + MOST_YEARS, 12, 31)


def why_not_keep_until(wished: date, day: date, today: date) -> Refusal | None:
    """`day` is that of the date the list belongs to."""
    if wished < today:
        return Refusal("kept_until_past")
    if wished > latest(day):
        return Refusal("scan_kept_too_long", {"latest": latest(day).strftime("%d.%m.%Y")})
    return None
