"""What is offered: programmes, series, events with their dates, places, partners and quotas."""

from typing import Any

from piccolo.columns import (
    JSON,
    UUID,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Real,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.reference import LazyTableReference
from piccolo.table import Table


class Programme(Table):
    """What is counted together. `kind` is a label for figures and has no behaviour; `policy` are defaults."""

    id = UUID(primary_key=True)
    slug = Varchar(length=80, unique=True)
    name = Varchar(length=120)
    family = Varchar(length=120)
    kind = Varchar(length=40)
    funding = Varchar(length=120, help_text="funding programme, empty if none")
    policy = JSON(default="{}", help_text="fields of programme.policy.Policy that differ from the defaults")
    position = Integer(default=0)


class Organisation(Table):
    """Whom we work with and where people come from; `parent` is the body (Träger)."""

    id = UUID(primary_key=True)
    name = Varchar(length=160)
    folded_name = Varchar(length=160, index=True)
    kind = Varchar(length=40)
    parent: Any = ForeignKey(
        references=LazyTableReference("Organisation", module_path=__name__), on_delete=OnDelete.restrict
    )
    city = Varchar(length=80)
    contact_name = Varchar(length=120, help_text="who gets the link to the organisation's own page")
    contact_email = Varchar(length=320)
    link_version = Integer(default=1)
    link_sent_at = Timestamptz(null=True, default=None)
    link_ended_at = Timestamptz(null=True, default=None, help_text="the own page is switched off")


class Venue(Table):
    """A place events are held at."""

    id = UUID(primary_key=True)
    name = Varchar(length=160)
    street = Varchar(length=160)
    postcode = Varchar(length=10)
    city = Varchar(length=80)
    latitude = Real(null=True, default=None)
    longitude = Real(null=True, default=None)
    access = JSON(default="{}", help_text="how to get in, by language code")


class Series(Table):
    """Events offered together; each stays bookable by itself."""

    id = UUID(primary_key=True)
    slug = Varchar(length=80, unique=True)
    programme = ForeignKey(references=Programme, null=False, on_delete=OnDelete.restrict)
    title = JSON(default="{}")
    summary = JSON(default="{}")
    description = JSON(default="{}")
    published_at = Timestamptz(null=True, default=None)
    position = Integer(default=0)


class Event(Table):
    """The one bookable unit. Texts are JSON by language code, German required."""

    id = UUID(primary_key=True)
    slug = Varchar(length=120, unique=True, help_text="frozen at publication")
    programme = ForeignKey(references=Programme, null=False, on_delete=OnDelete.restrict)
    series = ForeignKey(references=Series, on_delete=OnDelete.restrict)
    format = Varchar(length=20)
    status = Varchar(length=12, default="draft", help_text="draft, published or called_off")
    title = JSON(default="{}")
    summary = JSON(default="{}")
    description = JSON(default="{}")
    audiences = JSON(default="[]", help_text="codes of programme.wording.AUDIENCES")
    languages = JSON(default="[]", help_text="codes of the languages spoken besides German")
    hints = JSON(default="[]", help_text="codes of programme.wording.HINTS")
    capacity = Integer(null=True, default=None, help_text="seats; NULL is unlimited")
    policy = JSON(default="{}", help_text="fields of programme.policy.Policy that differ from the programme's")
    turn = Integer(default=0, help_text="raised by whoever takes the seat lock; numbers the queue")
    starts_at = Timestamptz(null=True, default=None, index=True, help_text="start of the first date that takes place")
    ends_at = Timestamptz(null=True, default=None, help_text="end of the last date that takes place")
    search_text = Text(help_text="casefolded, without diacritics")
    called_off_reason = JSON(default="{}")
    created_at = Timestamptz()
    changed_at = Timestamptz()
    preview_version = Integer(default=1, help_text="of the link to the draft; raised to end it")
    translated_from = JSON(default="{}", help_text="by language: check value of the German texts it was made from")


class EventDate(Table):
    """One date of an event; cancelled, never deleted. `entries` are the VEVENT texts by language code."""

    id = UUID(primary_key=True)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.restrict)
    start = Timestamptz(index=True)
    end = Timestamptz()
    break_minutes = Integer(default=0)
    venue = ForeignKey(references=Venue, on_delete=OnDelete.restrict)
    room = Varchar(length=120)
    is_online = Boolean(default=False)
    join_link = Text(help_text="goes to confirmed people only, never public")
    cancelled = Boolean(default=False)
    uid = Varchar(length=120, unique=True, help_text="RFC 5545 UID, the same in feed, download and mail")
    sequence = Integer(default=0, help_text="RFC 5545 SEQUENCE")
    content_changed_at = Timestamptz(help_text="DTSTAMP and LAST-MODIFIED of the entry")
    entries = JSON(default="{}")
    fingerprint = Varchar(length=64, help_text="what the entries were rendered with; `migrate` renews stale ones")


