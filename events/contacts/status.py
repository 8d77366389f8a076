"""How somebody stands in the Verteiler: what the three moments stored about them mean together."""

from datetime import datetime
from typing import Literal, get_args

Status = Literal["pending", "confirmed", "left"]
STATUSES: tuple[Status, ...] = get_args(Status)


def status_of(proven_at: datetime | None, left_at: datetime | None, opted_out: bool) -> Status:
    """Only who is confirmed gets mailings. Whoever joins again is pending, though the earlier opt-out still stands."""
    if proven_at is None:
        return "pending"
    return "left" if left_at is not None or opted_out else "confirmed"
