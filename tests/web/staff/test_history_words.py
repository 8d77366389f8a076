"""Details of the history in words."""

import pytest

from events.web.staff.history_words import facts_in_words


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
