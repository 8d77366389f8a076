"""What a partner's page calls the numbers; whoever counts there reads it in their own language."""

from events.attendance.forms import value_label as known_label
from events.kit.translation import N_
from events.kit.translation import gettext as _

SCOPES = {
    "everyone": N_("Alle im Raum, auch angemeldete Personen"),
    "additional": N_("Nur Personen, die nicht angemeldet waren"),
}

DIMENSIONS = {
    "total": N_("Insgesamt"),
    "people": N_("Frauen, Männer, Kinder"),
    "language": N_("Sprachen"),
    "role": N_("Rollen"),
    "city": N_("Wohnorte"),
    "organisation": N_("Organisationen"),
    "childcare": N_("Kinderbetreuung"),
}

PEOPLE = {
    "women": N_("Frauen"),
    "men": N_("Männer"),
    "unspecified": N_("Divers oder ohne Angabe"),
    "children": N_("Kinder"),
}


UNNAMED = N_("Bitte schreiben Sie dazu, wen Sie gezählt haben.")
"""Said by the form of the roll call, which only the office reads otherwise."""


def dimension_title(dimension: str) -> str:
    return _(DIMENSIONS[dimension]) if dimension in DIMENSIONS else dimension


def value_label(dimension: str, value: str) -> str:
    """Of one field or one saved number."""
    if dimension == "total":
        return _("Personen insgesamt")
    if dimension == "childcare":
        return _("Kinder in der Kinderbetreuung")
    if dimension == "people" and value in PEOPLE:
        return _(PEOPLE[value])
    return known_label(dimension, value)


def said(dimension: str, value: str) -> str:
    """For the list of what is wrong: never empty."""
    return value_label(dimension, value) or dimension_title(dimension)
