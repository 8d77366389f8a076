"""The codes of the programme in words people see, and why something was refused. German; translated when shown."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

STATUSES = {"draft": N_("Entwurf"), "published": N_("Veröffentlicht"), "called_off": N_("Abgesagt")}

FORMATS = {
    "training": N_("Fortbildung"),
    "information": N_("Informationsveranstaltung"),
    "exchange": N_("Austausch"),
    "kick_off": N_("Auftaktveranstaltung"),
    "workshop": N_("Workshop"),
    "symposium": N_("Fachtag"),
    "meeting": N_("Treffen"),
}

KINDS = {
    "multiplier_training": N_("Qualifizierung von Multiplikator:innen"),
    "volunteer_training": N_("Qualifizierung von Ehrenamtlichen"),
    "care_information": N_("Information rund um Pflege"),
    "intercultural_competence": N_("Interkulturelle Kompetenz"),
    "future_workshop": N_("Zukunftswerkstatt"),
    "other": N_("Sonstiges"),
}

AUDIENCES = {
    "everyone": N_("Alle Interessierten"),
    "professionals": N_("Fachkräfte"),
    "multipliers": N_("Multiplikator:innen"),
    "volunteers": N_("Ehrenamtliche"),
    "newcomers": N_("Neuzugewanderte"),
    "parents": N_("Eltern und Familien"),
    "young_people": N_("Jugendliche und junge Erwachsene"),
    "older_people": N_("Ältere Menschen"),
    "carers": N_("Pflegende Angehörige"),
    "women": N_("Frauen"),
    "communities": N_("Migrantenorganisationen und Gemeinden"),
    "administration": N_("Verwaltung"),
}

HINTS = {
    "free": N_("Kostenfrei"),
    "step_free": N_("Stufenloser Zugang"),
    "wheelchair": N_("Rollstuhlgerecht"),
    "hearing_loop": N_("Höranlage vorhanden"),
    "sign_language": N_("Mit Dolmetschen in Gebärdensprache"),
    "interpreting": N_("Sprachmittlung auf Anfrage"),
    "childcare": N_("Mit Kinderbetreuung"),
    "children_welcome": N_("Kinder sind willkommen"),
    "women_only": N_("Nur für Frauen"),
    "catering": N_("Mit Getränken und Imbiss"),
    "certificate": N_("Mit Teilnahmebescheinigung"),
}

ORGANISATION_KINDS = {
    "institution": N_("Einrichtung"),
    "body": N_("Träger"),
    "administration": N_("Verwaltung"),
    "community": N_("Moscheegemeinde oder Migrantenorganisation"),
    "association": N_("Verband"),
    "vocational_college": N_("Berufskolleg"),
}

PARTNER_ROLES = {
    "organiser": N_("Veranstaltet von"),
    "host": N_("Zu Gast bei"),
    "cooperation": N_("In Kooperation mit"),
    "funder": N_("Gefördert von"),
}

LANGUAGE_NAMES = {
    "de": N_("Deutsch"),
    "ar": N_("Arabisch"),
    "bg": N_("Bulgarisch"),
    "cs": N_("Tschechisch"),
    "el": N_("Griechisch"),
    "en": N_("Englisch"),
    "es": N_("Spanisch"),
    "fa": N_("Persisch (Farsi)"),
    "fr": N_("Französisch"),
    "it": N_("Italienisch"),
    "ku": N_("Kurdisch"),
    "pl": N_("Polnisch"),
    "prs": N_("Dari"),
    "ps": N_("Paschtu"),
    "ro": N_("Rumänisch"),
    "ru": N_("Russisch"),
    "so": N_("Somali"),
    "sq": N_("Albanisch"),
    "sr": N_("Serbisch"),
    "ti": N_("Tigrinya"),
    "tr": N_("Türkisch"),
    "uk": N_("Ukrainisch"),
    "ur": N_("Urdu"),
    "vi": N_("Vietnamesisch"),
    "zh": N_("Chinesisch"),
}

REFUSALS = {
    "no_german_title": N_("Es fehlt der deutsche Titel."),
    "no_dates": N_("Es gibt noch keinen Termin. Tragen Sie einen ein oder veröffentlichen Sie mit „Termin folgt“."),
    "no_place": N_("Ein Termin hat weder einen Ort noch ist er online."),
    "end_before_start": N_("Das Ende muss nach dem Beginn liegen."),
    "breaks_too_long": N_("Die Pausen sind länger als der Termin."),
    "over_night": N_("Ein Termin geht über Mitternacht. Bitte legen Sie für jeden Tag einen eigenen Termin an."),
    "already_published": N_("Die Veranstaltung ist schon veröffentlicht."),
    "not_published": N_("Absagen lässt sich nur, was veröffentlicht ist."),
    "date_cancelled": N_("Dieser Termin ist abgesagt. Bitte legen Sie einen neuen an."),
    "programme_fixed": N_("Das Programm steht fest, sobald die Veranstaltung begonnen hat."),
    "unknown_choice": N_("Diese Auswahl gibt es nicht: %(value)s."),
    "unknown_policy": N_("Diese Regel gibt es nicht: %(value)s."),
    "capacity_negative": N_("Die Zahl der Plätze darf nicht kleiner als 0 sein."),
    "capacity_below_taken": N_(
        "%(taken)s Plätze sind schon vergeben. Weniger Plätze gehen erst, wenn Menschen absagen."
    ),
    "quota_target": N_("Ein Kontingent gilt für genau eine Organisation oder genau eine Art von Organisation."),
    "quota_above_capacity": N_("Das Kontingent ist größer als die Zahl der Plätze (%(capacity)s)."),
    "no_name": N_("Es fehlt der Name."),
}


refusal_text = partial(say, REFUSALS)
