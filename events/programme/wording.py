"""The codes of the programme in words people see, and why something was refused. German; translated when shown."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_, gettext
from events.programme.planning_wording import REFUSALS as OF_PLANNING

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
    **OF_PLANNING,
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
    "quota_below_taken": N_("Kontingent „%(name)s“: Weniger als %(taken)s geht nicht, so viele Plätze sind vergeben."),
    "no_question_text": N_("Es fehlt der deutsche Text der Frage."),
    "question_of_the_person": N_(
        "Geschlecht, Staatsangehörigkeit, Alter, Religion und Aufenthalt stehen bei uns nie neben einem Namen. "
        "Zählen Sie das bitte ohne Namen beim Termin."
    ),
    "no_purpose": N_("Bitte sagen Sie in einem Satz, wozu Sie das fragen."),
    "kept_too_long": N_("Antworten werden höchstens %(longest)s Tage aufbewahrt."),
    "too_many_questions": N_("Mehr als %(most)s Fragen gehen nicht."),
    "options_few_or_many": N_("Zur Auswahl braucht es mindestens 2 und höchstens %(most)s Antworten."),
    "option_without_text": N_("Bei einer Antwort fehlt der deutsche Text."),
    "options_alike": N_("Zwei Antworten heißen gleich."),
    "condition_impossible": N_("Die Bedingung passt zu keiner Frage, die vorher gestellt wird."),
    "condition_first": N_("Eine Frage kann nicht vor der Frage stehen, von der sie abhängt."),
    "at_the_end": N_("Weiter lässt sich die Frage nicht verschieben."),
    "question_needed": N_("Davon hängt eine andere Frage ab: „%(question)s“. Ändern Sie zuerst deren Bedingung."),
    "question_answered": N_("Die Frage ist schon %(answers)s-mal beantwortet. Diese Antworten würden gelöscht."),
    "kind_fixed": N_("Die Frage ist schon %(answers)s-mal beantwortet. Ihre Art steht deshalb fest."),
    "option_chosen": N_("„%(option)s“ ist schon %(answers)s-mal gewählt und lässt sich nicht mehr entfernen."),
    "option_below_taken": N_("„%(option)s“: Weniger als %(taken)s geht nicht, so viele Plätze sind vergeben."),
    "no_name": N_("Es fehlt der Name."),
    "slow_down": N_("Das waren viele Versuche. Bitte warten Sie eine Weile und versuchen Sie es dann noch einmal."),
    "not_an_address": N_("Das ist keine E-Mail-Adresse."),
    "already_named": N_("Diese Person ist dafür schon genannt."),
    "charge_over": N_("Der Zugang ist beendet, oder die Veranstaltung ist schon länger vorbei."),
    "substitute_of_substitute": N_("Wer selbst eine Vertretung ist, kann niemanden nennen. Bitte rufen Sie uns an."),
    "nothing_left_to_lead": N_("Die Veranstaltung ist vorbei oder abgesagt."),
    "many_substitutes": N_("Es sind schon %(most)s Vertretungen genannt. Bitte rufen Sie uns an."),
    "no_contact": N_("Es ist noch niemand genannt, der die Zahlen einträgt."),
    "partner_link_over": N_("Der Link ist beendet, oder die Veranstaltung ist schon länger vorbei."),
    "date_cancelled_for_partner": N_("Dieser Termin entfällt."),
    "date_closed_for_partner": N_("Dieser Termin ist abgeschlossen. Seine Zahlen lassen sich nicht mehr ändern."),
    "date_ahead_for_partner": N_("Zahlen lassen sich ab einem Tag vor dem Termin eintragen."),
    "body_of_itself": N_("Träger kann nicht die Organisation selbst sein und keine, die zu ihr gehört."),
    "agreement_ends_too_early": N_("Der letzte Tag darf nicht vor dem ersten liegen."),
    "agreement_is_over": N_("Die Vereinbarung gilt schon nicht mehr."),
    "agreement_ends_sooner": N_(
        "Die Vereinbarung endet schon am %(end)s. Soll sie länger gelten, ändern Sie bitte ihren letzten Tag."
    ),
    "agreement_overlaps": N_(
        "Für diese Organisation und dieses Programm gilt vom %(start)s bis zum %(end)s schon eine Vereinbarung."
    ),
    "agreement_overlaps_open": N_(
        "Für diese Organisation und dieses Programm gilt ab dem %(start)s eine Vereinbarung ohne Ende. "
        "Bitte beenden Sie diese zuerst."
    ),
}


def quota_name(organisation: str, kind: str) -> str:
    """Whom a quota is for: an organisation by its name, else all of a kind."""
    return organisation or gettext(ORGANISATION_KINDS.get(kind, kind))


refusal_text = partial(say, REFUSALS)
