"""Indexes Piccolo cannot declare, of the tables of the migration before.

A migration of its own, because raw statements of a migration run before its tables are made.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-22T22:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of questions, agreements, date wishes, call lists"

STATEMENTS = (
    "CREATE INDEX question_of_event ON question (event)",
    "CREATE INDEX option_of_question ON answer_option (question)",
    "CREATE INDEX agreement_of_programme ON agreement (programme)",
    "CREATE INDEX file_of_agreement ON agreement_file (agreement)",
    "CREATE UNIQUE INDEX answer_once ON answer (registration, question) WHERE option IS NULL",
    "CREATE UNIQUE INDEX answer_option_once ON answer (registration, option) WHERE option IS NOT NULL",
    "CREATE INDEX answer_of_option ON answer (option) WHERE option IS NOT NULL",
    "CREATE UNIQUE INDEX date_wish_once ON date_wish (event, email)",
    "CREATE INDEX repeated_of_event ON repeated_sign_up (event)",
    "CREATE UNIQUE INDEX call_once ON call (mailing, registration)",
    "CREATE INDEX call_open ON call (created_at) WHERE reached_at IS NULL",
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
