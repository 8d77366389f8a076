"""What staff may type about a question of an event, and what it means for the actions on questions."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from events.kit.forms import Form, parse_form, rows
from events.kit.refusals import Refusal
from events.kit.translation import LANGUAGES, SOURCE
from events.kit.translation import gettext as _
from events.programme.details import OptionDetails, QuestionDetails
from events.programme.question_rules import LONGEST_KEPT, WITH_OPTIONS, Kind, why_not_ask
from events.programme.views import QuestionView
from events.programme.wording import refusal_text

QuestionText = Annotated[str, Meta(max_length=300)]
OptionText = Annotated[str, Meta(max_length=160)]
OPTIONS = "options"
"""How the fields of the answers to choose begin: `options-0-text`, `options-0-places`, `options-0-en-text`."""

FIRST_ROWS = 3
OTHER_LANGUAGES = tuple(code for code in LANGUAGES if code != SOURCE)

_FIELDS = {
    "no_question_text": "text",
    "question_of_the_person": "text",
    "no_purpose": "purpose",
    "unknown_choice": "kind",
    "kind_fixed": "kind",
    "kept_too_long": "keep_days",
    "condition_impossible": "condition",
    "options_few_or_many": f"{OPTIONS}-0-text",
    "options_alike": f"{OPTIONS}-0-text",
}
"""Where the form tells a refusal; of one option at its row."""


class QuestionForm(Struct):
    """German text and everything else."""

    text: QuestionText
    kind: Kind
    purpose: Annotated[str, Meta(max_length=200)]
    hint: QuestionText = ""
    required: bool = False
    keep_days: Annotated[int, Meta(ge=0, le=LONGEST_KEPT)] = 90
    condition: Annotated[str, Meta(max_length=80)] = ""


class TextsForm(Struct):
    """The texts in one language besides German; empty ones fall back to German."""

    text: QuestionText = ""
    hint: QuestionText = ""


class OptionForm(Struct):
    """One answer to choose; a row without a text is none."""

    text: OptionText = ""
    places: Annotated[int, Meta(ge=0, le=10000)] | None = None
    id: UUID | None = None


class OptionTextForm(Struct):
    text: OptionText = ""


def read_question(sent: Form, earlier: Sequence[QuestionView]) -> tuple[QuestionDetails | None, dict[str, str]]:
    """The question as typed, or what is wrong by field. `earlier` are the questions asked before it."""
    form, errors = parse_form(QuestionForm, sent)
    texts: dict[str, TextsForm] = {}
    for language in OTHER_LANGUAGES:
        read, wrong = parse_form(TextsForm, sent, f"{language}-")
        errors |= wrong
        if read is not None:
            texts[language] = read
    options, wrong = _read_options(sent)
    is_chosen = form is None or form.kind in WITH_OPTIONS
    errors |= wrong if is_chosen else {}
    if form is None or errors:
        return None, errors
    details = _details(form, texts, options if is_chosen else ())
    errors = refused_fields(why_not_ask(details, earlier), sent)
    return (None if errors else details), errors


def refused_fields(reasons: Sequence[Refusal], sent: Form) -> dict[str, str]:
    """What the rules say against it, by field; "" is for what has none."""
    said: dict[str, str] = {}
    for one in reasons:
        field = _field(one, sent)
        said[field] = f"{said.get(field, '')} {refusal_text(one)}".strip()
    return said


def option_rows(sent: Form) -> list[str]:
    """The prefixes of the rows to show again."""
    return rows(sent, OPTIONS)


def row(number: int) -> str:
    return f"{OPTIONS}-{number}-"


def condition_value(question: UUID, value: str) -> str:
    """What the select of conditions sends."""
    return f"{question}:{value}"


def question_values(question: QuestionView) -> dict[str, Any]:
    """What stands in the fields of an existing question's form."""
    values: dict[str, Any] = {
        "kind": question.kind,
        "required": question.required,
        "purpose": question.purpose,
        "keep_days": str(question.keep_days),
        "condition": condition_value(question.only_if, question.only_if_value) if question.only_if else "",
        **_texts("text", question.text),
        **_texts("hint", question.hint),
    }
    for number, option in enumerate(question.options):
        prefix = row(number)
        values[f"{prefix}id"] = str(option.id)
        values[f"{prefix}places"] = "" if option.places is None else str(option.places)
        values |= _texts("text", option.text, prefix)
    return values


def _read_options(sent: Form) -> tuple[tuple[OptionDetails, ...], dict[str, str]]:
    options: list[OptionDetails] = []
    errors: dict[str, str] = {}
    for prefix in option_rows(sent):
        form, wrong = parse_form(OptionForm, sent, prefix)
        others = {code: parse_form(OptionTextForm, sent, f"{prefix}{code}-") for code in OTHER_LANGUAGES}
        errors |= wrong
        for _read, wrong in others.values():
            errors |= wrong
        if form is None:
            continue
        translated = {code: read.text for code, (read, _wrong) in others.items() if read and read.text}
        if form.text:
            options.append(OptionDetails({SOURCE: form.text, **translated}, form.places, form.id))
        elif form.places is not None or translated:
            errors[f"{prefix}text"] = _("Bitte füllen Sie dieses Feld aus.")
    return tuple(options), errors


def _details(form: QuestionForm, texts: Mapping[str, TextsForm], options: tuple[OptionDetails, ...]) -> QuestionDetails:
    only_if, value = _condition(form.condition)
    return QuestionDetails(
        kind=form.kind,
        text=_filled({SOURCE: form.text, **{code: one.text for code, one in texts.items()}}),
        hint=_filled({SOURCE: form.hint, **{code: one.hint for code, one in texts.items()}}),
        required=form.required,
        purpose=form.purpose,
        keep_days=form.keep_days,
        only_if=only_if,
        only_if_value=value,
        options=options,
    )


def _condition(sent: str) -> tuple[UUID | None, str]:
    """A value nobody offered is a condition no question has: the rule says so."""
    question, _colon, value = sent.partition(":")
    try:
        return UUID(question), value
    except ValueError:
        return None, sent


def _field(refusal: Refusal, sent: Form) -> str:
    if (option := refusal.facts.get("id")) is None:
        return _FIELDS.get(refusal.code, "")
    column = "places" if refusal.code == "option_below_taken" else "text"
    rows_of_it = (prefix for prefix in option_rows(sent) if option in sent.getall(f"{prefix}id", []))
    return next((f"{prefix}{column}" for prefix in rows_of_it), "")


def _texts(name: str, texts: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    return {prefix + (name if code == SOURCE else f"{code}-{name}"): text for code, text in texts.items()}


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: text for code, text in texts.items() if text}
