"""`events check` names the row: each invariant is broken by hand, on either database, and found."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from events import checks
from events.attendance.tables import AttendanceMark, Headcount
from events.evidence.tables import Evidence, PersonCounted
from events.kit.actor import SYSTEM, person
from events.kit.clock import now
from events.kit.database import on_sqlite
from events.mail.tables import OutgoingMail, UndeliverableAddress
from events.programme.queries import EventView
from events.programme.tables import Agreement, AnswerOption, Question
from events.registration.actions import confirm_address, register
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from events.registration.tables import Answer, Registration
from tests.factories import make_event, make_organisation, make_quota, seen
from tests.people import AMIRA, DORIAN


@dataclass
class Scene:
    """Two people have a place in an event of two dates; a second event stands beside it."""

    event: EventView
    other: EventView
    amira: UUID
    dorian: UUID


async def scene() -> Scene:
    event, other = await make_event(capacity=2, dates=2), await make_event("Anderes")
    for who in (AMIRA, DORIAN):
        sign_up = SignUp((event.id,), (replace(who, email=""),), who.email)
        receipt = await register(sign_up, by=SYSTEM, now=now())
        await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    first, second = await registrations_of(event.id)
    return Scene(await seen(event.id), other, first.id, second.id)


async def sql(statement: str, *values: object) -> None:
    await Registration.raw(statement, *values)


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
        held_on=now().date(), minutes=180, countable_minutes=180, registered=2, participations=participations,
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
    body, today = await make_organisation(), now().date()
    row = Agreement(
        organisation=body, programme=at.event.programme_id, starts_on=today, ends_on=today - timedelta(days=1),
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


BROKEN: dict[str, Callable[[Scene], Awaitable[UUID]]] = {
    "seats": too_many_seats,
    "quota": quota_exceeded,
    "status": changed("status", "lost"),
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
    "message_id": same_message_id,
}


def test_each_invariant_is_broken_here() -> None:
    assert set(BROKEN) == {invariant.code for invariant in checks.INVARIANTS}


@pytest.mark.parametrize("code", BROKEN)
async def test_a_broken_row_is_named(db: None, code: str) -> None:
    at = await scene()
    assert await checks.find_faults(now()) == []
    expected = await BROKEN[code](at)
    faults = {fault.code: fault.id for fault in await checks.find_faults(now()) if fault.code == code}
    assert faults == {code: expected}
    await _mended()


async def _mended() -> None:
    """The index one story takes away; PostgreSQL keeps its schema between tests."""
    if not on_sqlite():
        await sql("DELETE FROM registration")
        await sql(
            "CREATE UNIQUE INDEX IF NOT EXISTS registration_once ON registration (event, person_key) "
            "WHERE status NOT IN ('cancelled', 'lapsed', 'declined') AND person_key <> ''"
        )


def test_a_fault_is_said_in_words_with_its_id() -> None:
    id = uuid4()
    assert str(checks.Fault("party", "Eine Anmeldung ist für keine Person.", id)).endswith(f"[{id}]")


async def test_a_hold_that_has_ended_takes_no_seat(db: None) -> None:
    event = await make_event(capacity=1)
    await register(SignUp((event.id,), (Person(given_name="A"),), "a@example.org"), by=SYSTEM, now=now())
    await sql("UPDATE registration SET party = 2, hold_until = {}", now() - timedelta(seconds=1))
    assert await checks.find_faults(now()) == []
