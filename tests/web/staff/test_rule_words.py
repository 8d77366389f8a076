"""The own rules of an event in words."""

from dataclasses import asdict

import pytest

from events.programme.policy import FIELDS, Policy
from events.web.staff.rule_words import RULES, rules_in_words


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"approval": True}, ("Anmeldungen prüfen", "Ja")),
        ({"needs_email": False}, ("E-Mail-Adresse nötig", "Nein")),
        ({"minimum": 0}, ("Mindestens belegt", "Keine")),
        ({"minimum": 1}, ("Mindestens belegt", "1 Platz")),
        ({"sign_up_until_hours": 0}, ("Anmeldeschluss", "zum Beginn")),
        ({"sign_up_until_hours": 36}, ("Anmeldeschluss", "36 Stunden vor dem Beginn")),
        ({"cancel_until_hours": 24}, ("Absagen möglich bis", "1 Tag vor dem Beginn")),
        ({"cut_off_hours": 0}, ("Nachrücken", "bis zum Beginn")),
        ({"keep_days": 5475}, ("Namen und Kontakte bleiben nach dem letzten Termin", "15 Jahre")),
        ({"keep_days": 400}, ("Namen und Kontakte bleiben nach dem letzten Termin", "400 Tage")),
        ({"visibility": "hidden"}, ("Sichtbar", "nur mit der Adresse der Seite")),
        ({"dimensions": ["people", "role"]}, ("Köpfe zählen nach", "Frauen, Männer, Kinder, Rolle")),
    ],
)
def test_a_rule_is_said_as_the_team_says_it(own, words):
    assert rules_in_words(own) == [words]


def test_every_rule_that_a_page_sets_has_words_and_no_other():
    assert set(RULES) == FIELDS
    everything = rules_in_words({**asdict(Policy()), "minimum": 5})
    assert len(everything) == len(RULES) and all(label and value for label, value in everything)


def test_what_is_as_in_the_programme_is_not_said():
    assert rules_in_words({"minimum": None}) == rules_in_words({}) == []
