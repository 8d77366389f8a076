"""When each kind of mail goes out, and to whom: in words for the office. docs/mails.md says the same."""

from typing import NamedTuple

from events.kit.translation import N_


class Occasion(NamedTuple):
    to: str
    when: str


_CONTACT = N_("wer angemeldet hat")
_PERSON = N_("wer angemeldet ist")
_WAITING = N_("wer wartet")
_CONCERNED = N_("alle Angemeldeten, Wartenden, Eingeladenen und Mitwirkenden")
_INSTITUTION = N_("die Ansprechperson einer Einrichtung")

OCCASIONS = {
    "already_registered": Occasion(_CONTACT, N_("Mit einer bekannten Adresse wurde noch einmal dasselbe angemeldet.")),
    "back_to_waiting": Occasion(_PERSON, N_("Sie haben eine bestätigte Anmeldung zurück auf die Warteliste gesetzt.")),
    "called_off": Occasion(_CONCERNED, N_("Sie haben eine Veranstaltung abgesagt.")),
    "cancelled": Occasion(_PERSON, N_("Eine Anmeldung wurde abgesagt, von der Person selbst oder von Ihnen.")),
    "certificate": Occasion(_PERSON, N_("Sie haben eine Teilnahmebescheinigung verschickt.")),
    "confirm_address": Occasion(_CONTACT, N_("Gleich nach der Anmeldung im Netz. Erst der Klick macht sie gültig.")),
    "confirm_reminder": Occasion(_CONTACT, N_("Einmal, einen Tag nach einer Anmeldung, die niemand bestätigt hat.")),
    "confirmation": Occasion(_CONTACT, N_("Mindestens ein Platz ist sicher.")),
    "date_dropped": Occasion(_CONCERNED, N_("Einer von mehreren Terminen entfällt.")),
    "date_fixed": Occasion(N_("wer danach gefragt hat"), N_("Aus „Termin folgt“ wurde ein Termin.")),
    "date_wish": Occasion(N_("wer danach gefragt hat"), N_("Gleich nach dem Wunsch, vom Termin zu hören.")),
    "declined": Occasion(_PERSON, N_("Sie haben eine Anfrage abgelehnt.")),
    "delegate_asked": Occasion(N_("die Vertretung"), N_("Eine eingeladene Person hat jemand anderen genannt.")),
    "feedback_asked": Occasion(
        N_("wer dabei war"), N_("Einen halben Tag nach dem letzten Termin, wenn danach gefragt wird.")
    ),
    "follow_up": Occasion(
        N_("wer dabei war oder angemeldet war"), N_("Nach einem Termin, wenn eine Regel es vorsieht.")
    ),
    "group_report_due": Occasion(
        _INSTITUTION, N_("Eine Gruppe hat lange nichts gemeldet: am Tag der Fälligkeit und 14 Tage danach.")
    ),
    "institution_link": Occasion(_INSTITUTION, N_("Sie haben einer Einrichtung den Link zu ihrer Seite gesendet.")),
    "invitation": Occasion(N_("Eingeladene"), N_("Sie haben die Einladungen einer Veranstaltung verschickt.")),
    "invitation_reminder": Occasion(N_("Eingeladene ohne Antwort"), N_("Sie haben an die Einladung erinnert.")),
    "list_confirm": Occasion(N_("wer sich eingetragen hat"), N_("Gleich nach dem Eintrag in den Verteiler.")),
    "list_known": Occasion(N_("wer schon eingetragen ist"), N_("Jemand hat dieselbe Adresse noch einmal eingetragen.")),
    "message": Occasion(N_("Ihre Auswahl"), N_("Sie haben eine Rundmail gestartet.")),
    "moved": Occasion(
        N_("alle Angemeldeten, Wartenden, Eingeladenen und Mitwirkenden"),
        N_("Zeit oder Ort eines Termins haben sich geändert."),
    ),
    "moved_up": Occasion(_WAITING, N_("Ein Platz wurde frei und ging an die nächste Person.")),
    "my_links": Occasion(
        N_("wer danach gefragt hat"), N_("Jemand hat die Links zu den eigenen Anmeldungen angefordert.")
    ),
    "no_place": Occasion(_WAITING, N_("Der Stichtag ist da, und kein Platz wurde frei.")),
    "offer_over": Occasion(_WAITING, N_("Ein angebotener Platz wurde nicht rechtzeitig angenommen.")),
    "outcome_due": Occasion(
        N_("die Stelle selbst"),
        N_("Handlungsschritte sind in zwei Wochen fällig oder überfällig; dann alle vier Wochen."),
    ),
    "partner_asked": Occasion(
        N_("wer beim Partner die Zahlen einträgt"), N_("Sie haben einen Partner um seine Zahlen gebeten.")
    ),
    "party_changed": Occasion(_PERSON, N_("Die Zahl der Personen einer Anmeldung ist geändert.")),
    "password_reset": Occasion(
        N_("wer im Team mitarbeitet"), N_("Jemand hat sein Passwort vergessen, oder Sie haben den Link gesendet.")
    ),
    "place_offered": Occasion(_WAITING, N_("Ein Platz wurde frei und wartet eine Zeit lang auf die Antwort.")),
    "registered_by": Occasion(N_("Personen mit eigener Adresse"), N_("Jemand anderes hat sie angemeldet.")),
    "reminder": Occasion(_PERSON, N_("Einige Tage vor einem Termin, nach den Regeln der Veranstaltung.")),
    "requested": Occasion(_CONTACT, N_("Die Anmeldung muss erst angenommen werden.")),
    "series_grown": Occasion(
        N_("wer eine ganze Reihe gebucht hat"), N_("In der Reihe wurde eine weitere Veranstaltung veröffentlicht.")
    ),
    "staff_invited": Occasion(N_("wer im Team mitarbeiten soll"), N_("Sie haben jemanden ins Team eingeladen.")),
    "substituted": Occasion(N_("wer den Platz übernimmt"), N_("Eine Person kommt an Stelle einer anderen.")),
    "tomorrow": Occasion(N_("Referent:innen"), N_("Am Abend vor dem Termin, mit dem Link zur Anwesenheitsliste.")),
    "topic_answered": Occasion(
        N_("wer das Thema unterstützt hat"),
        N_("Sie haben einen Themenwunsch beantwortet oder eine Veranstaltung genannt."),
    ),
    "topic_confirm": Occasion(
        N_("wer ein Thema wünscht oder unterstützt"), N_("Gleich nach dem Wunsch oder der Stimme.")
    ),
    "trainer_invited": Occasion(
        N_("wer eine Veranstaltung leitet"),
        N_("Sie haben jemanden eingeladen, oder jemand hat eine Vertretung genannt."),
    ),
    "trial": Occasion(N_("Sie selbst"), N_("Sie haben den Versand ausprobiert.")),
    "waiting": Occasion(_CONTACT, N_("Alle Plätze sind vergeben.")),
}
"""By kind: the names of the files in templates/mail."""
