"""Erasing what is due: once a day by the clock, or at once by hand. Each booking is a transaction of its own."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.clock import BERLIN
from events.kit.refusals import NotFound, Refused
from events.office.actions import set_fact
from events.office.queries import fact
from events.office.tables import InstanceFact
from events.privacy.beside_sign_ups import erase_beside, portions
from events.privacy.by_age import erase_by_age
from events.privacy.erasing import erase_booking, erase_participant
from events.privacy.retention import Due, DuePerson, due
from events.registration.tables import Answer, Participant

AT = time(3)
"""In Berlin; later when the clock stood still."""

DONE_ON = "erased_on"
LOG = UUID(int=0)
"""What the lines of the log are about: no single record."""


@dataclass(frozen=True)
class Erased:
    """How many; never who. `waiting`: people whose attendance is not counted yet."""

    bookings: int = 0
    people: int = 0
    needs: int = 0
    answers: int = 0
    invitations: int = 0
    walk_ins: int = 0
    notes: int = 0
    waiting: int = 0
    by_age: Mapping[str, int] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """Of everything that went; people count, not their bookings."""
        beside = self.needs + self.answers + self.invitations + self.walk_ins + self.notes
        return self.people + beside + sum(self.by_age.values())

    @property
    def facts(self) -> dict[str, object]:
        """For the log: one level, numbers only."""
        return {name: number for name, number in asdict(self).items() if name != "by_age"} | dict(self.by_age)


async def erase_daily(*, by: Actor, now: datetime) -> Erased | None:
    """Once a day after three in the morning; None when there is nothing to do yet."""
    local = now.astimezone(BERLIN)
    if local.time() < AT or await fact(DONE_ON) == local.date().isoformat():
        return None
    await set_fact(DONE_ON, local.date().isoformat())
    return await erase_due(by=by, now=now)


async def erase_due(*, by: Actor, now: datetime) -> Erased:
    """Safe to run twice and in two processes: what is gone is not found again. Nobody is mailed."""
    found = await due(now)
    bookings, people, refused = await _erase_people(found, by, now)
    await _forget_needs(found)
    for some in portions(found.answers):
        await Answer.delete().where(Answer.id.is_in(some))
    await erase_beside(found.beside)
    by_age = await erase_by_age(found.by_age)
    erased = Erased(
        bookings=bookings,
        people=people,
        needs=len(found.needs),
        answers=len(found.answers),
        invitations=len(found.beside.invitations),
        walk_ins=len(found.beside.walk_ins),
        notes=len(found.beside.notes),
        waiting=sum(found.waiting.values()) + refused,
        by_age=by_age,
    )
    if erased.number:
        await note(entry("erased_due", InstanceFact, id=LOG, by=by, now=now, facts=erased.facts))
    return erased


async def last_day() -> date | None:
    stored = await fact(DONE_ON)
    return date.fromisoformat(stored) if stored else None


async def _erase_people(found: Due, by: Actor, now: datetime) -> tuple[int, int, int]:
    """Whole bookings, single people, and those that cannot be erased after all: something was noted meanwhile."""
    whole = list(dict.fromkeys(one.booking_id for one in found.people if one.whole))
    single = [one for one in found.people if not one.whole]
    bookings = sum([await _one(erase_booking, id, by, now) for id in whole])
    people = sum([await _one(erase_participant, one.participant_id, by, now) for one in single])
    in_whole = [one for one in found.people if one.whole]
    return (
        bookings,
        _erased_people(in_whole, len(whole), bookings) + people,
        len(whole) - bookings + len(single) - people,
    )


def _erased_people(people: list[DuePerson], bookings: int, erased: int) -> int:
    return len(people) if erased == bookings else erased


async def _one(erase: Any, id: UUID, by: Actor, now: datetime) -> int:
    try:
        await erase(id, by=by, now=now, notify=False)
    except (NotFound, Refused):
        return 0
    return 1


async def _forget_needs(found: Due) -> None:
    nothing: dict[Any, Any] = {Participant.needs: "[]"}
    for some in portions(found.needs):
        await Participant.update(nothing).where(Participant.id.is_in(some))