class EventPartner(Table):
    """An organisation that takes part in offering an event."""

    id = UUID(primary_key=True)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.cascade)
    organisation = ForeignKey(references=Organisation, null=False, on_delete=OnDelete.restrict)
    role = Varchar(length=20, help_text="organiser, host, cooperation or funder")
    contact_name = Varchar(length=120, help_text="who enters the numbers of this organisation")
    contact_email = Varchar(length=320)
    language = Varchar(length=8, default="de", help_text="of the mail and of the page")
    link_version = Integer(default=1)
    asked_at = Timestamptz(null=True, default=None, help_text="when the link was mailed last")
    ended_at = Timestamptz(null=True, default=None, help_text="the office ended the link before its time")


class EventTrainer(Table):
    """Who leads an event or a whole series, and sees only that until `until`, else some days after the last date."""

    id = UUID(primary_key=True)
    staff = UUID(index=True, help_text="the StaffMember")
    event = ForeignKey(references=Event, on_delete=OnDelete.cascade)
    series = ForeignKey(references=Series, on_delete=OnDelete.cascade)
    until = Timestamptz(null=True, default=None)
    link_version = Integer(default=1)
    invited_at = Timestamptz(null=True, default=None, help_text="when the link was mailed last")
    substitute_for = UUID(null=True, default=None, help_text="the EventTrainer who named this one")


class Quota(Table):
    """Places of an event for one organisation (its children included) or one kind of organisation."""

    id = UUID(primary_key=True)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.cascade)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict)
    organisation_kind = Varchar(length=40)
    places = Integer()
    release_at = Timestamptz(null=True, default=None, help_text="from then on it is ignored")


class Question(Table):
    """What an event asks of everybody who signs up. Texts are JSON by language code, German required."""

    id = UUID(primary_key=True)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.cascade)
    position = Integer(default=0)
    kind = Varchar(length=10, help_text="text, choice, several, number or yes_no")
    text = JSON(default="{}")
    hint = JSON(default="{}")
    required = Boolean(default=False)
    purpose = Varchar(length=200, help_text="why we ask; people read it beside the question")
    keep_days = Integer(default=90, help_text="answers are erased so many days after the last date")
    only_if: Any = ForeignKey(
        references=LazyTableReference("Question", module_path=__name__),
        on_delete=OnDelete.restrict,
    )
    only_if_value = Varchar(length=40, help_text="yes, no or the id of an option of `only_if`: asked only then")


class AnswerOption(Table):
    """One answer to choose; with `places` it is a working group that has its own seats within the event's."""

    id = UUID(primary_key=True)
    question = ForeignKey(references=Question, null=False, on_delete=OnDelete.cascade)
    position = Integer(default=0)
    text = JSON(default="{}")
    places = Integer(null=True, default=None, help_text="seats; NULL is unlimited")


class Agreement(Table):
    """Which body may run which programme, from when to when (both days included)."""

    id = UUID(primary_key=True)
    organisation = ForeignKey(references=Organisation, null=False, on_delete=OnDelete.restrict)
    programme = ForeignKey(references=Programme, null=False, on_delete=OnDelete.restrict)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="NULL: until it is ended")
    note = Text()
    created_at = Timestamptz()


class AgreementFile(Table):
    """A signed copy; the bytes lie in the folder for uploads under `stored_as`."""

    id = UUID(primary_key=True)
    agreement = ForeignKey(references=Agreement, null=False, on_delete=OnDelete.cascade)
    name = Varchar(length=160)
    content_type = Varchar(length=80)
    size = Integer(help_text="bytes")
    stored_as = Varchar(length=80, unique=True)
    added_at = Timestamptz()
