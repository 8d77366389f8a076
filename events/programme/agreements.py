"""Which body may run which programme, and since when: cooperation agreements, and whom they cover."""

from datetime import date
from uuid import UUID

from events.programme.tables import Agreement


async def covered_by(programme_id: UUID, on: date) -> frozenset[object]:
    """The organisations with an agreement for this programme that is valid on the day; their children too."""
    rows = await Agreement.select(Agreement.organisation).where(
        (Agreement.programme == programme_id)
        & (Agreement.starts_on <= on)
        & (Agreement.ends_on.is_null() | (Agreement.ends_on >= on))
    )
    return frozenset(row["organisation"] for row in rows)
