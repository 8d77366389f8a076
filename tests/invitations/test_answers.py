"""Invited people answer: yes with names, no, a colleague comes instead. The newest answer wins, no seat is lost."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from events.checks import find_faults
from events.invitations.actions import call_off_event
from events.invitations.answers import accept, decline, delegate
from events.invitations.invited import InvitationView, invitation_by_id, invitations_of
from events.invitations.inviting import (
    Invitee,
    add_invitations,
    correct_invitation,
    remind_silent,
    send_invitations,
    withdraw_invitation,
)
from events.invitations.mailings import expand_mailings
from events.kit.actor import person, staff
from events.kit.clock import now
from events.kit.refusals import NotFound, Refused
from events.mail.opt_outs import address_hash, opt_out
from events.programme.queries import EventView
from events.registration.actions import confirm_address
from events.registration.queries import registrations_of, seats
from events.registration.signup import Person
from events.registration.waitlist import end_offers
from tests.factories import make_event, make_organisation, make_quota
from tests.outbox import calendar_of, kinds_to, mails_to, text_of
from tests.people import AMIRA
from tests.registration.stories import confirmed, statuses, stranger

BERND = staff(uuid4())
NOOR = Invitee("noor@example.org", "Noor", "Saleh")
NOOR_COMES = Person(given_name="Noor", family_name="Saleh")
YASIN = Person(given_name="Yasin", family_name="Demir", email="yasin@example.org")
ASKED = {"policy": {"visibility": "invited_only"}}


async def invited(event: EventView, *who: Invitee, held: bool = False) -> list[InvitationView]:
    until = now() + timedelta(days=5) if held else None
    await add_invitations(event.id, who or [NOOR], hold_until=until, by=BERND, now=now())
    await send_invitations(event.id, {"de": "Kommen Sie!"}, by=BERND, now=now())
    await expand_mailings(now=now())
    return await invitations_of(event.id)


async def says_yes(one: InvitationView, *people: Person) -> None:
    await accept(one.id, people or [NOOR_COMES], by=person(one.id), now=now())


async def says_no(one: InvitationView, reason: str = "") -> None:
    await decline(one.id, reason, by=person(one.id), now=now())


async def sends(one: InvitationView, who: Person = YASIN) -> None:
    await delegate(one.id, who, by=person(one.id), now=now())


async def seen(one: InvitationView) -> InvitationView:
    found = await invitation_by_id(one.id)
    assert found is not None
    return found


async def taken(event: EventView) -> int:
    return (await seats([event.id], now()))[event.id].taken


async def booking_of(one: InvitationView) -> UUID:
    found = (await seen(one)).booking_id
    assert found is not None
    return found


@pytest.fixture(autouse=True)
async def nothing_is_wrong_in_the_end(db: None):  # type: ignore[no-untyped-def]
    yield
    assert await find_faults(now()) == []


async def test_a_yes_is_a_place_with_a_calendar_entry_at_once() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    await says_yes(one)
    assert await statuses(event) == ["confirmed"]
    assert await kinds_to("noor@example.org") == ["invitation", "confirmation"]
    assert "METHOD:REQUEST" in calendar_of((await mails_to("noor@example.org", "confirmation"))[0])
    after = await seen(one)
    assert (after.status, after.people, after.seats) == ("accepted", ("Noor Saleh",), {"confirmed": 1})


async def test_saying_yes_twice_changes_nothing() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    await says_yes(one)
    before = await seen(one)
    await says_yes(one)
    assert await seen(one) == before
    assert await statuses(event) == ["confirmed"]
    assert await kinds_to("noor@example.org") == ["invitation", "confirmation"]


async def test_a_no_needs_no_reason_and_keeps_the_one_that_is_given() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    await says_no(one, "  Wir haben an dem Tag Elternabend. ")
    after = await seen(one)
    assert (after.status, after.reason) == ("declined", "Wir haben an dem Tag Elternabend.")
    assert await statuses(event) == [] and await kinds_to("noor@example.org") == ["invitation"]


async def test_the_newest_answer_wins() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    await says_yes(one)
    await says_no(one)
    assert (await seen(one)).status == "declined" and await taken(event) == 0
    assert "METHOD:CANCEL" in calendar_of((await mails_to("noor@example.org", "cancelled"))[0])
    await says_yes(one)
    assert sorted(await statuses(event)) == ["cancelled", "confirmed"]
    assert (await seen(one)).status == "accepted"
    assert await kinds_to("noor@example.org") == ["invitation", "confirmation", "cancelled", "confirmation"]


async def test_a_delegate_takes_the_seat_once_they_confirm() -> None:
    event = await make_event(capacity=1, **ASKED)
    (one,) = await invited(event)
    await says_yes(one)
    await confirmed(await make_event("Etwas anderes"), who=AMIRA)
    await sends(one)
    assert sorted(await statuses(event)) == ["cancelled", "unconfirmed"] and await taken(event) == 1
    assert "METHOD:CANCEL" in calendar_of((await mails_to("noor@example.org", "cancelled"))[0])
    asked = text_of((await mails_to("yasin@example.org", "delegate_asked"))[0])
    assert "Noor Saleh" in asked and "Yasin" not in asked
    await confirm_address(await booking_of(one), by=person(one.id), now=now())
    assert sorted(await statuses(event)) == ["cancelled", "confirmed"]
    assert (await seen(one)).people == ("Yasin Demir",)


async def test_who_sent_a_colleague_may_come_after_all() -> None:
    event = await make_event(capacity=1, **ASKED)
    (one,) = await invited(event)
    await sends(one)
    await confirm_address(await booking_of(one), by=person(one.id), now=now())
    await says_yes(one)
    assert sorted(await statuses(event)) == ["cancelled", "confirmed"] and await taken(event) == 1
    assert (await seen(one)).people == ("Noor Saleh",)
    assert await kinds_to("yasin@example.org") == ["delegate_asked", "confirmation", "cancelled"]


async def test_naming_the_same_colleague_twice_changes_nothing() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    await sends(one)
    await sends(one)
    assert await statuses(event) == ["unconfirmed"]
    assert await kinds_to("yasin@example.org") == ["delegate_asked"]


async def test_an_institution_sends_two_and_later_one_other() -> None:
    event = await make_event(capacity=2, **ASKED)
    (one,) = await invited(event, Invitee("kita@example.org", organisation_name="Kita Sonne", places=2))
    await says_yes(one, Person(given_name="Ayşe"), Person(given_name="Berta"))
    assert await taken(event) == 2
    await says_yes(one, Person(given_name="Berta"), Person(given_name="Cem"))
    assert sorted(await statuses(event)) == ["cancelled", "confirmed", "confirmed"]
    assert (await seen(one)).people == ("Berta", "Cem")
    await says_yes(one, Person(given_name="Cem"))
    assert await taken(event) == 1 and (await seen(one)).people == ("Cem",)
    registered = await registrations_of(event.id)
    assert {row.organisation_name for row in registered} == {"Kita Sonne"}


async def test_nobody_takes_the_seat_between_one_person_and_the_next() -> None:
    """The queue gets what is given back, not what is handed on."""
    event = await make_event(capacity=1)
    (one,) = await invited(event)
    await says_yes(one)
    await confirmed(event, who=stranger(1))
    await sends(one)
    assert sorted(await statuses(event)) == ["cancelled", "unconfirmed", "waiting"]
    await says_no(one)
    assert sorted(await statuses(event)) == ["cancelled", "cancelled", "confirmed"]


async def test_held_places_are_taken_by_the_invited_only() -> None:
    event = await make_event(capacity=2)
    one, _other = await invited(event, NOOR, Invitee("zoe@example.org", "Zoe"), held=True)
    await confirmed(event, who=stranger(1))
    assert sorted(await statuses(event)) == ["offered", "offered", "waiting"]
    await says_yes(one)
    assert sorted(await statuses(event)) == ["confirmed", "offered", "waiting"]
    assert await taken(event) == 2


async def test_held_places_that_are_declined_go_to_the_queue_and_leave_no_trace() -> None:
    event = await make_event(capacity=1)
    (one,) = await invited(event, held=True)
    await confirmed(event, who=stranger(1))
    await says_no(one)
    assert await statuses(event) == ["confirmed"]
    assert await kinds_to("noor@example.org") == ["invitation"]


async def test_a_hold_ends_without_a_word_and_a_late_yes_waits_like_everybody() -> None:
    event = await make_event(capacity=1)
    (one,) = await invited(event, held=True)
    await confirmed(event, who=stranger(1))
    later = now() + timedelta(days=6)
    await end_offers(now=later)
    assert sorted(await statuses(event)) == ["confirmed", "lapsed"]
    assert "offer_over" not in await kinds_to("noor@example.org")
    await accept(one.id, [NOOR_COMES], by=person(one.id), now=later)
    assert sorted(await statuses(event)) == ["confirmed", "lapsed", "waiting"]


async def test_more_places_than_there_are_cannot_be_held() -> None:
    event = await make_event(capacity=2)
    kita = Invitee("kita@example.org", organisation_name="Kita Sonne", places=3)
    with pytest.raises(Refused, match="no_free_place"):
        await add_invitations(event.id, [NOOR, kita], hold_until=now() + timedelta(days=1), by=BERND, now=now())
    assert await invitations_of(event.id) == [] and await statuses(event) == []


async def test_held_places_count_against_the_quota_of_the_institution() -> None:
    kita = await make_organisation("Kita Regenbogen")
    event = await make_event(capacity=10)
    await make_quota(event.id, places=1, organisation=kita)
    two = Invitee("kita@example.org", organisation=kita, places=2)
    with pytest.raises(Refused, match="no_free_place"):
        await add_invitations(event.id, [two], hold_until=now() + timedelta(days=1), by=BERND, now=now())


@pytest.mark.parametrize(("days", "code"), [(-1, "hold_is_past"), (14, "hold_past_start"), (20, "hold_past_start")])
async def test_places_are_held_until_a_moment_before_the_start(days: int, code: str) -> None:
    event = await make_event()
    until = event.starts_at if days == 14 else now() + timedelta(days=days)
    with pytest.raises(Refused, match=code):
        await add_invitations(event.id, [NOOR], hold_until=until, by=BERND, now=now())


async def test_who_says_more_names_than_places_is_told() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    with pytest.raises(Refused, match="too_many_for_invitation"):
        await says_yes(one, NOOR_COMES, Person(given_name="Ayşe"))
    with pytest.raises(Refused, match="nobody_named"):
        await accept(one.id, [], by=person(one.id), now=now())


async def test_only_who_is_asked_alone_sends_somebody_else() -> None:
    event = await make_event(**ASKED)
    (kita,) = await invited(event, Invitee("kita@example.org", places=2))
    with pytest.raises(Refused, match="delegate_only_for_one"):
        await sends(kita)


@pytest.mark.parametrize(
    ("address", "code"), [("", "delegate_needs_address"), ("NOOR@example.org", "delegate_is_invited")]
)
async def test_a_delegate_needs_an_address_of_their_own(address: str, code: str) -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    with pytest.raises(Refused, match=code):
        await sends(one, Person(given_name="Yasin", email=address))


async def test_a_delegate_who_is_registered_already_is_not_given_away() -> None:
    """What the inviting person sees is the same; only the delegate's own mailbox tells."""
    event = await make_event()
    await confirmed(event, who=YASIN)
    (one,) = await invited(event)
    await sends(one)
    assert (await seen(one)).status == "delegated"
    assert await kinds_to("yasin@example.org") == ["confirm_address", "confirmation", "already_registered"]
    assert await taken(event) == 1


