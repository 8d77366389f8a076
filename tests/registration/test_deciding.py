"""Bernd decides: yes and no to requests, and the waiting list past its order."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from events.history.queries import history_of
from events.kit.clock import now, today
from events.kit.refusals import NotFound, Refused
from events.programme.queries import EventView
from events.programme.tables import Agreement
from events.registration.actions import cancel_registration, confirm_address, register
from events.registration.deciding import approve_registrations, decline_registrations, move_up, put_on_waiting_list
from events.registration.queries import registrations_of, seats
from tests.factories import make_event, make_organisation
from tests.outbox import calendar_of, kinds_to, mails_to, text_of
from tests.people import AMIRA, DORIAN
from tests.registration.stories import BERND, confirmed, only, sign_up, statuses, stranger


async def ids(event: EventView, *positions: int) -> list[UUID]:
    rows = await registrations_of(event.id)
    return [rows[position].id for position in positions]


async def test_a_yes_makes_a_request_a_place(db: None) -> None:
    event = await make_event(policy={"approval": True})
    await confirmed(event)
    assert await statuses(event) == ["requested"]
    result = await approve_registrations(
        await ids(event, 0), by=BERND, now=now(), message="Bitte bringen Sie Stifte mit."
    )
    assert result == {"confirmed": 1}
    mail = (await mails_to(AMIRA.email, "confirmation"))[0]
    assert "Bitte bringen Sie Stifte mit." in text_of(mail) and "METHOD:REQUEST" in calendar_of(mail)


async def test_a_no_says_why_and_frees_the_kept_seat(db: None) -> None:
    event = await make_event(capacity=1, policy={"approval": True})
    await confirmed(event)
    await confirmed(event, who=DORIAN)
    await approve_registrations(await ids(event, 1), by=BERND, now=now())
    assert await statuses(event) == ["requested", "waiting"]
    await decline_registrations(await ids(event, 0), by=BERND, now=now(), message="Der Kurs ist für Anfänger.")
    assert await statuses(event) == ["declined", "confirmed"]
    assert "Der Kurs ist für Anfänger." in text_of((await mails_to(AMIRA.email, "declined"))[0])
    assert await kinds_to(DORIAN.email) == ["confirm_address", "requested", "waiting", "moved_up"]


async def test_many_are_decided_at_once_and_nobody_gets_a_seat_too_many(db: None) -> None:
    event = await make_event(capacity=2, policy={"approval": True, "request_holds_place": False})
    for number in range(4):
        await confirmed(event, who=stranger(number))
    result = await approve_registrations(await ids(event, 3, 2, 1, 0), by=BERND, now=now())
    assert result == {"confirmed": 2, "waiting": 2}
    assert await statuses(event) == ["confirmed", "confirmed", "waiting", "waiting"]


async def test_what_is_decided_is_not_decided_again(db: None) -> None:
    event = await make_event(policy={"approval": True})
    await confirmed(event)
    await decline_registrations(await ids(event, 0), by=BERND, now=now())
    for decide in (approve_registrations, decline_registrations):
        with pytest.raises(Refused, match="not_requested"):
            await decide(await ids(event, 0), by=BERND, now=now())
    with pytest.raises(NotFound):
        await approve_registrations([event.id], by=BERND, now=now())


async def test_without_an_agreement_the_office_decides_and_says_why(db: None) -> None:
    covered, other = await make_organisation("Kita Sonne"), await make_organisation("Kita Mond")
    event = await make_event(policy={"agreement": "required"})
    await Agreement.insert(
        Agreement(
            organisation=covered, programme=event.programme_id, starts_on=today() - timedelta(days=1),
            ends_on=today() + timedelta(days=60), created_at=now(),
        )
    )  # fmt: skip
    for number, organisation in enumerate((covered, other)):
        await confirmed(event, who=replace(stranger(number), organisation=organisation))
    assert await statuses(event) == ["confirmed", "requested"]
    [asked] = await ids(event, 1)
    with pytest.raises(Refused, match="agreement_reason_needed"):
        await approve_registrations([asked], by=BERND, now=now())
    await approve_registrations([asked], by=BERND, now=now(), reason="Die Vereinbarung liegt zur Unterschrift vor.")
    assert await statuses(event) == ["confirmed", "confirmed"]
    assert "Unterschrift" in (await history_of("registration", asked))[0].reason


async def test_a_child_of_a_covered_body_is_covered(db: None) -> None:
    body = await make_organisation("Träger Süd", "body")
    child = await make_organisation("Kita Süd", parent_id=body)
    event = await make_event(policy={"agreement": "required"})
    await Agreement.insert(
        Agreement(organisation=body, programme=event.programme_id, starts_on=today(), created_at=now())
    )
    await confirmed(event, who=replace(AMIRA, organisation=child))
    assert await statuses(event) == ["confirmed"]


async def test_an_agreement_that_has_run_out_covers_nobody(db: None) -> None:
    kita = await make_organisation()
    event = await make_event(policy={"agreement": "required"})
    day = today()
    await Agreement.insert(
        Agreement(
            organisation=kita, programme=event.programme_id, starts_on=day - timedelta(days=9),
            ends_on=day + timedelta(days=1), created_at=now(),
        )
    )  # fmt: skip
    await confirmed(event, who=replace(AMIRA, organisation=kita))
    assert await statuses(event) == ["requested"]


async def test_staff_set_aside_what_is_not_about_seats(db: None) -> None:
    event = await make_event(policy={"sign_up_until_hours": 24 * 30}, capacity=1)
    late = replace(sign_up(event), source="office")
    with pytest.raises(Refused, match="sign_up_closed"):
        await register(late, by=BERND, now=now())
    await register(replace(late, override="Auf Bitte der Leitung"), by=BERND, now=now())
    assert await statuses(event) == ["confirmed"]
    from_web = replace(sign_up(event, who=DORIAN), override="Ich will aber")
    with pytest.raises(Refused, match="sign_up_closed"):
        await register(from_web, by=BERND, now=now())


async def test_back_to_the_waiting_list_gives_the_place_to_the_next(db: None) -> None:
    event = await make_event(capacity=1)
    await confirmed(event)
    await confirmed(event, who=DORIAN)
    [first] = await ids(event, 0)
    with pytest.raises(Refused, match="reason_needed"):
        await put_on_waiting_list(first, by=BERND, now=now(), reason=" ")
    await put_on_waiting_list(first, by=BERND, now=now(), reason="Doppelt vergeben")
    assert sorted([(one.given_name, one.status) for one in await registrations_of(event.id)]) == [
        ("Amira", "waiting"),
        ("Dorian", "confirmed"),
    ]
    assert "METHOD:CANCEL" in calendar_of((await mails_to(AMIRA.email, "back_to_waiting"))[0])


async def test_moving_up_out_of_turn_needs_a_reason_and_a_free_seat(db: None) -> None:
    event = await make_event(capacity=1, starts_in=timedelta(hours=6))
    holder = await confirmed(event)
    for number in range(2):
        await confirmed(event, who=stranger(number))
    last = (await ids(event, 2))[0]
    with pytest.raises(Refused, match="no_free_place"):
        await move_up(last, by=BERND, now=now(), reason="Wird gebraucht")
    await confirm_address(holder.booking, by=BERND, now=now())
    await cancel_registration((await only(holder)).id, by=BERND, now=now())
    with pytest.raises(Refused, match="reason_needed"):
        await move_up(last, by=BERND, now=now(), reason="")
    await move_up(last, by=BERND, now=now(), reason="Wird als Dolmetscherin gebraucht")
    assert await statuses(event) == ["cancelled", "waiting", "confirmed"]
    assert (await seats([event.id], now()))[event.id].free == 0
