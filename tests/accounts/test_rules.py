"""Who may do what, and what a password must be."""

import pytest

from events.accounts.rules import PERMISSIONS, ROLES, may, why_not_disable, why_not_this_password


def test_the_admin_may_everything():
    assert all(may("admin", permission) for permission in PERMISSIONS)


def test_everyone_else_manages_no_staff():
    assert [role for role in ROLES if may(role, "manage_staff")] == ["admin"]


@pytest.mark.parametrize(
    "permission",
    ["plan", "handle_registrations", "cancel_registrations", "record_attendance", "close_dates", "export_people"],
)
def test_who_only_reads_changes_nothing_and_takes_nothing_out(permission):
    assert not may("reader", permission)
    assert may("organiser", permission)


@pytest.mark.parametrize(
    "permission", ["plan", "read_organisations", "read_figures", "read_history", "close_dates", "export_people"]
)
def test_a_trainer_looks_after_people_only(permission):
    assert not may("trainer", permission)


def test_an_unknown_role_may_nothing():
    assert not any(may("visitor", permission) for permission in PERMISSIONS)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("kurz", "password_too_short"),
        ("x" * 201, "password_too_long"),
        ("aaaaaaaaaaaaaa", "password_too_simple"),
        ("bernd@example.org", "password_too_simple"),
    ],
)
def test_a_weak_password_is_refused(password, reason):
    refusal = why_not_this_password(password, "bernd@example.org")
    assert refusal is not None and refusal.code == reason


def test_a_long_sentence_is_a_good_password():
    assert why_not_this_password("vier bunte Vögel singen", "bernd@example.org") is None


def test_the_last_admin_stays():
    assert why_not_disable("admin", other_admins=0) is not None
    assert why_not_disable("admin", other_admins=1) is None
    assert why_not_disable("reader", other_admins=0) is None
