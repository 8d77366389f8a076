"""What the Zukunftswerkstätten of 2018 agreed on and what came of it; and one step of them that is due now."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from events.demo.known import Known
from events.kit.clock import BERLIN, berlin
from events.outcomes.actions import add_outcome, edit_outcome, release_outcomes
from events.outcomes.queries import outcome_by_id, outcomes_of
from events.outcomes.rules import OutcomeDetails
from events.programme.loading import load_events
from events.programme.queries import EventView
from events.programme.tables import Event

CONFERENCE = "Zukunftskonferenz Demokratie"
ADOPTED = date(2018, 11, 14)
SERIES = "zukunftswerkstaetten-2018"


class Step(NamedTuple):
    """`status`: how far it is today; `months`: after the conference it was due."""

    field: str
    step: str
    responsible: str
    status: str
    measure: str = ""
    recommendation: str = ""
    months: int = 12


STEPS: dict[str, tuple[Step, ...]] = {
    "Öffentliche Institutionen": (
        Step(
            "Öffentliche Institutionen",
            "In jeder Stadtverwaltung eine Stelle benennen, an die sich Menschen nach Diskriminierung wenden können.",
            "Städte im Kreis Recklinghausen",
            "done",
            "Alle zehn Städte haben eine Stelle benannt und auf ihren Seiten bekannt gemacht.",
            "Die Stelle braucht feste Sprechzeiten und ein Zimmer, das man ohne Anmeldung erreicht.",
        ),
        Step(
            "Öffentliche Institutionen",
            "Schreiben an Bürgerinnen und Bürger in einfacher Sprache fassen.",
            "Kreisverwaltung Recklinghausen",
            "begun",
            "Die häufigsten zwanzig Bescheide sind überarbeitet.",
        ),
    ),
    "Erziehung": (
        Step(
            "Erziehung",
            "Ein Leitbild gegen Rassismus in Kitas erarbeiten und mit den Trägern beschließen.",
            "Jugendämter im Kreis Recklinghausen",
            "done",
            "Das Leitbild gilt in 41 Kitas.",
            "Eltern und Kinder sollen mitschreiben.",
        ),
        Step(
            "Erziehung",
            "Bücher und Spielzeug sichten: Wer kommt darin vor, und wie?",
            "Familienzentrum Sonnenhügel",
            "done",
            "Eine Bücherkiste mit 60 Titeln geht von Kita zu Kita.",
            months=6,
        ),
        Step(
            "Erziehung",
            "Ein eigenes Studienfach „Rassismuskritik“ an der Fachschule einrichten.",
            "Berufskollegs im Kreis Recklinghausen",
            "dropped",
            "Der Lehrplan des Landes lässt kein eigenes Fach zu; das Thema steht jetzt in zwei Lernfeldern.",
        ),
    ),
}
"""By the title of the workshop, without its first word."""


async def load_outcomes(known: Known, *, now: datetime) -> None:
    """All of them are released; nothing of 2018 is left waiting, but one step is due two weeks from now."""
    for event in await load_events(Event.series == known.series[SERIES], entries=False, partners=False):
        for step in STEPS.get(event.title["de"].removeprefix("Demokratie-Zukunftswerkstatt "), ()):
            await _load_step(event, step, known)
        found = [one.id for one in await outcomes_of(event.id)]
        if found:
            await release_outcomes(event.id, found, by=known.by, now=berlin(ADOPTED + timedelta(days=7), time(10)))
    await _due_soon(known, now)


async def _load_step(event: EventView, step: Step, known: Known) -> None:
    id, written_at = uuid4(), (event.ends_at or berlin(ADOPTED, time(10))) - timedelta(minutes=30)
    details = OutcomeDetails(field=step.field, step=step.step, responsible=step.responsible)
    await add_outcome(event.id, id, details, by=known.by, now=written_at)
    details = replace(
        details,
        recommendation=step.recommendation,
        adopted_by=CONFERENCE,
        adopted_on=ADOPTED,
        due_on=None if step.status == "begun" else ADOPTED + timedelta(days=30 * step.months),
        measure=step.measure,
    )
    settled_at = berlin(ADOPTED + timedelta(days=30 * step.months), time(10))
    await _edit(details, id, "open", known, berlin(ADOPTED, time(18)))
    await _edit(details, id, step.status, known, settled_at)


async def _due_soon(known: Known, now: datetime) -> None:
    """The step that has begun: its last day is near, so that there is something to follow up."""
    everything = [
        one
        for event in await load_events(Event.series == known.series[SERIES], entries=False, partners=False)
        for one in await outcomes_of(event.id)
        if one.status == "begun"
    ]
    for one in everything:
        due_on = now.astimezone(BERLIN).date() + timedelta(days=14)
        await _edit(replace(one.details, due_on=due_on), one.id, "begun", known, now - timedelta(days=1))


async def _edit(details: OutcomeDetails, id: UUID, status: str, known: Known, at: datetime) -> None:
    found = await outcome_by_id(id)
    if found is not None:
        await edit_outcome(found.id, details, status, found.changed_at, by=known.by, now=at)
