"""Loads everything that happened from 2014 to 2018, one series after the other."""

from datetime import timedelta

from events.demo.history_administration import KICK_OFF, SESSIONS, WORKSHOPS
from events.demo.history_care import CARE
from events.demo.history_exchange import EXCHANGE
from events.demo.history_networks import COLLEGE_EXCHANGE, CONCEPT_WORKSHOPS, SYMPOSIUM
from events.demo.history_trainings import TRAININGS
from events.demo.history_volunteers import HALF_YEARS, MEETING, evenings
from events.demo.known import Known
from events.demo.past import PLANNED_BEFORE, PastEvent, load_past
from events.demo.programmes import SeriesPlan
from events.kit.clock import berlin
from events.programme.actions import create_series
from events.programme.details import SeriesDetails

FUTURE_WORKSHOPS = SeriesPlan(
    key="zukunftswerkstaetten-2018",
    programme="zukunftswerkstaetten",
    title={"de": "Demokratie-Zukunftswerkstätten 2018"},
    summary={"de": "Auftakt und fünf Werkstätten im Jahr 2018."},
)
CONCEPT = SeriesPlan(
    key="workshops-integrationskonzept",
    programme="integrationskonzept",
    title={"de": "Workshops zum Integrationskonzept"},
    summary={"de": "Neun Workshops mit Haupt- und Ehrenamtlichen und Neuzugewanderten."},
)

SINGLE = (*TRAININGS, *EXCHANGE, *CARE, *SESSIONS, SYMPOSIUM, *COLLEGE_EXCHANGE, MEETING)


async def load_history(known: Known) -> None:
    for plan in SINGLE:
        await load_past([plan], known)
    for number, half_year in enumerate(HALF_YEARS):
        await _load_series(half_year.series, evenings(half_year, number), known)
    await _load_series(FUTURE_WORKSHOPS, (KICK_OFF, *WORKSHOPS), known)
    await _load_series(CONCEPT, CONCEPT_WORKSHOPS, known)


async def _load_series(series: SeriesPlan, events: tuple[PastEvent, ...], known: Known) -> None:
    planned = berlin(events[0].days[0], events[0].start) - PLANNED_BEFORE - timedelta(days=1)
    details = SeriesDetails(known.programmes[series.programme], series.title, series.summary)
    known.series[series.key] = await create_series(details, by=known.by, now=planned)
    await load_past(events, known)
