"""What was answered to an event's questions: from the sent form to answers or mistakes, and back into words.

Pure: which questions there are comes from outside, nothing is stored here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from events.kit.form_values import Wrong
from events.kit.forms import Form
from events.kit.text import clean
from events.kit.translation import N_, gettext, localized, speaking
from events.kit.translation import gettext as _
from events.programme.views import QuestionView
from events.registration.signup import GivenAnswer

LONGEST_TEXT = 1000
LARGEST_NUMBER = 9999
YES_NO = {"yes": N_("Ja"), "no": N_("Nein")}


def field_name(question: QuestionView, prefix: str = "") -> str:
    """`prefix` is that of the person in the form: nothing for the contact, `people-1-` for another one."""
    return f"{prefix}q-{question.id.hex}"


def read_answers(
    questions: Sequence[QuestionView], form: Form, prefix: str = ""
) -> tuple[tuple[GivenAnswer, ...], dict[str, str]]:
    """The answers to the questions that apply, and what is wrong with them by field name.

    What was answered to a question whose condition is not met is dropped, and with it what depends on that.
    """
    given: dict[UUID, GivenAnswer] = {}
    wrong: dict[UUID, str] = {}
    for question in questions:
        try:
            answer = _read(question, [text for text in form.getall(field_name(question, prefix), []) if _is_text(text)])
        except Wrong as mistake:
            wrong[question.id] = str(mistake)
            continue
        if answer is not None:
            given[question.id] = replace(answer, event=question.event_id)
        elif question.required:
            wrong[question.id] = _("Bitte beantworten Sie diese Frage.")
    applying = applies_to(questions, given)
    answers = tuple(given[one.id] for one in questions if one.id in applying and one.id in given)
    errors = {field_name(one, prefix): wrong[one.id] for one in questions if one.id in applying and one.id in wrong}
    return answers, errors


def applies_to(questions: Sequence[QuestionView], given: Mapping[UUID, GivenAnswer]) -> frozenset[UUID]:
    """The questions whose condition, and the conditions of those they depend on, these answers meet."""
    applying: set[UUID] = set()
    waiting = list(questions)
    while met := [one for one in waiting if _is_met(one, applying, given)]:
        applying |= {one.id for one in met}
        waiting = [one for one in waiting if one not in met]
    return frozenset(applying)


def in_words(questions: Iterable[QuestionView], answers: Iterable[GivenAnswer], language: str) -> list[tuple[str, str]]:
    """Question and answer as people read them, in the order they are asked; what was not answered is left out."""
    by_question = {answer.question: answer for answer in answers}
    with speaking(language):
        return [
            (localized(one.text).text, words)
            for one in questions
            if one.id in by_question and (words := _answer_in_words(one, by_question[one.id]))
        ]


def _is_text(sent: object) -> bool:
    """An uploaded file under the name of a question is no answer."""
    return isinstance(sent, str)


def _is_met(question: QuestionView, applying: set[UUID], given: Mapping[UUID, GivenAnswer]) -> bool:
    if question.only_if is None:
        return True
    answer = given.get(question.only_if)
    if answer is None or question.only_if not in applying:
        return False
    return answer.text == question.only_if_value or question.only_if_value in {str(option) for option in answer.options}


def _read(question: QuestionView, sent: list[str]) -> GivenAnswer | None:
    """None for an empty field. Of several values for one field the last one counts. Raises Wrong."""
    filled = [text for text in map(clean, sent) if text]
    if question.kind == "several":
        chosen = dict.fromkeys(_option(question, text) for text in filled)
        return GivenAnswer(question.id, tuple(chosen)) if chosen else None
    if not sent or not clean(sent[-1]):
        return None
    if question.kind == "choice":
        return GivenAnswer(question.id, (_option(question, filled[-1]),))
    return GivenAnswer(question.id, text=_READERS[question.kind](filled[-1]))


def _option(question: QuestionView, text: str) -> UUID:
    for option in question.options:
        if text in (str(option.id), option.id.hex):
            return option.id
    raise Wrong(_("Bitte wählen Sie eine der angebotenen Möglichkeiten."))


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        message = _("Bitte höchstens %(longest)s Zeichen, es sind %(typed)s.", longest=LONGEST_TEXT, typed=len(text))
        raise Wrong(message)
    return text


def _number(text: str) -> str:
    """Digits of any script as 0 to 9, without leading zeros."""
    number = int(text) if text.isdecimal() and len(text) <= 6 else -1
    if not 0 <= number <= LARGEST_NUMBER:
        raise Wrong(_("Bitte geben Sie eine Zahl von %(lowest)s bis %(highest)s an.", lowest=0, highest=LARGEST_NUMBER))
    return str(number)


def _yes_no(text: str) -> str:
    if text not in YES_NO:
        raise Wrong(_("Bitte wählen Sie eine der angebotenen Möglichkeiten."))
    return text


_READERS = {"text": _text, "number": _number, "yes_no": _yes_no}


def _answer_in_words(question: QuestionView, answer: GivenAnswer) -> str:
    if question.kind == "yes_no":
        return gettext(YES_NO.get(answer.text, ""))
    chosen = [localized(option.text).text for option in question.options if option.id in answer.options]
    return ", ".join(chosen) or answer.text
