"""Amira is asked once and answers once; nobody can tell that it was she."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

import pytest

from events.feedback.answering import take_answer, way_behind
from events.feedback.asking import ask_due, forget_links, people_to_ask
from events.feedback.default_questions import DEFAULT
from events.feedback.forms_kept import questions_of, save_questions
from events.feedback.results import Results, compared, results_of
from events.feedback.reviews import reviews_of, write_review
from events.feedback.rounds import ask_after_events, close_round, open_due_rounds, open_round, round_of
from events.feedback.tables import Feedback, FeedbackCode, FeedbackForm
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.clock import BERLIN, berlin, now
from events.kit.refusals import NotFound, Refused
from events.mail.opt_outs import address_hash, opt_out
from events.mail.tables import OutgoingMail
from events.piccolo_app import APP_CONFIG
from tests.attendance.story import record, sign_up, was
from tests.factories import make_event, make_programme
from tests.feedback.story import AMIRA, CEM, answer, asked, asked_event, code_of, opened, room_token, said
from tests.outbox import kinds_to, mails_to

pytestmark = pytest.mark.usefixtures("db")


async def test_a_code_answers_once_and_its_form_sent_twice_counts_once():
    event, _ids = await asked_event(AMIRA)
    assert await asked(event) == 1 and await asked(event) == 0
    code = await code_of(AMIRA)
    await answer(code, {"overall": 4}, "form")
    await answer(code, {"overall": 4}, "form")
    with pytest.raises(Refused, match="feedback_code_used"):
        await answer(code, {"overall": 1}, "another form")
    assert await Feedback.count() == 1 and (await way_behind(code)).is_used


async def test_two_answers_with_one_code_at_once_are_one():
    event, _ids = await asked_event(AMIRA)
    await asked(event)
    code = await code_of(AMIRA)
    done = await asyncio.gather(*(answer(code) for _try in range(4)), return_exceptions=True)
    assert sum(one is None for one in done) == 1 and sum(isinstance(one, Refused) for one in done) == 3
    assert await Feedback.count() == 1


async def test_many_answer_in_the_room_each_form_once():
    event, _ids = await asked_event()
    token = room_token(await opened(event))
    await asyncio.gather(*(answer(token, submission="the same") for _try in range(3)))
    await answer(token)
    assert await Feedback.count() == 2


async def test_what_another_code_sent_does_not_use_up_this_one():
    event, _ids = await asked_event(AMIRA, CEM)
    await asked(event)
    await answer(await code_of(AMIRA), submission="form")
    with pytest.raises(Refused):
        await answer(await code_of(CEM), submission="form")
    assert not (await way_behind(await code_of(CEM))).is_used


async def test_nobody_answers_before_the_event_or_after_the_round():
    event = await make_event(starts_in=timedelta(days=2))
    early = await opened(event)
    with pytest.raises(Refused, match="feedback_ahead"):
        await answer(room_token(early))
    with pytest.raises(Refused, match="feedback_over"):
        way = await way_behind(room_token(early))
        await take_answer(way, {"overall": 5}, "late", now=early.closes_at)
    with pytest.raises(NotFound):
        await way_behind("never-given-out")
    with pytest.raises(Refused, match="feedback_without_event"):
        await open_round((await make_event(published=False)).id, by=SYSTEM, now=now())


async def test_no_row_leads_from_an_answer_to_a_person():
    event, (amira, cem) = await asked_event(AMIRA, CEM)
    await asked(event)
    code, answered_before = await code_of(AMIRA), await HistoryEntry.count()
    await answer(code, {"overall": 2, "better": "Mehr Pausen"})
    await OutgoingMail.update({OutgoingMail.status: "sent"}).where(OutgoingMail.kind == "feedback_asked")
    await forget_links()
    (kept,) = await Feedback.select()
    (used,) = await FeedbackCode.select().where(FeedbackCode.used.eq(True))
    people = {str(amira), str(cem), AMIRA.email, CEM.email, "Haddad"}
    for row in (kept, used):
        assert set(row) <= {"id", "round", "answers", "received_on", "code_hash", "used"}
        assert not any(who in str(row) for who in people)
    for table in APP_CONFIG.table_classes:
        rows = await table.select()
        about_answers = table in (Feedback, FeedbackCode)
        assert not any(code in str(row) for row in rows), table
        assert about_answers or not any(str(one["id"]) in str(row) for row in rows for one in (kept, used)), table
    assert await HistoryEntry.count() == answered_before


async def test_who_was_there_is_asked_once_in_their_language():
    event, (amira, _cem) = await asked_event(AMIRA, CEM)
    twin = replace(AMIRA, given_name="Ada")
    ids = [*(await sign_up(event, twin)), *(await sign_up(event, replace(CEM, email="new@example.org"), proven=False))]
    await record(event.dates[0].id, was(amira), *(was(one) for one in ids))
    assert [one.address for one in await people_to_ask(event)] == [AMIRA.email]
    assert await asked(event) == 1 and await kinds_to(CEM.email) == []


async def test_who_wants_no_mails_of_ours_is_not_asked():
    event, _ids = await asked_event(AMIRA, CEM)
    await opt_out(address_hash(AMIRA.email), "page", now=now())
    assert await asked(event) == 1 and await mails_to(AMIRA.email) == []


async def test_the_clock_opens_each_round_once_and_asks_the_next_morning():
    programme = await make_programme("Lebenskunde")
    event, _ids = await asked_event(AMIRA, programme=programme)
    await make_event(starts_in=timedelta(days=2), programme=programme)
    end = event.dates[0].end
    assert await open_due_rounds(by=SYSTEM, now=end) == 0
    await ask_after_events(programme, True, by=SYSTEM, now=now())
    assert [await open_due_rounds(by=SYSTEM, now=end) for _round in range(2)] == [1, 0]
    next_day = end.astimezone(BERLIN).date() + timedelta(days=1)
    moments = end + timedelta(hours=1), berlin(next_day, time(9)), berlin(next_day, time(10))
    assert [await ask_due(now=moment) for moment in moments] == [0, 1, 0]
    late = await make_event(starts_in=-timedelta(days=9), programme=programme)
    assert await open_due_rounds(by=SYSTEM, now=now()) == 0 and await round_of(late.id) is None


async def test_answers_keep_the_version_of_the_form_they_were_given_to():
    event, _ids = await asked_event()
    first = await opened(event)
    question = replace(DEFAULT[0], text={"de": "Und?"})
    for _twice in range(2):
        await save_questions(event.programme_id, [question], by=SYSTEM, now=now())
    assert await questions_of(event.programme_id) == (question,)
    kept = await round_of(event.id)
    assert kept is not None and kept.questions == DEFAULT == first.questions
    assert sorted(row["version"] for row in await FeedbackForm.select()) == [1, 2]
    with pytest.raises(Refused, match="feedback_without_question"):
        await save_questions(event.programme_id, [], by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await save_questions(uuid4(), [question], by=SYSTEM, now=now())


async def test_results_wait_for_the_end_and_for_five():
    few, many = (await asked_event(programme=await make_programme("A")))[0], (await asked_event())[0]
    assert await results_of(await said(few, [{"overall": 1}] * 4), now()) == Results(None, ())
    running = await said(many, [{"overall": 5, "liked": f"Text {n}"} for n in (3, 1, 2, 5, 4)], closed=False)
    assert (await results_of(running, now())).questions == ()
    await close_round(many.id, by=SYSTEM, now=now())
    found = await results_of(await _round(many.id), now())
    assert found.forms == 5 and found.questions[0].shown.tenths == 50
    assert found.questions[6].texts == ("Text 1", "Text 2", "Text 3", "Text 4", "Text 5")
    with pytest.raises(Refused, match="feedback_not_open"):
        await close_round(many.id, by=SYSTEM, now=now())


async def test_events_that_are_hidden_are_in_no_total():
    programme = await make_programme("Austausch")
    for points in ([5] * 6, [4] * 5, [1] * 3):
        event, _ids = await asked_event(programme=programme)
        await said(event, [{"overall": one} for one in points])
    found = await compared(programme, now())
    assert sorted(one.forms or 0 for one in found.events) == [0, 5, 6]
    assert found.forms == 11 and found.tenths == {"overall": round((50 * 6 + 40 * 5) / 11)}


async def test_a_review_is_final_once_it_is_signed():
    event, _ids = await asked_event()
    who = uuid4()
    await write_review(event.id, who, {"went": "Gut"}, now=now())
    with pytest.raises(Refused, match="review_without_name"):
        await write_review(event.id, who, {"went": "Gut"}, signed_as=" ", now=now())
    await write_review(event.id, who, {"went": "Sehr gut"}, signed_as="Tanja Fuchs", now=now())
    with pytest.raises(Refused, match="review_signed"):
        await write_review(event.id, who, {"went": "Schlecht"}, now=now())
    (one,) = await reviews_of(event.id)
    assert one.name == "Tanja Fuchs" and one.answers == {"went": "Sehr gut"} and one.is_signed


async def test_nobody_signs_a_review_of_what_has_not_begun():
    event, who = await make_event(), uuid4()
    await write_review(event.id, who, {"went": "Wird schön"}, now=now())
    with pytest.raises(Refused, match="review_ahead"):
        await write_review(event.id, who, {"went": "War schön"}, signed_as="Tanja Fuchs", now=now())


async def _round(event_id):
    found = await round_of(event_id)
    assert found is not None
    return found
