"""Which role may do what, and what a password must be. Pure: no database, no clock, no web."""

from datetime import timedelta
from typing import Literal, get_args

from events.kit.refusals import Refusal

Role = Literal["admin", "organiser", "trainer", "reader"]
Permission = Literal[
    "read",
    "read_people",
    "read_organisations",
    "export_people",
    "plan",
    "handle_registrations",
    "cancel_registrations",
    "import_people",
    "record_attendance",
    "close_dates",
    "handle_mails",
    "read_figures",
    "read_history",
    "manage_staff",
    "set_up",
]

ROLES: tuple[Role, ...] = get_args(Role)
PERMISSIONS: tuple[Permission, ...] = get_args(Permission)

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200

TokenKind = Literal["invitation", "password", "second_factor"]

TOKENS: dict[TokenKind, timedelta] = {
    "invitation": timedelta(days=7),
    "password": timedelta(hours=2),
    "second_factor": timedelta(minutes=10),
}
"""How long what was mailed opens a page, and how long somebody who gave the password may look for the code."""

_ORGANISER: frozenset[Permission] = frozenset(PERMISSIONS) - {"manage_staff", "set_up"}

_MAY: dict[str, frozenset[Permission]] = {
    "admin": frozenset(PERMISSIONS),
    "organiser": _ORGANISER,
    # A trainer sees only the events of their own; which those are, `web/guards.py` asks the programme.
    "trainer": frozenset({"read", "read_people", "record_attendance"}),
    # Who only reads takes no lists of people out of the house.
    "reader": frozenset({"read", "read_people", "read_organisations", "read_figures", "read_history"}),
}


def may(role: str, permission: Permission) -> bool:
    """Unknown roles may nothing."""
    return permission in _MAY.get(role, frozenset())


def sees_only_own_events(role: str) -> bool:
    return role == "trainer"


def why_not_this_password(password: str, email: str) -> Refusal | None:
    """Length counts, not signs of several kinds (NIST SP 800-63B, 3.1.1.2)."""
    if len(password) < SHORTEST_PASSWORD:
        return Refusal("password_too_short", {"least": SHORTEST_PASSWORD})
    if len(password) > LONGEST_PASSWORD:
        return Refusal("password_too_long", {"most": LONGEST_PASSWORD})
    if len(set(password)) < 5 or password.casefold() == email.casefold():
        return Refusal("password_too_simple")
    return None


def why_not_disable(role: str, other_admins: int) -> Refusal | None:
    """Somebody must always be able to let people in."""
    return Refusal("last_admin") if role == "admin" and other_admins == 0 else None


def why_not_change_role(role: str, to: str, other_admins: int) -> Refusal | None:
    """As with disabling: one who may let people in stays."""
    if to not in ROLES:
        return Refusal("unknown_role")
    return why_not_disable(role, other_admins) if to != "admin" else None


def why_not_switch_off_code(role: str, required: tuple[str, ...]) -> Refusal | None:
    """`required`: roles that must have a second factor (EVENTS_REQUIRE_TOTP)."""
    return Refusal("second_factor_required") if role in required else None
