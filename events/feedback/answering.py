"""The way to a round, by a mailed code that can be used once or by the link of the room, and taking an answer."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from events.feedback.answers import Answers
from events.feedback.rounds import Round, round_by_id
from events.feedback.rules import why_not_answer
from events.feedback.tables import Feedback, FeedbackCode
from events.kit import links
from events.kit.clock import BERLIN
from events.kit.database import transaction
from events.kit.refusals import Gone, NotFound, Refusal, Refused, refuse_if
from events.kit.translation import language_prefix
from events.settings import settings

PURPOSE = "feedback"


@dataclass(frozen=True)
class Way:
    """`code`: the row of a mailed code; none for the link many use."""

    round: Round
    code: UUID | None
    is_used: bool


def room_address(one: Round, language: str) -> str:
    """For everybody in the room: on a poster, on a slide."""
    return address_of(links.derive(settings().secret_key, PURPOSE, one.id, one.link_version), language)


def address_of(token: str, language: str) -> str:
    return f"{settings().base_url}{language_prefix(language)}/feedback/{token}"


async def way_behind(token: str) -> Way:
    """Raises NotFound for what we never gave out, Gone for a link that was renewed."""
    given = links.read(token)
    if given is None:
        return await _way_of_code(token)
    found = await round_by_id(given.id)
    answer = links.check(settings().secret_key, PURPOSE, token, found.link_version) if found else "unknown"
    if found is None or answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
    return Way(found, None, False)


async def take_answer(way: Way, answers: Answers, submission: str, *, now: datetime) -> None:
    """Kept with the day alone, and nothing that leads to who gave it. The same `submission` counts once.

    Raises Refused when the round is not open or the code was used for another answer.
    """
    row = Feedback(
        id=uuid5(way.round.id, submission), round=way.round.id, received_on=now.astimezone(BERLIN).date(),
        answers=json.dumps(dict(answers), ensure_ascii=False),
    )  # fmt: skip
    async with transaction():
        found = await round_by_id(way.round.id)
        if found is None:
            raise NotFound
        if way.code is not None and not await _use(way.code):
            if await Feedback.exists().where(Feedback.id == row.id):
                return  # the same form, sent twice
            raise Refused(Refusal("feedback_code_used"))
        refuse_if(why_not_answer(found.state(now)))
        kept = await Feedback.insert(row).on_conflict(action="DO NOTHING").returning(Feedback.id)
        if way.code is not None and not kept:
            raise Refused(Refusal("feedback_code_used"))  # another code's form: this one stays unused


async def _way_of_code(token: str) -> Way:
    row = await FeedbackCode.select(FeedbackCode.id, FeedbackCode.round, FeedbackCode.used).where(
        FeedbackCode.code_hash == links.hash_token(token)
    ).first()  # fmt: skip
    found = await round_by_id(row["round"]) if row else None
    if row is None or found is None:
        raise NotFound
    return Way(found, row["id"], bool(row["used"]))


async def _use(code: UUID) -> bool:
    """Of two at once the second one waits here and then finds it used."""
    used: dict[Any, Any] = {FeedbackCode.used: True}
    return bool(
        await FeedbackCode.update(used)
        .where((FeedbackCode.id == code) & FeedbackCode.used.eq(False))
        .returning(FeedbackCode.id)
    )
