"""Why something about a contact may not be done. Pure: no database, no clock, no web."""

from events.contacts.status import Status
from events.kit.refusals import Refusal


def why_not_change(status: Status) -> Refusal | None:
    """Only who has proven the address, and is still there, says what they want to hear of."""
    if status == "pending":
        return Refusal("contact_not_proven")
    return Refusal("contact_has_left") if status == "left" else None


def why_not_add(status: Status | None, opted_out: bool) -> Refusal | None:
    """By the office. Who unsubscribed from everything comes back by their own mailbox only, never on paper."""
    if opted_out:
        return Refusal("contact_opted_out")
    return Refusal("contact_known") if status == "confirmed" else None
