"""Indexes Piccolo cannot declare, of the tables of the migration before.

A migration of its own, because raw statements of a migration run before its tables are made.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from piccolo_conf import DB

ID = "2026-11-23T01:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of invitations, contacts, reminder rules, mailings"

STATEMENTS = (
    "CREATE UNIQUE INDEX invitation_once ON invitation (event, address_key)",
    "CREATE INDEX invitation_of_booking ON invitation (booking) WHERE booking IS NOT NULL",
    "CREATE UNIQUE INDEX contact_topic_once ON contact_topic (contact, programme)",
    "CREATE INDEX contact_of_topic ON contact_topic (programme)",
    "CREATE INDEX consent_of_contact ON contact_consent (contact)",
    "CREATE INDEX mail_rule_of_event ON mail_rule (event) WHERE event IS NOT NULL",
    "CREATE INDEX mail_rule_of_programme ON mail_rule (programme) WHERE programme IS NOT NULL",
    "CREATE INDEX outgoing_mail_trouble ON outgoing_mail (due_at) WHERE status IN ('failed', 'held', 'paused')",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)

    async def create_indexes() -> None:
        for statement in STATEMENTS:
            await DB.run_ddl(statement)

    async def drop_indexes() -> None:
        for statement in STATEMENTS:
            name = statement.partition(" INDEX ")[2].partition(" ")[0]
            await DB.run_ddl(f"DROP INDEX {name}")

    manager.add_raw(create_indexes)
    manager.add_raw_backwards(drop_indexes)
    return manager
