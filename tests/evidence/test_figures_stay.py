"""Figures of closed dates stay as they are when names are erased and when the counting of people is ended: random
histories of sign-ups, marks, counts, late facts, corrections and erasures, through the actions."""

import random
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.evidence.actions import TIME_FOR_A_REASON, close_date, correct_date, end_counting, take_in_late_facts
from events.evidence.queries import is_closed
from events.evidence.tables import FamilyKey
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import Refused
from events.privacy.erasing import erase_booking, erase_participant
from events.programme.queries import EventView
from events.registration.actions import cancel_registration
from events.registration.signup import Person
from events.registration.tables import Booking, Participant
from events.reports.figures import BYS
from events.reports.queries import figures
from tests.attendance.story import counted, record, sign_up, walked_in, was
from tests.factories import make_event, make_organisation, make_programme, make_venue

STEPS = 30
SPANS = [(date(2000, 1, 1), date(2100, 1, 1))]
MARKS = ("present", "late", "left_early", "excused", "absent")
NAMES = ("Amira", "Bilge", "Cem", "Dorian", "Elif")


class History:
    """Two families, four events of one or two dates, all over; people come to several of them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.events: list[EventView] = []
        self.registrations: dict[UUID, list[UUID]] = {}

    async def begin(self) -> "History":
        early = await make_programme("Griffbereit", family="Frühe Bildung")
        care = await make_programme("Pflege", family="Pflege", kind="care_information")
        marl = await make_venue("Rathaus", city="Marl")
        self.city = await make_organisation("Stadt Marl", "administration")
        for number, programme in enumerate((early, early, care, care)):
            starts = timedelta(days=-40 + 3 * number)
            event = await make_event(
                f"Nummer {number}", programme=programme, venue=marl, dates=1 + number % 2, starts_in=starts
            )
            self.events.append(event)
            self.registrations[event.id] = []
            for _booking in range(2):
                await self.somebody_signs_up(event)
        return self

    async def somebody_signs_up(self, event: EventView) -> None:
        people = [self.person() for _ in range(self.chance.randint(1, 2))]
        self.registrations[event.id] += await sign_up(event, *people, contact=people[0].email)

    def person(self) -> Person:
        name = self.chance.choice(NAMES)
        organisation = self.city if self.chance.random() < 0.3 else None
        mail = f"{name.lower()}@example.org" if self.chance.random() < 0.7 else ""
        return Person(
            given_name=name, email=mail, city="Herten", organisation=organisation, party=self.chance.randint(1, 3)
        )

    async def step(self) -> None:
        event = self.chance.choice(self.events)
        day = self.chance.choice(event.dates).id
        who = self.chance.choice(self.registrations[event.id])
        happens = [
            self.marks,
            self.marks,
            self.marks,
            self.counts,
            self.walk_in,
            self.closes,
            self.corrects,
            self.cancels,
        ]
        with suppress(Refused):
            await self.chance.choice(happens)(day=day, who=who)

    async def marks(self, *, day: UUID, who: UUID) -> None:
        await record(day, was(who, self.chance.choice(MARKS), party=self.chance.randint(1, 3)))

    async def counts(self, *, day: UUID, **_others: UUID) -> None:
        scope = self.chance.choice(["everyone", "additional"])
        await record(day, counted(self.chance.randint(0, 9), value=self.chance.choice(["women", "men"]), scope=scope))

    async def walk_in(self, *, day: UUID, **_others: UUID) -> None:
        await record(day, walked_in(self.chance.choice([*NAMES, ""]), city="Datteln"))

    async def closes(self, *, day: UUID, **_others: UUID) -> None:
        await close_date(day, by=SYSTEM, now=now(), note="Zufall", countable_minutes=self.chance.choice([None, 90]))

    async def corrects(self, *, day: UUID, **_others: UUID) -> None:
        await correct_date(day, by=SYSTEM, now=now(), note="Zufall")

    async def cancels(self, *, who: UUID, **_others: UUID) -> None:
        await cancel_registration(who, by=SYSTEM, now=now(), notify=False)

    async def end(self) -> None:
        """Whatever is still open is closed, and what came late is taken in."""
        for event in self.events:
            for day in event.dates:
                if not await is_closed(day.id):
                    await close_date(day.id, by=SYSTEM, now=now(), note="Ende")
        await take_in_late_facts(by=SYSTEM, now=now() + TIME_FOR_A_REASON)


async def everything() -> list[Any]:
    return [await figures(start, end, by, now()) for start, end in SPANS for by in sorted(BYS)]


@pytest.mark.parametrize("seed", range(4))
async def test_no_figure_of_closed_dates_changes_when_names_go(db: None, seed: int) -> None:
    history = await History(seed).begin()
    for _step in range(STEPS):
        await history.step()
    await history.end()
    before = await everything()
    assert any(one.heads for one in before[0])
    for row in await Participant.select(Participant.id).order_by(Participant.id):
        if history.chance.random() < 0.3:
            await erase_participant(row["id"], by=SYSTEM, now=now(), notify=False)
            assert await everything() == before
    for row in await Booking.select(Booking.id):
        await erase_booking(row["id"], by=SYSTEM, now=now(), notify=False)
    assert await everything() == before
    for family in [row["family"] for row in await FamilyKey.select(FamilyKey.family)]:
        await end_counting(family, by=SYSTEM, now=now())
    assert await everything() == before
