"""Whom the office calls because no mail reaches them."""

from piccolo.columns import UUID, ForeignKey, OnDelete, Timestamptz
from piccolo.table import Table

from events.mail.tables import Mailing
from events.registration.tables import Registration


class Call(Table):
    """One person to be called about one change; ticked when reached."""

    id = UUID(primary_key=True)
    mailing = ForeignKey(references=Mailing, null=False, on_delete=OnDelete.cascade)
    registration = ForeignKey(references=Registration, null=False, on_delete=OnDelete.cascade)
    created_at = Timestamptz()
    reached_at = Timestamptz(null=True, default=None)
    reached_by = UUID(null=True, default=None, help_text="the StaffMember")
