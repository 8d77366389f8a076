"""Asking people to come: held places, mails to each once, reminders to the silent, corrections, taking back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.checks import find_faults
from events.invitations.actions import call_off_event
from events.invitations.answers import accept
from events.invitations.invited import invitations_of
from events.invitations.inviting import (
    Invitee,
    add_invitations,
    correct_invitation,
    remind_silent,
    send_invitations,
    withdraw_invitation,
)
from events.invitations.mailings.expanding import expand_mailings
from events.invitations.mailings.views import progress_of
from events.invitations.mailings.writing import stop_mailing
from events.kit.actor import person
from events.kit.clock import now
from events.kit.refusals import NotFound, Refused
from events.mail.opt_outs import address_hash, opt_out
from events.mail.tables import OutgoingMail
from events.registration.waitlist import end_offers
from tests.factories import make_event, make_organisation, make_quota
from tests.invitations.story import (
    ASKED,
    BERND,
    NOOR,
    NOOR_COMES,
    invited,
    says_no,
    says_yes,
    seen,
    taken,
)
from tests.outbox import kinds_to, mails_to, text_of
from tests.registration.stories import confirmed, statuses, stranger


@pytest.fixture(autouse=True)
async def nothing_is_wrong_in_the_end(db: None):  # type: ignore[no-untyped-def]
    yield
    assert await find_faults(now()) == []


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


async def test_a_reminder_sent_twice_in_haste_goes_out_once_and_another_one_goes_out_too() -> None:
    event = await make_event(**ASKED)
    await invited(event, NOOR)
    first = await remind_silent(event.id, {"de": "Bitte antworten Sie."}, by=BERND, now=now())
    assert await remind_silent(event.id, {"de": "Bitte antworten Sie."}, by=BERND, now=now()) == first
    assert await expand_mailings(now=now()) == 1
    assert await remind_silent(event.id, {"de": "Bitte antworten Sie."}, by=BERND, now=now()) == first
    later = now() + timedelta(days=1)
    assert await remind_silent(event.id, {"de": "Bitte antworten Sie."}, by=BERND, now=later) != first
    assert await expand_mailings(now=later) == 1
    assert await kinds_to("noor@example.org") == ["invitation", "invitation_reminder", "invitation_reminder"]


async def test_it_is_known_how_many_mails_there_will_be_before_they_are_written() -> None:
    event = await make_event(**ASKED)
    await opt_out(address_hash("zoe@example.org"), "click", now=now())
    await add_invitations(event.id, [NOOR, Invitee("zoe@example.org")], by=BERND, now=now())
    mailing = await send_invitations(event.id, {}, by=BERND, now=now())
    assert (await progress_of([mailing]))[mailing].recipients == 1


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


async def test_who_was_not_mailed_because_it_was_stopped_is_not_invited_yet() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    await add_invitations(event.id, [Invitee("zoe@example.org")], by=BERND, now=now())
    mailing = await send_invitations(event.id, {}, by=BERND, now=now())
    await expand_mailings(now=now())
    await stop_mailing(mailing, by=BERND, now=now())
    assert {seen.email: seen.status for seen in await invitations_of(event.id)} == {
        one.email: "invited",
        "zoe@example.org": "prepared",
    }
    await send_invitations(event.id, {}, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 1


async def test_once_it_is_off_nobody_is_asked_any_more_nor_told() -> None:
    event = await make_event(**ASKED)
    (one,) = await invited(event)
    await call_off_event(event.id, {}, by=BERND, now=now())
    await expand_mailings(now=now())
    asked = await OutgoingMail.select(OutgoingMail.status, OutgoingMail.reason)
    assert [(row["status"], row["reason"]) for row in asked] == [("failed", "stopped")]
    assert (await seen(one)).status == "prepared"
