"""What an action raises when it does not do what was asked, and how that is said.

Which code means what is in each domain's own `wording`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from events.kit.translation import gettext


@dataclass(frozen=True)
class Refusal:
    """One reason why not: a code of the domain and the facts its sentence needs."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict, hash=False)


class Refused(Exception):
    """Nothing was changed, for all these reasons; pages answer 409."""

    reasons: tuple[Refusal, ...]

    def __init__(self, *reasons: Refusal) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


def refuse_if(*reasons: Refusal | None) -> None:
    """Raises Refused with all of them that are a reason; nothing happens when none is."""
    if against := [reason for reason in reasons if reason]:
        raise Refused(*against)


def say(sentences: Mapping[str, str], refusal: Refusal) -> str:
    """The sentence for this reason in the current language, its facts filled in; empty when there is none."""
    sentence = sentences.get(refusal.code)
    return gettext(sentence, **refusal.facts) if sentence else ""


class NotFound(Exception):
    """There is no such thing, or it is not theirs to see; pages answer 404 either way."""


class Gone(Exception):
    """It was here and was withdrawn, like a renewed link; pages answer 410."""
