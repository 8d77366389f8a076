"""Roles and refusals of accounts in words people see."""

from events.kit.refusals import Refusal
from events.kit.translation import N_, gettext, ngettext

ROLE_NAMES = {
    "admin": N_("Verwaltung der Zugänge"),
    "organiser": N_("Planung"),
    "trainer": N_("Referent:in"),
    "reader": N_("Nur lesen"),
}

REFUSALS = {
    "unknown_role": N_("Diese Rolle gibt es nicht."),
    "not_an_address": N_("Das ist keine E-Mail-Adresse."),
    "address_taken": N_("Diese Adresse hat schon einen Zugang."),
    "unknown_staff": N_("Einen Zugang mit dieser Adresse gibt es nicht."),
    "staff_disabled": N_("Der Zugang mit dieser Adresse ist gesperrt. Bitte fragen Sie im Büro nach."),
    "last_admin": N_("Nur dieser Zugang darf andere verwalten. Bitte richten Sie vorher einen zweiten ein."),
    "password_too_short": N_("Das Passwort braucht mindestens %(least)s Zeichen."),
    "password_too_long": N_("Das Passwort darf höchstens %(most)s Zeichen haben."),
    "password_too_simple": N_("Dieses Passwort ist zu leicht zu erraten."),
    "wrong_sign_in": N_("E-Mail-Adresse oder Passwort stimmt nicht."),
    "wrong_old_password": N_("Dieses Passwort stimmt nicht."),
    "wrong_code": N_("Der Code stimmt nicht oder wurde schon benutzt. Bitte warten Sie auf den nächsten."),
    "sign_in_over": N_("Das hat zu lange gedauert. Bitte melden Sie sich noch einmal an."),
    "sign_on_failed": N_("Die Anmeldung über den Anmeldedienst hat nicht geklappt."),
    "sign_on_unknown": N_("Zu Ihrer Adresse beim Anmeldedienst gibt es hier keinen Zugang."),
    "second_factor_required": N_("Mit Ihrer Rolle gehört der zweite Faktor zur Anmeldung."),
    "too_many_tries": N_("Das waren viele Versuche. Bitte warten Sie kurz und versuchen Sie es dann noch einmal."),
}


def refusal_text(refusal: Refusal) -> str:
    """In the current language. Raises KeyError for a refusal of another domain."""
    if refusal.code == "too_many_tries":
        return _wait(int(refusal.facts["seconds"]))
    return gettext(REFUSALS[refusal.code], **refusal.facts)


def _wait(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "Das waren viele Versuche. Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.",
        "Das waren viele Versuche. Bitte warten Sie %(n)s Minuten und versuchen Sie es dann noch einmal.",
        minutes,
    )
