"""Details of the history in words."""

from dataclasses import fields

import pytest

from events.evidence.beside import FundedEntry
from events.office.views import OfficeView
from events.programme.details import DateDetails, EventDetails, OrganisationDetails, ProgrammeDetails, SeriesDetails
from events.programme.details import VenueDetails as Venue
from events.registration.people_rows import CORRECTABLE
from events.web.staff.history_words import PARTS, facts_in_words

EDITED = (
    DateDetails,
    EventDetails,
    FundedEntry,
    OfficeView,
    OrganisationDetails,
    ProgrammeDetails,
    SeriesDetails,
    Venue,
)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"before": "confirmed", "after": "cancelled"}, "vorher: bestätigt; nachher: abgesagt"),
        ({"changed": ["title", "venue_id"]}, "geändert: Titel, Ort"),
        ({"capacity": [20, None]}, "Plätze: vorher 20, nachher unbegrenzt"),
        ({"start": ["2027-01-12T16:30:00+00:00"]}, "Beginn: Dienstag, 12. Januar 2027, 17:30 Uhr"),
        ({"organisation": "6f1c0a2e-0000-4000-8000-000000000000"}, ""),
        ({"party": 2}, "Personen: 2"),
        (
            {"question": "Essen Sie mit?", "changed": ["only_if", "options"]},
            "Frage: Essen Sie mit?; geändert: Bedingung, Antworten",
        ),
        ({"kind": "administration", "places": 2}, "Art: Verwaltung; Plätze: 2"),
        ({"kind": "", "places": 2}, "Plätze: 2"),
        ({"name": ["Kita Sonne", "Kita Mond"]}, "Name: vorher Kita Sonne, nachher Kita Mond"),
        ({"changed": ["ends_on", "note"]}, "geändert: letzter Tag, Notiz"),
        ({"family": "Tatort"}, "Programmfamilie: Tatort"),
    ],
)
def test_codes_become_words_and_ids_are_left_out(facts, words):
    assert facts_in_words(facts) == words


@pytest.mark.parametrize("details", EDITED)
def test_every_part_of_what_is_edited_has_a_name(details):
    assert [one.name for one in fields(details) if one.name not in PARTS] == []


def test_every_part_of_a_person_has_a_name():
    assert [name for name in (*CORRECTABLE, "needs") if name not in PARTS] == []
