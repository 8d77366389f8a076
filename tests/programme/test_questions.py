"""Questions of an event: what may be asked, in which order, and what the history tells."""

from dataclasses import replace
from uuid import uuid4

import pytest

from events.history.queries import history_of
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import NotFound, Refused
from events.programme.details import OptionDetails, QuestionDetails
from events.programme.question_actions import add_question, edit_question, move_question, remove_question
from events.programme.question_rules import MOST_QUESTIONS, Answered, why_not_add, why_not_ask, why_not_change
from events.programme.questions import questions_of
from events.programme.tables import AnswerOption
from events.programme.views import OptionView, QuestionView
from tests.factories import make_event

MEAL = QuestionDetails("yes_no", {"de": "Essen Sie mit?", "en": "Will you eat?"}, purpose="Damit es für alle reicht.")
GROUPS = QuestionDetails(
    "choice",
    {"de": "Welche Arbeitsgruppe?"},
    required=True,
    purpose="Damit die Räume passen.",
    options=(OptionDetails({"de": "Sprache"}, 12), OptionDetails({"de": "Pflege"})),
)


async def asked(event):
    return (await questions_of([event.id]))[event.id]


async def add(event, details=MEAL, **changed):
    return await add_question(event.id, replace(details, **changed), by=SYSTEM, now=now())


def as_details(question, **changed):
    options = tuple(OptionDetails(one.text, one.places, one.id) for one in question.options)
    same = QuestionDetails(
        question.kind, question.text, question.hint, question.required, question.purpose, question.keep_days,
        question.only_if, question.only_if_value, options,
    )  # fmt: skip
    return replace(same, **changed)


def codes(reasons):
    return [one.code for one in reasons]


async def test_questions_are_asked_in_the_order_they_were_added(db):
    event = await make_event()
    await add(event)
    await add(event, GROUPS)
    meal, groups = await asked(event)
    assert (meal.text, meal.purpose, meal.keep_days) == (MEAL.text, MEAL.purpose, 90)
    assert groups.required and [(one.text["de"], one.places) for one in groups.options] == [
        ("Sprache", 12),
        ("Pflege", None),
    ]


async def test_an_event_that_is_not_there_asks_nothing(db):
    with pytest.raises(NotFound):
        await add_question(uuid4(), MEAL, by=SYSTEM, now=now())


async def test_options_keep_their_identity_when_they_are_renamed_moved_and_joined_by_new_ones(db):
    event = await make_event()
    id = await add(event, GROUPS)
    (before,) = await asked(event)
    language, care = before.options
    wished = (
        OptionDetails({"de": "Pflege und Alter"}, 5, care.id),
        OptionDetails({"de": "Neu"}),
        OptionDetails({"de": "Sprache"}, 12, language.id),
    )
    await edit_question(event.id, id, as_details(before, options=wished), by=SYSTEM, now=now())
    (after,) = await asked(event)
    assert [one.text["de"] for one in after.options] == ["Pflege und Alter", "Neu", "Sprache"]
    assert (after.options[0].id, after.options[2].id) == (care.id, language.id)


async def test_options_that_are_not_named_any_more_are_gone(db):
    event = await make_event()
    id = await add(event, GROUPS)
    (before,) = await asked(event)
    await edit_question(event.id, id, as_details(before, kind="text", options=()), by=SYSTEM, now=now())
    assert (await asked(event))[0].options == () and await AnswerOption.count() == 0


async def test_saving_without_a_change_leaves_no_trace(db):
    event = await make_event()
    id = await add(event, GROUPS)
    (before,) = await asked(event)
    await edit_question(event.id, id, as_details(before), by=SYSTEM, now=now())
    assert [line.verb for line in await history_of("question", id)] == ["question_added"]


async def test_the_history_names_the_question_and_what_was_changed(db):
    event = await make_event()
    id = await add(event)
    await add(event, GROUPS)
    await edit_question(event.id, id, replace(MEAL, required=True, keep_days=7), by=SYSTEM, now=now())
    await move_question(event.id, id, up=False, by=SYSTEM, now=now())
    await remove_question(event.id, id, by=SYSTEM, now=now())
    lines = {line.verb: line.facts for line in await history_of("question", id)}
    assert set(lines) == {"question_added", "edited", "question_moved", "question_removed"}
    assert lines["edited"] == {"question": "Essen Sie mit?", "changed": ["required", "keep_days"]}


async def test_a_question_can_change_places_with_its_neighbour(db):
    event = await make_event()
    first, second, third = [await add(event, text={"de": text}) for text in ("A", "B", "C")]
    await move_question(event.id, third, up=True, by=SYSTEM, now=now())
    await move_question(event.id, first, up=False, by=SYSTEM, now=now())
    assert [one.id for one in await asked(event)] == [third, first, second]


async def test_the_last_question_cannot_go_further_down(db):
    event = await make_event()
    id = await add(event)
    with pytest.raises(Refused, match="at_the_end"):
        await move_question(event.id, id, up=False, by=SYSTEM, now=now())


async def test_a_condition_is_about_an_earlier_question_of_the_same_event(db):
    event, other = await make_event(), await make_event("Woanders")
    groups, elsewhere = await add(event, GROUPS), await add(other)
    option = (await asked(event))[0].options[0]
    await add(event, only_if=groups, only_if_value=str(option.id))
    assert (await asked(event))[1].only_if == groups
    for only_if, value in ((elsewhere, "yes"), (groups, "yes"), (groups, str(uuid4())), (groups, ""), (None, "yes")):
        with pytest.raises(Refused, match="condition_impossible"):
            await add(event, only_if=only_if, only_if_value=value)


