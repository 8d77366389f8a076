"""How a command runs: with the database's connections or without, and with one sentence instead of a traceback."""

import asyncio
import sys
from collections.abc import Coroutine
from multiprocessing import get_context
from typing import Any, NoReturn, TypeVar

import click

from events.accounts import wording as accounts_wording
from events.demo import wording as demo_wording
from events.kit.database import database, is_not_set_up, is_trouble
from events.kit.refusals import Refusal, Refused
from events.operations import wording as operations_wording
from events.reports import wording as reports_wording
from events.schema import MigrationFailed

Result = TypeVar("Result")


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Runs with open connections; what cannot be done ends the command with one sentence."""
    return asyncio.run(_connected(work))


def apart(work: Coroutine[Any, Any, None]) -> None:
    """As `run`, in a process that takes with it what migrating needs in memory. Where it fails, this one ends too."""
    process = get_context("fork").Process(target=run, args=(work,))
    process.start()
    work.close()
    process.join()
    if process.exitcode:
        sys.exit(process.exitcode)


def alone(work: Coroutine[Any, Any, Result]) -> Result:
    """The same for work that opens what it needs by itself."""
    try:
        return asyncio.run(_told(work))
    except Exception as error:
        if not is_trouble(error):
            raise
        fail(
            f"Das ging nicht zu Ende ({type(error).__name__}). Ist die Datenbank erreichbar, stimmt "
            "EVENTS_DATABASE_URL, und ist auf der Festplatte Platz?"
        )


def fail(sentence: str) -> NoReturn:
    """Ends the process with 1."""
    click.echo(sentence, err=True)
    sys.exit(1)


async def _connected(work: Coroutine[Any, Any, Result]) -> Result:
    try:
        await database().start_connection_pool()
    except Exception as error:
        work.close()
        fail(f"Die Datenbank ist nicht erreichbar ({type(error).__name__}). Läuft sie, und stimmt EVENTS_DATABASE_URL?")
    try:
        return await _told(work)
    finally:
        await database().close_connection_pool()


async def _told(work: Coroutine[Any, Any, Result]) -> Result:
    try:
        return await work
    except MigrationFailed as error:
        fail(f"Die Datenbank ließ sich nicht aktualisieren: {error}")
    except Refused as refused:
        fail(" ".join(_words(reason) for reason in refused.reasons))
    except Exception as error:
        if not is_not_set_up(error):
            raise
        fail(
            "Die Datenbank ist noch nicht eingerichtet oder nicht auf dem neuesten Stand. Bitte zuerst: events migrate"
        )


def _words(reason: Refusal) -> str:
    known = (accounts_wording, demo_wording, operations_wording, reports_wording)
    return str(next(one for one in known if reason.code in one.REFUSALS).refusal_text(reason))
