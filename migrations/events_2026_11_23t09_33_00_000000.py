"""One voice for each address and topic.

A migration of its own, because raw statements of a migration run before its tables are made.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T09:33:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "One voice for each address and topic"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def create_index() -> None:
        await DB.run_ddl("CREATE UNIQUE INDEX topic_voice_once ON topic_voice (topic, address_hash)")

    async def drop_index() -> None:
        await DB.run_ddl("DROP INDEX topic_voice_once")

    manager.add_raw(create_index)
    manager.add_raw_backwards(drop_index)
    return manager
