"""What the office may type about the questions of a programme, and whoever led an event in their review."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal
from uuid import uuid4

from msgspec import Meta, Struct

from events.feedback.questions import Kind, Option, Question
from events.feedback.rules import LONGEST_REVIEW, MOST_OPTIONS
from events.kit.forms import Form, MultilineText, parse_form, rows
from events.kit.text import one_line
from events.kit.translation import LANGUAGES, SOURCE
from events.kit.translation import gettext as _

QUESTION = "question"
"""How the fields of a question begin: `question-0-text`, `question-0-en-text`."""

OTHER_LANGUAGES = tuple(code for code in LANGUAGES if code != SOURCE)
Text = Annotated[str, Meta(max_length=300)]
Lines = Annotated[MultilineText, Meta(max_length=2000)]
Said = Annotated[MultilineText, Meta(max_length=LONGEST_REVIEW)]


class RowForm(Struct, kw_only=True):
    """One question; without a text it is none. `options`: one a line."""

    code: Annotated[str, Meta(max_length=20)] = ""
    place: Annotated[int, Meta(ge=1, le=99)] = 99
    kind: Kind = "good"
    text: Text = ""
    options: Lines = ""
    required: bool = False


class TextsForm(Struct, kw_only=True):
    text: Text = ""
    options: Lines = ""


class ReviewForm(Struct, kw_only=True):
    """`action`: keep it to go on later, or sign it for good, with the name typed."""

    action: Literal["save", "sign"] = "save"
    went: Said = ""
    group: Said = ""
    room: Said = ""
    change: Said = ""
    next: Said = ""
    name: Annotated[str, Meta(max_length=120)] = ""

    @property
    def answers(self) -> dict[str, str]:
        return {code: text for code in REVIEW if (text := getattr(self, code))}


REVIEW = ("went", "group", "room", "change", "next")
"""What a review is asked, in this order."""


def question_rows(sent: Form) -> list[str]:
    return rows(sent, QUESTION)


def row(number: int) -> str:
    return f"{QUESTION}-{number}-"


def read_questions(sent: Form, before: Sequence[Question]) -> tuple[list[Question], dict[str, str]]:
    """In the order of their places, or what is wrong by field. `before`: whose codes answers know already."""
    known = {one.code: one for one in before}
    found: list[tuple[int, Question]] = []
    errors: dict[str, str] = {}
    for prefix in question_rows(sent):
        form, wrong = parse_form(RowForm, sent, prefix)
        texts, also_wrong = _texts(sent, prefix)
        if form is None or also_wrong:
            errors |= wrong | also_wrong
        elif form.text:
            errors |= _why_wrong(form, texts, prefix)
            found.append((form.place, _question(form, texts, known.get(form.code))))
    return [one for _place, one in sorted(found, key=lambda item: item[0])], errors


def question_values(questions: Sequence[Question]) -> dict[str, Any]:
    """What stands in the fields."""
    values: dict[str, Any] = {}
    for number, one in enumerate(questions):
        prefix = row(number)
        values |= {f"{prefix}code": one.code, f"{prefix}place": str(number + 1), f"{prefix}kind": one.kind}
        values |= {f"{prefix}required": one.required}
        for code in LANGUAGES:
            begin = prefix if code == SOURCE else f"{prefix}{code}-"
            values[f"{begin}text"] = one.text.get(code, "")
            values[f"{begin}options"] = "\n".join(option.text.get(code, "") for option in one.options).strip()
    return values


def _texts(sent: Form, prefix: str) -> tuple[dict[str, TextsForm], dict[str, str]]:
    found: dict[str, TextsForm] = {}
    errors: dict[str, str] = {}
    for code in OTHER_LANGUAGES:
        form, wrong = parse_form(TextsForm, sent, f"{prefix}{code}-")
        errors |= wrong
        if form is not None:
            found[code] = form
    return found, errors


def _why_wrong(form: RowForm, texts: Mapping[str, TextsForm], prefix: str) -> dict[str, str]:
    if form.kind != "choice":
        return {}
    options = _lines(form.options)
    if not 2 <= len(options) <= MOST_OPTIONS or len(set(options)) < len(options):
        return {f"{prefix}options": _("Bitte 2 bis %(most)s verschiedene Antworten, jede in einer Zeile.",
                                      most=MOST_OPTIONS)}  # fmt: skip
    return {
        f"{prefix}{code}-options": _("Bitte so viele Zeilen wie auf Deutsch, in derselben Reihenfolge.")
        for code, one in texts.items()
        if (lines := _lines(one.options)) and len(lines) != len(options)
    }


def _question(form: RowForm, texts: Mapping[str, TextsForm], before: Question | None) -> Question:
    """Of another kind it is another question: its answers could not be compared."""
    is_same = before is not None and before.kind == form.kind
    written = {SOURCE: form.text} | {code: one.text for code, one in texts.items() if one.text}
    code = before.code if before is not None and is_same else _new_code()
    options = _options(form, texts, before) if form.kind == "choice" else ()
    return Question(code, form.kind, written, form.required, options)


def _options(form: RowForm, texts: Mapping[str, TextsForm], before: Question | None) -> tuple[Option, ...]:
    known = {option.text[SOURCE]: option.code for option in (before.options if before else ())}
    others = {code: _lines(one.options) for code, one in texts.items() if one.options}
    found = []
    for place, text in enumerate(_lines(form.options)):
        said = {SOURCE: text} | {code: lines[place] for code, lines in others.items() if place < len(lines)}
        found.append(Option(known.get(text) or _new_code(), said))
    return tuple(found)


def _lines(text: str) -> list[str]:
    return [line for one in text.splitlines() if (line := one_line(one))]


def _new_code() -> str:
    return uuid4().hex[:8]
