"""What is stored in each column, why, on which legal basis and for how long: the record of Art. 30 DSGVO in code.

In German, as the office and its data protection officer read it; what concerns people who take part they read as
well, in their language. Says what is due, erases nothing itself.
"""

from dataclasses import dataclass

from events.kit.translation import N_

TASK = "Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW"
CONSENT = "Art. 6 Abs. 1 Buchst. a DSGVO"
CONTRACT = "Art. 6 Abs. 1 Buchst. b DSGVO"

SIGN_UP_PERIOD = N_("nie bestätigt 7 Tage, abgesagt 14 Tage, sonst 90 Tage nach dem letzten Termin")
NEEDS_PERIOD = N_("7 Tage nach dem letzten Termin")
ANSWERS_PERIOD = N_("so viele Tage nach dem letzten Termin, wie bei der Frage steht")
FUNDING_PERIOD = N_("bis zum Ende der Frist der Förderlinie")
MAIL_PERIOD = N_("7 Tage nach dem Versand, beim Löschen der Person sofort")
MAILING_LIST_PERIOD = N_("bis Sie sich abmelden, danach 14 Tage; nie bestätigt 7 Tage")
OPT_OUT_PERIOD = N_("dauerhaft, nur als Prüfwert, aus dem niemand zu lesen ist")
CERTIFICATE_PERIOD = N_("der Name bis zum Ende der Frist der Förderlinie, der Prüfwert dauerhaft")
SCAN_PERIOD = "bis zu dem Tag, der beim Hinzufügen genannt wird, längstens zehn Jahre"
TRACE_OF_MAIL_PERIOD = N_("wie die Anmeldung, um die es geht; sonst 1 Jahr")
AGREEMENT_PERIOD = "10 Jahre nach dem Ende der Vereinbarung"
PARTNER_PERIOD = "wie die Namen der Veranstaltung: so viele Tage nach dem letzten Termin, wie dort steht"
INSTITUTION_PERIOD = "2 Jahre, nachdem wir zuletzt zusammengearbeitet haben"
OUTCOME_PERIOD = "2 Jahre, nachdem der Schritt umgesetzt oder aufgegeben ist"
STAFF_PERIOD = "solange der Zugang besteht; gesperrt noch 3 Jahre; Leitungen 2 Jahre nach ihrer letzten Veranstaltung"
TOPIC_PERIOD = N_("bis das Thema beantwortet ist, längstens 2 Jahre; nie bestätigt 7 Tage")
FEEDBACK_PERIOD = "eigene Worte 2 Jahre nach dem Ende der Befragung, Bewertungen dauerhaft"
COUNTING_PERIOD = N_("bis die Personenzählung der Programmfamilie beendet und ihr Schlüssel vernichtet wird")
OFFER_PERIOD = "solange die Veranstaltung gezeigt wird"
THROTTLE_PERIOD = "höchstens 1 Tag"
TRACE_PERIOD = "wie der Datensatz, den es betrifft; der Verlauf 10 Jahre, solange Förderunterlagen geprüft werden"
WITHOUT_END = "dauerhaft"


@dataclass(frozen=True)
class Use:
    """What a column is for. Without a legal basis it says nothing about a person."""

    purpose: str
    basis: str | None = None
    kept: str = WITHOUT_END

    @property
    def is_personal(self) -> bool:
        return self.basis is not None


# About nobody in particular.
OFFER = Use("Angebot des Kommunalen Integrationszentrums")
WORKINGS = Use("Technischer Ablauf, ohne Bezug zu einer Person")
FIGURES = Use("Zahlen für Nachweise und Berichte; niemand ist darin zu erkennen")
PARTNERS = Use("Organisationen, mit denen wir arbeiten; keine einzelnen Menschen")

