"""The real thing beside the ledger: a small stock of events in the database, the actions, and what is stored then."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from events import checks
from events.kit.clock import standing_at
from events.kit.refusals import NotFound, Refused
from events.programme.details import EventDetails, OptionDetails, QuestionDetails, QuotaDetails
from events.programme.queries import EventView
from events.programme.question_actions import add_question
from events.programme.questions import questions_of
from events.programme.sharing import set_quota
from events.programme.tables import Agreement
from events.registration.tables import Registration
from tests.factories import make_event, make_organisation, make_programme, make_series
from tests.registration.machine.agreement import Disagreement
from tests.registration.machine.invited import Invited
from tests.registration.machine.ledger import Evening, Home, Share
from tests.registration.stories import BERND

BEGINNING = datetime(2027, 3, 22, 9, 0, tzinfo=UTC)  # the week before the clocks are put forward
Emptied = Callable[[], AbstractAsyncContextManager[None]]
T = TypeVar("T")

STORED = (
    "SELECT r.id AS id, r.booking AS booking, p.position AS position, r.event AS event, r.participant AS participant, "
    "r.status AS status, r.party AS party, r.holds_seat AS holds_seat, r.hold_until AS hold_until, "
    "r.queue_number AS queue_number, p.organisation AS organisation, b.address_proven_at AS proven_at, "
    'a."option" AS chosen, e.capacity AS capacity, e.status AS event_status FROM registration r '
    "JOIN participant p ON p.id = r.participant JOIN booking b ON b.id = r.booking JOIN event e ON e.id = r.event "
    'LEFT JOIN answer a ON a.registration = r.id AND a."option" IS NOT NULL ORDER BY r.queue_number, p.position'
)


@dataclass(frozen=True)
class EventPlan:
    """`share`: places of a quota for the body, `kind_share`: for administrations, `groups`: places of options."""

    capacity: int | None
    days: int
    policy: Mapping[str, Any]
    share: int | None = None
    kind_share: int | None = None
    share_days: int | None = None
    groups: tuple[int | None, ...] = ()


@dataclass
class World:
    """Entered anew for each example; the same loop runs them all."""

    runner: asyncio.Runner
    emptied: Emptied
    now: datetime = BEGINNING
    views: dict[UUID, EventView] = field(default_factory=dict)
    organisations: list[UUID | None] = field(default_factory=list)
    questions: dict[UUID, UUID] = field(default_factory=dict)
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)

    def do(self, action: Awaitable[T]) -> T:
        # Not `run`: it looks after Ctrl+C anew each time, which costs a tenth of a life.
        return self.runner.get_loop().run_until_complete(self._at_its_time(action))

    async def _at_its_time(self, action: Awaitable[T]) -> T:
        with standing_at(self.now):
            return await action

    def codes_of(self, action: Coroutine[Any, Any, object]) -> frozenset[str]:
        """Why it was refused; empty when it was not."""
        try:
            self.do(action)
        except Refused as refused:
            return frozenset(reason.code for reason in refused.reasons)
        except NotFound:
            return frozenset({"not_found"})
        except Exception as error:
            raise Disagreement("failed instead of doing it or refusing it") from error
        return frozenset()

    def begin(self, plans: list[EventPlan]) -> Invited:
        """An empty database, then the stock. The first two events are a series."""
        return self.do(self._begin(plans))

    def end(self) -> None:
        self.runner.run(self._open.aclose())

    def stored(self) -> list[dict[str, Any]]:
        return self.do(_stored())

    def faults(self) -> list[str]:
        return [str(fault) for fault in self.do(checks.find_faults(self.now))]

    async def _begin(self, plans: list[EventPlan]) -> Invited:
        await self._open.enter_async_context(self.emptied())
        programme, series = await make_programme(), None
        homes = await self._homes(programme)
        series = await make_series(programme=programme)
        evenings = {}
        for number, plan in enumerate(plans):
            evening = await self._evening(number, plan, programme, series if number < 2 else None)
            evenings[evening.id] = evening
        return Invited(evenings, homes)

    async def _homes(self, programme: UUID) -> dict[UUID | None, Home]:
        body = await make_organisation("Träger Nord", "body")
        kita = await make_organisation("Kita Nord", "institution", parent_id=body)
        town = await make_organisation("Stadt Marl", "administration")
        await Agreement.insert(
            Agreement(organisation=body, programme=programme, starts_on=BEGINNING.date(), created_at=BEGINNING)
        )
        self.organisations = [None, body, kita, town]
        return {
            None: Home(None, "", False),
            body: Home(None, "body", True),
            kita: Home(body, "institution", True),
            town: Home(None, "administration", False),
        }

    async def _evening(self, number: int, plan: EventPlan, programme: UUID, series: UUID | None) -> Evening:
        view = await make_event(
            f"Abend {number}", capacity=plan.capacity, starts_in=timedelta(days=plan.days), programme=programme,
            series=series, policy=plan.policy, online=True,
        )  # fmt: skip
        assert view.starts_at is not None
        self.views[view.id] = view
        known = {name: value for name, value in plan.policy.items() if name != "agreement"}
        evening = Evening(
            view.id, view.slug, view.starts_at, plan.capacity, agreement=plan.policy["agreement"] == "required", **known
        )
        evening.shares = self._shares(plan)
        for share in evening.shares:
            await set_quota(view.id, quota_details(share), by=BERND, now=self.now)
        evening.groups = await self._groups(view.id, plan)
        return evening

    def _shares(self, plan: EventPlan) -> list[Share]:
        release = None if plan.share_days is None else BEGINNING + timedelta(days=plan.share_days)
        most = plan.capacity if plan.capacity is not None else 9
        shares = [Share(self.organisations[1], "", min(plan.share, most), release)] if plan.share else []
        shares += [Share(None, "administration", min(plan.kind_share, most), None)] if plan.kind_share else []
        return [share for share in shares if share.places]

    async def _groups(self, event: UUID, plan: EventPlan) -> dict[UUID, int | None]:
        if not plan.groups:
            return {}
        options = tuple(OptionDetails({"de": f"AG {n}"}, places) for n, places in enumerate(plan.groups))
        await add_question(event, _asked(options), by=BERND, now=self.now)
        [question] = (await questions_of([event]))[event]
        self.questions.update({option.id: question.id for option in question.options})
        return {option.id: option.places for option in question.options}

    def question(self, groups: Mapping[UUID, int | None]) -> tuple[UUID, QuestionDetails]:
        """That of the working groups, with these places."""
        options = [OptionDetails({"de": f"AG {n}"}, places, id) for n, (id, places) in enumerate(groups.items())]
        return self.questions[next(iter(groups))], _asked(tuple(options))

    def details(self, event: UUID, capacity: int | None) -> EventDetails:
        """The event as it is, with another capacity."""
        view, own = self.views[event], self.views[event].policy
        differing = {name: getattr(own, name) for name in own.__dataclass_fields__ if name != "dimensions"}
        return EventDetails(
            view.programme_id, view.title, format=view.format, capacity=capacity, policy=differing,
            series_id=view.series_id,
        )  # fmt: skip


def _asked(options: tuple[OptionDetails, ...]) -> QuestionDetails:
    return QuestionDetails("choice", {"de": "Arbeitsgruppe"}, purpose="Räume planen", options=options)


def quota_details(share: Share) -> QuotaDetails:
    return QuotaDetails(share.places, share.organisation, share.kind, share.release_at)


async def _stored() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await Registration.raw(STORED)
    return rows
