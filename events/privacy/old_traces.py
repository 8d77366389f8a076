"""What is left of contact with somebody and is needed by nobody any more: texts of feedback, voices for topics nobody
answered, addresses that took no mail, recipients of old mails, and the oldest lines of the history."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from events.feedback.questions import read_stored
from events.feedback.tables import Feedback, FeedbackRound
from events.history.tables import HistoryEntry
from events.mail.tables import OutgoingMail, UndeliverableAddress
from events.registration.tables import SentEntry
from events.topics.tables import TopicVoice

TEXTS_FOR = timedelta(days=2 * 365)
"""The report about a year is written in the next one; ratings stay for comparing."""

VOICES_FOR = timedelta(days=2 * 365)
ADDRESSES_FOR = timedelta(days=365)
"""Whoever is written to at a bad address later learns it anew."""

MAILS_FOR = timedelta(days=365)
HISTORY_FOR = timedelta(days=10 * 365)
"""As long as funders may look into the papers of an event."""

_GO_WITH_IT = (
    "booking:", "participant:", "registration:", "forget:", "organisation:", "event_partner:", "event_trainer:",
    "staff_member:",
)  # fmt: skip
"""Mails about these go with what they are about."""

_OLD_MAILS = (
    f"SELECT about FROM outgoing_mail WHERE {' AND '.join(['about NOT LIKE {}'] * len(_GO_WITH_IT))} GROUP BY about "
    "HAVING MAX(due_at) <= {} AND MAX(CASE WHEN status IN ('sent', 'failed') THEN 0 ELSE 1 END) = 0"
)


async def feedback_texts(now: datetime) -> Sequence[UUID]:
    """Forms with something written in their own words, from rounds that closed long ago."""
    written = await _written(Feedback.round.closes_at <= now - TEXTS_FOR)
    return list(written)


async def forget_feedback_texts(ids: Sequence[UUID]) -> None:
    """Ratings and choices stay; one statement, whatever each of the forms still says."""
    written = await _written(Feedback.id.is_in(list(ids)))
    rows = [
        Feedback(**{**row, "answers": json.dumps(answers, ensure_ascii=False)}) for row, answers in written.values()
    ]
    if rows:
        await Feedback.insert(*rows).on_conflict(target=Feedback.id, action="DO UPDATE", values=[Feedback.answers])


async def old_voices(now: datetime) -> Sequence[UUID]:
    rows = await TopicVoice.select(TopicVoice.id).where(
        TopicVoice.email != "", TopicVoice.created_at <= now - VOICES_FOR
    )
    return [row["id"] for row in rows]


async def old_bad_addresses(now: datetime) -> Sequence[UUID]:
    one = UndeliverableAddress
    return [row["id"] for row in await one.select(one.id).where(one.since <= now - ADDRESSES_FOR)]


async def forget_bad_addresses(ids: Sequence[UUID]) -> None:
    await UndeliverableAddress.delete().where(UndeliverableAddress.id.is_in(list(ids)))


async def old_mails(now: datetime) -> Sequence[str]:
    """What they were about. All of one at a time: the number of the next mail about it is how many there were."""
    rows = await OutgoingMail.raw(_OLD_MAILS, *[f"{prefix}%" for prefix in _GO_WITH_IT], now - MAILS_FOR)
    return [row["about"] for row in rows]


async def forget_mails(about: Sequence[str]) -> None:
    await OutgoingMail.delete().where(OutgoingMail.about.is_in(list(about)))


async def old_entries(now: datetime) -> Sequence[UUID]:
    """Which version of a calendar entry an address has: nothing is sent about a date so long ago."""
    one = SentEntry
    return [row["id"] for row in await one.select(one.id).where(one.event_date.end <= now - ADDRESSES_FOR)]


async def forget_entries(ids: Sequence[UUID]) -> None:
    await SentEntry.delete().where(SentEntry.id.is_in(list(ids)))


async def old_history(now: datetime) -> Sequence[UUID]:
    rows = await HistoryEntry.select(HistoryEntry.id).where(HistoryEntry.at <= now - HISTORY_FOR)
    return [row["id"] for row in rows]


async def forget_history(ids: Sequence[UUID]) -> None:
    await HistoryEntry.delete().where(HistoryEntry.id.is_in(list(ids)))


async def _written(where: Any) -> dict[UUID, tuple[dict[str, Any], dict[str, Any]]]:
    """Rows that hold such a text, and their answers without it."""
    rows: list[dict[str, Any]] = await Feedback.select().where(where)
    texts = await _text_questions({row["round"] for row in rows})
    found = {}
    for row in rows:
        answers = json.loads(row["answers"])
        left = {code: said for code, said in answers.items() if code not in texts[row["round"]]}
        if left != answers:
            found[row["id"]] = (row, left)
    return found


async def _text_questions(rounds: set[UUID]) -> dict[UUID, set[str]]:
    one = FeedbackRound
    if not rounds:
        return {}
    rows = await one.select(one.id, one.form.questions.as_alias("questions")).where(one.id.is_in(list(rounds)))
    return {row["id"]: {ask.code for ask in read_stored(row["questions"]) if ask.kind == "text"} for row in rows}
