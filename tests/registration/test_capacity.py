"""Changing what limits the seats: what is taken stays, what becomes free goes to those who wait."""

from dataclasses import replace
from datetime import timedelta

import pytest

from events.history.queries import history_of
from events.history.wording import sentence
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import NotFound, Refused
from events.programme.details import OptionDetails, QuestionDetails, QuotaDetails
from events.programme.question_actions import add_question
from events.programme.question_rules import NOBODY
from events.programme.questions import questions_of
from events.programme.wording import refusal_text
from events.registration.actions import cancel_booking, register
from events.registration.capacity import (
    change_question,
    change_quota,
    change_quotas,
    remove_question,
    remove_quota,
    share_among_kind,
)
from events.registration.occupancy import answered, quota_uses
from events.registration.signup import GivenAnswer, SignUp
from events.registration.tables import Answer
from events.web.staff.history_words import facts_in_words
from tests.factories import make_event, make_organisation, make_quota
from tests.outbox import kinds_to
from tests.people import DORIAN
from tests.registration.stories import confirmed, signed_up, statuses, stranger

GROUPS = QuestionDetails(
    "choice",
    {"de": "Welche Arbeitsgruppe?"},
    purpose="Damit die Räume passen.",
    options=(OptionDetails({"de": "Sprache"}, 2), OptionDetails({"de": "Pflege"})),
)


async def working_groups(event):
    """The question about working groups, asked by this event."""
    await add_question(event.id, GROUPS, by=SYSTEM, now=now())
    return (await questions_of([event.id]))[event.id][0]


def limited_to(question, places):
    """The question with other places in its first option."""
    first, second = question.options
    options = (OptionDetails(first.text, places, first.id), OptionDetails(second.text, None, second.id))
    return replace(GROUPS, options=options)


async def choosing(event, question, number, option=0, party=1):
    answer = GivenAnswer(question.id, (question.options[option].id,))
    who = replace(stranger(number, party), email="", answers=(answer,))
    sign_up = SignUp((event.id,), (who,), f"gast{number}@example.org", source="office")
    return await register(sign_up, by=SYSTEM, now=now())


async def from_there(event, organisation, people):
    for number in range(people):
        await confirmed(event, who=replace(stranger(number), organisation=organisation))


async def use_of(question):
    return (await answered([question.id], now()))[question.id]


async def test_answers_and_seats_are_counted_by_option(db):
    event = await make_event(policy={"max_party": 4})
    question = await working_groups(event)
    assert await use_of(question) == NOBODY
    await choosing(event, question, 1, party=2)
    await choosing(event, question, 2, option=1)
    use, (language, care) = await use_of(question), question.options
    assert use.answers == 2 and use.chosen == {language.id: 1, care.id: 1}
    assert use.taken == {language.id: 2, care.id: 1}


async def test_places_of_an_option_are_not_lowered_below_those_taken(db):
    event = await make_event()
    question = await working_groups(event)
    await choosing(event, question, 1)
    await choosing(event, question, 2)
    with pytest.raises(Refused) as refused:
        await change_question(event.id, question.id, limited_to(question, 1), by=SYSTEM, now=now())
    assert "„Sprache“: Weniger als 2 geht nicht" in refusal_text(refused.value.reasons[0])
    await change_question(event.id, question.id, limited_to(question, 3), by=SYSTEM, now=now())
    assert (await questions_of([event.id]))[event.id][0].options[0].places == 3


async def test_the_kind_of_an_answered_question_stays(db):
    event = await make_event()
    question = await working_groups(event)
    await choosing(event, question, 1)
    with pytest.raises(Refused, match="kind_fixed"):
        details = replace(limited_to(question, 2), kind="several")
        await change_question(event.id, question.id, details, by=SYSTEM, now=now())


