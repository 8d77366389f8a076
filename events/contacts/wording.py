"""States, ways and refusals of the Verteiler in words people see, and the sentence people agree to."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_, gettext

CONSENT = N_(
    "Ja, ich möchte E-Mails zu diesen Themen bekommen. Dafür dürfen Sie meine Angaben speichern. "
    "Ich kann mich jederzeit wieder abmelden."
)
CONSENT_VERSION = "verteiler-1"
"""Of the sentence above: another sentence is another version."""

STATUSES = {
    "pending": N_("wartet auf Bestätigung"),
    "confirmed": N_("bestätigt"),
    "left": N_("abgemeldet"),
}

WAYS = {
    "web": N_("auf der Website, mit bestätigter Adresse"),
    "paper": N_("auf Papier"),
    "click": N_("mit einem Klick"),
    "mail": N_("mit einer Mail an uns"),
    "office": N_("beim Team"),
}

MAILS = {
    "list_confirm": N_("Bitte um Bestätigung"),
    "list_known": N_("Link zur eigenen Seite"),
}

REFUSALS = {
    "contact_not_proven": N_("Die E-Mail-Adresse ist noch nicht bestätigt."),
    "contact_has_left": N_("Diese E-Mail-Adresse ist vom Verteiler abgemeldet."),
    "contact_known": N_("Diese E-Mail-Adresse steht schon im Verteiler."),
    "contact_opted_out": N_(
        "Unter dieser E-Mail-Adresse will jemand keine Rundmails und Einladungen mehr. Nur die Person selbst kann sich "
        "wieder eintragen, über die Seite „Über neue Angebote informiert werden“."
    ),
}


def status_text(status: str) -> str:
    return gettext(STATUSES[status])


refusal_text = partial(say, REFUSALS)
