"""Indexes: dates that wait to be closed, dates of a venue, and registrations that wait for somebody."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T12:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What waits is found without reading what is done"

INDEXES = (
    "CREATE INDEX event_date_of_venue ON event_date (venue)",
    'CREATE INDEX event_date_past ON event_date ("end", cancelled, event, id, start)',
    "CREATE INDEX registration_pending ON registration (event, status, registered_at) "
    "WHERE status IN ('requested', 'unconfirmed', 'waiting')",
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
