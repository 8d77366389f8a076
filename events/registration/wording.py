"""States, refusals and lists of registration in words people see."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_, gettext

STATUSES = {
    "unconfirmed": N_("noch nicht bestätigt"),
    "requested": N_("angefragt"),
    "waiting": N_("Warteliste"),
    "offered": N_("Platz angeboten"),
    "confirmed": N_("bestätigt"),
    "declined": N_("abgelehnt"),
    "cancelled": N_("abgesagt"),
    "lapsed": N_("verfallen"),
}

# What we can arrange: measures, never a diagnosis or a religion.
NEEDS = {
    "interpreting": N_("Sprachmittlung"),
    "step_free": N_("Stufenloser Zugang"),
    "childcare": N_("Kinderbetreuung"),
}

ROLES = {
    "volunteer": N_("Ich bin ehrenamtlich tätig"),
    "multiplier": N_("Ich bin Multiplikator:in oder Elternbegleiter:in"),
    "professional": N_("Ich bin Fachkraft oder Lehrkraft"),
    "employee": N_("Ich arbeite hauptamtlich in einer Verwaltung oder einem Verband"),
    "newcomer": N_("Ich bin neu in Deutschland"),
}

REFUSALS = {
    "not_published": N_("Diese Veranstaltung ist noch nicht veröffentlicht."),
    "called_off": N_("Diese Veranstaltung ist abgesagt."),
    "no_sign_up_needed": N_("Für diese Veranstaltung brauchen Sie keine Anmeldung. Kommen Sie einfach vorbei."),
    "by_invitation": N_("Für diese Veranstaltung brauchen Sie eine persönliche Einladung."),
    "no_date_yet": N_("Der Termin steht noch nicht fest. Eine Anmeldung ist deshalb noch nicht möglich."),
    "already_started": N_("Diese Veranstaltung hat schon begonnen."),
    "sign_up_closed": N_("Der Anmeldeschluss ist vorbei."),
    "already_signed_up": N_("Sie sind für diese Veranstaltung schon angemeldet."),
    "nobody_named": N_("Bitte nennen Sie mindestens eine Person."),
    "named_twice": N_("Eine Person ist doppelt angegeben: derselbe Name und dieselbe E-Mail-Adresse."),
    "party_too_small": N_("Bitte melden Sie mindestens eine Person an."),
    "party_too_large": N_(
        "So viele Personen können Sie hier nicht zusammen anmelden. Möglich sind höchstens %(most)s."
    ),
    "too_many_people": N_(
        "So viele Personen können Sie hier nicht zusammen anmelden. Möglich sind höchstens %(most)s."
    ),
    "full": N_("Alle Plätze sind vergeben, und es gibt keine Warteliste."),
    "option_full": N_("Hier sind alle Plätze vergeben: %(option)s."),
    "no_free_place": N_("So viele Plätze sind nicht mehr frei."),
    "no_place_in_quota": N_("Für diese Organisation ist kein Platz mehr frei."),
    "no_place_to_hand_on": N_("Nur wer einen Platz hat, kann ihn weitergeben."),
    "agreement_missing": N_("Mit dieser Einrichtung gibt es für dieses Programm noch keine Kooperationsvereinbarung."),
    "agreement_reason_needed": N_("Eine Kooperationsvereinbarung fehlt. Bitte schreiben Sie, warum es trotzdem geht."),
    "no_waiting_list": N_("Diese Veranstaltung hat keine Warteliste."),
    "not_requested": N_("Über diese Anmeldung ist schon entschieden."),
    "not_movable": N_("Diese Anmeldung lässt sich so nicht verschieben. Ihr Stand hat sich inzwischen geändert."),
    "reason_needed": N_("Bitte schreiben Sie einen Grund dazu."),
    "nothing_offered": N_("Für diese Anmeldung gibt es kein Angebot mehr."),
    "offer_over": N_("Die Frist für diesen Platz ist vorbei. Er ist schon weitergegeben."),
    "not_in_series": N_("Diese Veranstaltung gehört nicht zu der Reihe, für die Sie angemeldet sind."),
    "unproven": N_("Bitte bestätigen Sie zuerst Ihre Anmeldung."),
    "email_needed": N_("Für diese Veranstaltung brauchen wir eine E-Mail-Adresse."),
    "not_signed_up": N_("Diese Anmeldung ist nicht mehr gültig. Es gibt nichts abzusagen."),
    "too_late_to_cancel": N_("Die Frist zum Absagen ist vorbei."),
    "same_entry": N_("Das ist derselbe Eintrag. Bitte wählen Sie einen anderen."),
    "nothing_to_merge": N_("Dieser Eintrag hat keinen Namen mehr. Bitte wählen Sie einen anderen."),
    "registered_twice": N_(
        "Beide sind für „%(title)s“ angemeldet. Bitte sagen Sie zuerst eine der beiden Anmeldungen ab."
    ),
    "looks_automatic": N_("Das Formular sieht aus, als hätte es ein Programm ausgefüllt."),
    "too_fast": N_("Das ging sehr schnell. Bitte prüfen Sie Ihre Angaben und senden Sie das Formular noch einmal ab."),
}

NEXT_STEPS = {
    "email_needed": N_("Bitte tragen Sie eine Adresse ein. Wenn Sie keine haben, rufen Sie uns an."),
    "no_waiting_list": N_("Sie können die Anmeldung stornieren oder in den Regeln eine Warteliste einschalten."),
    "not_requested": N_("Bitte laden Sie die Seite neu. Dann sehen Sie den neuen Stand."),
    "not_movable": N_("Bitte laden Sie die Seite neu. Dann sehen Sie den neuen Stand."),
    "not_published": N_(
        "Schauen Sie in die Liste: Dort stehen alle Veranstaltungen, für die Sie sich anmelden können."
    ),
    "called_off": N_("Schauen Sie in die Liste, ob es einen anderen Termin gibt."),
    "by_invitation": N_("Wenn Sie teilnehmen möchten, rufen Sie uns an oder schreiben Sie uns."),
    "no_date_yet": N_("Bitte schauen Sie später wieder vorbei oder fragen Sie uns nach dem Termin."),
    "already_started": N_("Schauen Sie in die Liste, ob es einen weiteren Termin gibt."),
    "sign_up_closed": N_("Rufen Sie uns an. Vielleicht ist noch ein Platz frei."),
    "already_signed_up": N_("Bitte nehmen Sie den Link aus unserer neuesten E-Mail an Sie."),
    "named_twice": N_("Bitte nennen Sie jede Person nur einmal."),
    "party_too_large": N_("Rufen Sie uns an, wenn Sie mit mehr Personen kommen möchten."),
    "full": N_("Schauen Sie in die Liste, ob es einen anderen Termin gibt."),
    "too_many_people": N_("Melden Sie die übrigen Personen in einer zweiten Anmeldung an oder rufen Sie uns an."),
    "option_full": N_("Bitte wählen Sie eine andere Möglichkeit."),
    "no_free_place": N_(
        "Sie können weitere Personen neu anmelden. Dann kommen sie auf die Warteliste, wenn es eine gibt."
    ),
    "no_place_in_quota": N_("Bitte rufen Sie uns an."),
    "no_place_to_hand_on": N_(
        "Bitte sagen Sie ab, wenn Sie nicht kommen können. Die andere Person kann sich neu anmelden."
    ),
    "agreement_missing": N_("Bitte rufen Sie uns an. Wir prüfen mit Ihnen, ob eine Vereinbarung möglich ist."),
    "nothing_offered": N_("Rufen Sie uns an, wenn Sie trotzdem kommen möchten."),
    "offer_over": N_("Wenn Sie trotzdem kommen möchten, melden Sie sich neu an oder rufen Sie uns an."),
    "not_in_series": N_("Sie können sich auf der Seite der Veranstaltung anmelden."),
    "unproven": N_("Der Knopf dafür steht oben auf Ihrer Seite."),
    "too_late_to_cancel": N_("Bitte rufen Sie uns an, damit wir Bescheid wissen."),
    "looks_automatic": N_("Bitte rufen Sie uns an oder schreiben Sie uns, wenn Sie ein Mensch sind."),
    "not_signed_up": N_("Wenn Sie doch teilnehmen möchten, melden Sie sich neu an."),
}


def status_word(status: str) -> str:
    return gettext(STATUSES[status])


refusal_text = partial(say, REFUSALS)
next_step = partial(say, NEXT_STEPS)
