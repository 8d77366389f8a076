"""What moves between databases is told where both kinds are at hand: in the run on PostgreSQL."""

from events.kit.database import on_sqlite

collect_ignore = ["test_move.py"] if on_sqlite() else []
