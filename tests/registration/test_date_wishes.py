"""„Termin folgt“: an address is noted, proven, taken back, and kept no longer than needed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.kit.clock import now
from events.kit.refusals import Gone, NotFound
from events.programme.queries import EventView
from events.registration.date_wishes import (
    confirm_wish,
    may_wish,
    sweep_wishes,
    take_back_wish,
    wish_behind,
    wish_for_date,
)
from events.registration.links import booking_token
from events.registration.tables import DateWish
from tests.factories import make_event
from tests.outbox import kinds_to, mails_to, text_of

AMIRA = "amira@example.org"


async def token(email: str = AMIRA) -> str:
    return text_of((await mails_to(email, "date_wish"))[-1]).partition("/bescheid/")[2].split()[0]


async def wish(event: EventView, email: str = AMIRA) -> str:
    await wish_for_date(event.id, email, "de", now=now())
    return await token(email)


@pytest.mark.parametrize(
    ("how", "may"),
    [
        ({"dates": 0}, True),
        ({"dates": 0, "policy": {"visibility": "hidden"}}, True),
        ({"dates": 0, "policy": {"visibility": "invited_only"}}, False),
        ({"dates": 0, "published": False}, False),
        ({"dates": 0, "called_off": True}, False),
        ({"dates": 1}, False),
    ],
)
async def test_only_an_open_event_without_a_date_can_be_waited_for(db: None, how: dict[str, object], may: bool) -> None:
    event = await make_event(**how)  # type: ignore[arg-type]
    assert may_wish(event) is may
    await wish_for_date(event.id, AMIRA, "de", now=now())
    assert await DateWish.count() == int(may)


async def test_the_mail_proves_the_address_and_twice_changes_nothing(db: None) -> None:
    found = await wish_behind(await wish(await make_event(dates=0)))
    assert not found.is_proven
    await confirm_wish(found, now=now())
    await confirm_wish(found, now=now() + timedelta(days=1))
    row = await DateWish.objects().first()
    assert row is not None and row.proven_at is not None and row.proven_at <= now()


async def test_asking_again_sends_the_same_link_again(db: None) -> None:
    event = await make_event(dates=0)
    first = await wish(event)
    await confirm_wish(await wish_behind(first), now=now())
    assert await wish(event) == first
    assert await kinds_to(AMIRA) == ["date_wish", "date_wish"] and await DateWish.count() == 1


async def test_taking_it_back_deletes_address_and_mails(db: None) -> None:
    link = await wish(await make_event(dates=0))
    await take_back_wish(await wish_behind(link))
    assert await DateWish.count() == 0 and await kinds_to(AMIRA) == []
    with pytest.raises(NotFound):
        await wish_behind(link)


async def test_a_made_up_link_opens_nothing_and_a_withdrawn_one_says_so(db: None) -> None:
    link = await wish(await make_event(dates=0))
    row = await DateWish.objects().first()
    assert row is not None
    for foreign in ("x", booking_token(row.id, 1), booking_token(uuid4(), 1)):
        with pytest.raises(NotFound):
            await wish_behind(foreign)
    await DateWish.update({DateWish.link_version: 2}, force=True)
    with pytest.raises(Gone):
        await wish_behind(link)


async def test_the_unproven_go_after_a_week_and_all_after_a_year(db: None) -> None:
    event = await make_event(dates=0)
    await confirm_wish(await wish_behind(await wish(event)), now=now())
    await wish(event, "dorian@example.org")
    for days, left in ((6, 2), (8, 1), (364, 1), (366, 0)):
        await sweep_wishes(now() + timedelta(days=days))
        assert await DateWish.count() == left, days
