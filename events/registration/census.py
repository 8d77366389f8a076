"""How many registrations stand how: figures for the machine's keeper, nobody's names."""

from events.registration.status import STATUSES
from events.registration.tables import Registration

_BY_STATUS = "SELECT status, COUNT(*) AS number FROM registration GROUP BY status"


async def registrations_by_status() -> dict[str, int]:
    """All statuses there are, also those of nobody."""
    found = {row["status"]: int(row["number"]) for row in await Registration.raw(_BY_STATUS)}
    return {status: found.get(status, 0) for status in STATUSES}
