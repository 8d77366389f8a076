"""Everything stored about the people of a booking, gathered for those people themselves (Art. 15 DSGVO).

Says nothing about who of the staff did what, and nothing about other people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.attendance.tables import AttendanceMark
from events.certificates.queries import certificates_for
from events.history.tables import HistoryEntry
from events.mail.tables import OutgoingMail, UndeliverableAddress
from events.privacy.traces import Traces, traces_of
from events.programme.queries import EventView, events_by_ids
from events.registration.own.answers import Answers, answers_in_words
from events.registration.own.people import own_people
from events.registration.own.views import OwnPerson
from events.registration.signup import full_name
from events.registration.tables import Booking, Registration


@dataclass(frozen=True)
class OwnRegistrationData:
    person: str
    event: EventView
    status: str
    party: int
    registered_at: datetime
    changed_at: datetime
    reason: str
    answers: Answers


@dataclass(frozen=True)
class OwnMailData:
    kind: str
    recipient: str
    status: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class OwnUndeliverableData:
    """An address of theirs that takes no mail."""

    address: str
    reply: str
    since: datetime


@dataclass(frozen=True)
class OwnMarkData:
    person: str
    event: EventView
    start: datetime
    mark: str
    noted_at: datetime


@dataclass(frozen=True)
class OwnCertificateData:
    """`ending` is empty while it holds."""

    person: str
    number: str
    title: Mapping[str, str]
    issued_at: datetime
    mailed_at: datetime | None
    ending: str


@dataclass(frozen=True)
class OwnLineData:
    """`by` is person, staff or system: who of the staff is nobody's business."""

    at: datetime
    kind: str
    verb: str
    by: str


@dataclass(frozen=True)
class OwnData:
    """`contact_email` is empty where only one person of a booking asks: it is somebody else's."""

    is_whole_booking: bool
    contact_email: str
    language: str
    source: str
    created_at: datetime
    address_proven_at: datetime | None
    consent_text: str
    people: tuple[OwnPerson, ...]
    registrations: tuple[OwnRegistrationData, ...]
    mails: tuple[OwnMailData, ...]
    undeliverable: tuple[OwnUndeliverableData, ...]
    marks: tuple[OwnMarkData, ...]
    certificates: tuple[OwnCertificateData, ...]
    lines: tuple[OwnLineData, ...]


async def own_data(booking_id: UUID, participant: UUID | None = None) -> OwnData:
    """Of the whole booking, or of one person in it, in a fixed number of statements. Raises NotFound."""
    traces = await traces_of(booking_id, participant)
    booking = (await Booking.objects().where(Booking.id == booking_id))[0]
    events = await events_by_ids(list({one.event for one in traces.registrations}), partners=False)
    names = {one.id: full_name(one.given_name, one.family_name) for one in traces.people}
    return OwnData(
        is_whole_booking=participant is None,
        contact_email=booking.contact_email if participant is None else "",
        language=booking.language,
        source=booking.source,
        created_at=booking.created_at,
        address_proven_at=booking.address_proven_at,
        consent_text=booking.consent_text,
        people=await own_people(traces.people),
        registrations=await _registrations(traces, events, names),
        mails=await _mails(traces),
        undeliverable=await _undeliverable(traces),
        marks=await _marks(traces, events, names),
        certificates=await _certificates(traces),
        lines=await _lines(traces),
    )


async def _registrations(
    traces: Traces, events: Mapping[UUID, EventView], names: Mapping[UUID, str]
) -> tuple[OwnRegistrationData, ...]:
    """By start."""
    answers = await answers_in_words(traces.registrations, events)
    rows = [_registration(one, events[one.event], names, answers.get(one.id, ())) for one in traces.registrations]
    return tuple(sorted(rows, key=lambda row: (row.event.starts_at is None, row.event.starts_at, row.event.slug)))


def _registration(
    one: Registration, event: EventView, names: Mapping[UUID, str], answers: Answers
) -> OwnRegistrationData:
    return OwnRegistrationData(
        person=names[one.participant],
        event=event,
        status=one.status,
        party=one.party,
        registered_at=one.registered_at,
        changed_at=one.changed_at,
        reason=one.status_reason,
        answers=answers,
    )


async def _mails(traces: Traces) -> tuple[OwnMailData, ...]:
    mail = OutgoingMail
    columns = (mail.kind, mail.recipient, mail.status, mail.created_at, mail.sent_at)
    rows = await mail.select(*columns).where(traces.mails).order_by(mail.created_at)
    return tuple(OwnMailData(**row) for row in rows)


async def _undeliverable(traces: Traces) -> tuple[OwnUndeliverableData, ...]:
    one = UndeliverableAddress
    if not traces.addresses:
        return ()
    rows = await one.select(one.address, one.reply, one.since).where(one.address.is_in(list(traces.addresses)))
    return tuple(OwnUndeliverableData(**row) for row in rows)


async def _marks(
    traces: Traces, events: Mapping[UUID, EventView], names: Mapping[UUID, str]
) -> tuple[OwnMarkData, ...]:
    of = {one.id: one for one in traces.registrations}
    if not of:
        return ()
    mark = AttendanceMark
    start = mark.event_date.start.as_alias("start")
    query = mark.select(mark.subject, mark.mark, mark.received_at, start).where(mark.subject.is_in(list(of)))
    return tuple(
        OwnMarkData(
            person=names[of[row["subject"]].participant],
            event=events[of[row["subject"]].event],
            start=row["start"],
            mark=row["mark"],
            noted_at=row["received_at"],
        )
        for row in await query.order_by(mark.received_at)
    )


async def _certificates(traces: Traces) -> tuple[OwnCertificateData, ...]:
    found = await certificates_for(traces.registration_ids)
    return tuple(
        OwnCertificateData(one.name, one.grouped_number, one.facts["title"], one.issued_at, one.mailed_at, one.ending)
        for one in found
    )


async def _lines(traces: Traces) -> tuple[OwnLineData, ...]:
    line = HistoryEntry
    rows = await line.select(line.at, line.about_kind, line.verb, line.actor).where(traces.history).order_by(line.at)
    return tuple(OwnLineData(row["at"], row["about_kind"], row["verb"], row["actor"].partition(":")[0]) for row in rows)
