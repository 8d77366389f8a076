"""Why somebody cannot be erased yet. Pure: no database, no clock, no web."""

from events.kit.refusals import Refusal


def why_not_erase(uncounted_marks: int) -> Refusal | None:
    """Facts first, then erasure: what was noted about a person is counted before the name goes."""
    return Refusal("attendance_not_counted") if uncounted_marks else None
