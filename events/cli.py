"""The `events` command. Each subcommand is a few lines; what it does is said elsewhere."""

import asyncio
import sqlite3
import sys
import warnings
from collections.abc import Coroutine
from datetime import date
from typing import Any, NoReturn, TypeVar

import asyncpg
import click
import uvicorn

from events import checks, jobs
from events.accounts import actions as accounts
from events.accounts import wording as accounts_wording
from events.accounts.queries import all_staff
from events.accounts.rules import ROLES
from events.demo import wording as demo_wording
from events.demo.load import load_demo
from events.kit import clock, logs
from events.kit.actor import SYSTEM
from events.kit.database import database
from events.kit.refusals import Refusal, Refused
from events.programme.upkeep import refresh_entries
from events.reports import wording as reports_wording
from events.reports.command import report_text
from events.schema import MigrationFailed, migrate
from events.settings import WrongSetting, settings

Result = TypeVar("Result")

UNREACHABLE = (OSError, ValueError, asyncpg.PostgresError, sqlite3.Error)


def main() -> None:
    """Entry point: a wrong setting or an absent database is one sentence, not a traceback."""
    # Piccolo says in English, and with a traceback's look, what we say in one sentence.
    warnings.filterwarnings("ignore", module="piccolo")
    try:
        settings()
        cli(prog_name="events")
    except WrongSetting as error:
        _fail(str(error))


@click.group(help="Teilnahme: Anmeldung, Anwesenheit und Nachweis. Jeder Befehl erklärt sich mit --help.")
def cli() -> None:
    """Holds the commands below."""


@cli.command(help="Startet die Website. Der Postversand läuft mit, außer mit --no-worker.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse, an der gelauscht wird")
@click.option("--port", default=8000, show_default=True, help="Anschluss")
@click.option("--workers", default=1, show_default=True, help="Zahl der Prozesse; mehr als einer lohnt mit PostgreSQL")
@click.option("--no-worker", is_flag=True, help="ohne Postversand und Uhr; dann muss `events worker` laufen")
def serve(host: str, port: int, workers: int, no_worker: bool) -> None:
    run(_prepare())
    factory = "create_app" if no_worker else "create_app_with_worker"
    uvicorn.run(
        f"events.app:{factory}",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


@cli.command(help="Nur Postversand und Uhr, ohne Website.")
def worker() -> None:
    logs.configure(settings().log == "json")
    run(_work_until_stopped())


@cli.command("migrate", help="Bringt die Datenbank auf den neuesten Stand. Mehrmals aufrufen schadet nicht.")
def migrate_command() -> None:
    run(_prepare())
    click.echo("Die Datenbank ist auf dem neuesten Stand.")


@cli.command(help="Lädt das Beispielprogramm. Ein zweiter Aufruf ändert nichts.")
def demo() -> None:
    run(_prepare())
    report = run(load_demo(now=clock.now()))
    click.echo(f"Beispielprogramm vom {report.first_day:%d.%m.%Y}: {report.events} Veranstaltungen.")
    click.echo(f"Website:     {settings().base_url}/")
    click.echo(f"Team:        {settings().base_url}/team/")
    click.echo(f"Anmeldung:   {report.sign_in.read_text(encoding='utf-8').strip()}")
    click.echo(f"Mails:       {'an den Mailserver' if settings().smtp_url else settings().data / 'mail'}")


@cli.command(help="Prüft Daten und Einstellungen und nennt jeden Fehler mit seiner Kennung.")
def check() -> None:
    faults = run(checks.find_faults(clock.now()))
    for fault in faults:
        click.echo(str(fault))
    if faults:
        sys.exit(1)
    click.echo("Alles in Ordnung.")


@cli.command(help="Zahlen eines Zeitraums.")
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="erster Tag, etwa 2027-01-01")
@click.option("--to", "end", type=click.DateTime(["%Y-%m-%d"]), help="letzter Tag")
@click.option("--year", type=int, help="ein ganzes Jahr")
@click.option("--half-year", help="ein Halbjahr, etwa 2027-1")
@click.option("--by", type=click.Choice(["programme", "family", "kind"]), default="programme", show_default=True)
@click.option("--format", "form", metavar="table|csv|json", default="table", show_default=True)
def report(start: Any, end: Any, year: int | None, half_year: str | None, by: str, form: str) -> None:
    first, last = _span(start, end, year, half_year)
    click.echo(run(report_text(first, last, by, form, clock.now())))


