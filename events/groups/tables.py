"""The parent groups that follow a multiplier training, and their reports."""

from piccolo.columns import JSON, UUID, Boolean, Date, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from events.programme.tables import Agreement, Organisation, Programme


class Group(Table, tablename="parent_group"):
    """One run (about one Kita or school year) of a group at an institution."""

    id = UUID(primary_key=True)
    programme = ForeignKey(references=Programme, null=False, on_delete=OnDelete.restrict)
    institution = ForeignKey(references=Organisation, null=False, on_delete=OnDelete.restrict)
    name = Varchar(length=120)
    started_on = Date()
    ended_on = Date(null=True, default=None)
    agreement = ForeignKey(references=Agreement, on_delete=OnDelete.set_null)


class GroupReport(Table):
    """What a group said about itself on a day."""

    id = UUID(primary_key=True)
    group = ForeignKey(references=Group, null=False, on_delete=OnDelete.cascade)
    reported_on = Date()
    parents = Integer()
    children = Integer()
    languages = JSON(default="[]")
    unchanged = Boolean(default=False, help_text="said to be as in the report before")
    received_at = Timestamptz(null=True, default=None)