async def test_answers_are_only_deleted_when_somebody_said_so(db):
    event = await make_event()
    question = await working_groups(event)
    await choosing(event, question, 1)
    with pytest.raises(Refused, match="question_answered"):
        await remove_question(event.id, question.id, by=SYSTEM, now=now())
    assert await Answer.count() == 1
    await remove_question(event.id, question.id, with_answers=True, by=SYSTEM, now=now())
    assert await Answer.count() == 0 and await statuses(event) == ["confirmed"]
    (line,) = [line for line in await history_of("question", question.id) if line.verb == "question_removed"]
    assert facts_in_words(line.facts) == "Frage: Welche Arbeitsgruppe?; gelöschte Antworten: 1"


async def test_answers_stay_when_the_question_is_still_needed(db):
    event = await make_event()
    question = await working_groups(event)
    await choosing(event, question, 1)
    meal = QuestionDetails("yes_no", {"de": "Essen Sie mit?"}, purpose="Damit es reicht.")
    only_there = replace(meal, only_if=question.id, only_if_value=str(question.options[0].id))
    await add_question(event.id, only_there, by=SYSTEM, now=now())
    with pytest.raises(Refused, match="question_needed"):
        await remove_question(event.id, question.id, with_answers=True, by=SYSTEM, now=now())
    assert await Answer.count() == 1


async def test_a_quota_is_not_set_below_what_is_taken_and_says_whose_and_how_many(db):
    event, city = await make_event(), await make_organisation("Stadt Marl", "administration")
    await from_there(event, city, 3)
    with pytest.raises(Refused) as refused:
        await change_quota(event.id, QuotaDetails(2, organisation_id=city), by=SYSTEM, now=now())
    assert "„Stadt Marl“: Weniger als 3 geht nicht" in refusal_text(refused.value.reasons[0])
    assert await quota_uses(event.id, now()) == []
    await change_quota(event.id, QuotaDetails(3, organisation_id=city), by=SYSTEM, now=now())
    (use,) = await quota_uses(event.id, now())
    assert (use.organisation, use.quota.places, use.taken, use.free) == ("Stadt Marl", 3, 3, 0)


async def test_people_of_its_institutions_count_for_a_body(db):
    event, body = await make_event(), await make_organisation("AWO", "body")
    child = await make_organisation("Kita Sonne", parent_id=body)
    await from_there(event, child, 2)
    with pytest.raises(Refused, match="quota_below_taken"):
        await change_quota(event.id, QuotaDetails(1, organisation_id=body), by=SYSTEM, now=now())
    with pytest.raises(Refused, match="quota_below_taken"):
        await change_quota(event.id, QuotaDetails(1, organisation_kind="institution"), by=SYSTEM, now=now())
    await change_quota(event.id, QuotaDetails(1, organisation_kind="body"), by=SYSTEM, now=now())


async def test_a_quota_that_is_released_already_takes_nothing_from_anybody(db):
    event, city = await make_event(), await make_organisation("Stadt Marl", "administration")
    await from_there(event, city, 2)
    released = QuotaDetails(1, organisation_id=city, release_at=now() - timedelta(days=1))
    await change_quota(event.id, released, by=SYSTEM, now=now())
    (use,) = await quota_uses(event.id, now())
    assert use.is_released(now()) and (use.taken, use.free) == (2, 0)


@pytest.mark.parametrize("how", ["more places", "released", "removed"])
async def test_those_who_wait_for_a_quota_move_up_as_soon_as_it_gives_way(db, how):
    event, city = await make_event(), await make_organisation("Stadt Marl", "administration")
    await make_quota(event.id, places=1, organisation=city)
    await from_there(event, city, 2)
    assert await statuses(event) == ["confirmed", "waiting"]
    if how == "removed":
        await remove_quota(event.id, organisation_id=city, by=SYSTEM, now=now())
    else:
        places, release_at = (2, None) if how == "more places" else (1, now())
        details = QuotaDetails(places, organisation_id=city, release_at=release_at)
        await change_quota(event.id, details, by=SYSTEM, now=now())
    assert await statuses(event) == ["confirmed", "confirmed"]
    assert "moved_up" in await kinds_to("gast1@example.org")


