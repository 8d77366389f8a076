"""All answers to an event's questions, for its list, its table file and one of its registrations."""

from collections.abc import Mapping
from uuid import UUID

from events.registration.signup import GivenAnswer
from events.registration.tables import Answer

Given = Mapping[UUID, tuple[GivenAnswer, ...]]


async def answers_in(event_id: UUID, registration_id: UUID | None = None) -> Given:
    """By registration, in one statement; of one of them, if named."""
    where = Answer.registration.event == event_id
    if registration_id is not None:
        where = where & (Answer.registration == registration_id)
    rows = await Answer.select(Answer.registration, Answer.question, Answer.option, Answer.text).where(where)
    found: dict[UUID, dict[UUID, GivenAnswer]] = {}
    for row in rows:
        of_person = found.setdefault(row["registration"], {})
        before = of_person.get(row["question"], GivenAnswer(row["question"]))
        options = (*before.options, row["option"]) if row["option"] else before.options
        of_person[row["question"]] = GivenAnswer(row["question"], options, row["text"])
    return {registration: tuple(answers.values()) for registration, answers in found.items()}
