"""Certificates issued before learn whose people they are of, as far as the sign-up is still there; and their index.

A migration of its own, because raw statements of a migration run before its columns are made.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T09:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Whose people hold which certificate"

STATEMENTS = (
    "UPDATE certificate SET organisation = (SELECT p.organisation FROM registration r JOIN participant p "
    "ON p.id = r.participant WHERE r.id = certificate.registration)",
    "CREATE INDEX certificate_of_organisation ON certificate (organisation)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def fill_in() -> None:
        for statement in STATEMENTS:
            await DB.run_ddl(statement)

    async def drop_index() -> None:
        await DB.run_ddl("DROP INDEX certificate_of_organisation")

    manager.add_raw(fill_in)
    manager.add_raw_backwards(drop_index)
    return manager