# About people who take part.
SIGN_UP = Use(N_("Anmeldung durchführen: Plätze vergeben, bestätigen, absagen"), TASK, SIGN_UP_PERIOD)
CONTACT = Use(N_("Bescheid geben: Bestätigung, Änderungen, Absagen"), TASK, SIGN_UP_PERIOD)
ORIGIN = Use(N_("Nachweisen, woher die Teilnehmenden kommen; Plätze je Organisation vergeben"), TASK, SIGN_UP_PERIOD)
PROOF = Use(N_("Belegen, dass und wann zugestimmt und die Adresse bestätigt wurde"), TASK, SIGN_UP_PERIOD)
NEEDS = Use(N_("Erbetene Unterstützung bereitstellen (Maßnahmen, keine Diagnosen)"), CONSENT, NEEDS_PERIOD)
ANSWERS = Use(N_("Beantworten, was die Veranstaltung fragt; der Zweck steht bei der Frage"), TASK, ANSWERS_PERIOD)
ATTENDANCE = Use(
    N_("Teilnahme gegenüber dem Förderprogramm nachweisen, Bescheinigungen ausstellen"), TASK, FUNDING_PERIOD
)
COUNTED = Use(N_("Verschiedene Personen zählen, ohne ihre Namen zu behalten (Pseudonym)"), TASK, COUNTING_PERIOD)
CERTIFIED = Use(
    N_("Bescheinigen, woran jemand teilgenommen hat, und die Bescheinigung prüfbar machen"), TASK, CERTIFICATE_PERIOD
)
SCANNED = Use(N_("Unterschriebene Teilnahmelisten für das Förderprogramm aufbewahren"), TASK, SCAN_PERIOD)
ANONYMOUS = Use("Rückmeldungen ohne Namen; sie führen zu niemandem zurück")
OWN_WORDS = Use("Rückmeldungen ohne Namen; wer schreibt, kann sich darin verraten", TASK, FEEDBACK_PERIOD)
MAIL = Use(N_("Mail zustellen"), TASK, MAIL_PERIOD)
MAIL_TRACE = Use(N_("Zustellung nachvollziehen, nichts doppelt senden"), TASK, TRACE_OF_MAIL_PERIOD)
MAILING_LIST = Use(N_("Über neue Angebote zu gewählten Themen informieren"), CONSENT, MAILING_LIST_PERIOD)
INVITED = Use(N_("Zu einer Veranstaltung einladen, Zusagen und Absagen festhalten"), TASK, SIGN_UP_PERIOD)
OPTED_OUT = Use(N_("Keine Einladungen und Rundmails mehr senden"), TASK, OPT_OUT_PERIOD)
THROTTLE = Use("Missbrauch abwehren (gehashte Adresse oder Netzbereich)", TASK, THROTTLE_PERIOD)

# About people who work here.
STAFF = Use("Zugang zur Anwendung", CONTRACT, STAFF_PERIOD)
SESSION = Use("Angemeldet bleiben, Anmeldungen erkennen und beenden", CONTRACT, "höchstens 7 Tage")
TRACE = Use("Nachvollziehen, wer etwas geändert hat (Kennung statt Name)", CONTRACT, TRACE_PERIOD)
REVIEW = Use("Rückmeldung der Leitung einer Veranstaltung, mit Namen unterzeichnet", CONTRACT, STAFF_PERIOD)
PARTNER_CONTACT = Use("Wer für einen Partner dessen Zahlen einträgt: Link, Erinnerungen", TASK, PARTNER_PERIOD)
INSTITUTION_CONTACT = Use("Ansprechperson einer Organisation: Link zu ihrer Seite", TASK, INSTITUTION_PERIOD)
TOPIC = Use(N_("Zählen, wie viele sich ein Thema wünschen, und ihnen antworten"), TASK, TOPIC_PERIOD)
SIGNED = Use(
    "Belegen, was mit einer Organisation vereinbart ist, und wer es unterschrieben hat", TASK, AGREEMENT_PERIOD
)
OUTCOME_CONTACT = Use("Wissen, wen das Büro zu einem Handlungsschritt fragt", TASK, OUTCOME_PERIOD)
PUBLIC_NAMES = Use("Angebot beschreiben; nennt Menschen nur, wenn sie einverstanden sind", CONSENT, OFFER_PERIOD)


def columns(use: Use, names: str) -> dict[str, Use]:
    return dict.fromkeys(names.split(), use)


