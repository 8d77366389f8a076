"""A mailing is written, started, paused, resumed, stopped; each step twice changes nothing more."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from events.history.queries import history_of
from events.invitations.actions import call_off_event
from events.invitations.mailings import rules
from events.invitations.mailings.expanding import expand_mailings
from events.invitations.mailings.rules import Progress, WrittenText
from events.invitations.mailings.views import events_behind, mailing_by_id, mailings
from events.invitations.mailings.writing import (
    delete_mailing,
    edit_mailing,
    pause_mailing,
    progress_of,
    resume_mailing,
    start_mailing,
    stop_mailing,
    write_mailing,
)
from events.kit.clock import now
from events.kit.database import queries_so_far
from events.kit.refusals import NotFound, Refused
from events.mail.actions import resend
from events.mail.tables import Mailing, OutgoingMail
from tests.factories import make_event
from tests.invitations.mailings.audience import BERND, TEXT, a_draft, crowd, everybody_in, joined

Move = Callable[..., Awaitable[None]]


async def a_running(size: int = 3) -> UUID:
    event = await make_event(capacity=None)
    await crowd(event, size)
    id = await a_draft(event)
    await start_mailing(id, by=BERND, now=now())
    return id


async def status_of(id: UUID) -> str:
    found = await mailing_by_id(id)
    assert found is not None
    return found.status


async def statuses(id: UUID) -> list[str]:
    rows = await OutgoingMail.select(OutgoingMail.status).where(OutgoingMail.mailing == id)
    return sorted(row["status"] for row in rows)


async def test_a_draft_keeps_what_was_written_and_says_nothing_to_anybody(db: None) -> None:
    event = await make_event()
    await joined(event)
    id = await a_draft(event, greets=False)
    assert await expand_mailings(now=now()) == 0
    found = await mailing_by_id(id)
    assert found is not None and found.audience == everybody_in(event)
    assert (found.status, found.title, found.texts, found.greets) == ("draft", TEXT["de"].subject, TEXT, False)


async def test_a_draft_is_changed_part_by_part(db: None) -> None:
    event, other = await make_event(), await make_event("Andere")
    id = await write_mailing(everybody_in(event), by=BERND, now=now())
    await edit_mailing(id, texts={**TEXT, "tr": WrittenText("Kalem", "Getirin.")}, by=BERND, now=now())
    await edit_mailing(id, audience=everybody_in(other), by=BERND, now=now())
    await edit_mailing(id, greets=False, by=BERND, now=now())
    found = await mailing_by_id(id)
    assert found is not None and set(found.texts) == {"de", "tr"} and found.audience == everybody_in(other)
    assert not found.greets and found.title == TEXT["de"].subject


async def test_a_draft_can_be_deleted_and_a_started_one_neither_deleted_nor_changed(db: None) -> None:
    event = await make_event()
    await joined(event)
    draft, started = await a_draft(event), await a_draft(event)
    await delete_mailing(draft, by=BERND, now=now())
    assert await mailing_by_id(draft) is None
    await start_mailing(started, by=BERND, now=now())
    for change in (delete_mailing(started, by=BERND, now=now()), edit_mailing(started, texts={}, by=BERND, now=now())):
        with pytest.raises(Refused, match="mailing_frozen"):
            await change
    assert await status_of(started) == "queued"


async def test_nothing_starts_without_a_text_or_without_anybody(db: None) -> None:
    event = await make_event()
    empty = await a_draft(event)
    with pytest.raises(Refused, match="nobody_to_write_to"):
        await start_mailing(empty, by=BERND, now=now())
    await joined(event)
    unwritten = await a_draft(event, texts={})
    with pytest.raises(Refused, match="nothing_written"):
        await start_mailing(unwritten, by=BERND, now=now())
    assert {await status_of(empty), await status_of(unwritten)} == {"draft"}


async def test_starting_asks_again_when_the_number_has_changed(db: None) -> None:
    event = await make_event()
    await joined(event)
    id = await a_draft(event)
    with pytest.raises(Refused, match="recipients_changed") as refused:
        await start_mailing(id, expected=2, by=BERND, now=now())
    assert refused.value.reasons[0].facts == {"n": 1}
    await start_mailing(id, expected=1, by=BERND, now=now())
    assert await status_of(id) == "queued"


async def test_starting_twice_even_at_once_starts_once(db: None) -> None:
    event = await make_event()
    await joined(event)
    id = await a_draft(event)
    await asyncio.gather(*(start_mailing(id, by=BERND, now=now()) for _ in range(3)))
    await expand_mailings(now=now())
    await start_mailing(id, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 0 and await status_of(id) == "expanded"
    verbs = [line.verb for line in await history_of("mailing", id)]
    assert verbs.count("mailing_started") == 1


async def test_a_paused_mailing_writes_nothing_until_it_is_resumed(db: None) -> None:
    id = await a_running()
    await pause_mailing(id, by=BERND, now=now())
    await pause_mailing(id, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 0 and await status_of(id) == "paused"
    await resume_mailing(id, by=BERND, now=now())
    await resume_mailing(id, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 3


async def test_mails_in_the_outbox_stand_still_too_and_go_on_afterwards(db: None) -> None:
    id = await a_running()
    await expand_mailings(now=now())
    await pause_mailing(id, by=BERND, now=now())
    assert await statuses(id) == ["paused"] * 3
    await resume_mailing(id, by=BERND, now=now())
    assert await statuses(id) == ["queued"] * 3 and await status_of(id) == "expanded"


async def test_who_joined_while_a_written_mailing_was_paused_is_not_added(db: None) -> None:
    event = await make_event()
    await joined(event)
    id = await a_draft(event)
    await start_mailing(id, by=BERND, now=now())
    await expand_mailings(now=now())
    await pause_mailing(id, by=BERND, now=now())
    await joined(event, "Birgit", "birgit@example.org")
    await resume_mailing(id, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 0


async def test_what_is_being_sent_at_this_moment_is_left_to_its_worker(db: None) -> None:
    id = await a_running(2)
    await expand_mailings(now=now())
    one = await OutgoingMail.select(OutgoingMail.id).where(OutgoingMail.mailing == id).first()
    assert one is not None
    leased = {OutgoingMail.lease_until: now() + timedelta(seconds=60), OutgoingMail.lease_holder: "x"}
    await OutgoingMail.update(leased).where(OutgoingMail.id == one["id"])
    await pause_mailing(id, by=BERND, now=now())
    assert await statuses(id) == ["paused", "queued"]
    await stop_mailing(id, by=BERND, now=now())
    assert await statuses(id) == ["failed", "queued"]


@pytest.mark.parametrize(("move", "status"), [(pause_mailing, "paused"), (stop_mailing, "failed")])
async def test_what_could_not_be_delivered_just_then_is_not_tried_again(db: None, move: Move, status: str) -> None:
    id = await a_running(1)
    await expand_mailings(now=now())
    leased = {OutgoingMail.lease_until: now() + timedelta(seconds=60), OutgoingMail.tries: 1}
    await OutgoingMail.update(leased, force=True)
    await move(id, by=BERND, now=now())
    await expand_mailings(now=now())
    assert await statuses(id) == ["queued"]
    await OutgoingMail.update({OutgoingMail.lease_until: None}, force=True)
    await expand_mailings(now=now())
    assert await statuses(id) == [status]


async def test_a_mail_that_is_sent_anew_by_hand_goes_in_spite_of_a_stop(db: None) -> None:
    id = await a_running(1)
    await expand_mailings(now=now())
    await stop_mailing(id, by=BERND, now=now())
    (row,) = await OutgoingMail.select(OutgoingMail.id)
    await resend(row["id"], by=BERND, now=now())
    await expand_mailings(now=now())
    assert await statuses(id) == ["queued"]


async def test_a_stopped_mailing_never_goes_on(db: None) -> None:
    id = await a_running()
    await expand_mailings(now=now())
    await stop_mailing(id, by=BERND, now=now())
    await stop_mailing(id, by=BERND, now=now())
    rows = await OutgoingMail.select(OutgoingMail.reason).where(OutgoingMail.mailing == id)
    assert [row["reason"] for row in rows] == ["stopped"] * 3
    for move in (start_mailing, pause_mailing, resume_mailing):
        with pytest.raises(Refused, match="mailing_stopped"):
            await move(id, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 0


async def test_what_is_all_sent_is_neither_paused_nor_stopped(db: None) -> None:
    id = await a_running()
    await expand_mailings(now=now())
    await OutgoingMail.update({OutgoingMail.status: "sent"}).where(OutgoingMail.mailing == id)
    for move in (pause_mailing, stop_mailing):
        with pytest.raises(Refused, match="mailing_over"):
            await move(id, by=BERND, now=now())


async def test_a_draft_is_neither_paused_nor_resumed_nor_stopped(db: None) -> None:
    id = await a_draft(await make_event())
    for move in (pause_mailing, resume_mailing, stop_mailing):
        with pytest.raises(Refused, match="mailing_not_started"):
            await move(id, by=BERND, now=now())


async def test_news_of_a_change_can_be_paused_but_not_stopped(db: None) -> None:
    event = await make_event()
    await joined(event)
    await call_off_event(event.id, {}, by=BERND, now=now())
    (news,) = await mailings()
    assert await events_behind([news]) == {news.id: event.title}
    with pytest.raises(Refused, match="news_not_stoppable"):
        await stop_mailing(news.id, by=BERND, now=now())
    await pause_mailing(news.id, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 0
    await resume_mailing(news.id, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 1


async def test_what_does_not_exist_is_not_found(db: None) -> None:
    for move in (start_mailing, pause_mailing, resume_mailing, stop_mailing, delete_mailing):
        with pytest.raises(NotFound):
            await move(uuid4(), by=BERND, now=now())


async def test_progress_counts_what_is_written_and_what_is_still_to_come(db: None) -> None:
    id, empty = await a_running(4), await a_draft(await make_event())
    assert (await progress_of([id]))[id] == Progress(4, 0, 0, 0, 0, 0, "queued")
    assert (await progress_of([id]))[id].waiting == 4
    await expand_mailings(now=now())
    mails = await OutgoingMail.select(OutgoingMail.id).where(OutgoingMail.mailing == id)
    for row, status in zip(mails, ("sent", "failed", "held"), strict=False):
        await OutgoingMail.update({OutgoingMail.status: status}).where(OutgoingMail.id == row["id"])
    before = queries_so_far()
    found = await progress_of([id, empty, uuid4()])
    assert queries_so_far() - before == 2
    assert found[id] == Progress(4, 1, 1, 1, 1, 0, "expanded") and found[id].waiting == 1
    assert set(found) == {id, empty} and await progress_of([]) == {}


async def test_the_list_shows_what_the_office_wrote_and_only_unsent_news(db: None) -> None:
    event = await make_event()
    await joined(event)
    draft = await a_draft(event)
    await call_off_event(event.id, {}, by=BERND, now=now())
    assert {one.kind for one in await mailings()} == {"message", "called_off"}
    await expand_mailings(now=now())
    await OutgoingMail.update({OutgoingMail.status: "sent"}, force=True)
    assert [one.id for one in await mailings()] == [draft]


async def test_the_history_tells_each_step_and_how_many_it_went_to(db: None) -> None:
    id = await a_running(2)
    await pause_mailing(id, by=BERND, now=now())
    await stop_mailing(id, by=BERND, now=now())
    lines = {line.verb: line for line in await history_of("mailing", id)}
    assert set(lines) == {"created", "mailing_started", "paused", "mailing_stopped"}
    assert lines["mailing_started"].facts == {"recipients": 2}


@pytest.mark.parametrize(("before", "after"), [(b, a) for b, moves in rules.MOVES.items() for a in moves])
def test_every_move_leads_to_a_state_there_is(before: str, after: str) -> None:
    assert before in rules.STATUSES and after in rules.STATUSES and before != after


def test_the_columns_of_the_table_know_every_state() -> None:
    help_text = Mailing.status._meta.help_text or ""
    assert all(status in help_text for status in rules.STATUSES)
