"""What our mails and calendars do to somebody's calendar, judged by three programs that are not ours."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest

from events.calendar_feeds.feeds import event_feed, feed
from events.calendar_feeds.personal import personal_feed
from events.invitations.actions import add_date, drop_date, move_date
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.feed_addresses import feed_token
from events.programme.actions import mark_called_off
from events.programme.details import DateDetails
from events.programme.listing import Filters
from events.programme.queries import EventView
from events.registration.actions import cancel_booking
from events.settings import settings
from tests.calendars.readers import READERS, Seen
from tests.calendars.store import Store
from tests.factories import make_event, make_venue, seen
from tests.outbox import mails_to
from tests.people import AMIRA
from tests.registration.stories import confirmed, stranger

AHEAD = now().year + 1
WINTER, SUMMER = datetime(AHEAD, 1, 12, 16, 30, tzinfo=UTC), datetime(AHEAD, 7, 13, 15, 30, tzinfo=UTC)
"""Both half past five in the evening."""


async def mailed() -> list[bytes]:
    """The calendar files of the mails to Amira, in order; each inline part stands for its attachment too."""
    return [file for mail in await mails_to(AMIRA.email) for file in files_of(mail)]


def files_of(mail: EmailMessage) -> list[bytes]:
    parts = [part for part in mail.walk() if part.get_content_type() in ("text/calendar", "application/ics")]
    contents = [bytes(part.get_payload(decode=True)) for part in parts]  # type: ignore[arg-type]  # leaves hold bytes
    return list(dict.fromkeys(contents))


async def told_by_each(files: Sequence[bytes]) -> Mapping[str, list[list[Seen]]]:
    return {name: await read(files) for name, read in READERS.items()}


async def move(event: EventView, start: datetime) -> None:
    date = event.dates[0]
    details = DateDetails(start, start + timedelta(hours=3), venue_id=date.venue_id)
    await move_date(date.id, details, by=SYSTEM, now=now())
    await expand_mailings(now=now())


async def an_evening(start: datetime, title: str = "Abend") -> EventView:
    event = await make_event(title, dates=0, venue=None)
    venue = await make_venue("Rathaus", city="Marl")
    await add_date(event.id, DateDetails(start, start + timedelta(hours=3), venue_id=venue), by=SYSTEM, now=now())
    return await seen(event.id)


async def test_confirm_move_cancel_sign_up_again_cancel_ends_empty_in_every_program(db: None) -> None:
    event = await an_evening(WINTER)
    first = await confirmed(event)
    await move(event, SUMMER)
    await cancel_booking(first.booking, by=SYSTEM, now=now())
    second = await confirmed(event)
    await cancel_booking(second.booking, by=SYSTEM, now=now())
    for name, files in (await told_by_each(await mailed())).items():
        assert [one.method for (one,) in files] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST", "CANCEL"], name
        assert len({one.uid for (one,) in files}) == 1
        assert [one.sequence for (one,) in files] == sorted({one.sequence for (one,) in files})
        assert {one.attendees for (one,) in files} == {1}
        store, shown = Store(), []
        for file in files:
            store.apply(file)
            shown.append([one.start for one in store.standing])
        assert shown == [[WINTER], [SUMMER], [], [SUMMER], []], name


async def test_mails_that_arrive_late_or_twice_change_nothing(db: None) -> None:
    event = await an_evening(WINTER)
    first = await confirmed(event)
    await move(event, SUMMER)
    await cancel_booking(first.booking, by=SYSTEM, now=now())
    for files in (await told_by_each(await mailed())).values():
        store = Store()
        for file in (files[2], files[0], files[1], *files, files[1]):
            store.apply(file)
        assert store.standing == []


async def test_mails_and_the_personal_calendar_never_contradict_each_other(db: None) -> None:
    event = await an_evening(WINTER)
    first = await confirmed(event)
    copies = [await own_calendar(first.booking)]
    await move(event, SUMMER)
    copies.append(await own_calendar(first.booking))
    await cancel_booking(first.booking, by=SYSTEM, now=now())
    copies.append(await own_calendar(first.booking))
    second = await confirmed(event)
    copies += [await own_calendar(first.booking), await own_calendar(second.booking)]
    for name, files in (await told_by_each([*await mailed(), *copies])).items():
        mails, feeds = files[:4], files[4:]
        assert [[(one.status, one.sequence) for one in copy] for copy in feeds] == [
            [("CONFIRMED", mails[0][0].sequence)],
            [("CONFIRMED", mails[1][0].sequence)],
            [("CANCELLED", mails[2][0].sequence)],
            [],
            [("CONFIRMED", mails[3][0].sequence)],
        ], name
        assert {one.attendees for copy in feeds for one in copy} == {0}
        store = Store()
        for file in (*mails, *feeds):
            store.apply(file)
        assert [one.start for one in store.standing] == [SUMMER], name


async def own_calendar(booking: UUID) -> bytes:
    return (await personal_feed(feed_token("feed", booking, 1), language="de", now=now())).content


async def test_an_event_with_several_dates_comes_as_one_file_and_each_change_by_itself(db: None) -> None:
    event = await make_event("Kurs", dates=3)
    receipt = await confirmed(event)
    await drop_date(event.dates[1].id, by=SYSTEM, now=now())
    await expand_mailings(now=now())
    await cancel_booking(receipt.booking, by=SYSTEM, now=now())
    for name, files in (await told_by_each(await mailed())).items():
        assert [(len(file), file[0].method) for file in files] == [(3, "PUBLISH"), *[(1, "CANCEL")] * 4], name
        store = Store()
        store.apply(files[0])
        store.apply(files[1])
        assert [one.uid for one in store.standing] == [event.dates[0].uid, event.dates[2].uid]
        store.apply(one for file in files[2:] for one in file)
        assert store.standing == []


async def test_every_calendar_says_the_right_time_in_winter_and_in_summer(db: None) -> None:
    winter, summer = await an_evening(WINTER, "Winter; mit, Zeichen"), await an_evening(SUMMER, "Sommer")
    off = await an_evening(SUMMER + timedelta(days=7), "Fällt aus")
    await mark_called_off(off.id, {"de": "Sturm"}, by=SYSTEM, now=now())
    receipt = await confirmed(winter, summer)
    copies = [
        (await feed(Filters(), language="de", now=now())).content,
        (await feed(Filters(stadt="Marl"), language="de", cancelled=False, now=now())).content,
        (await feed(Filters(stadt="Nirgendwo"), language="ar", now=now())).content,
        await own_calendar(receipt.booking),
        (await event_feed(off.slug, language="tr") or await feed(Filters(), language="tr", now=now())).content,
    ]
    week = timedelta(days=7)
    for name, files in (await told_by_each(copies)).items():
        assert [[one.start for one in file] for file in files] == [
            [WINTER, SUMMER, SUMMER + week], [WINTER, SUMMER], [], [WINTER, SUMMER], [SUMMER + week],
        ], name  # fmt: skip
        assert [one.end - one.start for file in files for one in file] == [timedelta(hours=3)] * 8
        assert files[0][0].summary == "Winter; mit, Zeichen" and "Marl" in files[0][0].categories
        assert [one.status for one in files[4]] == ["CANCELLED"]
        assert {one.method for file in files for one in file} == {"PUBLISH"}


@pytest.mark.parametrize("method", ["request", "publish"])
async def test_the_operator_chooses_between_invitations_and_published_dates(
    db: None, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setenv("EVENTS_CALENDAR_METHOD", method)
    settings.cache_clear()
    try:
        event = await an_evening(WINTER)
        receipt = await confirmed(event)
        await move(event, SUMMER)
        await cancel_booking(receipt.booking, by=SYSTEM, now=now())
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    for files in (await told_by_each(await mailed())).values():
        store = Store()
        for file in files[:2]:
            store.apply(file)
            assert file[0].method == method.upper() and file[0].attendees == (method == "request")
        assert [one.start for one in store.standing] == [SUMMER]
        store.apply(files[2])
        assert files[2][0].method == "CANCEL" and store.standing == []


async def test_waiting_people_are_never_sent_a_date(db: None) -> None:
    event = await make_event("Klein", capacity=1)
    await confirmed(event, who=stranger(1))
    await confirmed(event)
    assert await mailed() == []
