"""The pages on which the team plans, and who may open them; part of `pages.PAGES`."""

from events.accounts.rules import ROLES

EVERYBODY = set(ROLES)
PLANNERS = {"admin", "organiser"}
READERS = {"admin", "organiser", "reader"}

PLANNING = {
    "GET /team/orte": READERS,
    "GET /team/orte/neu": PLANNERS,
    "POST /team/orte/neu": PLANNERS,
    "GET /team/orte/{venue_id}": PLANNERS,
    "POST /team/orte/{venue_id}": PLANNERS,
    "GET /team/reihen": READERS,
    "GET /team/reihen/neu": PLANNERS,
    "POST /team/reihen/neu": PLANNERS,
    "GET /team/reihen/{series_id}": PLANNERS,
    "POST /team/reihen/{series_id}": PLANNERS,
    "POST /team/reihen/{series_id}/veroeffentlichen": PLANNERS,
    "POST /team/reihen/{series_id}/verschieben": PLANNERS,
    "GET /team/programme": READERS,
    "GET /team/programme/neu": PLANNERS,
    "POST /team/programme/neu": PLANNERS,
    "GET /team/programme/{slug}": PLANNERS,
    "POST /team/programme/{slug}": PLANNERS,
    "GET /team/veranstaltungen/monat": EVERYBODY,
    "POST /team/veranstaltungen/{event_id}/vorschau": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/kopieren": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/kopieren": PLANNERS,
    "GET /team/veranstaltungen/{event_id}/wiederholen": PLANNERS,
    "POST /team/veranstaltungen/{event_id}/wiederholen": PLANNERS,
    "POST /team/veranstaltungen/auswahl": PLANNERS,
    "GET /team/veranstaltungen/auswahl": PLANNERS,
}
