"""Somebody is asked to come and a place is kept: what they hear when the event changes before they have answered."""

from datetime import timedelta

import pytest

from events.invitations.actions import call_off_event, move_date
from events.invitations.changes.affected import who_is_affected
from events.invitations.inviting import add_invitations
from events.invitations.mailings.expanding import expand_mailings
from events.kit.clock import now
from events.programme.details import DateDetails
from tests.factories import make_event
from tests.invitations.story import BERND, NOOR, invited, says_no, says_yes
from tests.outbox import kinds_to, mails_to, text_of

pytestmark = pytest.mark.usefixtures("db")


async def test_whoever_is_invited_and_silent_is_no_one_on_the_waiting_list_though_a_place_is_kept() -> None:
    event = await make_event()
    await invited(event, held=True)
    affected = await who_is_affected(event, now())
    assert (affected.waiting, affected.invited, affected.mails) == (0, 1, 1)
    date = event.dates[0]
    later = DateDetails(start=date.start + timedelta(days=1), end=date.end + timedelta(days=1), venue_id=date.venue_id)
    await move_date(date.id, later, by=BERND, now=now())
    await expand_mailings(now=now())
    (mail,) = await mails_to("noor@example.org", "moved")
    assert "/einladung/" in text_of(mail) and "Warteliste" not in text_of(mail)


async def test_whoever_has_a_place_kept_but_was_never_asked_hears_nothing() -> None:
    event = await make_event()
    await add_invitations(event.id, [NOOR], hold_until=now() + timedelta(days=5), by=BERND, now=now())
    assert (await who_is_affected(event, now())).mails == 0
    await call_off_event(event.id, {}, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 0
    assert await kinds_to("noor@example.org") == []


async def test_whoever_said_yes_hears_of_it_with_their_place_and_whoever_said_no_does_not() -> None:
    event = await make_event()
    (noor,) = await invited(event, held=True)
    await says_yes(noor)
    affected = await who_is_affected(event, now())
    assert (affected.confirmed, affected.invited, affected.mails) == (1, 0, 1)
    await says_no(noor)
    assert (await who_is_affected(event, now())).mails == 0
