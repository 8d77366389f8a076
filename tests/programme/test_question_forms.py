"""What staff type about a question becomes details for the actions, or errors at the fields."""

from uuid import uuid4

import pytest
from litestar.datastructures import FormMultiDict

from events.programme.question_forms import question_values, read_question
from events.programme.views import OptionView, QuestionView

YES_NO = QuestionView(
    uuid4(), uuid4(), "yes_no", {"de": "Kommen Kinder mit?"}, {}, False, "Für den Raum.", 90, None, ""
)


def form(**changed):
    typed = {"text": "Welche Gruppe?", "kind": "choice", "purpose": "Für die Räume.", "keep_days": "30", **GROUPS}
    return FormMultiDict({**typed, **changed}.items())


GROUPS = {
    "options-0-text": "Sprache",
    "options-0-places": "12",
    "options-1-text": "Pflege",
    "options-1-places": "",
    "options-1-tr-text": "Bakım",
    "options-2-text": " ",
}


def test_rows_become_options_and_empty_ones_fall_away():
    details, errors = read_question(form(**{"en-text": "Which group?", "required": "on"}), [])
    assert not errors and details.text == {"de": "Welche Gruppe?", "en": "Which group?"} and details.required
    assert [(one.text, one.places) for one in details.options] == [
        ({"de": "Sprache"}, 12),
        ({"de": "Pflege", "tr": "Bakım"}, None),
    ]
    assert details.keep_days == 30


def test_answers_to_choose_are_left_out_where_nothing_is_chosen():
    details, errors = read_question(form(kind="text", **{"options-0-places": "viele"}), [])
    assert not errors and details.options == ()


def test_a_condition_names_an_earlier_question_and_its_answer():
    details, errors = read_question(form(condition=f"{YES_NO.id}:yes"), [YES_NO])
    assert not errors and (details.only_if, details.only_if_value) == (YES_NO.id, "yes")


@pytest.mark.parametrize("condition", [f"{YES_NO.id}:maybe", f"{uuid4()}:yes", "x", ":yes"])
def test_a_condition_nobody_offered_is_told_at_its_field(condition):
    details, errors = read_question(form(condition=condition), [YES_NO])
    assert details is None and list(errors) == ["condition"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"kind": "colour"}, "kind"),
        ({"purpose": ""}, "purpose"),
        ({"keep_days": "366"}, "keep_days"),
        ({"ar-text": "x" * 301}, "ar-text"),
        ({"options-0-places": "-1"}, "options-0-places"),
        ({"options-2-places": "4"}, "options-2-text"),
        ({"options-2-en-text": "Care"}, "options-2-text"),
        ({"options-1-text": "", "options-1-tr-text": ""}, "options-0-text"),
        ({"options-2-text": "sprache"}, "options-0-text"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(wrong, field):
    details, errors = read_question(form(**wrong), [])
    assert details is None and list(errors) == [field]


def test_an_existing_question_stands_in_the_form_as_it_was_typed():
    options = (
        OptionView(uuid4(), {"de": "Sprache", "en": "Language"}, 12),
        OptionView(uuid4(), {"de": "Pflege"}, None),
    )
    question = QuestionView(
        uuid4(), uuid4(), "choice", {"de": "Welche?"}, {"de": "Nur eine."}, True, "Für die Räume.", 30,
        YES_NO.id, "yes", options,
    )  # fmt: skip
    values = {name: "on" if value is True else str(value) for name, value in question_values(question).items()}
    details, errors = read_question(FormMultiDict(values.items()), [YES_NO])
    assert not errors and (details.text, details.hint, details.required) == (question.text, question.hint, True)
    assert [(one.id, one.text, one.places) for one in details.options] == [
        (one.id, one.text, one.places) for one in options
    ]
