"""What somebody filled in, read against the questions of the form: values to keep, or what is wrong by field."""

from collections.abc import Mapping, Sequence

from events.feedback.questions import Question
from events.feedback.rules import LONGEST_TEXT
from events.kit.forms import Form
from events.kit.text import clean
from events.kit.translation import gettext as _

Answers = Mapping[str, int | str]


def field_of(question: Question) -> str:
    return f"q-{question.code}"


def read_answers(questions: Sequence[Question], sent: Form) -> tuple[dict[str, int | str], dict[str, str]]:
    """By code of the question; what was left empty is missing."""
    answers: dict[str, int | str] = {}
    errors: dict[str, str] = {}
    for one in questions:
        text = _last(sent, field_of(one))
        wrong = _why_wrong(one, text)
        if wrong:
            errors[field_of(one)] = wrong
        elif text:
            answers[one.code] = _value(one, text)
    if not answers and not errors:
        errors[""] = _("Bitte beantworten Sie mindestens eine Frage.")
    return answers, errors


def _last(sent: Form, name: str) -> str:
    texts = [text for text in sent.getall(name, []) if isinstance(text, str)]
    # Not cleaned before it is measured: that would take time for what is far too long.
    return texts[-1] if texts and len(texts[-1]) > 10 * LONGEST_TEXT else clean(texts[-1]) if texts else ""


def _why_wrong(one: Question, text: str) -> str:
    if not text:
        return _missing(one) if one.required else ""
    if one.kind == "text":
        if len(text) <= LONGEST_TEXT:
            return ""
        return _("Bitte höchstens %(longest)s Zeichen, es sind %(typed)s.", longest=LONGEST_TEXT, typed=len(text))
    if text not in {str(value) for value in one.values}:
        return _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")
    return ""


def _missing(one: Question) -> str:
    if one.kind == "text":
        return _("Bitte füllen Sie dieses Feld aus.")
    return _("Bitte wählen Sie eine Möglichkeit.")


def _value(one: Question, text: str) -> int | str:
    return int(text) if one.is_scale else text
