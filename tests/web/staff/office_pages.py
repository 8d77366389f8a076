"""What the office does at the end of a year and about personal data, and who may open it; part of `pages.PAGES`."""

PLANNERS = {"admin", "organiser"}
READERS = {"admin", "organiser", "reader"}

OFFICE_WORK = {
    "GET /team/bausteine": READERS,
    "GET /team/bausteine.csv": READERS,
    "GET /team/bausteine.json": READERS,
    "GET /team/bausteine/neu": PLANNERS,
    "POST /team/bausteine/neu": PLANNERS,
    "GET /team/bausteine/jahresabschluss": PLANNERS,
    "POST /team/bausteine/jahresabschluss": PLANNERS,
    "GET /team/bausteine/{unit_id}": READERS,
    "POST /team/bausteine/{unit_id}": PLANNERS,
    "POST /team/bausteine/{unit_id}/entfernen": PLANNERS,
    "POST /team/bausteine/{unit_id}/berichtigung": PLANNERS,
    "GET /team/datenschutz": {"admin"},
    "POST /team/datenschutz/loeschen": {"admin"},
    "GET /team/datenschutz/fristen": {"admin"},
    "GET /team/datenschutz/verzeichnis": {"admin"},
    "GET /team/datenschutz/einwilligungen": {"admin"},
    "GET /team/datenschutz/einwilligungen.csv": {"admin"},
    "GET /team/datenschutz/auskunft": {"admin"},
    "POST /team/datenschutz/auskunft": {"admin"},
    "POST /team/datenschutz/auskunft/daten.html": {"admin"},
    "POST /team/datenschutz/auskunft/daten.json": {"admin"},
    "POST /team/datenschutz/auskunft/loeschen": {"admin"},
}
