"""Headings, labels and refusals of reports in words people see. German; translated when shown."""

from collections.abc import Sequence
from functools import partial

from events.attendance.forms import value_label
from events.kit.refusals import say
from events.kit.translation import N_
from events.kit.translation import gettext as _
from events.programme.views import ProgrammeView
from events.programme.wording import FORMATS, KINDS, ORGANISATION_KINDS

BY = {
    "programme": N_("Programm"),
    "family": N_("Programmfamilie"),
    "kind": N_("Art des Programms"),
    "format": N_("Format"),
    "city": N_("Ort"),
    "funding": N_("Förderprogramm"),
}

HEADINGS = {
    "events": N_("Veranstaltungen"),
    "dates": N_("Termine"),
    "registered": N_("Angemeldet"),
    "people": N_("Personen"),
    "participations": N_("Teilnahmen"),
    "heads": N_("Köpfe"),
    "minutes": N_("Minuten"),
    "teaching_units": N_("Unterrichtseinheiten"),
    "countable_minutes": N_("Anrechenbare Minuten"),
    "groups": N_("Gruppen"),
    "parents": N_("Eltern"),
    "children": N_("Kinder"),
    "open_dates": N_("Davon offene Termine"),
    "planned": N_("Noch geplant"),
    "called_off": N_("Abgesagt"),
    "without_name": N_("Davon ohne Namen gezählt"),
    "no_shows": N_("Angemeldet, nicht gekommen"),
    "seats_used": N_("Auslastung in Prozent"),
    "countable_hours": N_("Anrechenbare Stunden"),
    "running": N_("Laufende Gruppen"),
    "estimated": N_("Termine mit geschätzten Zahlen"),
}

HEADS = {
    "city": N_("Herkunftsort"),
    "organisation_kind": N_("Art der Organisation"),
    "organisation": N_("Organisation"),
    "role": N_("Rolle"),
    "people": N_("Frauen, Männer, Kinder"),
    "language": N_("Sprache"),
    "childcare": N_("Kinderbetreuung, nicht in den Köpfen"),
}
"""What heads are counted by, in the order of a report."""

PICTURED = ("city", "organisation_kind", "role")

ROLE_NAMES = {
    "volunteer": N_("Ehrenamtliche"),
    "multiplier": N_("Multiplikator:innen und Elternbegleiter:innen"),
    "professional": N_("Fach- und Lehrkräfte"),
    "employee": N_("Hauptamtliche in Verwaltung und Verbänden"),
    "newcomer": N_("Neu in Deutschland"),
}

AGAINST = {
    "": N_("Nicht vergleichen"),
    "year_before": N_("Mit dem Jahr davor"),
    "span_before": N_("Mit dem Zeitraum davor"),
}

LABELS = {"kind": KINDS, "format": FORMATS}

WITHOUT = {
    "kind": N_("Ohne Angabe"),
    "format": N_("Elterngruppen"),
    "city": N_("Ohne Ort (online)"),
    "family": N_("Ohne Programmfamilie"),
    "funding": N_("Ohne Förderprogramm"),
}
"""What stands for an empty value; groups have no format."""

OPEN = N_("* Enthält Termine, die noch nicht abgeschlossen sind. Ihre Zahlen können sich noch ändern.")
NOTHING = N_("In diesem Zeitraum gibt es keine Zahlen.")
ESTIMATED = N_("Ein Teil der Zahlen ist geschätzt: siehe „Termine mit geschätzten Zahlen“.")
WHAT_COUNTS = N_(
    "Personen sind verschiedene Menschen mit Namen, Teilnahmen zählen jeden ihrer Besuche, Köpfe alle im Raum."
)
ROUNDING = N_("Unterrichtseinheiten zu 45 Minuten, die Summe auf zwei Stellen gerundet.")
BESIDE = N_("Daneben, nicht in den Zahlen oben enthalten:")
FUNDED = N_("%(funding)s %(year)s, %(unit)s: beantragt %(applied)s, bewilligt %(approved)s, umgesetzt %(carried_out)s")
COMPARED = N_("%(programme)s, %(place)s: %(text)s")

REFUSALS = {
    "span_backwards": N_("Das Ende des Zeitraums liegt vor dem Beginn."),
    "unknown_grouping": N_("Nach „%(value)s“ lässt sich nicht auswerten. Möglich sind: %(known)s."),
    "unknown_format": N_("Das Format „%(value)s“ gibt es nicht. Möglich sind: %(known)s."),
}


def label_of(by: str, programmes: Sequence[ProgrammeView], key: str) -> str:
    """What stands in the first column of a line."""
    if by == "programme":
        return next((one.name for one in programmes if one.slug == key), key)
    if by in LABELS:
        return _(LABELS[by][key]) if key in LABELS[by] else key or _(WITHOUT[by])
    return key or _(WITHOUT[by])


def value_in_words(dimension: str, value: str) -> str:
    """One value of `HEADS`."""
    if dimension == "organisation_kind":
        return _(ORGANISATION_KINDS[value]) if value in ORGANISATION_KINDS else _("Andere")
    if dimension == "role" and value in ROLE_NAMES:
        return _(ROLE_NAMES[value])
    return value_label(dimension, value)


refusal_text = partial(say, REFUSALS)
