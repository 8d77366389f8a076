"""What we tell people about their own data: what for, how long, and which words stand for our codes."""

from collections.abc import Mapping
from dataclasses import dataclass

from events.history.wording import sentence
from events.kit.translation import N_
from events.kit.translation import gettext as _
from events.privacy.inventory import (
    ANSWERS,
    ATTENDANCE,
    CONTACT,
    COUNTED,
    MAIL,
    MAIL_TRACE,
    NEEDS,
    ORIGIN,
    PROOF,
    SIGN_UP,
    Use,
)

MAILS = {
    "already_registered": N_("Hinweis: schon angemeldet"),
    "back_to_waiting": N_("Zurück auf die Warteliste"),
    "called_off": N_("Absage einer Veranstaltung"),
    "cancelled": N_("Bestätigung Ihrer Absage"),
    "certificate": N_("Teilnahmebescheinigung"),
    "confirm_address": N_("Bitte um Bestätigung"),
    "confirm_reminder": N_("Erinnerung an die Bestätigung"),
    "confirmation": N_("Anmeldebestätigung"),
    "date_dropped": N_("Ein Termin entfällt"),
    "declined": N_("Absage auf eine Anfrage"),
    "delegate_asked": N_("Bitte um Bestätigung als Vertretung"),
    "feedback_asked": N_("Bitte um Rückmeldung"),
    "follow_up": N_("Nach der Veranstaltung"),
    "invitation": N_("Einladung"),
    "invitation_reminder": N_("Erinnerung an die Einladung"),
    "message": N_("Nachricht zu Ihrer Veranstaltung"),
    "moved": N_("Termin verlegt"),
    "moved_up": N_("Nachgerückt"),
    "my_links": N_("Links zu Ihren Anmeldungen"),
    "no_place": N_("Kein Platz frei geworden"),
    "offer_over": N_("Angebot abgelaufen"),
    "party_changed": N_("Personenzahl geändert"),
    "place_offered": N_("Platz angeboten"),
    "registered_by": N_("Jemand hat Sie angemeldet"),
    "reminder": N_("Erinnerung an den Termin"),
    "requested": N_("Anfrage eingegangen"),
    "series_grown": N_("Neuer Termin in Ihrer Reihe"),
    "substituted": N_("Vertretung"),
    "topic_answered": N_("Antwort auf Ihren Themenwunsch"),
    "topic_confirm": N_("Bitte um Bestätigung"),
    "waiting": N_("Warteliste"),
}
MAIL_STATUSES = {
    "queued": N_("wird gesendet"),
    "paused": N_("angehalten"),
    "sent": N_("gesendet"),
    "failed": N_("nicht zugestellt"),
    "held": N_("zurückgehalten"),
}
HAPPENED = {
    "cancelled": N_("Abgesagt"),
    "confirmed": N_("Bestätigt"),
    "corrected": N_("Angaben geändert"),
    "declined": N_("Abgelehnt"),
    "edited": N_("Angaben geändert"),
    "erased": N_("Gelöscht"),
    "feed_ended": N_("Persönlicher Kalender abgeschaltet"),
    "feed_renewed": N_("Neue Adresse für den persönlichen Kalender"),
    "feed_resumed": N_("Persönlicher Kalender wieder eingeschaltet"),
    "lapsed": N_("Verfallen"),
    "offered": N_("Platz angeboten"),
    "party_changed": N_("Personenzahl geändert"),
    "registered": N_("Angemeldet"),
    "requested": N_("Angefragt"),
    "substituted": N_("Vertretung"),
    "waiting": N_("Auf die Warteliste gesetzt"),
}
"""The history in the words of those it is about; more is said to the team."""

MARKS = {
    "present": N_("Anwesend"),
    "late": N_("Später gekommen"),
    "left_early": N_("Früher gegangen"),
    "excused": N_("Entschuldigt"),
    "absent": N_("Nicht da"),
}
ACTORS = {"person": N_("über Ihren Link"), "staff": N_("von uns")}
SOURCES = {
    "web": N_("hier auf der Website"),
    "office": N_("von uns eingetragen"),
    "import": N_("aus einer Liste übernommen"),
    "invitation": N_("über eine Einladung"),
}


@dataclass(frozen=True)
class Purpose:
    """`what` is meant, in German; say it with `gettext`, as the fields of `use`."""

    what: str
    use: Use


PURPOSES = (
    Purpose(N_("Namen, Anmeldungen, Personenzahl, Code"), SIGN_UP),
    Purpose(N_("E-Mail-Adresse und Telefonnummer"), CONTACT),
    Purpose(N_("Organisation, Stadt und Rolle"), ORIGIN),
    Purpose(N_("Bestätigung der Adresse, Fassung der Hinweise zum Datenschutz"), PROOF),
    Purpose(N_("Was Sie brauchen"), NEEDS),
    Purpose(N_("Antworten auf Fragen"), ANSWERS),
    Purpose(N_("Anwesenheit"), ATTENDANCE),
    Purpose(N_("Zählung verschiedener Personen"), COUNTED),
    Purpose(N_("Inhalt der Mails an Sie"), MAIL),
    Purpose(N_("Art und Zeitpunkt der Mails an Sie"), MAIL_TRACE),
)


def in_words(words: Mapping[str, str], code: str) -> str:
    """A code nobody has put into words is shown as it is."""
    return _(words[code]) if code in words else code


def line_in_words(kind: str, verb: str, by: str) -> str:
    """As in "Abgesagt, über Ihren Link"; nobody is named for what happened by itself."""
    happened = in_words(HAPPENED, verb) if verb in HAPPENED else sentence(kind, verb)
    return f"{happened}, {_(ACTORS[by])}" if by in ACTORS else happened
