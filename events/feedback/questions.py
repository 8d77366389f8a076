"""The questions of a feedback form as plain values, and as they are kept in `FeedbackForm.questions`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from events.kit.translation import N_

Texts = Mapping[str, str]
Kind = Literal["good", "agree", "choice", "text"]

SCALES: Mapping[str, tuple[str, ...]] = {
    "good": (N_("gar nicht gut"), N_("nicht so gut"), N_("mittel"), N_("gut"), N_("sehr gut")),
    "agree": (N_("stimmt gar nicht"), N_("stimmt eher nicht"), N_("teils, teils"), N_("stimmt eher"), N_("stimmt")),
}
"""Words for 1 to 5."""

POINTS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Option:
    code: str
    text: Texts


@dataclass(frozen=True)
class Question:
    """`code` is the same in all versions of a form, so that answers to them can be compared. Options of a choice."""

    code: str
    kind: Kind
    text: Texts
    required: bool = False
    options: tuple[Option, ...] = ()

    @property
    def is_scale(self) -> bool:
        return self.kind in SCALES

    @property
    def values(self) -> tuple[int | str, ...]:
        """What can be answered, the best of a scale first; none for a text."""
        return tuple(reversed(POINTS)) if self.is_scale else tuple(one.code for one in self.options)


def stored(questions: Sequence[Question]) -> str:
    return json.dumps([asdict(one) for one in questions], ensure_ascii=False)


def read_stored(text: str) -> tuple[Question, ...]:
    return tuple(_question(one) for one in cast(list[dict[str, Any]], json.loads(text)))


def _question(kept: Mapping[str, Any]) -> Question:
    options = tuple(Option(one["code"], one["text"]) for one in kept["options"])
    return Question(kept["code"], kept["kind"], kept["text"], kept["required"], options)