async def test_what_others_depend_on_stays_as_they_need_it(db):
    event = await make_event()
    groups = await add(event, GROUPS)
    (question,) = await asked(event)
    language, care = question.options
    meal = await add(event, only_if=groups, only_if_value=str(language.id))
    with pytest.raises(Refused, match="question_needed"):
        await remove_question(event.id, groups, by=SYSTEM, now=now())
    only_care = (OptionDetails(care.text, None, care.id), OptionDetails({"de": "Neu"}))
    for changed in ({"options": only_care}, {"kind": "text"}):
        with pytest.raises(Refused, match="question_needed"):
            await edit_question(event.id, groups, as_details(question, **changed), by=SYSTEM, now=now())
    for moved, up in ((groups, False), (meal, True)):
        with pytest.raises(Refused, match="condition_first"):
            await move_question(event.id, moved, up=up, by=SYSTEM, now=now())
    await edit_question(event.id, groups, as_details(question, kind="several"), by=SYSTEM, now=now())
    await remove_question(event.id, meal, by=SYSTEM, now=now())
    await remove_question(event.id, groups, by=SYSTEM, now=now())
    assert await asked(event) == ()


@pytest.mark.parametrize("change", [edit_question, remove_question, move_question])
async def test_a_question_of_another_event_is_not_found(db, change):
    event, other = await make_event(), await make_event("Woanders")
    id = await add(other)
    more = {"details": MEAL} if change is edit_question else {"up": True} if change is move_question else {}
    with pytest.raises(NotFound):
        await change(event.id, id, **more, by=SYSTEM, now=now())


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (replace(MEAL, text={"en": "Lunch?"}), "no_question_text"),
        (replace(MEAL, purpose=" "), "no_purpose"),
        (replace(MEAL, kind="colour"), "unknown_choice"),
        (replace(MEAL, keep_days=366), "kept_too_long"),
        (replace(GROUPS, options=GROUPS.options[:1]), "options_few_or_many"),
        (replace(GROUPS, options=(*GROUPS.options, OptionDetails({"de": "SPRACHE "}))), "options_alike"),
        (replace(GROUPS, options=(*GROUPS.options, OptionDetails({"en": "Care"}))), "option_without_text"),
        (replace(GROUPS, options=(*GROUPS.options, OptionDetails({"de": "Neu"}, -1))), "capacity_negative"),
    ],
)
def test_what_no_question_may_be(details, code):
    assert codes(why_not_ask(details, ())) == [code]


@pytest.mark.parametrize(
    "text",
    ["Ihr Geschlecht?", "Welche Staatsangehörigkeit haben Sie?", "Wie ALT sind Sie?", "Ihre Religion", "Geburtsdatum"],
)
def test_nothing_is_asked_that_may_only_be_counted(text):
    assert codes(why_not_ask(replace(MEAL, text={"de": text}), ())) == ["question_of_the_person"]
    assert codes(why_not_ask(replace(MEAL, hint={"de": text}), ())) == ["question_of_the_person"]


def test_what_a_question_may_be():
    assert why_not_ask(MEAL, ()) == why_not_ask(GROUPS, ()) == ()
    for text in ("Alter Markt oder Rathaus?", "Welche Altersgruppe betreuen Sie?"):
        assert why_not_ask(replace(MEAL, text={"de": text}), ()) == ()
    assert why_not_ask(replace(MEAL, keep_days=0), ()) == ()


def test_a_form_does_not_grow_without_end():
    question = view()
    assert why_not_add(MEAL, [question] * (MOST_QUESTIONS - 1)) == ()
    assert codes(why_not_add(MEAL, [question] * MOST_QUESTIONS)) == ["too_many_questions"]


def test_what_people_answered_keeps_its_meaning():
    question, use = view(), Answered(4, {}, {})
    chosen, free = question.options
    assert why_not_change(question.id, as_details(question, kind="several"), [question], Answered()) == ()
    assert codes(why_not_change(question.id, as_details(question, kind="several"), [question], use)) == ["kind_fixed"]
    rest = (OptionDetails(free.text, None, free.id), OptionDetails({"de": "Neu"}))
    details = as_details(question, options=rest)
    assert why_not_change(question.id, details, [question], use) == ()
    (refusal,) = why_not_change(question.id, details, [question], Answered(4, {chosen.id: 4}, {}))
    assert (refusal.code, refusal.facts["option"], refusal.facts["answers"]) == ("option_chosen", "Sprache", 4)


@pytest.mark.parametrize(("places", "refused"), [(3, True), (0, True), (4, False), (9, False), (None, False)])
def test_places_of_an_option_that_are_taken_stay(places, refused):
    question = view()
    first, second = question.options
    use = Answered(4, {first.id: 4}, {first.id: 4})
    options = (OptionDetails(first.text, places, first.id), OptionDetails(second.text, None, second.id))
    reasons = why_not_change(question.id, as_details(question, options=options), [question], use)
    assert codes(reasons) == (["option_below_taken"] if refused else [])
    assert not refused or (reasons[0].facts["taken"], reasons[0].facts["option"]) == (4, "Sprache")


def view():
    options = (OptionView(uuid4(), {"de": "Sprache"}, 12), OptionView(uuid4(), {"de": "Pflege"}, None))
    return QuestionView(
        uuid4(), uuid4(), "choice", {"de": "Welche Gruppe?"}, {}, False, "Für die Räume.", 90, None, "", options
    )
