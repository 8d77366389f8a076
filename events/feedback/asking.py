"""Mails to the people of an event, each with a code of its own. Which code went to whom is kept nowhere.

Nobody has to answer, so whoever wants no mails of ours to many gets none of these either.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom
from uuid import UUID, uuid4

from events.attendance.queries import facts_of
from events.attendance.roster import attendees
from events.feedback.answering import address_of
from events.feedback.rounds import Round, round_by_id, round_of
from events.feedback.rules import ASKED_AFTER
from events.feedback.tables import FeedbackCode, FeedbackRound
from events.invitations.reminders.rules import is_quiet
from events.kit import links
from events.kit.addresses import address_key
from events.kit.database import transaction
from events.kit.translation import localized
from events.mail.actions import queue
from events.mail.composing import Bulk, ComposedMail, compose
from events.mail.forgetting import forget_texts
from events.mail.opt_outs import opted_out, unsubscribe_address
from events.mail.tables import Mailing, OutgoingMail
from events.mail.undeliverable import undeliverable_among
from events.office.queries import office
from events.programme.queries import EventView, event_by_id
from events.registration.tables import Registration

KIND = "feedback_asked"
LIST_ID = "rueckmeldung"


@dataclass(frozen=True)
class Addressee:
    registration_id: UUID
    address: str
    language: str


async def ask_due(*, now: datetime) -> int:
    """Mails for rounds whose event ended some hours ago; not at night. How many. Afterwards the links are forgotten."""
    await forget_links()
    if is_quiet(now):
        return 0
    rows = await FeedbackRound.select(FeedbackRound.id, FeedbackRound.event).where(
        (FeedbackRound.closes_at > now) & (FeedbackRound.event.ends_at <= now - ASKED_AFTER)
        & (FeedbackRound.event.status == "published")
    )  # fmt: skip
    asked = await Mailing.select(Mailing.about).where(Mailing.kind == KIND) if rows else []
    known = {row["about"] for row in asked}
    return sum([await ask(row["event"], now=now) for row in rows if row["id"] not in known])


async def ask(event_id: UUID, *, now: datetime) -> int:
    """Mails everybody who was there, once however often it is called; how many. Nobody before the event has ended."""
    event, one = await event_by_id(event_id), await round_of(event_id)
    if event is None or one is None or not event.is_over(now) or one.state(now) != "open":
        return 0
    codes: list[str] = []
    mails: list[ComposedMail] = []
    sender = await office()
    for to in await people_to_ask(event):
        code = links.random_token()
        codes.append(links.hash_token(code))
        mails.append(_mail(event, one, to, code, {"office": sender}))
        await asyncio.sleep(0)  # others go on in between
    return len(mails) if await _queue(one, codes, mails, now) else 0


async def people_to_ask(event: EventView) -> list[Addressee]:
    """Who was there by the roll, who was confirmed where nobody kept one; each proven address once."""
    facts = await facts_of({date.id: event.id for date in event.coming_dates})
    has_roll = any(one.marks for one in facts.values())
    people = [one for date in facts.values() for one in attendees(date) if one.listed]
    there = [one.listed for one in people if one.listed and (one.is_present or not has_roll)]
    found = {
        address_key(one.email): (one.registration_id, one.email)
        for one in there
        if one.address_proven and one.email and (has_roll or one.is_confirmed)
    }
    silent = await _unwanted([address for _id, address in found.values()])
    languages = await _languages(event.id)
    return [Addressee(id, to, languages.get(id, "de")) for id, to in found.values() if to not in silent]


async def was_asked(round_id: UUID) -> bool:
    """Whether the mails of the round are written."""
    return await Mailing.exists().where((Mailing.kind == KIND) & (Mailing.about == round_id))


async def forget_links() -> None:
    """The text of a mail that was sent holds the code: with it one could see who answered."""
    await forget_texts((OutgoingMail.kind == KIND) & (OutgoingMail.status == "sent"))


async def _queue(one: Round, codes: list[str], mails: list[ComposedMail], now: datetime) -> bool:
    """Of two workers the first one wins. The codes lie in an order that says nothing about people."""
    SystemRandom().shuffle(codes)
    row = Mailing(id=uuid4(), kind=KIND, about=one.id, status="expanded", created_at=now, started_at=now)
    async with transaction():
        if not await Mailing.insert(row).on_conflict(action="DO NOTHING").returning(Mailing.id):
            return False
        still = await round_by_id(one.id)
        if still is None or still.state(now) != "open":
            return False
        if codes:
            await FeedbackCode.insert(*(FeedbackCode(id=uuid4(), round=one.id, code_hash=code) for code in codes))
        await queue(*mails, now=now)
    return True


def _mail(event: EventView, one: Round, to: Addressee, code: str, shared: Mapping[str, object]) -> ComposedMail:
    unsubscribe = unsubscribe_address(to.address, to.language)
    return compose(
        KIND, to=to.address, language=to.language, about=f"registration:{to.registration_id}",
        context={
            **shared, "title": localized(event.title, to.language).text, "link": address_of(code, to.language),
            "until": one.closes_at, "unsubscribe": unsubscribe,
        },
        useful_until=one.closes_at, bulk=Bulk(LIST_ID, unsubscribe),
    )  # fmt: skip


async def _unwanted(addresses: Iterable[str]) -> frozenset[str]:
    known = list(addresses)
    return frozenset(await opted_out(known)) | frozenset(await undeliverable_among(known))


async def _languages(event_id: UUID) -> dict[UUID, str]:
    rows = await Registration.select(Registration.id, Registration.booking.language).where(
        Registration.event == event_id
    )
    return {row["id"]: row["booking.language"] for row in rows}
