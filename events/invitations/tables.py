"""Who is asked to come and what they answered, when people are reminded, whom the office calls."""

from piccolo.columns import JSON, UUID, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from events.mail.tables import Mailing
from events.programme.tables import Event, Organisation, Programme
from events.registration.tables import Booking, Registration


class Invitation(Table):
    """One address asked to come to one event, alone or with others of its institution. The newest answer counts."""

    id = UUID(primary_key=True)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.cascade)
    email = Varchar(length=320)
    address_key = Varchar(length=320, help_text="folded; unique with the event")
    given_name = Varchar(length=120)
    family_name = Varchar(length=120)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict)
    organisation_name = Varchar(length=160, help_text="as typed, when it is not in our list")
    language = Varchar(length=8)
    places = Integer(default=1, help_text="how many may come: two people of yours")
    hold_until = Timestamptz(null=True, default=None, help_text="until then the places are held")
    status = Varchar(length=12, default="prepared", help_text="a state of invitations.status")
    reason = Text(help_text="why not, in their words")
    booking = ForeignKey(references=Booking, on_delete=OnDelete.set_null)
    created_at = Timestamptz()
    invited_at = Timestamptz(null=True, default=None)
    reminded_at = Timestamptz(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    link_version = Integer(default=1)


class MailRule(Table):
    """A mail before or after each date: of one event, or of all events of a programme. An event's own replace them."""

    id = UUID(primary_key=True)
    programme = ForeignKey(references=Programme, on_delete=OnDelete.cascade)
    event = ForeignKey(references=Event, on_delete=OnDelete.cascade)
    kind = Varchar(length=12, help_text="reminder or follow_up")
    days_before = Integer(default=0, help_text="reminder: days before the start")
    hours_after = Integer(default=0, help_text="follow_up: hours after the end")
    statuses = JSON(default="[]", help_text="codes of registration.status; whom it goes to")
    texts = JSON(default="{}", help_text="an additional paragraph by language code")
    created_at = Timestamptz()


class Call(Table):
    """One person to be called about one change; ticked when reached."""

    id = UUID(primary_key=True)
    mailing = ForeignKey(references=Mailing, null=False, on_delete=OnDelete.cascade)
    registration = ForeignKey(references=Registration, null=False, on_delete=OnDelete.cascade)
    created_at = Timestamptz()
    reached_at = Timestamptz(null=True, default=None)
    reached_by = UUID(null=True, default=None, help_text="the StaffMember")