async def test_nobody_answers_what_was_withdrawn() -> None:
    event = await make_event(capacity=1)
    (one,) = await invited(event, held=True)
    await confirmed(event, who=stranger(1))
    await withdraw_invitation(one.id, by=BERND, now=now())
    assert await statuses(event) == ["confirmed"]
    with pytest.raises(Refused, match="invitation_withdrawn"):
        await says_yes(one)


async def test_an_answered_invitation_is_not_withdrawn() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    await says_yes(one)
    with pytest.raises(Refused, match="already_answered"):
        await withdraw_invitation(one.id, by=BERND, now=now())


async def test_once_it_began_or_is_called_off_nobody_answers() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    with pytest.raises(Refused, match="already_started"):
        await accept(one.id, [NOOR_COMES], by=person(one.id), now=now() + timedelta(days=30))
    await call_off_event(event.id, {}, by=BERND, now=now())
    with pytest.raises(Refused, match="called_off"):
        await says_yes(one)


async def test_the_silent_hear_that_it_is_off_and_who_declined_does_not() -> None:
    event = await make_event(**ASKED)
    noor, zoe = await invited(event, Invitee("zoe@example.org", "Zoe", "Ahrens"), NOOR)
    silent, declined = (noor, zoe) if noor.email.startswith("zoe") else (zoe, noor)
    await says_no(declined)
    await call_off_event(event.id, {}, by=BERND, now=now())
    await expand_mailings(now=now())
    assert await kinds_to(silent.email) == ["invitation", "called_off"]
    assert await kinds_to(declined.email) == ["invitation"]
    assert calendar_of((await mails_to(silent.email, "called_off"))[0]) == ""


