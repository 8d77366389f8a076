"""The stored answers to an event's questions: written with a registration, read where they decide about seats."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from events.programme.tables import Question
from events.registration.signup import GivenAnswer, Person
from events.registration.tables import Answer, Registration


async def insert_answers(made: Sequence[tuple[Registration, Person]]) -> None:
    """Each registration gets the answers to the questions of its own event; one statement, rarely two."""
    given = [answer for _, person in made for answer in person.answers]
    if not given:
        return
    event_of = await _events_of(given)
    rows = [
        row
        for registration, person in made
        for answer in person.answers
        if event_of.get(answer.question) == registration.event
        for row in _rows(registration, answer)
    ]
    if rows:
        await Answer.insert(*rows)


async def _events_of(given: Iterable[GivenAnswer]) -> dict[UUID, UUID]:
    """By question; asked of the database only where nobody has said it.

    That a registration was made for one event only proves nothing: for the others they may be registered already.
    """
    known = {answer.question: answer.event for answer in given if answer.event}
    unknown = [answer.question for answer in given if not answer.event]
    if not unknown:
        return known
    rows = await Question.select(Question.id, Question.event).where(Question.id.is_in(unknown))
    return known | {row["id"]: row["event"] for row in rows}


def _rows(registration: Registration, answer: GivenAnswer) -> list[Answer]:
    if not answer.options:
        return [Answer(registration=registration.id, question=answer.question, text=answer.text)]
    return [
        Answer(registration=registration.id, question=answer.question, option=option)
        for option in dict.fromkeys(answer.options)
    ]


async def chosen_options(registrations: Sequence[Registration]) -> dict[UUID, tuple[GivenAnswer, ...]]:
    """By registration, the chosen options: those with places of their own decide about the seat."""
    if not registrations:
        return {}
    rows = await Answer.select(Answer.registration, Answer.question, Answer.option).where(
        Answer.registration.is_in([one.id for one in registrations]) & Answer.option.is_not_null()
    )
    found: dict[UUID, tuple[GivenAnswer, ...]] = {}
    for row in rows:
        answer = GivenAnswer(row["question"], (row["option"],))
        found[row["registration"]] = (*found.get(row["registration"], ()), answer)
    return found


async def answers_of(registrations: Sequence[Registration]) -> dict[UUID, tuple[GivenAnswer, ...]]:
    """By registration, everything that was answered."""
    if not registrations:
        return {}
    rows = await Answer.select().where(Answer.registration.is_in([one.id for one in registrations]))
    by_question: dict[tuple[UUID, UUID], GivenAnswer] = {}
    for row in rows:
        key = (row["registration"], row["question"])
        before = by_question.get(key, GivenAnswer(row["question"]))
        options = (*before.options, row["option"]) if row["option"] else before.options
        by_question[key] = GivenAnswer(row["question"], options, row["text"])
    found: dict[UUID, tuple[GivenAnswer, ...]] = {}
    for (registration, _), answer in by_question.items():
        found[registration] = (*found.get(registration, ()), answer)
    return found
