"""Indexes: which sign-ups and wishes for support are due for erasure is read without reading what stays."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T13:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What is due for erasure is read from indexes alone"

ENDED = "WHERE status IN ('cancelled', 'declined', 'lapsed', 'unconfirmed')"
NEEDS = "CREATE INDEX participant_with_needs ON participant (id) WHERE CAST(needs AS VARCHAR(500)) <> '[]'"
COVERING = f"(changed_at, status, registered_at, participant, booking) {ENDED}"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def widen() -> None:
        await DB.run_ddl("DROP INDEX registration_ended")
        await DB.run_ddl(f"CREATE INDEX registration_ended ON registration {COVERING}")
        await DB.run_ddl(NEEDS)

    async def narrow() -> None:
        await DB.run_ddl("DROP INDEX participant_with_needs")
        await DB.run_ddl("DROP INDEX registration_ended")
        await DB.run_ddl(f"CREATE INDEX registration_ended ON registration (changed_at) {ENDED}")

    manager.add_raw(widen)
    manager.add_raw_backwards(narrow)
    return manager