async def test_an_address_is_invited_once() -> None:
    event = await make_event(**ASKED)
    await invited(event)
    added = await add_invitations(event.id, [NOOR, Invitee("NOOR@example.org")], by=BERND, now=now())
    assert (added.new, added.known) == (0, 1)


async def test_only_the_silent_are_reminded_and_each_once() -> None:
    event = await make_event(**ASKED)
    noor, _zoe = await invited(event, NOOR, Invitee("zoe@example.org", "Zoe", "Zander"))
    await says_yes(noor)
    await remind_silent(event.id, {}, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 1
    assert await expand_mailings(now=now()) == 0
    assert await kinds_to("zoe@example.org") == ["invitation", "invitation_reminder"]
    assert "invitation_reminder" not in await kinds_to("noor@example.org")


async def test_with_nobody_left_there_is_nothing_to_send() -> None:
    event = await make_event(**ASKED)
    with pytest.raises(Refused, match="nobody_to_invite"):
        await send_invitations(event.id, {}, by=BERND, now=now())
    (one,) = await invited(event)
    await says_yes(one)
    with pytest.raises(Refused, match="nobody_to_remind"):
        await remind_silent(event.id, {}, by=BERND, now=now())
    with pytest.raises(NotFound):
        await send_invitations(uuid4(), {}, by=BERND, now=now())


async def test_who_wants_no_invitations_gets_none() -> None:
    event = await make_event(**ASKED)
    await opt_out(address_hash("Noor@example.org"), "click", now=now())
    (one,) = await invited(event)
    assert one.status == "prepared" and await kinds_to("noor@example.org") == []


async def test_an_invitation_can_be_unsubscribed_with_one_click() -> None:
    event = await make_event(**ASKED)
    await invited(event)
    (mail,) = await mails_to("noor@example.org", "invitation")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/abmelden/" in mail["List-Unsubscribe"] and mail["Precedence"] == "bulk"
    assert "Kommen Sie!" in text_of(mail) and "/einladung/" in text_of(mail)


async def test_a_wrong_address_is_corrected_and_its_link_ends() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event, Invitee("norr@example.org", "Noor", "Saleh"))
    await correct_invitation(one.id, NOOR, by=BERND, now=now())
    after = await seen(one)
    assert (after.status, after.email, after.link_version) == ("prepared", "noor@example.org", 2)
    await send_invitations(event.id, {}, by=BERND, now=now())
    await expand_mailings(now=now())
    assert await kinds_to("noor@example.org") == ["invitation"]


async def test_three_hundred_are_invited_in_batches_and_each_once() -> None:
    event = await make_event(capacity=None, **ASKED)
    many = [Invitee(f"person{number}@example.org") for number in range(120)]
    await add_invitations(event.id, many, by=BERND, now=now())
    await send_invitations(event.id, {}, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 120
    assert {one.status for one in await invitations_of(event.id)} == {"invited"}
    assert await expand_mailings(now=now()) == 0
