"""What happened to what, in words people see. German; translated when shown."""

from events.kit.translation import N_
from events.kit.translation import gettext as _

KINDS = {
    "attendance_mark": N_("Anwesenheit"),
    "booking": N_("Anmeldevorgang"),
    "city": N_("Städte"),
    "comparison_note": N_("Vergleichsangabe"),
    "event": N_("Veranstaltung"),
    "event_date": N_("Termin"),
    "event_partner": N_("Kooperationspartner"),
    "event_trainer": N_("Referent:in"),
    "evidence": N_("Leistungsnachweis"),
    "family_key": N_("Personenzählung"),
    "funded_unit": N_("Bausteine"),
    "office": N_("Angaben zur Stelle"),
    "office_page": N_("Seite"),
    "organisation": N_("Organisation"),
    "outgoing_mail": N_("Mail"),
    "mail_pause": N_("Mailversand"),
    "parent_group": N_("Gruppe"),
    "participant": N_("Person"),
    "programme": N_("Programm"),
    "quota": N_("Kontingent"),
    "registration": N_("Anmeldung"),
    "series": N_("Reihe"),
    "staff_member": N_("Zugang"),
    "venue": N_("Veranstaltungsort"),
}

VERBS = {
    "added": N_("angelegt"),
    "address_proven": N_("E-Mail-Adresse bestätigt"),
    "called_off": N_("abgesagt"),
    "cancelled": N_("abgesagt"),
    "comparison_entered": N_("eingetragen"),
    "confirmed": N_("bestätigt"),
    "counting_ended": N_("beendet"),
    "created": N_("angelegt"),
    "date_added": N_("hinzugefügt"),
    "date_removed": N_("entfernt"),
    "declined": N_("abgelehnt"),
    "disabled": N_("gesperrt"),
    "discarded": N_("verworfen"),
    "edited": N_("geändert"),
    "erased": N_("gelöscht"),
    "evidence_closed": N_("abgeschlossen"),
    "evidence_corrected": N_("berichtigt"),
    "funded_units_entered": N_("eingetragen"),
    "group_ended": N_("beendet"),
    "group_opened": N_("eröffnet"),
    "group_reported": N_("gemeldet"),
    "lapsed": N_("verfallen"),
    "moved": N_("verlegt"),
    "offered": N_("Platz angeboten"),
    "partner_added": N_("hinzugefügt"),
    "partner_removed": N_("entfernt"),
    "password_set": N_("Passwort gesetzt"),
    "paused": N_("angehalten"),
    "published": N_("veröffentlicht"),
    "quota_set": N_("gesetzt"),
    "registered": N_("angemeldet"),
    "reinstated": N_("findet doch statt"),
    "requested": N_("angefragt"),
    "resent": N_("noch einmal gesendet"),
    "resumed": N_("fortgesetzt"),
    "trainer_added": N_("hinzugefügt"),
    "waiting": N_("auf die Warteliste gesetzt"),
}


def sentence(kind: str, verb: str) -> str:
    """As in "Termin verlegt"; a code nobody has put into words is shown as it is."""
    what, happened = KINDS.get(kind, kind), VERBS.get(verb, verb)
    return f"{_(what)}: {_(happened)}"
