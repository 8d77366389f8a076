"""An event that ended yesterday, its round, and people who say how it was."""

import re
from collections.abc import Iterable
from uuid import UUID, uuid4

from events.feedback.answering import room_address, take_answer, way_behind
from events.feedback.answers import Answers
from events.feedback.asking import ask
from events.feedback.rounds import Round, close_round, open_round, round_of
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.programme.queries import EventView
from events.registration.signup import Person
from tests.attendance.story import held_event, sign_up
from tests.outbox import mails_to, text_of

AMIRA = Person("Amira", "Haddad", "amira@example.org")
CEM = Person("Cem", "Kaya", "cem@example.org")
FINE: Answers = {"overall": 5}


async def asked_event(*people: Person, **details: object) -> tuple[EventView, list[UUID]]:
    """These were confirmed for it; nobody kept a roll."""
    event = await held_event(**details)
    ids = [(await sign_up(event, one))[0] for one in people]
    return event, ids


async def opened(event: EventView) -> Round:
    await open_round(event.id, by=SYSTEM, now=now())
    found = await round_of(event.id)
    assert found is not None
    return found


async def asked(event: EventView) -> int:
    await opened(event)
    return await ask(event.id, now=now())


async def code_of(person: Person) -> str:
    """From the mail."""
    (mail,) = await mails_to(person.email, "feedback_asked")
    found = re.search(r"/feedback/(\S+)", text_of(mail))
    assert found is not None
    return found.group(1)


async def answer(token: str, answers: Answers = FINE, submission: str = "") -> None:
    await take_answer(await way_behind(token), answers, submission or uuid4().hex, now=now())


async def said(event: EventView, answers: Iterable[Answers], *, closed: bool = True) -> Round:
    """Through the link of the room."""
    from_room = await opened(event)
    token = room_token(from_room)
    for one in answers:
        await answer(token, one)
    if closed:
        await close_round(event.id, by=SYSTEM, now=now())
    found = await round_of(event.id)
    assert found is not None
    return found


def room_token(one: Round) -> str:
    return room_address(one, "de").rpartition("/")[2]
