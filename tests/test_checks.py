"""`events check` names the row: each invariant is broken by hand, on either database, and found."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events import checks
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import on_sqlite
from events.registration.actions import register
from events.registration.signup import Person, SignUp
from tests.broken_rows import BROKEN
from tests.factories import make_event
from tests.two_with_a_place import scene, sql


def test_each_invariant_is_broken_here() -> None:
    assert set(BROKEN) == {invariant.code for invariant in checks.INVARIANTS}


@pytest.mark.parametrize("code", BROKEN)
async def test_a_broken_row_is_named(db: None, code: str) -> None:
    at = await scene()
    assert await checks.find_faults(now()) == []
    expected = await BROKEN[code](at)
    faults = {fault.code: fault.id for fault in await checks.find_faults(now()) if fault.code == code}
    assert faults == {code: expected}
    await _mended()


async def _mended() -> None:
    """The index one story takes away; PostgreSQL keeps its schema between tests."""
    if not on_sqlite():
        await sql("DELETE FROM registration")
        await sql(
            "CREATE UNIQUE INDEX IF NOT EXISTS registration_once ON registration (event, person_key) "
            "WHERE status NOT IN ('cancelled', 'lapsed', 'declined') AND person_key <> ''"
        )


def test_a_fault_is_said_in_words_with_its_id() -> None:
    id = uuid4()
    assert str(checks.Fault("party", "Eine Anmeldung ist für keine Person.", id)).endswith(f"[{id}]")


async def test_a_hold_that_has_ended_takes_no_seat(db: None) -> None:
    event = await make_event(capacity=1)
    await register(SignUp((event.id,), (Person(given_name="A"),), "a@example.org"), by=SYSTEM, now=now())
    await sql("UPDATE registration SET party = 2, hold_until = {}", now() - timedelta(seconds=1))
    assert await checks.find_faults(now()) == []
