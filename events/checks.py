"""What `events check` proves, in SQL of its own that shares nothing with the code it checks. Each fault names a row."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.evidence.funding_queries import untrue_sign_offs
from events.kit.translation import N_, gettext
from events.registration.tables import Registration


@dataclass(frozen=True)
class Invariant:
    """`sql` finds the ids of rows that are wrong; `{}` in it is the present moment."""

    code: str
    sentence: str
    sql: str


@dataclass(frozen=True)
class Fault:
    code: str
    sentence: str
    id: UUID

    def __str__(self) -> str:
        return f"{self.code}: {gettext(self.sentence)} [{self.id}]"


TAKING = (
    "(r.status = 'confirmed' OR (r.holds_seat AND r.hold_until > {} "
    "AND r.status IN ('unconfirmed', 'requested', 'offered')))"
)
CHANGED_AFTERWARDS = N_("Ein abgeschlossenes Förderjahr hat andere Zahlen als beim Abschluss.")
GONE = "('cancelled', 'lapsed', 'declined')"

INVARIANTS = (
    Invariant(
        "seats", N_("Es sind mehr Plätze vergeben, als die Veranstaltung hat."),
        "SELECT e.id AS id FROM event e JOIN registration r ON r.event = e.id "
        f"WHERE e.capacity IS NOT NULL AND {TAKING} GROUP BY e.id, e.capacity HAVING SUM(r.party) > e.capacity",
    ),
    Invariant(
        "quota", N_("Ein Kontingent ist überschritten."),
        "SELECT q.id AS id FROM quota q JOIN registration r ON r.event = q.event "
        "JOIN participant p ON p.id = r.participant JOIN organisation o ON o.id = p.organisation "
        f"WHERE {TAKING} AND (q.release_at IS NULL OR q.release_at > {{}}) "
        "AND (o.id = q.organisation OR o.parent = q.organisation "
        "OR (q.organisation_kind <> '' AND o.kind = q.organisation_kind)) "
        "GROUP BY q.id, q.places HAVING SUM(r.party) > q.places",
    ),
    Invariant(
        "status", N_("Eine Anmeldung hat einen Stand, den es nicht gibt."),
        "SELECT id FROM registration WHERE status NOT IN ('unconfirmed', 'requested', 'waiting', 'offered', "
        "'confirmed', 'declined', 'cancelled', 'lapsed')",
    ),
    Invariant(
        "erased", N_("Eine gelöschte Anmeldung nennt noch jemanden."),
        "SELECT r.id AS id FROM registration r JOIN participant p ON p.id = r.participant "
        "JOIN booking b ON b.id = r.booking WHERE r.erased_at IS NOT NULL "
        "AND (p.found_by <> '' OR p.phone <> '' OR b.contact_email <> '')",
    ),
    Invariant("party", N_("Eine Anmeldung ist für keine Person."), "SELECT id FROM registration WHERE party < 1"),
    Invariant(
        "hold", N_("Ein Platz wird gehalten, ohne dass feststeht, bis wann."),
        "SELECT id FROM registration WHERE holds_seat AND hold_until IS NULL",
    ),
    Invariant(
        "held_by_nobody", N_("Ein Platz wird für eine Anmeldung gehalten, die keinen mehr braucht."),
        "SELECT id FROM registration WHERE holds_seat AND status NOT IN ('unconfirmed', 'requested', 'offered')",
    ),
    Invariant(
        "unproven", N_("Eine Anmeldung gilt, obwohl ihre Adresse nicht bestätigt ist."),
        "SELECT r.id AS id FROM registration r JOIN booking b ON b.id = r.booking "
        "WHERE b.source IN ('web', 'invitation') AND b.contact_email <> '' AND b.address_proven_at IS NULL "
        "AND r.status IN ('requested', 'waiting', 'offered', 'confirmed')",
    ),
    Invariant(
        "twice", N_("Dieselbe Person ist für dieselbe Veranstaltung zweimal angemeldet."),
        "SELECT r.id AS id FROM registration r "
        "JOIN registration s ON s.event = r.event AND s.person_key = r.person_key "
        f"WHERE r.person_key <> '' AND r.id > s.id AND r.status NOT IN {GONE} AND s.status NOT IN {GONE}",
    ),
    Invariant(
        "booking", N_("Eine Anmeldung gehört zu einem anderen Vorgang als ihre Person."),
        "SELECT r.id AS id FROM registration r JOIN participant p ON p.id = r.participant WHERE p.booking <> r.booking",
    ),
    Invariant(
        "queue", N_("Eine Anmeldung hat eine Nummer, die noch nicht vergeben wurde."),
        "SELECT r.id AS id FROM registration r JOIN event e ON e.id = r.event WHERE r.queue_number > e.turn",
    ),
    Invariant(
        "option_places", N_("Für eine Antwort sind mehr Plätze vergeben, als sie hat."),
        "SELECT o.id AS id FROM answer_option o JOIN answer a ON a.option = o.id "
        f"JOIN registration r ON r.id = a.registration WHERE o.places IS NOT NULL AND {TAKING} "
        "GROUP BY o.id, o.places HAVING SUM(r.party) > o.places",
    ),
    Invariant(
        "answer_event", N_("Eine Antwort gehört zu einer Frage einer anderen Veranstaltung."),
        "SELECT a.id AS id FROM answer a JOIN registration r ON r.id = a.registration "
        "JOIN question q ON q.id = a.question WHERE q.event <> r.event",
    ),
    Invariant(
        "answer_option", N_("Eine Antwort nennt eine Möglichkeit einer anderen Frage."),
        "SELECT a.id AS id FROM answer a JOIN answer_option o ON o.id = a.option WHERE o.question <> a.question",
    ),
    Invariant(
        "offer", N_("Ein Platz ist angeboten, wird aber nicht gehalten."),
        "SELECT id FROM registration WHERE status = 'offered' AND NOT holds_seat",
    ),
    Invariant(
        "agreement_span", N_("Eine Kooperationsvereinbarung endet, bevor sie beginnt."),
        "SELECT id FROM agreement WHERE ends_on < starts_on",
    ),
    Invariant(
        "date_order", N_("Ein Termin endet, bevor er beginnt."),
        'SELECT id FROM event_date WHERE "end" <= start',
    ),
    Invariant(
        "event_span", N_("Beginn oder Ende einer Veranstaltung passen nicht zu ihren Terminen."),
        "SELECT e.id AS id FROM event e LEFT JOIN "
        '(SELECT event, MIN(start) AS first, MAX("end") AS last FROM event_date '
        "WHERE NOT cancelled GROUP BY event) d ON d.event = e.id WHERE (e.starts_at IS NULL) <> (d.first IS NULL) "
        "OR e.starts_at <> d.first OR e.ends_at <> d.last",
    ),
    Invariant(
        "event_status", N_("Eine Veranstaltung hat einen Stand, den es nicht gibt."),
        "SELECT id FROM event WHERE status NOT IN ('draft', 'published', 'called_off')",
    ),
    Invariant(
        "mark", N_("Eine Anwesenheit gehört zu einer Anmeldung einer anderen Veranstaltung."),
        "SELECT m.id AS id FROM attendance_mark m JOIN registration r ON r.id = m.registration "
        "JOIN event_date d ON d.id = m.event_date WHERE d.event <> r.event",
    ),
    Invariant("headcount", N_("Eine Zählung ist kleiner als null."), "SELECT id FROM headcount WHERE heads < 0"),
    Invariant(
        "evidence_event", N_("Ein Leistungsnachweis nennt eine andere Veranstaltung als sein Termin."),
        "SELECT v.id AS id FROM evidence v JOIN event_date d ON d.id = v.event_date WHERE v.event <> d.event",
    ),
    Invariant(
        "evidence_opened", N_("Eine Berichtigung hat keinen Abschluss, den sie berichtigt."),
        "SELECT v.id AS id FROM evidence v WHERE v.kind = 'correction' AND NOT EXISTS "
        "(SELECT 1 FROM evidence c WHERE c.event_date = v.event_date AND c.kind = 'closing')",
    ),
    Invariant(
        "evidence_heads", N_("Ein Leistungsnachweis zählt weniger Menschen als namentlich Anwesende."),
        "SELECT d.id AS id FROM event_date d JOIN evidence v ON v.event_date = d.id GROUP BY d.id "
        "HAVING SUM(v.heads) < SUM(v.participations) OR SUM(v.heads) < 0",
    ),
    Invariant(
        "person_counted", N_("Eine Person ist an einem Termin öfter als einmal oder weniger als keinmal gezählt."),
        "SELECT d.id AS id FROM event_date d JOIN evidence v ON v.event_date = d.id "
        "JOIN person_counted c ON c.evidence = v.id "
        "GROUP BY d.id, c.person_hash HAVING SUM(c.change) NOT IN (0, 1)",
    ),
    Invariant(
        "mail_content", N_("Eine Mail soll verschickt werden, hat aber keinen Inhalt."),
        "SELECT id FROM outgoing_mail WHERE status IN ('queued', 'paused') AND content IS NULL",
    ),
    Invariant(
        "mail_sent", N_("Eine Mail gilt als verschickt, aber nicht seit wann."),
        "SELECT id FROM outgoing_mail WHERE status = 'sent' AND sent_at IS NULL",
    ),
    Invariant(
        "mail_status", N_("Eine Mail hat einen Stand, den es nicht gibt."),
        "SELECT id FROM outgoing_mail WHERE status NOT IN ('queued', 'paused', 'sent', 'failed', 'held')",
    ),
    Invariant(
        "mail_reason", N_("Bei einer Mail passt der Grund nicht zum Stand."),
        "SELECT id FROM outgoing_mail WHERE (status IN ('failed', 'held')) <> (reason <> '')",
    ),
    Invariant(
        "mail_bounced", N_("Eine Mail kam zurück, wurde aber nie gesendet."),
        "SELECT id FROM outgoing_mail WHERE reason = 'bounced' AND tries = 0",
    ),
    Invariant(
        "undeliverable_settled", N_("Eine Adresse hat jemand als erledigt vermerkt, aber nicht wann."),
        "SELECT id FROM undeliverable_address WHERE settled_by IS NOT NULL AND settled_at IS NULL",
    ),
    Invariant(
        "mailing_status", N_("Eine Rundmail hat einen Stand, den es nicht gibt."),
        "SELECT id FROM mailing WHERE status NOT IN ('draft', 'queued', 'paused', 'stopped', 'expanded')",
    ),
    Invariant(
        "invitation_status", N_("Eine Einladung hat einen Stand, den es nicht gibt."),
        "SELECT id FROM invitation WHERE status NOT IN "
        "('prepared', 'invited', 'accepted', 'declined', 'delegated', 'withdrawn')",
    ),
    Invariant(
        "invitation_event", N_("Zu einer Einladung gehört eine Anmeldung für eine andere Veranstaltung."),
        "SELECT DISTINCT i.id AS id FROM invitation i JOIN registration r ON r.booking = i.booking "
        "WHERE r.event <> i.event",
    ),
    Invariant(
        "invitation_places", N_("Mit einer Einladung sind mehr Personen angemeldet, als sie Plätze hat."),
        "SELECT i.id AS id FROM invitation i JOIN registration r ON r.booking = i.booking "
        f"WHERE r.status NOT IN {GONE} GROUP BY i.id, i.places HAVING SUM(r.party) > i.places",
    ),
    Invariant(
        "contact_consent", N_("Jemand steht im Verteiler, ohne dass eine Einwilligung vermerkt ist."),
        "SELECT c.id AS id FROM contact c WHERE c.proven_at IS NOT NULL AND c.left_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM contact_consent s WHERE s.contact = c.id AND s.given)",
    ),
    Invariant(
        "message_id", N_("Zwei Mails tragen dieselbe Message-ID."),
        "SELECT a.id AS id FROM outgoing_mail a JOIN outgoing_mail b ON b.message_id = a.message_id WHERE a.id > b.id",
    ),
    Invariant(
        "recovery_code", N_("Ein Zugang hat Ersatzcodes, aber keinen zweiten Faktor."),
        "SELECT DISTINCT s.id AS id FROM staff_member s JOIN recovery_code c ON c.staff = s.id "
        "WHERE s.totp_since IS NULL",
    ),
    Invariant(
        "staff_role", N_("Ein Zugang hat eine Rolle, die es nicht gibt."),
        "SELECT id FROM staff_member WHERE role NOT IN ('admin', 'organiser', 'trainer', 'reader')",
    ),
    Invariant(
        "trainer_scope", N_("Eine Leitung ist nicht für genau eine Veranstaltung oder eine Reihe eingetragen."),
        "SELECT id FROM event_trainer WHERE (event IS NULL) = (series IS NULL)",
    ),
    Invariant(
        "trainer_account", N_("Eine Leitung hat keinen Zugang."),
        "SELECT t.id AS id FROM event_trainer t WHERE NOT EXISTS (SELECT 1 FROM staff_member s WHERE s.id = t.staff)",
    ),
    Invariant(
        "group_agreement", N_("Eine Gruppe beruft sich auf eine Vereinbarung für ein anderes Programm."),
        "SELECT g.id AS id FROM parent_group g JOIN agreement a ON a.id = g.agreement WHERE a.programme <> g.programme",
    ),
    Invariant(
        "group_report_day", N_("Eine Gruppe hat etwas für einen Tag gemeldet, an dem sie nicht lief."),
        "SELECT r.id AS id FROM group_report r JOIN parent_group g ON g.id = r.\"group\" "
        "WHERE r.reported_on < g.started_on OR r.reported_on > g.ended_on",
    ),
    Invariant(
        "certificate_ending", N_("Bei einer Bescheinigung passt das Ende nicht zum Stand."),
        "SELECT id FROM certificate WHERE (ended_at IS NULL) <> (ending = '')",
    ),
    Invariant(
        "certificate_replaced", N_("Eine Bescheinigung gilt als ersetzt, aber die neue fehlt."),
        "SELECT c.id AS id FROM certificate c WHERE c.ending = 'replaced' "
        "AND NOT EXISTS (SELECT 1 FROM certificate n WHERE n.replaces = c.id)",
    ),
    Invariant(
        "feedback_code", N_("Zu einer Runde gibt es mehr verbrauchte Links als Antworten."),
        "SELECT o.id AS id FROM feedback_round o WHERE "
        "(SELECT COUNT(*) FROM feedback_code c WHERE c.round = o.id AND c.used) "
        "> (SELECT COUNT(*) FROM feedback f WHERE f.round = o.id)",
    ),
    Invariant(
        "review_signed", N_("Ein Rückblick ist unterzeichnet, aber ohne Namen."),
        "SELECT id FROM lecturer_review WHERE signed_at IS NOT NULL AND name = ''",
    ),
    Invariant(
        "outcome_released", N_("Ein Ergebnis ist veröffentlicht, aber keine Institution ist zuständig."),
        "SELECT id FROM outcome WHERE released_at IS NOT NULL AND responsible IS NULL AND responsible_name = ''",
    ),
    Invariant(
        "funded_own", N_("Ein Förderjahr ist abgeschlossen, aber bei einem Baustein fehlt, was Termine beitrugen."),
        "SELECT u.id AS id FROM funded_unit u JOIN funded_sign_off s ON s.funding = u.funding AND s.year = u.year "
        "WHERE u.measure <> '' AND u.own IS NULL",
    ),
)  # fmt: skip


async def find_faults(now: datetime) -> list[Fault]:
    """Every row that breaks an invariant, in the order of the list above. Reads only."""
    faults = []
    for invariant in INVARIANTS:
        moments = [now] * invariant.sql.count("{}")
        ids = {UUID(str(row["id"])) for row in await Registration.raw(invariant.sql, *moments)}
        faults += [Fault(invariant.code, invariant.sentence, id) for id in sorted(ids)]
    return faults + [Fault("funded_hash", CHANGED_AFTERWARDS, one.id) for one in await untrue_sign_offs()]
