"""The `events` command. Each subcommand is a few lines; what it does is said elsewhere."""

import asyncio
import sys
import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import uvicorn

from events import checks, jobs
from events.accounts import actions as accounts
from events.accounts.queries import all_staff
from events.accounts.rules import ROLES
from events.kit import clock, logs
from events.kit.actor import SYSTEM
from events.kit.counting import begin_anew
from events.kit.lean import Later
from events.operations.backup import back_up, remove_older
from events.operations.command import alone, apart, fail, run
from events.operations.move import move
from events.operations.proof import prove
from events.operations.restore import restore
from events.operations.telling import backup_lines, moved_line, restored_lines
from events.operations.unfinished import refuse_if_unfinished
from events.privacy.clock_work import erase_due
from events.privacy.retention import due
from events.privacy.retention_words import done_in_words, in_words
from events.programme.upkeep import refresh_entries
from events.reports.command import report_text
from events.reports.files import FORMATS as FILES
from events.reports.files import report_file
from events.schema import migrate
from events.settings import WrongSetting, settings


def main() -> None:
    """Entry point: a wrong setting or an absent database is one sentence, not a traceback."""
    # Piccolo says in English, and with a traceback's look, what we say in one sentence.
    warnings.filterwarnings("ignore", module="piccolo")
    try:
        settings()
        cli(prog_name="events")
    except WrongSetting as error:
        fail(str(error))


@click.group(help="Teilnahme: Anmeldung, Anwesenheit und Nachweis. Jeder Befehl erklärt sich mit --help.")
def cli() -> None:
    """Holds the commands below."""


@cli.command(help="Startet die Website. Der Postversand läuft mit, außer mit --no-worker.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse, an der gelauscht wird")
@click.option("--port", default=8000, show_default=True, help="Anschluss")
@click.option("--workers", default=1, show_default=True, help="Zahl der Prozesse; mehr als einer lohnt mit PostgreSQL")
@click.option("--no-worker", is_flag=True, help="ohne Postversand und Uhr; dann muss `events worker` laufen")
def serve(host: str, port: int, workers: int, no_worker: bool) -> None:
    apart(_prepare())
    begin_anew()
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
    report = run(Later("events.demo.load").load_demo(now=clock.now()))
    click.echo(f"Beispielprogramm vom {report.first_day:%d.%m.%Y}: {report.events} Veranstaltungen.")
    click.echo(f"Website:     {settings().base_url}/")
    click.echo(f"Team:        {settings().base_url}/team/")
    click.echo(f"Anmeldung:   {report.sign_in.read_text(encoding='utf-8').strip()}")
    click.echo(f"Mails:       {'an den Mailserver' if settings().smtp_url else settings().data / 'mail'}")


@cli.command(help="Prüft Daten und Einstellungen und nennt jeden Fehler mit seiner Kennung.")
def check() -> None:
    _tell_faults(run(checks.find_faults(clock.now())))


@cli.command(help="Sichert alles in eine neue Datei, auch während der Dienst läuft. Ein Ordner genügt als Ziel.")
@click.argument("to", metavar="DATEI", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(1), help="so viele Sicherungen bleiben im Ordner, ältere werden gelöscht")
@click.option("--proof", is_flag=True, help="holt die Sicherung zur Probe in einem eigenen Ordner zurück und prüft sie")
def backup(to: Path, keep: int | None, proof: bool) -> None:
    made = alone(back_up(to, clock.now()))
    if proof:
        alone(prove(made.path))
    removed = remove_older(made.path.parent, keep) if keep else 0
    click.echo("\n".join(backup_lines(made, proof, removed)))


@cli.command("restore", help="Holt eine Sicherung zurück und löscht dabei wieder, wer seitdem gelöscht wurde.")
@click.argument("path", metavar="DATEI", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="auch wenn schon Daten da sind; sie werden beiseitegelegt")
def restore_command(path: Path, replace: bool) -> None:
    restored = alone(restore(path, clock.now(), replace=replace))
    click.echo("\n".join(restored_lines(restored)))
    _tell_faults(restored.faults)


@cli.command("move", help="Kopiert alles aus einer SQLite-Datei in die leere PostgreSQL-Datenbank der Einstellungen.")
@click.argument("source", metavar="DATEI", type=click.Path(path_type=Path))
def move_command(source: Path) -> None:
    moved = alone(move(source, clock.now()))
    click.echo(moved_line(moved))
    _tell_faults(moved.faults)


@cli.command(help="Löscht, was nach den Fristen fällig ist. Das geschieht auch jede Nacht von selbst.")
@click.option("--dry-run", is_flag=True, help="nur sagen, was gelöscht würde")
def erase(dry_run: bool) -> None:
    now = clock.now()
    lines = in_words(run(due(now))) if dry_run else done_in_words(run(erase_due(by=SYSTEM, now=now)))
    click.echo("\n".join(lines))


@cli.command(help="Zahlen eines Zeitraums.")
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="erster Tag, etwa 2027-01-01")
@click.option("--to", "end", type=click.DateTime(["%Y-%m-%d"]), help="letzter Tag")
@click.option("--year", type=int, help="ein ganzes Jahr")
@click.option("--half-year", help="ein Halbjahr, etwa 2027-1")
@click.option("--by", type=click.Choice(["programme", "family", "kind"]), default="programme", show_default=True)
@click.option("--format", "form", metavar="table|csv|xlsx|json|pdf|docx", default="table", show_default=True)
def report(start: Any, end: Any, year: int | None, half_year: str | None, by: str, form: str) -> None:
    first, last = _span(start, end, year, half_year)
    if form in FILES and sys.stdout.isatty():
        fail(f"{form} ist kein Text. Bitte in eine Datei leiten: events report … --format {form} > bericht.{form}")
    if form in FILES:
        sys.stdout.buffer.write(run(report_file(first, last, by, FILES[form], clock.now())))
    else:
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
@click.option("--without-second-factor", "off", is_flag=True, help="Schaltet auch den zweiten Faktor aus.")
def staff_password(email: str, password: str, off: bool) -> None:
    run(accounts.set_password(email, password, by=SYSTEM, now=clock.now(), without_second_factor=off))
    click.echo("Das Passwort ist gesetzt.")


async def _prepare() -> None:
    refuse_if_unfinished()
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
            fail("--half-year erwartet Jahr und 1 oder 2, etwa 2027-1.")
        return (
            (date(int(number), 1, 1), date(int(number), 6, 30))
            if half == "1"
            else (date(int(number), 7, 1), date(int(number), 12, 31))
        )
    if start is None or end is None:
        fail("Bitte einen Zeitraum nennen: --from und --to, --year oder --half-year.")
    return start.date(), end.date()


def _tell_faults(faults: Sequence[checks.Fault]) -> None:
    """Ends with 1 where there are any."""
    for fault in faults:
        click.echo(str(fault))
    if faults:
        sys.exit(1)
    click.echo("Alles in Ordnung.")
