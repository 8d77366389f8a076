"""What was answered to the questions of events, as people read it again."""

from collections.abc import Collection, Sequence
from uuid import UUID

from events.kit.translation import current_language
from events.programme.questions import questions_of
from events.registration.answer_rows import answers_of
from events.registration.answers import in_words
from events.registration.tables import Registration

Answers = tuple[tuple[str, str], ...]
"""Question and answer, in the order they were asked."""


async def answers_in_words(registrations: Sequence[Registration], events: Collection[UUID]) -> dict[UUID, Answers]:
    """By registration, in the current language; whoever was asked nothing is missing. Two statements."""
    given = await answers_of(registrations)
    questions = await questions_of(events) if given else {}
    return {
        one.id: tuple(in_words(questions[one.event], given[one.id], current_language()))
        for one in registrations
        if one.id in given
    }
