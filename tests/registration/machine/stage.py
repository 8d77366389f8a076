"""How a life is played: everything is done in the database and on the ledger, and both are compared after each step."""

from collections.abc import Callable, Coroutine
from copy import deepcopy
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from hypothesis.stateful import RuleBasedStateMachine

from events.kit.actor import SYSTEM, Actor, person
from events.registration import held
from events.registration.actions import confirm_address, register
from events.registration.signup import GivenAnswer, Person, SignUp
from tests.registration.machine.agreement import Disagreement, differences, labelled, labelled_rows
from tests.registration.machine.invited import Invited
from tests.registration.machine.ledger import Human, Place, Submission
from tests.registration.machine.people import No
from tests.registration.machine.world import World
from tests.registration.stories import BERND

Named = list[tuple[str, int, int, int]]


class Stage(RuleBasedStateMachine):
    """Everything but the rules; those are in `machine.py`."""

    steps = 0  # of all examples

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.ledger = Invited({}, {})
        self.events: list[UUID] = []
        self.notify = False

    def _sign_up(self, named: Named, mail: str, which: int, source: Any) -> Submission | None:
        events = [event for n, event in enumerate(self.events) if which & (1 << n)]
        most = min(self.ledger.evenings[event].max_party for event in events)
        humans = [Human(name, self.world.organisations[n % 4]) for name, n, _, _ in named]
        wishes = [(party if n % 6 == 0 else min(most, party), self._wish(events, n)) for _, _, party, n in named]
        series = self._series() if set(events) <= set(self.events[:2]) else None
        asked = SignUp(
            tuple(events), tuple(map(self._person, humans, wishes)), mail, submission=str(uuid4()), source=source,
            series=series,
        )  # fmt: skip
        made: list[Submission] = []

        async def sign_up() -> None:
            receipt = await register(asked, by=SYSTEM, now=self.world.now, notify=self.notify)
            made.append(Submission(receipt.booking, mail, source == "office" or not mail, series is not None, humans))

        def play() -> None:
            unknown = Submission(uuid4(), mail, source == "office" or not mail, series is not None, humans)
            self.ledger.register(made[0] if made else unknown, wishes, events, source, self.world.now)

        self._compare(sign_up(), play)
        return made[0] if made else None

    def _hold(self, mail: str, event: UUID, homes: list[int], until: datetime) -> None:
        humans = [Human("", self.world.organisations[n % 4]) for n in homes]
        asked = SignUp((event,), tuple(map(self._person, humans)), mail, source="invitation")
        made: list[UUID] = []

        async def hold() -> None:
            made.append(await held.hold_place(asked, until=until, by=BERND, now=self.world.now))

        def play() -> None:
            booking = Submission(made[0] if made else uuid4(), mail, True, False, humans, is_invited=True)
            self.ledger.hold(booking, event, until, self.world.now)

        self._compare(hold(), play)

    def _answer(self, earlier: Submission, humans: list[Human], mail: str) -> None:
        """By the address the places are held for, or handed on to somebody who has to prove another one."""
        event = next(one.event for one in self.ledger.places if one.booking == earlier.id)
        is_theirs = mail == earlier.email
        asked = SignUp(
            (event,), tuple(map(self._person, humans)), mail, source="invitation", to_prove=not is_theirs
        )  # fmt: skip
        made: list[UUID] = []

        async def answer() -> None:
            seated = await held.seat_invited(asked, earlier.id, **self._by(person(earlier.id)))
            made.append(seated.booking)

        def play() -> None:
            known = self.ledger.bookings[earlier.id]
            other = Submission(made[0] if made else uuid4(), mail, False, False, [], is_invited=True)
            after = known if is_theirs else other
            self.ledger.answer(known, event, after, humans, is_theirs and known.proven, self.world.now)

        self._compare(answer(), play)

    def _prove(self, booking: Submission) -> None:
        action = confirm_address(booking.id, **self._by(person(booking.id)))
        self._compare(action, lambda: self.ledger.confirm(booking, self.world.now))

    def _compare(self, action: Coroutine[Any, Any, object], play: Callable[[], None]) -> None:
        """Both do it; refused for the same reason or done with the same result. Raises Disagreement."""
        type(self).steps += 1
        refused, before = self.world.codes_of(action), deepcopy(self.ledger)
        try:
            play()
            expected: frozenset[str] = frozenset()
        except No as no:
            self.ledger, expected = before, no.codes
        if bool(expected) != bool(refused) or (expected and not expected & refused):
            raise Disagreement(f"refused for {set(refused) or 'nothing'}, expected {set(expected) or 'nothing'}")
        said = differences(self.ledger, self.world.stored(), self.world.now)
        said += [] if refused else self.world.faults()
        if said:
            raise Disagreement("\n".join(said))

    def _by(self, actor: Actor) -> dict[str, Any]:
        return {"by": actor, "now": self.world.now, "notify": self.notify}

    def _actor(self, one: Place, staff: bool) -> Actor:
        return BERND if staff else person(one.booking)

    def _pick(self, n: int, *statuses: str) -> Place:
        fitting = [one for one in self.ledger.places if one.status in statuses]
        chosen = fitting if fitting and n % 6 else self.ledger.places
        return chosen[n % len(chosen)]

    def _booking(self, n: int, *statuses: str) -> Submission:
        return self.ledger.bookings[self._pick(n, *statuses).booking]

    def _row(self, one: Place) -> dict[str, Any]:
        label = next(label for label, other in labelled(self.ledger.places).items() if other is one)
        return labelled_rows(self.world.stored())[label]

    def _id(self, one: Place) -> UUID:
        id: UUID = self._row(one)["id"]
        return id

    def _person(self, human: Human, wish: tuple[int, UUID | None] = (1, None)) -> Person:
        party, group = wish
        answers = (GivenAnswer(self.world.questions[group], (group,)),) if group else ()
        return Person(human.name, organisation=human.organisation, party=party, answers=answers)

    def _wish(self, events: list[UUID], n: int) -> UUID | None:
        groups = [group for event in events for group in self.ledger.evenings[event].groups]
        return groups[n % len(groups)] if groups and n % 3 else None

    def _series(self) -> UUID | None:
        return self.world.views[self.events[0]].series_id
