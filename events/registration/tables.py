"""Who takes part: one submission, the people in it, and one registration per person and event."""

from piccolo.columns import JSON, UUID, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from events.programme.tables import AnswerOption, Event, EventDate, Organisation, Question, Series


class Booking(Table):
    """One submission with its contact. May hold no registration: the typed address was registered already."""

    id = UUID(primary_key=True)
    submission = Varchar(length=64, help_text="random id of the rendered form; unique with fields_hash")
    fields_hash = Varchar(length=64)
    language = Varchar(length=8)
    contact_email = Varchar(length=320)
    series = ForeignKey(references=Series, on_delete=OnDelete.restrict)
    wanted = JSON(default="[]", help_text="ids of the events asked for: the receipt shows them, known address or not")
    source = Varchar(length=12, help_text="web, office, import or invitation")
    consent_text = Varchar(length=40, help_text="version of the text agreed to")
    created_at = Timestamptz()
    address_proven_at = Timestamptz(null=True, default=None)
    link_version = Integer(default=1)
    feed_version = Integer(default=1, help_text="of the address of the personal calendar; raised when it is renewed")
    feed_ended_at = Timestamptz(null=True, default=None, help_text="the personal calendar is switched off")


class Participant(Table):
    """A person in a booking; everything but the row itself may be empty."""

    id = UUID(primary_key=True)
    booking = ForeignKey(references=Booking, null=False, on_delete=OnDelete.cascade)
    position = Integer(default=0)
    found_by = Varchar(length=600, help_text="name, address, organisation and city, folded for searching")
    given_name = Varchar(length=120)
    family_name = Varchar(length=120)
    email = Varchar(length=320)
    phone = Varchar(length=40)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict)
    organisation_name = Varchar(length=160, help_text="as typed, when it is not in our list")
    city = Varchar(length=80)
    role = Varchar(length=40)
    needs = JSON(default="[]", help_text="codes of registration.wording.NEEDS")
    code = Varchar(length=8, null=True, default=None, unique=True, help_text="opens the own page without e-mail")
    link_version = Integer(default=1)
    feed_version = Integer(default=1, help_text="of the address of the personal calendar; raised when it is renewed")
    feed_ended_at = Timestamptz(null=True, default=None, help_text="the personal calendar is switched off")


class Registration(Table):
    """One participant, or a party led by them, in one event. Changed by registration.actions and waitlist only."""

    id = UUID(primary_key=True)
    booking = ForeignKey(references=Booking, null=False, on_delete=OnDelete.cascade)
    participant = ForeignKey(references=Participant, null=False, on_delete=OnDelete.cascade)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.restrict)
    status = Varchar(length=12)
    party = Integer(default=1, help_text="seats")
    holds_seat = Boolean(default=False)
    hold_until = Timestamptz(null=True, default=None)
    queue_number = Integer(help_text="the event's turn when it was made: order of sign-up")
    person_key = Varchar(length=64, help_text="hash of address and folded name; empty when neither is known")
    registered_at = Timestamptz()
    changed_at = Timestamptz()
    status_reason = Text(help_text="why staff decided so, in their words")
    erased_at = Timestamptz(null=True, default=None, help_text="since when its booking names nobody any more")


class Answer(Table):
    """What was answered to one question: one row, for several chosen options one row each."""

    id = UUID(primary_key=True)
    registration = ForeignKey(references=Registration, null=False, on_delete=OnDelete.cascade)
    question = ForeignKey(references=Question, null=False, on_delete=OnDelete.restrict)
    option = ForeignKey(references=AnswerOption, on_delete=OnDelete.restrict)
    text = Text(help_text="what was typed; a number in digits; yes or no")


class DateWish(Table):
    """Somebody wants to hear when the date of an event is fixed ("Termin folgt"); told once the address is proven."""

    id = UUID(primary_key=True)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.cascade)
    email = Varchar(length=320)
    language = Varchar(length=8)
    created_at = Timestamptz()
    proven_at = Timestamptz(null=True, default=None)
    link_version = Integer(default=1)


class ImportDraft(Table):
    """A list of people that was uploaded and is looked at before anybody is signed up. Kept for a day."""

    id = UUID(primary_key=True)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.cascade)
    staff = UUID(help_text="the StaffMember who sees it")
    file_name = Varchar(length=160)
    stored_as = Varchar(length=80, unique=True, help_text="in the folder for uploads")
    mapping = JSON(default="{}", help_text="field by column of the file, as chosen")
    created_at = Timestamptz()


class RepeatedSignUp(Table):
    """A sign-up of somebody who is registered already, while a new one would hold a seat: only the public count of free
    places shows it, so that the count does not tell the two apart."""

    id = UUID(primary_key=True)
    booking = ForeignKey(references=Booking, null=False, on_delete=OnDelete.cascade)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.cascade)
    party = Integer(help_text="seats")
    hold_until = Timestamptz(help_text="when the hold of a new sign-up would end")


class SentEntry(Table):
    """The last SEQUENCE mailed to an address about a date, so that a renewed REQUEST is never older (RFC 5546)."""

    id = UUID(primary_key=True)
    event_date = ForeignKey(references=EventDate, null=False, on_delete=OnDelete.cascade)
    recipient = Varchar(length=320)
    sequence = Integer()
