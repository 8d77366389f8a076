"""Rows broken by hand, one for each invariant of `events check`: what no action of ours would ever write."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

from events.attendance.tables import AttendanceMark, Headcount
from events.contacts.tables import Contact
from events.evidence.tables import Evidence, PersonCounted
from events.invitations.answers import accept
from events.invitations.invited import invitations_of
from events.invitations.inviting import Invitee, add_invitations
from events.kit.actor import SYSTEM, person
from events.kit.clock import now, today
from events.mail.opt_outs import address_hash
from events.mail.tables import Mailing, OutgoingMail, UndeliverableAddress
from events.programme.tables import Agreement, AnswerOption, Question
from events.registration.signup import Person
from events.registration.tables import Answer, Registration
from tests.broken_afterwards import BROKEN_AFTERWARDS
from tests.factories import make_organisation, make_quota
from tests.people import AMIRA
from tests.two_with_a_place import Scene, sql


async def too_many_seats(at: Scene) -> UUID:
    await sql("UPDATE event SET capacity = 1 WHERE id = {}", at.event.id)
    return at.event.id


async def quota_exceeded(at: Scene) -> UUID:
    city = await make_organisation("Stadt Marl", "administration")
    await make_quota(at.event.id, places=1, organisation=city)
    await sql("UPDATE participant SET organisation = {}", city)
    found = await Registration.raw("SELECT id FROM quota")
    return UUID(str(found[0]["id"]))


def changed(column: str, value: object) -> Callable[[Scene], Awaitable[UUID]]:
    async def change(at: Scene) -> UUID:
        await sql(f"UPDATE registration SET {column} = {{}} WHERE id = {{}}", value, at.amira)
        return at.amira

    return change


async def held_without_end(at: Scene) -> UUID:
    await sql(
        "UPDATE registration SET holds_seat = {}, hold_until = NULL, status = 'unconfirmed' WHERE id = {}",
        True,
        at.amira,
    )
    return at.amira


async def unproven(at: Scene) -> UUID:
    await sql(
        "UPDATE booking SET address_proven_at = NULL WHERE id IN (SELECT booking FROM registration WHERE id = {})",
        at.amira,
    )
    return at.amira


async def registered_twice(at: Scene) -> UUID:
    await sql("DROP INDEX registration_once")
    await sql("UPDATE registration SET person_key = 'same'")
    return max(at.amira, at.dorian, key=str)


async def of_another_booking(at: Scene) -> UUID:
    await sql(
        "UPDATE registration SET booking = (SELECT booking FROM registration WHERE id = {}) WHERE id = {}",
        at.dorian,
        at.amira,
    )
    return at.amira


async def ends_before_it_begins(at: Scene) -> UUID:
    await sql('UPDATE event_date SET "end" = start WHERE id = {}', at.event.dates[0].id)
    return at.event.dates[0].id


async def wrong_span(at: Scene) -> UUID:
    await sql("UPDATE event SET starts_at = NULL WHERE id = {}", at.event.id)
    return at.event.id


async def unknown_event_status(at: Scene) -> UUID:
    await sql("UPDATE event SET status = 'lost' WHERE id = {}", at.event.id)
    return at.event.id


async def mark_of_another_event(at: Scene) -> UUID:
    mark = AttendanceMark(
        event_date=at.other.dates[0].id, subject=at.amira, registration=at.amira, mark="present", source="list",
        counter=1, noted_at=now(), received_at=now(),
    )  # fmt: skip
    await AttendanceMark.insert(mark)
    return mark.id


async def fewer_than_none(at: Scene) -> UUID:
    count = Headcount(
        event_date=at.event.dates[0].id, scope="everyone", dimension="people", value="women", heads=-1, counter=1,
        noted_at=now(), received_at=now(),
    )  # fmt: skip
    await Headcount.insert(count)
    return count.id


async def evidence(
    at: Scene, event: UUID | None = None, kind: str = "closing", heads: int = 2, participations: int = 2
) -> Evidence:
    row = Evidence(
        event_date=at.event.dates[0].id, event=event or at.event.id, programme=at.event.programme_id, kind=kind,
        held_on=today(), minutes=180, countable_minutes=180, registered=2, participations=participations,
        heads=heads, closed_at=now(),
    )  # fmt: skip
    await Evidence.insert(row)
    return row


async def evidence_of_another_event(at: Scene) -> UUID:
    return (await evidence(at, event=at.other.id)).id


async def correction_of_nothing(at: Scene) -> UUID:
    return (await evidence(at, kind="correction")).id


async def fewer_heads_than_names(at: Scene) -> UUID:
    await evidence(at, heads=1)
    return at.event.dates[0].id


async def counted_twice(at: Scene) -> UUID:
    row = await evidence(at)
    for _time in range(2):
        await PersonCounted.insert(PersonCounted(evidence=row.id, person_hash="x", change=1))
    return at.event.dates[0].id


async def question(event: UUID, places: int | None = None) -> tuple[UUID, UUID]:
    asked = Question(event=event, kind="choice", purpose="Räume planen")
    await Question.insert(asked)
    option = AnswerOption(question=asked.id, places=places)
    await AnswerOption.insert(option)
    return asked.id, option.id


async def answered(who: UUID, asked: UUID, option: UUID) -> UUID:
    answer = Answer(registration=who, question=asked, option=option)
    await Answer.insert(answer)
    return answer.id


async def full_working_group(at: Scene) -> UUID:
    asked, option = await question(at.event.id, places=1)
    for who in (at.amira, at.dorian):
        await answered(who, asked, option)
    return option


async def answer_to_another_event(at: Scene) -> UUID:
    return await answered(at.amira, *await question(at.other.id))


async def option_of_another_question(at: Scene) -> UUID:
    asked, _ = await question(at.event.id)
    _, option = await question(at.event.id)
    return await answered(at.amira, asked, option)


async def agreement_backwards(at: Scene) -> UUID:
    body, day = await make_organisation(), today()
    row = Agreement(
        organisation=body, programme=at.event.programme_id, starts_on=day, ends_on=day - timedelta(days=1),
        created_at=now(),
    )  # fmt: skip
    await Agreement.insert(row)
    return row.id


def mail(statement: str) -> Callable[[Scene], Awaitable[UUID]]:
    async def change(_at: Scene) -> UUID:
        row = await OutgoingMail.select(OutgoingMail.id).first()
        assert row is not None
        await sql(f"UPDATE outgoing_mail SET {statement} WHERE id = {{}}", row["id"])
        return UUID(str(row["id"]))

    return change


async def settled_at_no_time(_: Scene) -> UUID:
    row = UndeliverableAddress(address=AMIRA.email, reply="550", since=now(), settled_by=uuid4())
    return UUID(str((await UndeliverableAddress.insert(row))[0]["id"]))


async def same_message_id(_at: Scene) -> UUID:
    rows = await OutgoingMail.select(OutgoingMail.id).limit(2)
    ids = [row["id"] for row in rows]
    await sql("UPDATE outgoing_mail SET message_id = '<same@example.org>' WHERE id IN ({}, {})", *ids)
    return max(ids, key=str)


async def mailing_of_no_kind(at: Scene) -> UUID:
    id = uuid4()
    await Mailing.insert(Mailing(id=id, kind="message", about=id, status="lost", created_at=now()))
    return id


async def invited(at: Scene) -> UUID:
    """Who said yes for one person."""
    await add_invitations(at.other.id, [Invitee("zoe@example.org")], by=SYSTEM, now=now())
    (one,) = await invitations_of(at.other.id)
    await accept(one.id, [Person(given_name="Zoe")], by=person(one.id), now=now())
    return one.id


def invitation(change: str) -> Callable[[Scene], Awaitable[UUID]]:
    async def broken(at: Scene) -> UUID:
        id = await invited(at)
        await sql(f"UPDATE invitation SET {change} WHERE id = {{}}", id)
        return id

    return broken


async def invitation_to_another_event(at: Scene) -> UUID:
    id = await invited(at)
    await sql("UPDATE invitation SET event = {} WHERE id = {}", at.event.id, id)
    return id


async def contact_without_consent(at: Scene) -> UUID:
    id = uuid4()
    hashed = address_hash("zoe@example.org")
    await Contact.insert(
        Contact(id=id, email="zoe@example.org", address_hash=hashed, created_at=now(), proven_at=now())
    )
    return id


BROKEN: dict[str, Callable[[Scene], Awaitable[UUID]]] = {
    "seats": too_many_seats,
    "quota": quota_exceeded,
    "status": changed("status", "lost"),
    "erased": changed("erased_at", now()),
    "party": changed("party", 0),
    "hold": held_without_end,
    "held_by_nobody": changed("holds_seat", True),
    "unproven": unproven,
    "twice": registered_twice,
    "booking": of_another_booking,
    "queue": changed("queue_number", 99),
    "option_places": full_working_group,
    "answer_event": answer_to_another_event,
    "answer_option": option_of_another_question,
    "offer": changed("status", "offered"),
    "agreement_span": agreement_backwards,
    "date_order": ends_before_it_begins,
    "event_span": wrong_span,
    "event_status": unknown_event_status,
    "mark": mark_of_another_event,
    "headcount": fewer_than_none,
    "evidence_event": evidence_of_another_event,
    "evidence_opened": correction_of_nothing,
    "evidence_heads": fewer_heads_than_names,
    "person_counted": counted_twice,
    "mail_content": mail("content = NULL"),
    "mail_sent": mail("status = 'sent', sent_at = NULL"),
    "mail_status": mail("status = 'lost'"),
    "mail_reason": mail("status = 'failed', reason = ''"),
    "mail_bounced": mail("status = 'failed', reason = 'bounced', tries = 0"),
    "undeliverable_settled": settled_at_no_time,
    "mailing_status": mailing_of_no_kind,
    "invitation_status": invitation("status = 'lost'"),
    "invitation_event": invitation_to_another_event,
    "invitation_places": invitation("places = 0"),
    "contact_consent": contact_without_consent,
    "message_id": same_message_id,
    **BROKEN_AFTERWARDS,
}
