"""Sends what is due: one mail at a time, claimed and committed before the talk with the server begins."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from events.kit import clock
from events.kit.database import transaction
from events.kit.logs import logger
from events.mail import outbox
from events.mail.outbox import Claimed
from events.mail.pausing import current_pause, end_pause_that_is_over, pause_for_our_fault
from events.mail.rules import (
    BAD_ADDRESS,
    GAVE_UP,
    REFUSED,
    UNKNOWN_OUTCOME,
    Allowance,
    Stage,
    Verdict,
    allowance,
    classify,
    is_given_up,
    is_mail_to_blame,
    next_try,
)
from events.mail.transport import NotDelivered, Transport
from events.settings import settings

AT_ONCE = 20
RENEW_SECONDS = 20.0
RECORD_AGAIN_SECONDS = (0.2, 1.0, 4.0, 10.0)
"""After these the lease is nearly over: another worker will send the same bytes again."""

NOTHING = Allowance(0, 0)
ENDS = {Verdict.BAD_ADDRESS: BAD_ADDRESS, Verdict.REFUSED: REFUSED}

log = logger("events.mail")


@dataclass
class Delivered:
    """What became of the mails of one round; `stopped` when the server is not there or the fault is ours."""

    sent: int = 0
    failed: int = 0  # for good, or held for somebody to decide
    later: int = 0
    stopped: bool = False

    @property
    def any(self) -> bool:
        return bool(self.sent or self.failed or self.later)


@dataclass
class _Round:
    transport: Transport
    now_fn: Callable[[], datetime]
    renew_seconds: float
    is_paused: bool  # a pause that is over: this is the try whether things go well again
    done: Delivered
    stop: asyncio.Event | None = None
    left: Allowance = NOTHING
    is_empty: bool = False  # nothing is left that could be sent now

    async def next(self) -> Claimed | None:
        """Claims another mail if one may go; whoever has claimed must send."""
        left = self.left
        if not left.at_once or self.done.stopped or (self.stop is not None and self.stop.is_set()):
            return None
        self.left = Allowance(left.at_once - 1, max(0, left.bulk - 1))
        mail = await outbox.claim(self.now_fn(), bulk=left.bulk > 0)
        self.is_empty = mail is None and left.bulk > 0
        return mail


async def deliver_due(
    transport: Transport,
    *,
    now_fn: Callable[[], datetime] = clock.now,
    limit: int = AT_ONCE,
    stop: asyncio.Event | None = None,
    renew_seconds: float = RENEW_SECONDS,
) -> Delivered:
    """Sends up to `limit` mails, fewer when the rate is used up or `stop` is set; any number of workers may do so.

    Costs one query when nothing is due. Raises what the database raises; what was claimed is then free after 60 s.
    """
    now, done = now_fn(), Delivered()
    if not await outbox.is_anything_due(now):
        return done
    pause = await current_pause()
    if pause is None or pause.until <= now:
        this = _Round(transport, now_fn, renew_seconds, pause is not None, done, stop)
        await _work(this, limit)
        if this.is_empty:  # both look at all mails that wait: too much while thousands do
            done.failed += await outbox.fail_what_is_too_late(now)
            await outbox.hold_bulk_of_unknown_outcome(now)
    return done


async def _work(this: _Round, limit: int) -> None:
    allowed = allowance(settings().mail_rate, await outbox.sent_last_minute(this.now_fn()))
    this.left = Allowance(min(limit, allowed.at_once), allowed.bulk)
    mail = await this.next()
    while mail is not None:
        mail = await _send(mail, this)


async def _send(mail: Claimed, this: _Round) -> Claimed | None:
    """The mail that is claimed next."""
    try:
        async with _lease_renewed(mail, this.now_fn, this.renew_seconds):
            reply = await this.transport.send(mail.letter)
    except NotDelivered as trouble:
        await _put_aside(mail, trouble, this)
        return await this.next()
    following = await _record_sent(mail, reply, this)
    this.done.sent += 1
    log.info("mail_sent", mail=str(mail.letter.id), kind=mail.letter.kind)
    if this.is_paused:
        this.is_paused = False
        await end_pause_that_is_over(this.now_fn())
    return following


async def _put_aside(mail: Claimed, trouble: NotDelivered, this: _Round) -> None:
    verdict, now = _verdict(mail, trouble, this), this.now_fn()
    log.warning("mail_not_sent", mail=str(mail.letter.id), verdict=verdict.value, reply=trouble.reply)
    this.done.stopped = verdict in (Verdict.UNREACHABLE, Verdict.OUR_FAULT)
    if verdict is Verdict.OUR_FAULT:
        await pause_for_our_fault(trouble.reply, now)
    status, reason = _end_of(mail, verdict, now)
    if status:
        await outbox.record_ended(mail, status, reason, trouble.reply, now)
        this.done.failed += 1
    else:
        due_at = next_try(verdict, mail.tries, now, random.random())  # noqa: S311 - spreads load, keeps no secret
        await outbox.record_later(mail, trouble.reply, due_at, maybe_arrived=verdict is Verdict.UNKNOWN)
        this.done.later += 1


def _verdict(mail: Claimed, trouble: NotDelivered, this: _Round) -> Verdict:
    verdict = classify(trouble.stage, trouble.code, trouble.text)
    if verdict is Verdict.OUR_FAULT and is_mail_to_blame(trouble.stage, mail.tries, this.is_paused):
        return Verdict.REFUSED
    return verdict


def _end_of(mail: Claimed, verdict: Verdict, now: datetime) -> tuple[str, str]:
    """Status and reason of a mail that is not tried again; empty for one that is."""
    if verdict in ENDS:
        return "failed", ENDS[verdict]
    if verdict is Verdict.UNKNOWN and mail.is_bulk:
        return "held", UNKNOWN_OUTCOME
    if is_given_up(mail.letter.created_at, mail.tries, now):
        return "failed", GAVE_UP
    return "", ""


async def _record_sent(mail: Claimed, reply: str, this: _Round) -> Claimed | None:
    """With the claim of the next mail in one commit, which takes longer than all the rest.

    A mail is out, so a database that is away for a moment is worth some patience.
    """
    try:
        async with transaction():
            await outbox.record_sent(mail, reply, this.now_fn())
            return await this.next()
    except Exception as error:  # whatever the driver raises
        log.warning("mail_not_recorded", mail=str(mail.letter.id), error=type(error).__name__)
    for seconds in RECORD_AGAIN_SECONDS:
        await asyncio.sleep(seconds)
        try:
            await outbox.record_sent(mail, reply, this.now_fn())
        except Exception as error:
            log.warning("mail_not_recorded", mail=str(mail.letter.id), error=type(error).__name__)
        else:
            return None
    await outbox.record_sent(mail, reply, this.now_fn())
    return None


@asynccontextmanager
async def _lease_renewed(mail: Claimed, now_fn: Callable[[], datetime], seconds: float) -> AsyncIterator[None]:
    """Servers may take minutes; meanwhile nobody else may begin with this mail."""
    renewing = asyncio.create_task(_renew(mail, now_fn, seconds))
    try:
        yield
    except (NotDelivered, asyncio.CancelledError):
        raise
    except Exception as error:
        log.exception("mail_transport_broken", error=type(error).__name__)
        raise NotDelivered(Stage.CONTENT, None, type(error).__name__) from error
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing


async def _renew(mail: Claimed, now_fn: Callable[[], datetime], seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await outbox.renew(mail, now_fn())
        except Exception as error:  # the talk goes on even without a database
            log.warning("mail_lease_not_renewed", mail=str(mail.letter.id), error=type(error).__name__)
