"""Indexes Piccolo cannot declare, of the tables of the migration before.

A migration of its own, because raw statements of a migration run before its tables are made.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T04:59:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of notes, scans, certificates, feedback, outcomes"

STATEMENTS = (
    "CREATE INDEX date_note_of_date ON date_note (event_date)",
    "CREATE INDEX sheet_scan_of_date ON sheet_scan (event_date)",
    "CREATE UNIQUE INDEX certificate_once ON certificate (registration) "
    "WHERE ended_at IS NULL AND registration IS NOT NULL",
    "CREATE INDEX certificate_of_event ON certificate (event)",
    "CREATE UNIQUE INDEX feedback_form_version ON feedback_form (programme, version)",
    "CREATE UNIQUE INDEX feedback_form_active ON feedback_form (programme) WHERE active",
    "CREATE INDEX feedback_of_round ON feedback (round)",
    "CREATE INDEX feedback_code_of_round ON feedback_code (round)",
    "CREATE UNIQUE INDEX lecturer_review_once ON lecturer_review (event, staff)",
    "CREATE INDEX outcome_of_event ON outcome (event)",
    "CREATE INDEX event_trainer_of_event ON event_trainer (event) WHERE event IS NOT NULL",
    "CREATE INDEX event_trainer_of_series ON event_trainer (series) WHERE series IS NOT NULL",
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
