"""What people answer to questions: read from the form, dropped where it does not apply, told in words."""

from uuid import UUID, uuid4

import pytest
from litestar.datastructures import FormMultiDict

from events.kit.translation import speaking
from events.programme.views import OptionView, QuestionView
from events.registration.answers import field_name, in_words, read_answers
from events.registration.signup import GivenAnswer


def asked(
    kind: str, *options: str, only_if: QuestionView | None = None, value: str = "", **more: object
) -> QuestionView:
    fields: dict[str, object] = {"required": False, "text": {"de": f"Frage {kind}"}, **more}
    return QuestionView(
        id=uuid4(), event_id=uuid4(), kind=kind, hint={}, purpose="", keep_days=90,
        only_if=only_if.id if only_if else None, only_if_value=value,
        options=tuple(OptionView(uuid4(), {"de": text, "en": f"{text} (en)"}, None) for text in options),
        **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def sent(*fields: tuple[QuestionView, object], prefix: str = "") -> FormMultiDict:
    return FormMultiDict([(field_name(question, prefix), value) for question, value in fields])


def option(question: QuestionView, index: int = 0) -> UUID:
    return question.options[index].id


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("text", "  Kein Schweinefleisch \r\n bitte ", "Kein Schweinefleisch \n bitte"),
        ("number", "007", "7"),
        ("number", "٣", "3"),
        ("number", "0", "0"),
        ("number", "9999", "9999"),
        ("yes_no", "no", "no"),
    ],
)
def test_what_is_typed_becomes_an_answer(kind: str, typed: str, stored: str) -> None:
    question = asked(kind)
    assert read_answers([question], sent((question, typed))) == ((GivenAnswer(question.id, text=stored),), {})


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("text", "x" * 1001),
        ("number", "10000"),
        ("number", "-1"),
        ("number", "zwei"),
        ("number", "1,5"),
        ("number", "²"),
        ("number", "9" * 5000),
        ("yes_no", "vielleicht"),
        ("choice", "etwas"),
        ("several", "etwas"),
    ],
)
def test_what_is_no_answer_is_told_at_its_field(kind: str, typed: str) -> None:
    question = asked(kind, "Gruppe A")
    answers, errors = read_answers([question], sent((question, typed)))
    assert answers == () and list(errors) == [field_name(question)]


def test_one_option_is_chosen_or_several() -> None:
    one, several = asked("choice", "A", "B"), asked("several", "A", "B", "C")
    form = sent((one, str(option(one, 1))), (several, str(option(several, 2))), (several, str(option(several))))
    answers, errors = read_answers([one, several], form)
    assert not errors
    assert [answer.options for answer in answers] == [(option(one, 1),), (option(several, 2), option(several))]


def test_an_option_of_another_question_is_refused() -> None:
    one, other = asked("choice", "A"), asked("choice", "A")
    answers, errors = read_answers([one, other], sent((one, str(option(other)))))
    assert answers == () and list(errors) == [field_name(one)]


def test_a_file_is_no_answer() -> None:
    question = asked("text", required=True)
    assert list(read_answers([question], sent((question, b"bytes")))[1]) == [field_name(question)]


@pytest.mark.parametrize("kind", ["text", "choice", "several", "number", "yes_no"])
def test_what_must_be_answered_is_asked_for_and_what_need_not_is_not(kind: str) -> None:
    needed, free = asked(kind, "A", required=True), asked(kind, "A")
    form = sent((needed, "  "), (free, ""))
    assert read_answers([needed, free], form) == ((), {field_name(needed): "Bitte beantworten Sie diese Frage."})


def test_a_question_is_asked_only_of_whom_it_concerns() -> None:
    child = asked("yes_no")
    age = asked("number", only_if=child, value="yes", required=True)
    assert read_answers([child, age], sent((child, "no")))[1] == {}
    assert list(read_answers([child, age], sent((child, "yes")))[1]) == [field_name(age)]
    assert len(read_answers([child, age], sent((child, "yes"), (age, "3")))[0]) == 2


def test_what_was_answered_to_a_question_that_does_not_apply_is_dropped() -> None:
    child = asked("yes_no")
    age = asked("number", only_if=child, value="yes")
    form = sent((child, "no"), (age, "3"))
    assert read_answers([child, age], form) == ((GivenAnswer(child.id, text="no"),), {})
    assert read_answers([child, age], sent((child, "no"), (age, "drei")))[1] == {}


def test_with_a_question_falls_what_depends_on_it_whatever_the_order() -> None:
    child = asked("yes_no")
    care = asked("choice", "ja, bitte", "nein", only_if=child, value="yes")
    age = asked("number", only_if=care, value=str(option(care)))
    answered = [(care, str(option(care))), (age, "3")]
    assert len(read_answers([age, care, child], sent((child, "yes"), *answered))[0]) == 3
    assert len(read_answers([age, care, child], sent((child, "no"), *answered))[0]) == 1


def test_questions_that_wait_for_each_other_are_never_asked() -> None:
    first = asked("yes_no", required=True)
    second = asked("yes_no", only_if=first, value="yes", required=True)
    circle = [QuestionView(**{**vars(first), "only_if": second.id, "only_if_value": "yes"}), second]
    assert read_answers(circle, sent((first, "yes"), (second, "yes"))) == ((), {})


def test_each_person_answers_for_themselves() -> None:
    question = asked("text", required=True)
    form = sent((question, "vegetarisch"), prefix="people-1-")
    assert read_answers([question], form, "people-1-")[0] == (GivenAnswer(question.id, text="vegetarisch"),)
    assert list(read_answers([question], form)[1]) == [field_name(question)]


def test_answers_are_told_in_the_readers_language() -> None:
    group, yes, note = asked("several", "Kunst", "Musik"), asked("yes_no"), asked("text", text={"de": "Noch etwas?"})
    given = [
        GivenAnswer(note.id, text="Danke"),
        GivenAnswer(yes.id, text="yes"),
        GivenAnswer(group.id, (option(group, 1), option(group))),
    ]
    with speaking("tr"):
        words = in_words([group, yes, note], given, "de")
    assert words == [("Frage several", "Kunst, Musik"), ("Frage yes_no", "Ja"), ("Noch etwas?", "Danke")]
    assert in_words([group], given, "en") == [("Frage several", "Kunst (en), Musik (en)")]
    assert in_words([note], [], "de") == []
