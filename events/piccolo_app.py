"""Lists all tables for Piccolo: one app, one line of migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

DOMAINS = (
    "accounts", "office", "history", "mail", "programme",
    "contacts", "registration", "invitations", "attendance", "groups",
    "certificates", "feedback", "outcomes", "topics", "evidence",
)  # fmt: skip

APP_CONFIG = AppConfig(
    app_name="events",
    migrations_folder_path=str(Path(__file__).resolve().parent.parent / "migrations"),
    table_classes=table_finder([f"events.{domain}.tables" for domain in DOMAINS], exclude_imported=True),
    migration_dependencies=[],
    commands=[],
)