@pytest.mark.parametrize("how", ["more places", "no limit", "removed"])
async def test_who_waits_for_a_working_group_moves_up_as_soon_as_it_gives_way(db, how):
    event = await make_event(capacity=3)
    question = await working_groups(event)
    await choosing(event, question, 1)
    await choosing(event, question, 2)
    elsewhere = await choosing(event, question, 3, option=1)
    await choosing(event, question, 4)
    await cancel_booking(elsewhere.booking, by=SYSTEM, now=now())
    assert await statuses(event) == ["confirmed", "confirmed", "cancelled", "waiting"]
    if how == "removed":
        await remove_question(event.id, question.id, with_answers=True, by=SYSTEM, now=now())
    else:
        details = limited_to(question, 3 if how == "more places" else None)
        await change_question(event.id, question.id, details, by=SYSTEM, now=now())
    assert await statuses(event) == ["confirmed", "confirmed", "cancelled", "confirmed"]
    assert "moved_up" in await kinds_to("gast4@example.org")


async def test_every_administration_gets_the_same_places_in_one_step(db):
    event = await make_event()
    marl, herten = [await make_organisation(f"Stadt {name}", "administration") for name in ("Marl", "Herten")]
    await make_organisation("Kita Sonne")
    await make_quota(event.id, places=5, organisation=marl)
    until = now() + timedelta(days=3)
    assert await share_among_kind(event.id, "administration", 2, until, by=SYSTEM, now=now()) == 2
    uses = await quota_uses(event.id, now())
    assert [(one.organisation, one.quota.places, one.quota.release_at) for one in uses] == [
        ("Stadt Herten", 2, until),
        ("Stadt Marl", 2, until),
    ]
    await from_there(event, herten, 2)
    before = len(await history_of("event", event.id))
    await share_among_kind(event.id, "administration", 2, until, by=SYSTEM, now=now())
    assert len(await history_of("event", event.id)) == before


async def test_what_one_administration_has_too_many_of_stops_it_for_all(db):
    event = await make_event()
    marl, _herten = [await make_organisation(f"Stadt {name}", "administration") for name in ("Marl", "Herten")]
    await from_there(event, marl, 3)
    with pytest.raises(Refused) as refused:
        await share_among_kind(event.id, "administration", 2, None, by=SYSTEM, now=now())
    assert [one.facts["name"] for one in refused.value.reasons] == ["Stadt Marl"]
    assert await quota_uses(event.id, now()) == []


async def test_a_quota_of_nobody_is_not_found(db):
    event, other = await make_event(), await make_event("Woanders")
    with pytest.raises(NotFound):
        await remove_quota(event.id, organisation_kind="body", by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await change_quotas(event.id, [QuotaDetails(2, organisation_id=other.id)], by=SYSTEM, now=now())


async def test_the_history_names_whom_a_quota_is_for(db):
    event, city = await make_event(), await make_organisation("Stadt Marl", "administration")
    await change_quota(event.id, QuotaDetails(2, organisation_id=city), by=SYSTEM, now=now())
    await remove_quota(event.id, organisation_id=city, by=SYSTEM, now=now())
    lines = {
        sentence(line.about_kind, line.verb): facts_in_words(line.facts) for line in await history_of("event", event.id)
    }
    assert lines["Kontingent: gesetzt"] == "Organisation: Stadt Marl; Plätze: 2"
    assert lines["Kontingent: aufgehoben"] == "Organisation: Stadt Marl"


async def test_loading_tells_nobody_that_they_moved_up(db):
    event, city = await make_event(), await make_organisation("Stadt Marl", "administration")
    await make_quota(event.id, places=1, organisation=city)
    await signed_up(event, who=replace(DORIAN, organisation=city), source="office")
    await signed_up(event, who=replace(stranger(1), organisation=city), source="office")
    await change_quota(event.id, QuotaDetails(2, organisation_id=city), by=SYSTEM, now=now(), notify=False)
    assert "moved_up" not in await kinds_to("gast1@example.org")
