"""The evidence ledger: what closed dates contributed, without personal data; and funded units."""

from piccolo.columns import UUID, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from events.programme.tables import Event, EventDate, Programme


class Evidence(Table):
    """What closing a date counted, or by how much a later correction differs. Rows are only added."""

    id = UUID(primary_key=True)
    event_date = ForeignKey(references=EventDate, null=False, on_delete=OnDelete.restrict)
    event = ForeignKey(references=Event, null=False, on_delete=OnDelete.restrict)
    programme = ForeignKey(references=Programme, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=12, help_text="closing or correction")
    family = Varchar(length=120)
    funding = Varchar(length=120)
    held_on = Date()
    city = Varchar(length=80)
    minutes = Integer(help_text="length less breaks")
    countable_minutes = Integer(help_text="what the funding programme counts")
    registered = Integer(help_text="party sum of the confirmed")
    participations = Integer(help_text="named people present")
    heads = Integer(help_text="effective heads")
    no_shows = Integer(null=True, default=None, help_text="seats of the confirmed who did not come; NULL: not known")
    origin = Varchar(length=12, help_text="list, count or estimate; empty: as the list and the counts say")
    closed_at = Timestamptz()
    actor = Varchar(length=60)
    note = Text()


class EvidenceCount(Table):
    """Heads by one value of one dimension (women, language, city of origin, organisation …)."""

    id = UUID(primary_key=True)
    evidence = ForeignKey(references=Evidence, null=False, on_delete=OnDelete.cascade)
    dimension = Varchar(length=40)
    value = Varchar(length=160)
    heads = Integer()


class PersonCounted(Table):
    """A named person who was present, as a keyed hash that tells nothing once the family's key is gone."""

    id = UUID(primary_key=True)
    evidence = ForeignKey(references=Evidence, null=False, on_delete=OnDelete.cascade)
    person_hash = Varchar(length=64)
    change = Integer(default=1, help_text="1 counted, -1 taken back by a correction")


class FamilyKey(Table):
    """The key of a family's person hashes; destroyed when the office ends that counting."""

    id = UUID(primary_key=True)
    family = Varchar(length=120, unique=True)
    key = Varchar(length=64)


class FundedUnit(Table):
    """A unit of a funding programme as entered: applied for, approved, carried out (by whomever)."""

    id = UUID(primary_key=True)
    funding = Varchar(length=120)
    year = Integer()
    unit = Varchar(length=120)
    recipient = Varchar(length=160)
    city = Varchar(length=80)
    applied = Integer(null=True, default=None)
    approved = Integer(null=True, default=None)
    carried_out = Integer(null=True, default=None)
    programme = ForeignKey(references=Programme, on_delete=OnDelete.restrict, help_text="only its dates are counted")
    measure = Varchar(length=12, help_text="what our closed dates add: a code of `funding.MEASURES`, empty: nothing")
    own = Integer(null=True, default=None, help_text="what they had added when the year was signed off")


class FundedSignOff(Table):
    """A year of a funding programme is final. `hash` is the SHA-256 of its canonical rows."""

    id = UUID(primary_key=True)
    funding = Varchar(length=120)
    year = Integer()
    hash = Varchar(length=64)
    signed_at = Timestamptz()
    actor = Varchar(length=60)


class FundedCorrection(Table):
    """By how much a number of a year that was signed off was wrong, and why. Rows are only added."""

    id = UUID(primary_key=True)
    funded_unit = ForeignKey(references=FundedUnit, null=False, on_delete=OnDelete.restrict)
    number = Varchar(length=12, help_text="applied, approved or carried_out")
    change = Integer()
    reason = Varchar(length=300)
    corrected_at = Timestamptz()
    actor = Varchar(length=60)


class ComparisonNote(Table):
    """A figure of somebody else (NRW, Bund) that is shown beside ours and never added."""

    id = UUID(primary_key=True)
    programme = ForeignKey(references=Programme, null=False, on_delete=OnDelete.cascade)
    place = Varchar(length=60)
    text = Varchar(length=160)
    source = Varchar(length=200)
