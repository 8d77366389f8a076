"""What came of a workshop: steps for action, who carries them, how far they are."""

from piccolo.columns import UUID, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from events.programme.tables import Event, Organisation


class Outcome(Table):
    """One step for action. Nothing is public before it is released, and never a person."""

    id = UUID(primary_key=True)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.restrict)
    position = Integer(default=0)
    field = Varchar(length=160, help_text="field of action")
    step = Text()
    responsible = ForeignKey(references=Organisation, on_delete=OnDelete.restrict)
    responsible_name = Varchar(length=160, help_text="the institution, as it was called then")
    contact = Varchar(length=160, help_text="whom the office asks; never public")
    recommendation = Text()
    adopted_by = Varchar(length=160)
    adopted_on = Date(null=True, default=None)
    due_on = Date(null=True, default=None)
    status = Varchar(length=12, help_text="a code of outcomes.status")
    measure = Text(help_text="what was done about it")
    followed_by = ForeignKey(references=Event, on_delete=OnDelete.set_null)
    released_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()
    changed_at = Timestamptz()
    reminded_at = Timestamptz(null=True, default=None, help_text="when the office was told that it is due")
