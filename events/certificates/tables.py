"""Certificates of attendance: what was certified to whom, under which number."""

from piccolo.columns import JSON, UUID, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from events.programme.tables import Event, Organisation, Programme
from events.registration.tables import Registration


class Certificate(Table):
    """One issued certificate. It is never changed: a correction ends it and issues the next one."""

    id = UUID(primary_key=True)
    number = Varchar(length=12, unique=True, help_text="50 random bits; proves it at /bescheinigung/{number}")
    programme = ForeignKey(references=Programme, null=False, on_delete=OnDelete.restrict)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.restrict)
    registration = ForeignKey(references=Registration, on_delete=OnDelete.set_null)
    organisation = ForeignKey(
        references=Organisation, on_delete=OnDelete.set_null, help_text="of whose people somebody was trained"
    )
    given_name = Varchar(length=120)
    family_name = Varchar(length=120)
    name_check = Varchar(length=64, help_text="keyed hash of the folded name; proves a name after it was erased")
    language = Varchar(length=8)
    facts = JSON(default="{}", help_text="what stands on it besides the name: title, dates, minutes, place")
    issued_at = Timestamptz()
    actor = Varchar(length=60)
    mailed_at = Timestamptz(null=True, default=None)
    replaces = UUID(null=True, default=None, help_text="the certificate it was issued instead of")
    ended_at = Timestamptz(null=True, default=None)
    ending = Varchar(length=12, help_text="replaced or withdrawn; empty while it is valid")
    reason = Text(help_text="why it was ended, in the words of the office")
