"""What people say about an event without a name, and what its lecturers say with theirs."""

from piccolo.columns import JSON, UUID, Boolean, Date, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from events.programme.tables import Event, Programme


class FeedbackForm(Table):
    """The questions of a programme; editing them makes the next version, answers keep theirs."""

    id = UUID(primary_key=True)
    programme = ForeignKey(references=Programme, null=False, on_delete=OnDelete.cascade)
    version = Integer(default=1)
    questions = JSON(default="[]")
    active = Boolean(default=True)
    created_at = Timestamptz()


class FeedbackRound(Table):
    """One event whose people are asked; its address (for a QR code in the room) is derived from the row."""

    id = UUID(primary_key=True)
    event = ForeignKey(references=Event, null=False, unique=True, on_delete=OnDelete.cascade)
    form = ForeignKey(references=FeedbackForm, null=False, on_delete=OnDelete.restrict)
    opened_at = Timestamptz()
    closes_at = Timestamptz()
    link_version = Integer(default=1)


class FeedbackCode(Table):
    """A code that was mailed to one person and can be used once. Neither whose it was nor what it answered is kept."""

    id = UUID(primary_key=True)
    round = ForeignKey(references=FeedbackRound, null=False, on_delete=OnDelete.cascade)
    code_hash = Varchar(length=64, unique=True)
    used = Boolean(default=False)


class Feedback(Table):
    """One filled form. Only the day is kept, so that nothing leads to the person."""

    id = UUID(primary_key=True)
    round = ForeignKey(references=FeedbackRound, null=False, on_delete=OnDelete.cascade)
    answers = JSON(default="{}", help_text="by code of the question")
    received_on = Date()


class LecturerReview(Table):
    """What whoever led an event says about it; final once signed."""

    id = UUID(primary_key=True)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.cascade)
    staff = UUID(index=True, help_text="the StaffMember who led it")
    name = Varchar(length=120, help_text="as signed")
    answers = JSON(default="{}")
    changed_at = Timestamptz()
    signed_at = Timestamptz(null=True, default=None)
