"""Indexes Piccolo cannot declare: partial and over several columns. They work alike on SQLite and PostgreSQL.

A migration of its own, because raw statements of a migration run before its tables are made.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-22T19:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes and what must be unique"

ACTIVE = "status NOT IN ('cancelled', 'lapsed', 'declined')"

STATEMENTS = (
    "CREATE UNIQUE INDEX booking_once ON booking (submission, fields_hash) WHERE submission <> ''",
    f"CREATE UNIQUE INDEX registration_once ON registration (event, person_key) WHERE {ACTIVE} AND person_key <> ''",
    f"CREATE UNIQUE INDEX registration_per_person ON registration (event, participant) WHERE {ACTIVE}",
    "CREATE INDEX registration_of_event ON registration (event, status)",
    "CREATE INDEX registration_of_booking ON registration (booking)",
    "CREATE INDEX registration_of_participant ON registration (participant)",
    "CREATE INDEX participant_of_booking ON participant (booking)",
    "CREATE INDEX booking_of_contact ON booking (contact_email)",
    "CREATE UNIQUE INDEX sent_entry_once ON sent_entry (event_date, recipient)",
    "CREATE INDEX event_date_of_event ON event_date (event)",
    "CREATE INDEX event_of_series ON event (series)",
    "CREATE INDEX event_of_programme ON event (programme)",
    "CREATE INDEX quota_of_event ON quota (event)",
    "CREATE INDEX partner_of_event ON event_partner (event)",
    "CREATE UNIQUE INDEX mail_once ON outgoing_mail (kind, about, sequence, recipient)",
    "CREATE INDEX mail_due ON outgoing_mail (priority, due_at) WHERE status = 'queued'",
    "CREATE INDEX mail_sent ON outgoing_mail (sent_at) WHERE status = 'sent'",
    "CREATE INDEX mail_of_mailing ON outgoing_mail (mailing) WHERE mailing IS NOT NULL",
    "CREATE UNIQUE INDEX mailing_once ON mailing (kind, about, sequence)",
    "CREATE INDEX mark_of_date ON attendance_mark (event_date)",
    "CREATE INDEX headcount_of_date ON headcount (event_date)",
    "CREATE INDEX mark_not_counted ON attendance_mark (event_date) WHERE counted_in IS NULL",
    "CREATE INDEX headcount_not_counted ON headcount (event_date) WHERE counted_in IS NULL",
    "CREATE UNIQUE INDEX evidence_closing_once ON evidence (event_date) WHERE kind = 'closing'",
    "CREATE INDEX evidence_of_date ON evidence (event_date)",
    "CREATE INDEX evidence_of_event ON evidence (event)",
    "CREATE UNIQUE INDEX funded_unit_once ON funded_unit (funding, year, unit, recipient, city)",
    "CREATE UNIQUE INDEX comparison_once ON comparison_note (programme, place)",
    "CREATE UNIQUE INDEX group_report_once ON group_report (\"group\", reported_on)",
    "CREATE INDEX count_of_evidence ON evidence_count (evidence)",
    "CREATE INDEX person_of_evidence ON person_counted (evidence)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def create_indexes() -> None:
        for statement in STATEMENTS:
            await DB.run_ddl(statement)

    async def drop_indexes() -> None:
        for statement in STATEMENTS:
            name = statement.partition(" INDEX ")[2].partition(" ")[0]
            await DB.run_ddl(f"DROP INDEX {name}")

    manager.add_raw(create_indexes)
    manager.add_raw_backwards(drop_indexes)
    return manager
