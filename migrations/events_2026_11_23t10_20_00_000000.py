"""Indexes: the beginning of what people are found by, who is recognised again, where people come from."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T10:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes for finding people and where they come from"

ON_SQLITE = "CREATE INDEX participant_found_by ON participant (found_by COLLATE NOCASE)"
ON_POSTGRES = "CREATE INDEX participant_found_by ON participant (found_by text_pattern_ops)"
OTHERS = (
    "CREATE INDEX registration_of_person ON registration (person_key)",
    "CREATE INDEX participant_of_organisation ON participant (organisation)",
    "CREATE INDEX evidence_count_of_value ON evidence_count (dimension, value)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def create_indexes() -> None:
        await DB.run_ddl(ON_SQLITE if DB.engine_type == "sqlite" else ON_POSTGRES)
        for statement in OTHERS:
            await DB.run_ddl(statement)

    async def drop_indexes() -> None:
        for statement in (ON_SQLITE, *OTHERS):
            await DB.run_ddl(f"DROP INDEX {statement.split()[2]}")

    manager.add_raw(create_indexes)
    manager.add_raw_backwards(drop_indexes)
    return manager
