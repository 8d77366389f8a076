"""The rules for signing up as forms show them, of an event and of a programme. A rule left empty is not its own."""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct

from events.programme.policy import AgreementNeed, Visibility, WaitingList

Days = Annotated[int, Meta(ge=0, le=365)]
HOURS_OF_A_DAY = 24

_AS_TYPED = (
    "sign_up", "needs_email", "visibility", "waiting_list", "max_party", "max_people", "approval",
    "request_holds_place", "agreement", "cut_off_hours", "minimum",
)  # fmt: skip
_IN_DAYS = ("sign_up_until", "cancel_until", "decide_minimum")
"""Stored in hours; the form asks for whole days."""

SIGN_UP_RULES = frozenset((*_AS_TYPED, *(f"{name}_hours" for name in _IN_DAYS)))


class PolicyForm(Struct, kw_only=True):
    """Yes and no are three-valued: nothing chosen means as without a rule of its own."""

    sign_up: bool | None = None
    needs_email: bool | None = None
    visibility: Visibility | None = None
    waiting_list: WaitingList | None = None
    max_party: Annotated[int, Meta(ge=1, le=30)] | None = None
    max_people: Annotated[int, Meta(ge=1, le=20)] | None = None
    sign_up_until_days: Days | None = None
    cancel_until_days: Days | None = None
    approval: bool | None = None
    request_holds_place: bool | None = None
    agreement: AgreementNeed | None = None
    cut_off_hours: Annotated[int, Meta(ge=0, le=336)] | None = None
    minimum: Annotated[int, Meta(ge=0, le=10000)] | None = None
    decide_minimum_days: Days | None = None

    def policy(self) -> dict[str, object]:
        """What is done differently here, as it is stored."""
        chosen: dict[str, object] = {name: getattr(self, name) for name in _AS_TYPED}
        for name in _IN_DAYS:
            days = getattr(self, f"{name}_days")
            chosen[f"{name}_hours"] = None if days is None else days * HOURS_OF_A_DAY
        return {name: value for name, value in chosen.items() if value is not None}


def policy_values(stored: Mapping[str, object]) -> dict[str, str]:
    """Rules as their fields show them: yes and no are "1" and "0", hours are whole days."""
    shown = {}
    for name in _AS_TYPED:
        if name in stored:
            value = stored[name]
            shown[name] = str(int(value)) if isinstance(value, bool) else str(value)
    for name in _IN_DAYS:
        hours = stored.get(f"{name}_hours")
        if isinstance(hours, int):
            shown[f"{name}_days"] = str(hours // HOURS_OF_A_DAY)
    return shown