@cli.group(help="Wer sich anmelden darf.")
def staff() -> None:
    """Holds the commands below."""


@staff.command("add", help="Legt ein Konto an und fragt nach dem Passwort.")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice(list(ROLES)), required=True)
@click.option("--password", prompt="Passwort", hide_input=True, confirmation_prompt=True)
def staff_add(email: str, name: str, role: str, password: str) -> None:
    run(accounts.add_staff(email, name, role, password, by=SYSTEM, now=clock.now()))
    click.echo("Das Konto ist angelegt.")


@staff.command("list", help="Zeigt alle Konten.")
def staff_list() -> None:
    for member in run(all_staff()):
        click.echo(f"{member.email}\t{member.name}\t{member.role}\t{'' if member.active else 'gesperrt'}")


@staff.command("disable", help="Sperrt ein Konto und beendet seine Anmeldungen.")
@click.argument("email")
def staff_disable(email: str) -> None:
    run(accounts.disable_staff(email, by=SYSTEM, now=clock.now()))
    click.echo("Das Konto ist gesperrt.")


@staff.command("password", help="Setzt ein neues Passwort und beendet alle Anmeldungen des Kontos.")
@click.argument("email")
@click.option("--password", prompt="Neues Passwort", hide_input=True, confirmation_prompt=True)
def staff_password(email: str, password: str) -> None:
    run(accounts.set_password(email, password, by=SYSTEM, now=clock.now()))
    click.echo("Das Passwort ist gesetzt.")


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Runs with open connections; what cannot be done ends the command with one sentence."""
    return asyncio.run(_connected(work))


async def _connected(work: Coroutine[Any, Any, Result]) -> Result:
    try:
        await database().start_connection_pool()
    except UNREACHABLE as error:
        work.close()
        _fail(
            f"Die Datenbank ist nicht erreichbar ({type(error).__name__}). Läuft sie, und stimmt EVENTS_DATABASE_URL?"
        )
    try:
        return await work
    except MigrationFailed as error:
        _fail(f"Die Datenbank ließ sich nicht aktualisieren: {error}")
    except Refused as refused:
        _fail(" ".join(_words(reason) for reason in refused.reasons))
    finally:
        await database().close_connection_pool()


async def _prepare() -> None:
    await migrate()
    await refresh_entries(clock.now())


async def _work_until_stopped() -> None:
    stop = asyncio.Event()
    jobs.stop_on_signal(stop)
    await jobs.work(stop)


def _span(start: Any, end: Any, year: int | None, half_year: str | None) -> tuple[date, date]:
    if year:
        return date(year, 1, 1), date(year, 12, 31)
    if half_year:
        number, _, half = half_year.partition("-")
        if not number.isdigit() or half not in ("1", "2"):
            _fail("--half-year erwartet Jahr und 1 oder 2, etwa 2027-1.")
        return (
            (date(int(number), 1, 1), date(int(number), 6, 30))
            if half == "1"
            else (date(int(number), 7, 1), date(int(number), 12, 31))
        )
    if start is None or end is None:
        _fail("Bitte einen Zeitraum nennen: --from und --to, --year oder --half-year.")
    return start.date(), end.date()


def _words(reason: Refusal) -> str:
    wording = next(one for one in (accounts_wording, demo_wording, reports_wording) if reason.code in one.REFUSALS)
    return str(wording.refusal_text(reason))


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
