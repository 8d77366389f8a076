"""The parent groups that follow a multiplier training, and their reports."""

from piccolo.columns import JSON, UUID, Date, ForeignKey, Integer, OnDelete, Varchar
from piccolo.table import Table

from events.programme.tables import Organisation, Programme


class Group(Table, tablename="parent_group"):
    """One run (about one Kita or school year) of a group at an institution."""

    id = UUID(primary_key=True)
    programme = ForeignKey(references=Programme, null=False, on_delete=OnDelete.restrict)
    institution = ForeignKey(references=Organisation, null=False, on_delete=OnDelete.restrict)
    name = Varchar(length=120)
    started_on = Date()
    ended_on = Date(null=True, default=None)


class GroupReport(Table):
    """What a group said about itself on a day."""

    id = UUID(primary_key=True)
    group = ForeignKey(references=Group, null=False, on_delete=OnDelete.cascade)
    reported_on = Date()
    parents = Integer()
    children = Integer()
    languages = JSON(default="[]")
