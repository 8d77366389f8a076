"""Who came: append-only facts about a date, each with an id made by the device that wrote it."""

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from events.programme.tables import EventDate
from events.registration.tables import Registration


class AttendanceMark(Table):
    """One statement about one person on one date; the newest by (counter, device, id) counts."""

    id = UUID(primary_key=True)
    event_date = ForeignKey(references=EventDate, null=False, on_delete=OnDelete.restrict)
    subject = UUID(help_text="the registration's id, or the id of a walk-in")
    registration = ForeignKey(references=Registration, on_delete=OnDelete.set_null)
    mark = Varchar(length=12, help_text="present, late, left_early, excused, absent")
    party = Integer(default=1, help_text="heads present under this name")
    name = Varchar(length=120, help_text="walk-ins only")
    organisation_name = Varchar(length=160, help_text="walk-ins only")
    city = Varchar(length=80, help_text="walk-ins only")
    source = Varchar(length=12, help_text="list, walk_in or later")
    consented = Boolean(default=False, help_text="walk-ins only: agreed that their name is written down")
    device = Varchar(length=64)
    counter = Integer(help_text="1 + the highest the device had seen for this date")
    noted_at = Timestamptz(help_text="the device's clock; never used for order")
    received_at = Timestamptz()
    actor = Varchar(length=60)
    counted_in = UUID(null=True, default=None, help_text="the Evidence row that took it in; NULL while none has")


class Headcount(Table):
    """An anonymous count of one value at one station; the newest by (counter, device, id) counts."""

    id = UUID(primary_key=True)
    event_date = ForeignKey(references=EventDate, null=False, on_delete=OnDelete.restrict)
    station = Varchar(length=60)
    scope = Varchar(length=12, help_text="everyone (in the room) or additional (to the list)")
    dimension = Varchar(length=40)
    value = Varchar(length=80)
    heads = Integer()
    device = Varchar(length=64)
    counter = Integer()
    noted_at = Timestamptz()
    received_at = Timestamptz()
    actor = Varchar(length=60)
    counted_in = UUID(null=True, default=None, help_text="the Evidence row that took it in; NULL while none has")


class DateNote(Table):
    """What whoever led a date wants the office to know; shown in the order of (counter, device, id)."""

    id = UUID(primary_key=True)
    event_date = ForeignKey(references=EventDate, null=False, on_delete=OnDelete.restrict)
    text = Text()
    device = Varchar(length=64)
    counter = Integer()
    noted_at = Timestamptz()
    received_at = Timestamptz()
    actor = Varchar(length=60)


class SheetScan(Table):
    """A signed sheet of a date; the bytes lie in the folder for uploads under `stored_as`."""

    id = UUID(primary_key=True)
    event_date = ForeignKey(references=EventDate, null=False, on_delete=OnDelete.restrict)
    name = Varchar(length=160)
    content_type = Varchar(length=80)
    size = Integer(help_text="bytes")
    stored_as = Varchar(length=80, unique=True)
    added_at = Timestamptz()
    actor = Varchar(length=60)
    keep_until = Date(help_text="the last day it is kept; then the file is removed")
