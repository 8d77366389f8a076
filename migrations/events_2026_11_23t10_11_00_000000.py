"""The log of all changes is read from its end, whatever they are about.

A migration of its own, because raw statements of a migration run before its tables are made.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T10:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The log of all changes is read from its end"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def create_index() -> None:
        await DB.run_ddl("CREATE INDEX history_entry_at ON history_entry (at)")

    async def drop_index() -> None:
        await DB.run_ddl("DROP INDEX history_entry_at")

    manager.add_raw(create_index)
    manager.add_raw_backwards(drop_index)
    return manager
