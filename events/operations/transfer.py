"""All rows of a source into an empty database of either kind, and the proof that they arrived as they were."""

from piccolo.apps.migrations.commands.base import BaseMigrationManager

from events.kit.database import database, on_sqlite
from events.kit.refusals import Refusal, Refused, refuse_if
from events.operations.archive import content_of
from events.operations.databases import filling
from events.operations.layout import Layout, Source
from events.piccolo_app import APP_CONFIG
from events.schema import migrate


def refuse_unknown(layout: Layout) -> None:
    """Raises Refused for data of a later program: nobody here knows what its columns mean."""
    manager = BaseMigrationManager()
    modules = manager.get_migration_modules(APP_CONFIG.resolved_migrations_folder_path)
    known = set(manager.get_migration_ids(modules))
    refuse_if(
        None if layout.migrations else Refusal("never_migrated"),
        Refusal("from_newer_program") if set(layout.migrations) - known else None,
    )


async def transfer(source: Source, address: str) -> int:
    """How many rows were taken over; the tables are then those of the source, not yet the newest.

    `address` is that of this process's database, which has no tables. Raises Refused when the rows do not fit or came
    out differently; then none are there.
    """
    layout = await source.layout()
    await migrate(until=layout.migrations[-1])
    number = 0
    async with filling(address) as target:
        theirs = await target.layout()
        if not layout.is_like(theirs) or layout.migrations != theirs.migrations:
            raise Refused(Refusal("other_layout"))
        for table in layout.tables:
            await target.take(table, source.rows(table))
            taken = await content_of(table, target)
            if taken != await content_of(table, source):
                raise Refused(Refusal("came_out_different", {"table": table.name}))
            number += taken.size
    if not on_sqlite():
        # Right after, somebody asks for the report: without statistics it takes five times as long.
        await database().run_ddl("ANALYZE")
    return number
