"""What an event allows and how it behaves: the programme's defaults, overridden per event."""

import json
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Literal, cast

Visibility = Literal["public", "invited_only", "hidden"]
WaitingList = Literal["off", "direct", "offer"]
CertificateRule = Literal["none", "all", "dates", "minutes"]
AgreementNeed = Literal["not_needed", "in_preparation", "required"]


Dimension = Literal["total", "people", "language", "role", "city", "organisation", "childcare"]
"""What heads are counted by, and reported."""


@dataclass(frozen=True)
class Policy:
    """Hours count back from the start of the event's first date; 0 is the start itself."""

    sign_up: bool = True  # False: people simply come and are counted
    needs_email: bool = True
    approval: bool = False
    request_holds_place: bool = True
    agreement: AgreementNeed = "not_needed"
    visibility: Visibility = "public"
    waiting_list: WaitingList = "direct"
    max_party: int = 1
    max_people: int = 5  # named people in one sign-up
    sign_up_until_hours: int = 0
    cancel_until_hours: int = 0
    minimum: int | None = None  # seats taken, below which it does not take place
    decide_minimum_hours: int = 168
    cut_off_hours: int = 12
    dimensions: tuple[str, ...] = ("people", "language")
    certificate: CertificateRule = "none"  # all: every minute; dates, minutes: at least `certificate_least`
    certificate_least: int = 0
    certificate_excused: bool = False  # a date somebody was excused from counts as attended
    certificate_across_runs: bool = False  # what was missed may be made up in another event of the programme
    group_report_months: int = 6  # how long after its last report a running group owes the next one
    keep_days: int = 90  # after its last date names and contacts are kept, or until the funding line wants no more
    feedback: bool = False  # people are asked once the last date is over


FIELDS = frozenset(field.name for field in fields(Policy))


@lru_cache(maxsize=1000)  # the same few texts stand on every row of a list
def effective_policy(programme: str, event: str) -> Policy:
    """Both as stored: JSON objects with the fields that differ. The event's win."""
    chosen = {**_known(programme), **_known(event)}
    if "dimensions" in chosen:
        chosen["dimensions"] = tuple(chosen["dimensions"])
    return Policy(**chosen)


def _known(stored: str) -> dict[str, Any]:
    loaded = cast(dict[str, Any], json.loads(stored or "{}"))
    return {name: value for name, value in loaded.items() if name in FIELDS}
