"""Sends what is due: one mail at a time, claimed and committed before the talk with the server begins."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from events.kit import clock
from events.mail import outbox
from events.mail.outbox import Claimed
from events.mail.pausing import current_pause, end_pause, pause_for_our_fault
from events.mail.rules import (
    BAD_ADDRESS,
    GAVE_UP,
    UNKNOWN_OUTCOME,
    Stage,
    Verdict,
    allowance,
    classify,
    is_given_up,
    next_try,
)
from events.mail.transport import NotDelivered, Transport
from events.settings import settings

AT_ONCE = 20
RENEW_SECONDS = 20.0
RECORD_AGAIN_SECONDS = (0.2, 1.0, 4.0, 10.0)
"""After these the lease is nearly over: another worker will send the same bytes again."""

log = structlog.get_logger("events.mail")


@dataclass
class Delivered:
    """What became of the mails of one round; `stopped` when the server is not there or the fault is ours."""

    sent: int = 0
    failed: int = 0  # for good, or held for somebody to decide
    later: int = 0
    stopped: bool = False


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
    now = now_fn()
    done = Delivered()
    if not await outbox.is_anything_due(now):
        return done
    done.failed = await outbox.fail_what_is_too_late(now)
    await outbox.hold_bulk_of_unknown_outcome(now)
    pause = await current_pause()
    if pause and pause.until > now:
        return done
    allowed = allowance(settings().mail_rate, await outbox.sent_last_minute(now))
    for number in range(min(limit, allowed.all)):
        mail = await outbox.claim(now_fn(), bulk=number < allowed.bulk)
        if mail is None:
            break
        await _send(mail, transport, done, now_fn, renew_seconds)
        if done.stopped or (stop is not None and stop.is_set()):
            break
    if pause and done.sent:
        await end_pause()
    return done


async def _send(
    mail: Claimed, transport: Transport, done: Delivered, now_fn: Callable[[], datetime], renew_seconds: float
) -> None:
    try:
        async with _lease_renewed(mail, now_fn, renew_seconds):
            reply = await transport.send(mail.letter)
    except NotDelivered as trouble:
        await _put_aside(mail, trouble, done, now_fn())
    else:
        await _record_sent(mail, reply, now_fn)
        done.sent += 1
        log.info("mail_sent", mail=str(mail.letter.id), kind=mail.letter.kind)


async def _put_aside(mail: Claimed, trouble: NotDelivered, done: Delivered, now: datetime) -> None:
    verdict = classify(trouble.stage, trouble.code, trouble.text)
    log.warning("mail_not_sent", mail=str(mail.letter.id), verdict=verdict.value, reply=trouble.reply)
    done.stopped = verdict in (Verdict.UNREACHABLE, Verdict.OUR_FAULT)
    if verdict is Verdict.OUR_FAULT:
        await pause_for_our_fault(trouble.reply, now)
    status, reason = _end_of(mail, verdict, now)
    if status:
        await outbox.record_ended(mail, status, reason, trouble.reply, now)
        done.failed += 1
    else:
        due_at = next_try(verdict, mail.tries, now, random.random())  # noqa: S311 - spreads load, keeps no secret
        await outbox.record_later(mail, trouble.reply, due_at)
        done.later += 1


def _end_of(mail: Claimed, verdict: Verdict, now: datetime) -> tuple[str, str]:
    """Status and reason of a mail that is not tried again; empty for one that is."""
    if verdict is Verdict.BAD_ADDRESS:
        return "failed", BAD_ADDRESS
    if verdict is Verdict.UNKNOWN and mail.is_bulk:
        return "held", UNKNOWN_OUTCOME
    if is_given_up(mail.letter.created_at, mail.tries, now):
        return "failed", GAVE_UP
    return "", ""


async def _record_sent(mail: Claimed, reply: str, now_fn: Callable[[], datetime]) -> None:
    """A mail is out, so a database that is away for a moment is worth some patience."""
    for seconds in RECORD_AGAIN_SECONDS:
        try:
            await outbox.record_sent(mail, reply, now_fn())
        except Exception as error:  # whatever the driver raises
            log.warning("mail_not_recorded", mail=str(mail.letter.id), error=type(error).__name__)
            await asyncio.sleep(seconds)
        else:
            return
    await outbox.record_sent(mail, reply, now_fn())


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
