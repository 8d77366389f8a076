"""Who changed what and when. Append-only; names of changed personal columns, never their values."""

from piccolo.columns import JSON, UUID, Text, Timestamptz, Varchar
from piccolo.table import Table


class HistoryEntry(Table):
    """One change. `verb` is in the past tense (`registered`, `cancelled`, `moved`)."""

    id = UUID(primary_key=True)
    at = Timestamptz()
    actor = Varchar(length=60, help_text="staff:<id>, person:<booking id>, organisation:<id> or system")
    verb = Varchar(length=60)
    about_kind = Varchar(length=40, help_text="table name of what was changed")
    about_id = UUID(index=True)
    context_id = UUID(null=True, default=None, index=True, help_text="the event it belongs to, if any")
    facts = JSON(default="{}", help_text="non-personal details: status before and after, changed columns")
    reason = Text()
