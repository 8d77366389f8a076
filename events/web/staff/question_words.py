"""Questions of an event in words of the team: conditions, and what the preview of the sign-up form needs."""

from collections.abc import Iterator, Sequence
from typing import Any

from events.kit.translation import gettext as _
from events.kit.translation import localized
from events.programme.queries import EventView
from events.programme.question_forms import condition_value
from events.programme.question_rules import conditions
from events.programme.views import QuestionView


def condition_in_words(question: QuestionView, asked: Sequence[QuestionView]) -> str:
    """As in "Nur bei „Kinderbetreuung?“: Ja"; empty where everybody is asked."""
    met = (text for value, text in condition_choices(asked) if value == _sent_by(question))
    return next((_("Nur bei %(answer)s", answer=text) for text in met), "")


def condition_choices(earlier: Sequence[QuestionView]) -> Iterator[tuple[str, str]]:
    """Value and text of everything a condition may be about."""
    yes_or_no = {"yes": _("Ja"), "no": _("Nein")}
    for question, option, value in conditions(earlier):
        answer = localized(option.text).text if option else yes_or_no[value]
        yield condition_value(question.id, value), f"„{localized(question.text).text}“: {answer}"


def preview(event: EventView, asked: Sequence[QuestionView]) -> dict[str, Any]:
    """What the sign-up form's template of questions needs."""
    yes_or_no = [("yes", _("Ja")), ("no", _("Nein"))]
    options = {one.id: [(str(option.id), localized(option.text)) for option in one.options] for one in asked}
    choices = {one.id: yes_or_no if one.kind == "yes_no" else options[one.id] for one in asked}
    return {"questions": {event.id: asked}, "choices": choices, "form": None}


def _sent_by(question: QuestionView) -> str:
    return condition_value(question.only_if, question.only_if_value) if question.only_if else ""
