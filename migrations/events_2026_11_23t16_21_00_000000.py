"""Index: the clock reads only what is still to be erased, however much was erased before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T16:21:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What is erased is not read again"

ENDED = "status IN ('cancelled', 'declined', 'lapsed', 'unconfirmed')"
ON = "ON registration (changed_at, status, registered_at, participant, booking) WHERE"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def narrow() -> None:
        await DB.run_ddl("DROP INDEX registration_ended")
        await DB.run_ddl(f"CREATE INDEX registration_ended {ON} {ENDED} AND erased_at IS NULL")

    async def widen() -> None:
        await DB.run_ddl("DROP INDEX registration_ended")
        await DB.run_ddl(f"CREATE INDEX registration_ended {ON} {ENDED}")

    manager.add_raw(narrow)
    manager.add_raw_backwards(widen)
    return manager
