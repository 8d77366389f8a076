"""Indexes: sign-ups that never became one or were given up are erased soon; the mails about whoever is erased."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T12:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What is erased soon is found without reading what stays"

INDEXES = (
    "CREATE INDEX registration_ended ON registration (changed_at) "
    "WHERE status IN ('cancelled', 'declined', 'lapsed', 'unconfirmed')",
    "CREATE INDEX mail_about ON outgoing_mail (about)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def create_indexes() -> None:
        for statement in INDEXES:
            await DB.run_ddl(statement)

    async def drop_indexes() -> None:
        for statement in INDEXES:
            await DB.run_ddl(f"DROP INDEX {statement.split()[2]}")

    manager.add_raw(create_indexes)
    manager.add_raw_backwards(drop_indexes)
    return manager
