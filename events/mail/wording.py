"""Kinds and states of mails and refusals in words people see. What a server said is put into words beside."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_, gettext

KINDS = {
    "already_registered": N_("Hinweis: schon angemeldet"),
    "back_to_waiting": N_("Zurück auf die Warteliste"),
    "called_off": N_("Absage einer Veranstaltung"),
    "cancelled": N_("Bestätigung einer Abmeldung"),
    "certificate": N_("Teilnahmebescheinigung"),
    "confirm_address": N_("Bitte um Bestätigung der Adresse"),
    "confirm_reminder": N_("Erinnerung an die Bestätigung"),
    "confirmation": N_("Anmeldebestätigung"),
    "date_dropped": N_("Ein Termin entfällt"),
    "date_fixed": N_("Der Termin steht fest"),
    "date_wish": N_("Wunsch nach Bescheid bestätigen"),
    "declined": N_("Absage auf eine Anfrage"),
    "delegate_asked": N_("Einladung weitergegeben"),
    "feedback_asked": N_("Bitte um Rückmeldung"),
    "follow_up": N_("Nach der Veranstaltung"),
    "group_report_due": N_("Bitte um Zahlen der Gruppen"),
    "institution_link": N_("Zugang für Einrichtungen"),
    "invitation": N_("Einladung"),
    "invitation_reminder": N_("Erinnerung an eine Einladung"),
    "list_confirm": N_("Eintrag in den Verteiler bestätigen"),
    "list_known": N_("Hinweis: schon im Verteiler"),
    "message": N_("Rundmail"),
    "moved": N_("Termin verlegt"),
    "moved_up": N_("Nachgerückt"),
    "my_links": N_("Links zu den eigenen Anmeldungen"),
    "no_place": N_("Kein Platz frei geworden"),
    "offer_over": N_("Angebot abgelaufen"),
    "outcome_due": N_("Fällige Handlungsschritte"),
    "partner_asked": N_("Bitte um Zahlen"),
    "party_changed": N_("Personenzahl geändert"),
    "password_reset": N_("Link für ein neues Passwort"),
    "place_offered": N_("Platz angeboten"),
    "registered_by": N_("Von anderen angemeldet"),
    "reminder": N_("Erinnerung"),
    "requested": N_("Anfrage eingegangen"),
    "series_grown": N_("Neuer Termin in einer Reihe"),
    "staff_invited": N_("Einladung ins Team"),
    "substituted": N_("Vertretung"),
    "tomorrow": N_("Morgen im Überblick"),
    "topic_answered": N_("Antwort auf einen Themenwunsch"),
    "topic_confirm": N_("Themenwunsch bestätigen"),
    "trainer_invited": N_("Zugang für Referent:innen"),
    "trial": N_("Probemail"),
    "waiting": N_("Warteliste"),
}

STATUSES = {
    "queued": N_("wartet auf den Versand"),
    "paused": N_("angehalten"),
    "sent": N_("gesendet"),
    "failed": N_("nicht zugestellt"),
    "held": N_("zurückgehalten"),
}

REASONS = {
    "bad_address": N_("Die Adresse nimmt keine Mails an."),
    "refused": N_("Der Mailserver nimmt diese Mail so nicht an, etwa weil sie zu groß ist."),
    "bounced": N_("Die Mail kam zurück."),
    "too_late": N_("Zu spät: Die Mail hätte niemandem mehr genützt und wurde nicht gesendet."),
    "gave_up": N_("Drei Tage lang versucht, nicht gelungen."),
    "unknown_outcome": N_("Die Verbindung brach ab. Vielleicht ist die Mail schon angekommen. Bitte entscheiden Sie."),
    "restored": N_("Aus einer Sicherung zurückgeholt. Vielleicht kam die Mail längst an. Bitte entscheiden Sie."),
    "discarded": N_("Von Hand verworfen."),
    "unwanted": N_("Die Person möchte keine Einladungen und Rundmails mehr."),
    "stopped": N_("Die Rundmail wurde abgebrochen, bevor diese Mail an der Reihe war."),
}

REFUSALS = {
    "mail_not_resendable": N_("Diese Mail ist schon gesendet oder wartet noch auf den Versand."),
    "mail_erased": N_("Der Inhalt dieser Mail ist schon gelöscht."),
    "mail_too_late": N_("Diese Mail nützt niemandem mehr: Der Zeitpunkt ist vorbei."),
    "mail_not_held": N_("Diese Mail wird nicht zurückgehalten."),
}


def kind_text(kind: str) -> str:
    """A kind nobody has put into words is shown as it is."""
    return gettext(KINDS[kind]) if kind in KINDS else kind


def status_text(status: str) -> str:
    return gettext(STATUSES[status])


def reason_text(reason: str) -> str:
    """Why a mail failed or is held; empty for one that did not."""
    return gettext(REASONS[reason]) if reason else ""


refusal_text = partial(say, REFUSALS)
