"""Why a question may not be asked, changed, moved or removed so. Pure: plain values in, reasons out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args
from uuid import UUID

from events.kit.refusals import Refusal
from events.kit.text import fold
from events.programme.details import OptionDetails, QuestionDetails
from events.programme.views import OptionView, QuestionView

Kind = Literal["text", "choice", "several", "number", "yes_no"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WITH_OPTIONS = frozenset({"choice", "several"})
MOST_OPTIONS = 40
MOST_QUESTIONS = 30
LONGEST_KEPT = 365  # days

# Art. 9 DSGVO and design: what may only be counted, never stand beside a name. In folded German and English.
_OF_THE_PERSON = re.compile(
    r"\bgeschlecht|\bstaatsangehorig|\bstaatsburgerschaft|\bnationalitat|\bherkunftsland|\bmigrationshintergrund"
    r"|\bgeburts(datum|tag|jahr|ort|land)|\bgeboren\b|\b(ihr|dein) alter\b|\bwie alt (sind sie|bist du)\b"
    r"|\breligionszugehorig|\bkonfession"
    r"|\b(ihre|deine|welche[rn]?) (religion|glaube)|\baufenthalts(status|titel|erlaubnis)|\bethnisch"
    r"|\bgender\b|\bnationality\b|\breligion do you\b|\byour religion\b|\bdate of birth\b|\bhow old are you\b"
)


@dataclass(frozen=True)
class Answered:
    """How far a question is in use: registrations that answered it, and by option those that ever chose it and the
    seats it takes now. Registration counts it, under the seat lock where something is decided by it."""

    answers: int = 0
    chosen: Mapping[UUID, int] = field(default_factory=dict)
    taken: Mapping[UUID, int] = field(default_factory=dict)


NOBODY = Answered()


def why_not_ask(details: QuestionDetails, earlier: Sequence[QuestionView]) -> tuple[Refusal, ...]:
    """What no question may be. `earlier` are those asked before it: a condition can only be about one of them."""
    reasons = []
    if not details.text.get("de", "").strip():
        reasons.append(Refusal("no_question_text"))
    if not details.purpose.strip():
        reasons.append(Refusal("no_purpose"))
    if details.kind not in KINDS:
        reasons.append(Refusal("unknown_choice", {"value": details.kind}))
    if not 0 <= details.keep_days <= LONGEST_KEPT:
        reasons.append(Refusal("kept_too_long", {"longest": LONGEST_KEPT}))
    if not _is_possible(details.only_if, details.only_if_value, earlier):
        reasons.append(Refusal("condition_impossible"))
    if any(_OF_THE_PERSON.search(fold(text)) for text in (*details.text.values(), *details.hint.values())):
        reasons.append(Refusal("question_of_the_person"))
    return (*reasons, *_about_options(details))


def why_not_add(details: QuestionDetails, asked: Sequence[QuestionView]) -> tuple[Refusal, ...]:
    """`asked` are the questions there are: the new one comes last."""
    too_many = (Refusal("too_many_questions", {"most": MOST_QUESTIONS}),) if len(asked) >= MOST_QUESTIONS else ()
    return (*too_many, *why_not_ask(details, asked))


def why_not_change(
    id: UUID, details: QuestionDetails, asked: Sequence[QuestionView], use: Answered
) -> tuple[Refusal, ...]:
    """`asked` are all questions of the event in their order, the changed one as it is until now."""
    place = _place(id, asked)
    before, after = asked[place], _as_changed(asked[place], details)
    changed = [after if one.id == id else one for one in asked]
    return (
        *why_not_ask(details, asked[:place]),
        *_about_answers(before, details, use),
        *_still_needed(changed, besides=id),
    )


def why_not_remove(id: UUID, asked: Sequence[QuestionView], use: Answered, with_answers: bool) -> tuple[Refusal, ...]:
    """`with_answers`: it was said that what people answered is lost."""
    answered = (Refusal("question_answered", {"answers": use.answers}),) if use.answers and not with_answers else ()
    return (*_still_needed([one for one in asked if one.id != id]), *answered)


def why_not_move(id: UUID, up: bool, asked: Sequence[QuestionView]) -> tuple[Refusal, ...]:
    """Nothing comes before what its condition asks. At the end of the list there is no further."""
    moved = moved_by_one(id, up, asked)
    if moved is None:
        return (Refusal("at_the_end"),)
    return (Refusal("condition_first"),) if any(True for _ in _orphaned(moved)) else ()


def moved_by_one(id: UUID, up: bool, asked: Sequence[QuestionView]) -> list[QuestionView] | None:
    """The new order; None where there is nobody to change places with."""
    place = _place(id, asked)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(asked):
        return None
    order = list(asked)
    order[place], order[other] = order[other], order[place]
    return order


def conditions(earlier: Sequence[QuestionView]) -> Iterator[tuple[QuestionView, OptionView | None, str]]:
    """What a condition may be about: question, chosen option (None for yes and no), and the value that means it."""
    for question in earlier:
        if question.kind == "yes_no":
            yield from ((question, None, value) for value in ("yes", "no"))
        elif question.kind in WITH_OPTIONS:
            yield from ((question, option, str(option.id)) for option in question.options)


def _is_possible(only_if: UUID | None, value: str, earlier: Sequence[QuestionView]) -> bool:
    if only_if is None:
        return not value
    return any(question.id == only_if and known == value for question, _, known in conditions(earlier))


def _about_options(details: QuestionDetails) -> Iterator[Refusal]:
    if details.kind not in WITH_OPTIONS:
        return
    if not 2 <= len(details.options) <= MOST_OPTIONS:
        yield Refusal("options_few_or_many", {"most": MOST_OPTIONS})
    names = [fold(option.text.get("de", "")) for option in details.options]
    if "" in names:
        yield Refusal("option_without_text")
    if len(set(names)) < len(names):
        yield Refusal("options_alike")
    if any(option.places is not None and option.places < 0 for option in details.options):
        yield Refusal("capacity_negative")


def _about_answers(before: QuestionView, details: QuestionDetails, use: Answered) -> Iterator[Refusal]:
    """Answers keep what they mean, and seats that are taken stay."""
    if use.answers and details.kind != before.kind:
        yield Refusal("kind_fixed", {"answers": use.answers})
    kept = {option.id: option for option in details.options}
    for option in before.options:
        facts: dict[str, str | int] = {"option": option.text["de"], "id": str(option.id)}
        new = kept.get(option.id)
        if new is None and use.chosen.get(option.id):
            yield Refusal("option_chosen", {**facts, "answers": use.chosen[option.id]})
        elif new is not None and _is_below(new, option, use.taken.get(option.id, 0)):
            yield Refusal("option_below_taken", {**facts, "taken": use.taken[option.id], "places": new.places or 0})


def _is_below(new: OptionDetails, before: OptionView, taken: int) -> bool:
    """Fewer places than are taken; who was let in beyond the limit is no reason against keeping it."""
    return new.places is not None and new.places < taken and new.places != before.places


def _still_needed(asked: Sequence[QuestionView], besides: UUID | None = None) -> tuple[Refusal, ...]:
    return tuple(
        Refusal("question_needed", {"question": one.text["de"]}) for one in _orphaned(asked) if one.id != besides
    )


def _orphaned(asked: Sequence[QuestionView]) -> Iterator[QuestionView]:
    """Questions whose condition nobody could meet in this order."""
    for place, one in enumerate(asked):
        if not _is_possible(one.only_if, one.only_if_value, asked[:place]):
            yield one


def _as_changed(before: QuestionView, details: QuestionDetails) -> QuestionView:
    """Of what is kept; new options have no id yet, so that no condition can be about them."""
    options = tuple(OptionView(one.id, one.text, one.places) for one in details.options if one.id is not None)
    return QuestionView(
        before.id, before.event_id, details.kind, details.text, details.hint, details.required, details.purpose,
        details.keep_days, details.only_if, details.only_if_value, options,
    )  # fmt: skip


def _place(id: UUID, asked: Sequence[QuestionView]) -> int:
    return next(place for place, one in enumerate(asked) if one.id == id)
