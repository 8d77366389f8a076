"""What the clock starts: sending mail, writing mailings, ending holds, tidying the outbox. One call each."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from events.accounts import throttle
from events.accounts.actions import sweep_sessions
from events.accounts.tokens import sweep_tokens
from events.attendance.sheets.printing import list_for_mail
from events.contacts.actions import sweep_contacts, unsubscribe
from events.evidence.actions import take_in_late_facts
from events.feedback.asking import ask_due
from events.feedback.rounds import open_due_rounds
from events.groups.reminding import remind_of_reports
from events.invitations.mailings.expanding import expand_mailings
from events.invitations.reminders.due import queue_due_reminders
from events.invitations.reminders.tomorrow import remind_trainers
from events.kit import clock
from events.kit.actor import SYSTEM
from events.kit.counting import count
from events.kit.logs import logger
from events.mail import actions as mail
from events.mail import running
from events.mail.bounces import sweep_reports, take_in_reports
from events.mail.forgetting import forget_what_was_sent
from events.outcomes.reminding import remind_of_outcomes
from events.privacy.clock_work import erase_daily
from events.registration.date_wishes import sweep_wishes
from events.registration.imports.kept import sweep_drafts
from events.registration.reminders import remind_of_confirming
from events.registration.rows import sweep_repeated
from events.registration.waitlist import end_offers, lapse_overdue, pass_on_places, tell_those_who_wait_on
from events.topics.actions import sweep_voices

log = logger()

# Seconds between two rounds.
PAUSE = 2.0
LONG_PAUSE = 15 * 60.0


async def run_due(now: datetime) -> None:
    """One round of what people wait for. Safe to run in several processes at once."""
    await expand_mailings(now=now)
    await lapse_overdue(now=now)
    await end_offers(now=now)
    await take_in_reports(unsubscribe, now=now)


async def tidy_up(now: datetime) -> None:
    """What can wait: late facts, released places, reminders, contents of sent mails, sessions that have ended."""
    await take_in_late_facts(by=SYSTEM, now=now)
    await pass_on_places(now=now)
    await tell_those_who_wait_on(now=now)
    await remind_of_confirming(now=now)
    await queue_due_reminders(now=now)
    await remind_trainers(now=now, paper=list_for_mail)
    await open_due_rounds(by=SYSTEM, now=now)
    await ask_due(now=now)
    await remind_of_outcomes(now=now)
    await remind_of_reports(now=now)
    await sweep_repeated(now)
    await sweep_drafts(now)
    await sweep_wishes(now)
    await erase_daily(by=SYSTEM, now=now)
    await sweep_contacts(now)
    await sweep_voices(now)
    await mail.erase_contents(now)
    await forget_what_was_sent()
    await sweep_reports(now)
    await sweep_sessions(now)
    await sweep_tokens(now)
    await throttle.sweep(now)


async def work(stop: asyncio.Event) -> None:
    """Sends mail and runs what is due until `stop` is set. Outlives a database that is away for a while."""
    await asyncio.gather(running.run(stop), _rounds(stop, run_due, PAUSE), _rounds(stop, tidy_up, LONG_PAUSE))


@asynccontextmanager
async def working() -> AsyncIterator[None]:
    """The same, beside something else; what is being sent is finished before it ends."""
    stop = asyncio.Event()
    task = asyncio.create_task(work(stop))
    try:
        yield
    finally:
        stop.set()
        with suppress(asyncio.CancelledError):
            await task


def stop_on_signal(stop: asyncio.Event) -> None:
    """Ctrl-C and SIGTERM end the work after what is being done now."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)


async def _rounds(stop: asyncio.Event, job: Callable[[datetime], Awaitable[None]], pause: float) -> None:
    while not stop.is_set():
        await _calmly(job)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _calmly(job: Callable[[datetime], Awaitable[None]]) -> None:
    """A failed round is logged and tried again; it must not end the others."""
    try:
        await job(clock.now())
        count("job_runs", job.__name__, "done")
    except Exception as error:
        count("job_runs", job.__name__, "failed")
        log.error("job_failed", job=job.__name__, error=type(error).__name__)
