"""Invited people answer: yes with names, no, a colleague comes instead. The newest answer wins, no seat is lost."""

from datetime import timedelta
from typing import Any

import pytest

from events.checks import find_faults
from events.invitations.actions import call_off_event
from events.invitations.answers import accept
from events.invitations.inviting import (
    Invitee,
)
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import person
from events.kit.clock import now
from events.kit.refusals import Refused
from events.mail.tables import OutgoingMail
from events.registration.actions import confirm_address
from events.registration.queries import registrations_of
from events.registration.signup import Person
from tests.factories import make_event
from tests.invitations.story import (
    ASKED,
    BERND,
    NOOR,
    NOOR_COMES,
    YASIN,
    booking_of,
    invited,
    says_no,
    says_yes,
    seen,
    sends,
    taken,
)
from tests.outbox import calendar_of, kinds_to, mails_to, text_of
from tests.people import AMIRA
from tests.registration.stories import confirmed, statuses, stranger


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
    sent: dict[Any, Any] = {OutgoingMail.status: "sent", OutgoingMail.sent_at: now()}
    await OutgoingMail.update(sent, force=True)
    await call_off_event(event.id, {}, by=BERND, now=now())
    await expand_mailings(now=now())
    assert await kinds_to(silent.email) == ["invitation", "called_off"]
    assert await kinds_to(declined.email) == ["invitation"]
    assert calendar_of((await mails_to(silent.email, "called_off"))[0]) == ""
