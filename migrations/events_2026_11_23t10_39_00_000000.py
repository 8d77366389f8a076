"""Indexes: a year of a funding programme is signed off once; the corrections of a unit."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T10:39:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "One sign-off for each year of a funding programme"

INDEXES = (
    "CREATE UNIQUE INDEX funded_sign_off_once ON funded_sign_off (funding, year)",
    "CREATE INDEX funded_correction_of_unit ON funded_correction (funded_unit)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def create_indexes() -> None:
        for statement in INDEXES:
            await DB.run_ddl(statement)

    async def drop_indexes() -> None:
        for statement in INDEXES:
            await DB.run_ddl(f"DROP INDEX {statement.replace('UNIQUE ', '').split()[2]}")

    manager.add_raw(create_indexes)
    manager.add_raw_backwards(drop_indexes)
    return manager
