"""People who were there before are found too. In Python, because no database folds names as we do."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from events.kit.text import fold
from events.registration.tables import Participant

ID = "2026-11-23T09:53:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "People who were there before are found too"

NEXT = (
    "SELECT id, given_name, family_name, email, organisation_name, city FROM participant "
    "WHERE CAST(id AS TEXT) > {} ORDER BY CAST(id AS TEXT) LIMIT 500"
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def fill_in() -> None:
        last = ""
        while rows := await Participant.raw(NEXT, last):
            for row in rows:
                said = (row["given_name"], row["family_name"], row["email"], row["organisation_name"], row["city"])
                words = fold(" ".join(part for part in said if part))[:600]
                await Participant.raw("UPDATE participant SET found_by = {} WHERE id = {}", words, row["id"])
            last = str(rows[-1]["id"])

    async def nothing() -> None:
        """The column goes with the migration before."""

    manager.add_raw(fill_in)
    manager.add_raw_backwards(nothing)
    return manager

