"""A workshop of a series and what it agreed on."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.outcomes.actions import add_outcome
from events.outcomes.queries import OutcomeView, outcome_by_id
from events.outcomes.rules import OutcomeDetails
from events.programme.queries import EventView
from tests.factories import make_event, make_series

PLAN = OutcomeDetails(
    field="Erziehung", step="Ein Leitbild gegen Rassismus schreiben", responsible="Jugendamt der Stadt Marl",
    contact="Frau Kaya, 02361 530",
)  # fmt: skip


async def workshop(**details: object) -> EventView:
    """Yesterday, in a series."""
    series = await make_series("Zukunftswerkstätten")
    return await make_event("Werkstatt Erziehung", series=series, starts_in=timedelta(days=-1), **details)


async def agreed(event: EventView, **changes: object) -> OutcomeView:
    id = uuid4()
    await add_outcome(event.id, id, replace(PLAN, **changes), by=SYSTEM, now=now())  # type: ignore[arg-type]  # of any field
    return await seen(id)


async def seen(id: UUID) -> OutcomeView:
    found = await outcome_by_id(id)
    assert found is not None
    return found
