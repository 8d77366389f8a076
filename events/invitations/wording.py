"""States of invitations, and why something was refused: in words the team and invited people read."""

from functools import partial

from events.invitations.mailings import wording as mailing_wording
from events.kit.refusals import say
from events.kit.translation import N_, gettext

STATUSES = {
    "prepared": N_("noch nicht eingeladen"),
    "invited": N_("noch ohne Antwort"),
    "accepted": N_("zugesagt"),
    "declined": N_("abgesagt"),
    "delegated": N_("Vertretung"),
    "withdrawn": N_("zurückgezogen"),
}

REFUSALS = {
    **mailing_wording.REFUSALS,
    "called_off_told": N_("Die Absage ist schon verschickt. Sie lässt sich nicht mehr zurücknehmen."),
    "called_off": N_("Diese Veranstaltung ist abgesagt."),
    "no_sign_up_needed": N_("Für diese Veranstaltung brauchen Sie keine Anmeldung. Kommen Sie einfach vorbei."),
    "not_published": N_("Diese Veranstaltung ist noch nicht veröffentlicht."),
    "no_date_yet": N_("Der Termin steht noch nicht fest."),
    "already_started": N_("Diese Veranstaltung hat schon begonnen."),
    "nobody_named": N_("Bitte nennen Sie mindestens eine Person."),
    "hold_is_past": N_("Plätze lassen sich nur bis zu einem Zeitpunkt in der Zukunft freihalten."),
    "hold_past_start": N_("Plätze lassen sich nur freihalten, bis die Veranstaltung beginnt."),
    "nobody_to_invite": N_("Alle auf der Liste sind schon eingeladen."),
    "nobody_to_remind": N_("Alle Eingeladenen haben schon geantwortet."),
    "already_invited": N_("Diese Adresse ist zu dieser Veranstaltung schon eingeladen."),
    "already_answered": N_("Auf diese Einladung gibt es schon eine Antwort."),
    "invitation_withdrawn": N_("Diese Einladung wurde zurückgezogen."),
    "too_many_for_invitation": N_("So viele Plätze hat diese Einladung nicht. Möglich sind höchstens %(most)s."),
    "delegate_only_for_one": N_("Diese Einladung gilt für mehrere Personen. Nennen Sie einfach die Namen."),
    "delegate_needs_address": N_("Für die Vertretung brauchen wir eine gültige E-Mail-Adresse."),
    "delegate_is_invited": N_("Das ist die Adresse, die wir eingeladen haben. Bitte nennen Sie die Ihrer Vertretung."),
    "rule_out_of_range": N_("Erinnerungen gehen 0 bis 30 Tage vorher hinaus, Mails danach bis zu 336 Stunden später."),
    "rule_for_nobody": N_("Bitte wählen Sie, an wen die Mail geht."),
    "rule_without_text": N_("Bitte schreiben Sie, was in der Mail stehen soll."),
    "rule_exists": N_("Zu diesem Zeitpunkt geht schon eine solche Mail hinaus."),
    "too_many_rules": N_("Es gibt schon vier solche Mails. Bitte entfernen Sie zuerst eine."),
}

NEXT_STEPS = {
    **mailing_wording.NEXT_STEPS,
    "called_off_told": N_("Bitte legen Sie die Veranstaltung neu an und laden Sie noch einmal ein."),
    "called_off": N_("Schauen Sie in die Liste, ob es einen anderen Termin gibt."),
    "not_published": N_("Bitte veröffentlichen Sie die Veranstaltung zuerst."),
    "no_date_yet": N_("Bitte legen Sie zuerst einen Termin fest."),
    "already_started": N_("Rufen Sie uns an, wenn Sie noch dazukommen möchten."),
    "hold_past_start": N_("Bitte wählen Sie einen früheren Zeitpunkt."),
    "hold_is_past": N_("Bitte wählen Sie einen späteren Zeitpunkt."),
    "nobody_to_invite": N_("Fügen Sie weitere Adressen hinzu, wenn noch jemand fehlt."),
    "already_answered": N_("Wenn die Person nicht kommt, sagen Sie bitte ihre Anmeldung ab."),
    "invitation_withdrawn": N_("Bitte rufen Sie uns an, wenn Sie Fragen dazu haben."),
    "too_many_for_invitation": N_("Rufen Sie uns an, wenn Sie mit mehr Personen kommen möchten."),
    "delegate_needs_address": N_("Bitte prüfen Sie die Adresse oder rufen Sie uns an."),
}


def status_word(status: str) -> str:
    return gettext(STATUSES[status])


refusal_text = partial(say, REFUSALS)