INVENTORY: dict[str, dict[str, Use]] = {
    # accounts
    "staff_member": {
        **columns(STAFF, "id email name role password_hash active created_at feed_version feed_ended_at"),
        **columns(STAFF, "last_sign_in_at totp_since totp_version totp_step"),
    },
    "staff_session": columns(SESSION, "id staff token_hash created_at last_seen_at device"),
    "staff_token": columns(SESSION, "id staff kind token_hash ends_at"),
    "recovery_code": columns(STAFF, "id staff code_hash"),
    "sign_on_attempt": columns(WORKINGS, "id state_hash ends_at"),
    "throttle_bucket": columns(THROTTLE, "id bucket tries since"),
    # office
    "city": columns(OFFER, "id name position"),
    "instance_fact": columns(WORKINGS, "id name value"),
    "office": columns(OFFER, "id name county street postcode_and_town phone email accent"),
    "office_page": columns(WORKINGS, "id slug") | columns(PUBLIC_NAMES, "title body"),
    "mail_paragraph": columns(OFFER, "id kind texts"),
    # history
    "history_entry": columns(TRACE, "id at actor verb about_kind about_id context_id facts reason"),
    # mail
    "outgoing_mail": {
        **columns(MAIL_TRACE, "id kind about sequence mailing recipient message_id"),
        **columns(MAIL_TRACE, "status reason reply created_at sent_at"),
        **columns(MAIL, "content"),
        **columns(WORKINGS, "sender priority tries due_at lease_until lease_holder useful_until maybe_twice"),
    },
    "mailing": {
        **columns(WORKINGS, "id kind about sequence facts status created_at expanded_at started_at"),
        **columns(WORKINGS, "title texts audience"),
        **columns(TRACE, "staff"),
    },
    "undeliverable_address": {
        **columns(MAIL_TRACE, "id address reply mail since settled_at"),
        **columns(TRACE, "settled_by"),
    },
    "opt_out": columns(OPTED_OUT, "id address_hash created_at way"),
    "mail_pause": columns(WORKINGS, "id reason since until"),
    # programme
    "programme": columns(OFFER, "id slug name family kind funding policy position"),
    "series": columns(OFFER, "id slug programme published_at position")
    | columns(PUBLIC_NAMES, "title summary description"),
    "event": {
        **columns(OFFER, "id slug programme series format status audiences languages hints capacity policy"),
        **columns(OFFER, "starts_at ends_at created_at changed_at"),
        **columns(PUBLIC_NAMES, "title summary description called_off_reason search_text"),
        **columns(WORKINGS, "turn preview_version translated_from"),
    },
    "event_date": {
        **columns(OFFER, "id event start end break_minutes venue room is_online join_link cancelled"),
        **columns(PUBLIC_NAMES, "entries"),
        **columns(WORKINGS, "uid sequence content_changed_at fingerprint"),
    },
    "event_partner": {
        **columns(PARTNERS, "id event organisation role language link_version asked_at ended_at"),
        **columns(PARTNER_CONTACT, "contact_name contact_email"),
    },
    "event_trainer": columns(STAFF, "id staff event series until link_version invited_at substitute_for"),
    "organisation": {
        **columns(PARTNERS, "id name folded_name kind parent city link_version link_sent_at link_ended_at"),
        **columns(INSTITUTION_CONTACT, "contact_name contact_email"),
    },
    "venue": columns(OFFER, "id name street postcode city latitude longitude access"),
    "quota": columns(OFFER, "id event organisation organisation_kind places release_at"),
    "question": columns(OFFER, "id event position kind text hint required purpose keep_days only_if only_if_value"),
    "answer_option": columns(OFFER, "id question position text places"),
    "agreement": columns(PARTNERS, "id organisation programme starts_on ends_on note created_at"),
    "agreement_file": columns(SIGNED, "id agreement name content_type size stored_as added_at"),
    # contacts
    "contact": {
        **columns(MAILING_LIST, "id email address_hash name organisation_name city language"),
        **columns(MAILING_LIST, "created_at proven_at left_at link_version"),
    },
    "contact_topic": columns(MAILING_LIST, "id contact programme"),
    "contact_consent": columns(MAILING_LIST, "id contact given text_version way at"),
    # registration
    "booking": {
        **columns(SIGN_UP, "id language series wanted source created_at link_version submission fields_hash"),
        **columns(SIGN_UP, "feed_version feed_ended_at"),
        **columns(CONTACT, "contact_email"),
        **columns(PROOF, "consent_text address_proven_at"),
    },
    "participant": {
        **columns(SIGN_UP, "id booking position given_name family_name found_by code"),
        **columns(CONTACT, "email phone"),
        **columns(ORIGIN, "organisation organisation_name city role"),
        **columns(NEEDS, "needs"),
        **columns(WORKINGS, "link_version feed_version feed_ended_at"),
    },
    "registration": {
        **columns(SIGN_UP, "id booking participant event status party holds_seat hold_until queue_number"),
        **columns(SIGN_UP, "person_key registered_at changed_at status_reason erased_at"),
    },
    "answer": columns(SIGN_UP, "id registration question") | columns(ANSWERS, "option text"),
    "date_wish": columns(SIGN_UP, "id event language created_at proven_at link_version") | columns(CONTACT, "email"),
    "import_draft": columns(WORKINGS, "id event staff file_name stored_as mapping created_at"),
    "repeated_sign_up": columns(SIGN_UP, "id booking event party hold_until"),
    "sent_entry": columns(CONTACT, "id event_date recipient sequence"),
    # invitations
    "invitation": {
        **columns(INVITED, "id event email address_key given_name family_name organisation organisation_name language"),
        **columns(INVITED, "places hold_until status reason booking created_at invited_at reminded_at answered_at"),
        **columns(WORKINGS, "link_version"),
    },
    "mail_rule": columns(WORKINGS, "id programme event kind days_before hours_after statuses texts created_at"),
    "call": columns(CONTACT, "id mailing registration created_at reached_at reached_by"),
    # attendance
    "attendance_mark": {
        **columns(ATTENDANCE, "id event_date subject registration mark party name organisation_name city source"),
        **columns(PROOF, "consented"),
        **columns(TRACE, "device counter noted_at received_at actor"),
        **columns(WORKINGS, "counted_in"),
    },
    "headcount": {
        **columns(FIGURES, "id event_date station scope dimension value heads"),
        **columns(TRACE, "device counter noted_at received_at actor"),
        **columns(WORKINGS, "counted_in"),
    },
    "date_note": {
        **columns(ATTENDANCE, "id event_date text"),
        **columns(TRACE, "device counter noted_at received_at actor"),
    },
    "sheet_scan": columns(SCANNED, "id event_date name content_type size stored_as keep_until")
    | columns(TRACE, "added_at actor"),
    # groups
    "parent_group": columns(PARTNERS, "id programme institution name started_on ended_on agreement"),
    "group_report": columns(FIGURES, "id group reported_on parents children languages unchanged received_at"),
    # certificates
    "certificate": {
        **columns(CERTIFIED, "id number programme event registration given_name family_name name_check language facts"),
        **columns(CERTIFIED, "issued_at mailed_at replaces ended_at ending reason organisation"),
        **columns(TRACE, "actor"),
    },
    # feedback
    "feedback_form": columns(OFFER, "id programme version questions active created_at"),
    "feedback_round": columns(WORKINGS, "id event form opened_at closes_at link_version"),
    "feedback_code": columns(ANONYMOUS, "id round code_hash used"),
    "feedback": columns(ANONYMOUS, "id round received_on") | columns(OWN_WORDS, "answers"),
    "lecturer_review": columns(REVIEW, "id event staff name answers changed_at signed_at"),
    # outcomes
    "outcome": {
        **columns(FIGURES, "id event position field step responsible responsible_name recommendation"),
        **columns(FIGURES, "adopted_by adopted_on due_on status measure followed_by"),
        **columns(OUTCOME_CONTACT, "contact"),
        **columns(WORKINGS, "released_at created_at changed_at reminded_at"),
    },
    # topics
    "topic_proposal": columns(OFFER, "id title details status answer event created_at changed_at answered_at"),
    "topic_voice": columns(TOPIC, "id topic address_hash email language link_version created_at proven_at"),
    # evidence
    "evidence": {
        **columns(FIGURES, "id event_date event programme kind family funding held_on city minutes countable_minutes"),
        **columns(FIGURES, "registered participations heads no_shows origin note"),
        **columns(TRACE, "closed_at actor"),
    },
    "evidence_count": columns(FIGURES, "id evidence dimension value heads"),
    "person_counted": columns(COUNTED, "id evidence person_hash change"),
    "family_key": columns(COUNTED, "id family key"),
    "funded_unit": columns(
        FIGURES, "id funding year unit recipient city applied approved carried_out programme measure own"
    ),
    "funded_sign_off": {**columns(FIGURES, "id funding year hash"), **columns(TRACE, "signed_at actor")},
    "funded_correction": {
        **columns(FIGURES, "id funded_unit number change reason"),
        **columns(TRACE, "corrected_at actor"),
    },
    "comparison_note": columns(FIGURES, "id programme place text source"),
}
