"""What people change later: how many come, who comes, what they are called, which evenings of the series."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from events.kit.actor import SYSTEM, person
from events.kit.clock import now
from events.kit.refusals import Refused
from events.programme.tables import AnswerOption, Question
from events.registration.actions import cancel_booking, confirm_address, register
from events.registration.changing import change_party, correct_person, join_events, substitute_person
from events.registration.queries import registrations_of, seats
from events.registration.signup import GivenAnswer, Person
from tests.factories import make_event, make_organisation, make_quota, make_series
from tests.outbox import calendar_of, kinds_to, mails_to
from tests.people import AMIRA, DORIAN
from tests.registration.stories import BERND, confirmed, only, sign_up, signed_up, statuses, stranger

SIX = {"max_party": 6}


async def working_group(event_id: object, *places: int | None) -> list[GivenAnswer]:
    """A question whose options have these places; one answer for each."""
    question = Question(event=event_id, kind="choice", text='{"de": "Arbeitsgruppe"}', purpose="Räume planen")
    await Question.insert(question)
    options = [
        AnswerOption(question=question.id, position=number, text=f'{{"de": "AG {number}"}}', places=count)
        for number, count in enumerate(places)
    ]
    await AnswerOption.insert(*options)
    return [GivenAnswer(question.id, (option.id,)) for option in options]


async def test_more_come_only_where_seats_are_free(db: None) -> None:
    event = await make_event(capacity=4, policy=SIX)
    receipt = await confirmed(event, who=stranger(1, party=2))
    await change_party((await only(receipt)).id, 4, by=person(receipt.booking), now=now())
    assert (await seats([event.id], now()))[event.id].free == 0
    with pytest.raises(Refused, match="no_free_place"):
        await change_party((await only(receipt)).id, 5, by=person(receipt.booking), now=now())
    assert (await kinds_to("gast1@example.org"))[-1] == "party_changed"


async def test_fewer_come_and_the_seats_go_to_who_waits(db: None) -> None:
    event = await make_event(capacity=3, policy=SIX)
    receipt = await confirmed(event, who=stranger(1, party=3))
    await confirmed(event, who=stranger(2, party=2))
    await change_party((await only(receipt)).id, 1, by=person(receipt.booking), now=now())
    assert await statuses(event) == ["confirmed", "confirmed"]


async def test_who_waits_with_fewer_may_fit_now(db: None) -> None:
    event = await make_event(capacity=2, policy=SIX)
    await confirmed(event, who=stranger(1))
    waiting = await confirmed(event, who=stranger(2, party=2))
    assert await statuses(event) == ["confirmed", "waiting"]
    await change_party((await only(waiting)).id, 1, by=person(waiting.booking), now=now())
    assert await statuses(event) == ["confirmed", "confirmed"]


@pytest.mark.parametrize(("party", "reason"), [(0, "party_too_small"), (7, "party_too_large")])
async def test_the_number_keeps_to_the_rules(db: None, party: int, reason: str) -> None:
    event = await make_event(policy=SIX)
    receipt = await confirmed(event)
    with pytest.raises(Refused, match=reason):
        await change_party((await only(receipt)).id, party, by=person(receipt.booking), now=now())


async def test_a_substitute_takes_the_same_seat_though_others_wait(db: None) -> None:
    event = await make_event(capacity=1)
    receipt = await confirmed(event)
    await confirmed(event, who=stranger(1))
    await substitute_person((await only(receipt)).id, Person("Elif", "Kaya", "elif@example.org"), by=BERND, now=now())
    assert [(one.given_name, one.status) for one in await registrations_of(event.id)] == [
        ("Amira", "cancelled"), ("Gast 1", "waiting"), ("Elif", "confirmed"),
    ]  # fmt: skip
    assert "METHOD:CANCEL" in calendar_of((await mails_to(AMIRA.email, "cancelled"))[0])
    assert "METHOD:REQUEST" in calendar_of((await mails_to("elif@example.org", "substituted"))[0])


async def test_a_substitute_with_the_same_mailbox_keeps_the_calendar(db: None) -> None:
    event = await make_event(capacity=1)
    receipt = await confirmed(event)
    await substitute_person((await only(receipt)).id, Person("Elif"), by=BERND, now=now())
    assert calendar_of((await mails_to(AMIRA.email, "substituted"))[0]) == ""
    assert "cancelled" not in await kinds_to(AMIRA.email)


async def test_nobody_is_substituted_by_somebody_who_comes_anyway(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    await confirmed(event, who=DORIAN)
    with pytest.raises(Refused, match="already_signed_up"):
        await substitute_person((await only(receipt)).id, DORIAN, by=BERND, now=now())
    waiting = await signed_up(await make_event(capacity=0, policy={}), who=stranger(1))
    with pytest.raises(Refused, match="no_place_to_hand_on"):
        await substitute_person((await only(waiting)).id, DORIAN, by=BERND, now=now())


async def test_naming_others_on_an_own_page_tells_nobody_who_comes(db: None) -> None:
    event = await make_event(capacity=3)
    receipt, _other = await confirmed(event), await confirmed(event, who=DORIAN)
    by = person(receipt.booking)
    await substitute_person((await only(receipt)).id, DORIAN, by=by, now=now())
    assert await statuses(event) == ["cancelled", "confirmed", "confirmed"]
    [mail] = await mails_to(DORIAN.email, "substituted")
    assert "METHOD:REQUEST" in calendar_of(mail)


async def test_correcting_a_colleague_on_an_own_page_tells_nobody_who_comes(db: None) -> None:
    event = await make_event()
    await confirmed(event, who=DORIAN)
    both = (replace(AMIRA, email=""), replace(DORIAN, given_name="Theodor"))
    receipt = await register(replace(sign_up(event), people=both), by=SYSTEM, now=now())
    await confirm_address(receipt.booking, by=SYSTEM, now=now())
    colleague = (await registrations_of(event.id))[-1]
    assert colleague.given_name == "Theodor"
    await correct_person(colleague.participant_id, DORIAN, by=person(receipt.booking), now=now())
    assert [one.given_name for one in await registrations_of(event.id)].count(DORIAN.given_name) == 2


async def test_a_substitute_from_another_administration_needs_a_place_of_its_quota(db: None) -> None:
    event = await make_event()
    marl, herten = await make_organisation("Stadt Marl", "administration"), await make_organisation("Stadt Herten")
    await make_quota(event.id, places=1, organisation=herten)
    await confirmed(event, who=replace(stranger(1), organisation=herten))
    receipt = await confirmed(event, who=replace(stranger(2), organisation=marl))
    with pytest.raises(Refused, match="no_place_in_quota"):
        await substitute_person(
            (await only(receipt)).id, replace(stranger(3), organisation=herten), by=BERND, now=now()
        )
    await substitute_person((await only(receipt)).id, stranger(3), by=BERND, now=now())


async def test_a_corrected_name_is_recognised_again(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    participant = (await only(receipt)).participant
    await correct_person(participant, replace(AMIRA, given_name="Amîra"), by=person(receipt.booking), now=now())
    await signed_up(event, who=replace(AMIRA, given_name="Amîra"))
    assert await statuses(event) == ["confirmed"]
    assert (await registrations_of(event.id))[0].given_name == "Amîra"


async def test_two_people_do_not_become_one_by_a_correction(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    await confirmed(event, who=replace(AMIRA, given_name="Samira"))
    wrong = replace(AMIRA, given_name="Samira")
    with pytest.raises(Refused, match="already_signed_up"):
        await correct_person((await only(receipt)).participant, wrong, by=person(receipt.booking), now=now())


async def test_further_evenings_of_the_series_join_the_booking(db: None) -> None:
    series = await make_series()
    first, second = await make_event("Eins", series=series), await make_event("Zwei", series=series, capacity=0)
    other = await make_event("Anderes")
    receipt = await register(sign_up(first, series=series), by=SYSTEM, now=now())
    with pytest.raises(Refused, match="unproven"):
        await join_events(receipt.booking, [second.id], by=person(receipt.booking), now=now())
    await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    with pytest.raises(Refused, match="not_in_series"):
        await join_events(receipt.booking, [other.id], by=person(receipt.booking), now=now())
    await join_events(receipt.booking, [second.id], by=person(receipt.booking), now=now())
    assert (await statuses(first), await statuses(second)) == (["confirmed"], ["waiting"])
    assert (await kinds_to(AMIRA.email))[-1] == "waiting"
    await join_events(receipt.booking, [second.id], by=person(receipt.booking), now=now())
    assert await statuses(second) == ["waiting"]


async def test_a_working_group_has_its_own_places(db: None) -> None:
    event = await make_event(capacity=10)
    small, open_to_all = await working_group(event.id, 1, None)
    await confirmed(event, who=replace(stranger(1), answers=(small,)))
    with pytest.raises(Refused, match="option_full"):
        await signed_up(event, who=replace(stranger(2), answers=(small,)))
    await confirmed(event, who=replace(stranger(2), answers=(open_to_all,)))
    assert await statuses(event) == ["confirmed", "confirmed"]


async def test_who_waits_needs_a_place_in_the_working_group_too(db: None) -> None:
    event = await make_event(capacity=2)
    small, other = await working_group(event.id, 1, 5)
    in_group = await confirmed(event, who=replace(stranger(1), answers=(small,)))
    elsewhere = await confirmed(event, who=replace(stranger(2), answers=(other,)))
    await confirmed(event, who=replace(stranger(3), answers=(small,)))
    await confirmed(event, who=replace(stranger(4), answers=(other,)))
    await cancel_booking(elsewhere.booking, by=person(elsewhere.booking), now=now())
    assert await statuses(event) == ["confirmed", "cancelled", "waiting", "confirmed"]
    await cancel_booking(in_group.booking, by=person(in_group.booking), now=now())
    assert await statuses(event) == ["cancelled", "cancelled", "confirmed", "confirmed"]


async def test_a_substitute_keeps_the_working_group(db: None) -> None:
    event = await make_event(capacity=5)
    [small] = await working_group(event.id, 1)
    receipt = await confirmed(event, who=replace(stranger(1), answers=(small,)))
    await substitute_person((await only(receipt)).id, Person("Elif"), by=BERND, now=now())
    with pytest.raises(Refused, match="option_full"):
        await signed_up(event, who=replace(stranger(3), answers=(small,)))


async def test_named_people_hear_of_their_own_place_once_it_is_confirmed(db: None) -> None:
    event = await make_event()
    people = (replace(AMIRA, email=""), Person("Elif", "Kaya", "elif@example.org"), Person("Ayşe"))
    receipt = await register(replace(sign_up(event), people=people), by=SYSTEM, now=now())
    assert await kinds_to("elif@example.org") == []
    await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    assert await statuses(event) == ["confirmed"] * 3
    assert await kinds_to("elif@example.org") == ["registered_by"]
    mail = (await mails_to("elif@example.org"))[0]
    assert "Amira Haddad hat Sie angemeldet" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "METHOD:REQUEST" in calendar_of(mail)


async def test_colleagues_share_a_mailbox_but_nobody_is_named_twice(db: None) -> None:
    event = await make_event()
    twice = (replace(AMIRA, email=""), replace(AMIRA, email=""))
    with pytest.raises(Refused, match="named_twice"):
        await register(replace(sign_up(event), people=twice), by=SYSTEM, now=now())
    many = tuple(Person(f"Person {number}") for number in range(6))
    with pytest.raises(Refused, match="too_many_people"):
        await register(replace(sign_up(event), people=many), by=SYSTEM, now=now())


async def test_a_deadline_holds_for_people_but_not_for_the_office(db: None) -> None:
    event = await make_event(policy={"cancel_until_hours": 24 * 30, **SIX})
    receipt = await confirmed(event)
    with pytest.raises(Refused, match="too_late_to_cancel"):
        await change_party((await only(receipt)).id, 2, by=person(receipt.booking), now=now())
    await change_party((await only(receipt)).id, 2, by=BERND, now=now())
    with pytest.raises(Refused, match="already_started"):
        await change_party((await only(receipt)).id, 3, by=person(uuid4()), now=now() + timedelta(days=15))
