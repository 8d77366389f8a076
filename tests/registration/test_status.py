"""Which state may follow which."""

import pytest

from events.registration.status import ACTIVE, MOVES, STATUSES, ForbiddenMove, check_move, is_active


def test_every_state_has_its_moves_written_down() -> None:
    assert set(MOVES) == {"new", *STATUSES}


@pytest.mark.parametrize("last", ["cancelled", "declined", "lapsed"])
def test_what_has_ended_stays_ended(last: str) -> None:
    assert not MOVES[last] and not is_active(last)


def test_a_confirmed_person_may_cancel() -> None:
    check_move("confirmed", "cancelled")


def test_a_cancelled_registration_is_never_confirmed_again() -> None:
    with pytest.raises(ForbiddenMove):
        check_move("cancelled", "confirmed")


def test_nobody_falls_back_to_an_unproven_address() -> None:
    assert not any("unconfirmed" in after for before, after in MOVES.items() if before != "new")


def test_every_active_state_can_be_cancelled() -> None:
    assert all("cancelled" in MOVES[status] for status in ACTIVE)
