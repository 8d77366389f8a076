"""The `events` command as people in the office and scripts use it."""

import asyncio
import json
import sqlite3
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest
import pytest_asyncio

from tests.servers import EVENTS, output_of


@pytest.fixture
def embedded(tmp_path: Path) -> dict[str, str]:
    """A fresh installation of its own."""
    return _at(tmp_path)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def migrated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One that was migrated once, for tests that change nothing or add people nobody else asks for."""
    installation = _at(tmp_path_factory.mktemp("migrated"))
    await output_of("migrate", **installation)
    return installation


async def test_demo_report_and_check_on_a_fresh_installation(embedded: dict[str, str]) -> None:
    code, printed = await output_of("demo", **embedded)
    assert code == 0 and "Passwort für alle:" in printed
    assert await output_of("demo", **embedded) == (0, printed)
    span = ("--from", "2014-01-01", "--to", "2018-12-31")
    code, reported = await output_of("report", *span, "--by", "family", "--format", "json", **embedded)
    early = next(row for row in json.loads(reported) if row["programme"] == "Frühe Bildung")
    assert (early["dates"], early["people"], early["groups"]) == (25, 98, 36 + 92 + 11)
    assert await output_of("check", **embedded) == (0, "Alles in Ordnung.\n")
    _break(Path(embedded["EVENTS_DATA"]) / "teilnahme.sqlite")
    code, printed = await output_of("check", **embedded)
    assert code == 1 and printed.startswith("party: Eine Anmeldung ist für keine Person. [")


async def test_the_installed_command_names_its_subcommands() -> None:
    process = await asyncio.create_subprocess_exec(EVENTS, "--help", stdout=PIPE)
    printed, _ = await process.communicate()
    assert process.returncode == 0
    assert all(f"  {name} " in printed.decode() for name in ("serve", "worker", "migrate", "demo", "check", "staff"))


async def test_migrating_twice_does_no_harm(embedded: dict[str, str]) -> None:
    first, second = await output_of("migrate", **embedded), await output_of("migrate", **embedded)
    assert first == second == (0, "Die Datenbank ist auf dem neuesten Stand.\n")


async def test_without_a_database_commands_say_what_to_do_first(embedded: dict[str, str]) -> None:
    for command in (("check",), ("staff", "list"), ("report", "--from", "2014-01-01", "--to", "2018-12-31")):
        code, printed = await output_of(*command, **embedded)
        assert code == 1 and printed.endswith("Bitte zuerst: events migrate\n") and printed.count("\n") == 1


async def test_staff_are_added_listed_and_disabled(migrated: dict[str, str]) -> None:
    add = (
        "staff",
        "add",
        "bernd@example.org",
        "--name",
        "Bernd",
        "--role",
        "organiser",
        "--password",
        "vier bunte Vögel",
    )
    assert (await output_of(*add, **migrated))[0] == 0
    code, printed = await output_of(*add, **migrated)
    assert code == 1 and "Traceback" not in printed
    assert (await output_of("staff", "disable", "bernd@example.org", **migrated))[0] == 0
    assert (await output_of("staff", "list", **migrated))[1] == "bernd@example.org\tBernd\torganiser\tgesperrt\n"


async def test_disabling_somebody_unknown_says_so(migrated: dict[str, str]) -> None:
    code, printed = await output_of("staff", "disable", "niemand@example.org", **migrated)
    assert code == 1 and "Traceback" not in printed and printed.strip()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "Bitte einen Zeitraum nennen"),
        (("--half-year", "2027"), "--half-year erwartet Jahr und 1 oder 2"),
        (("--from", "2027-02-01", "--to", "2027-01-01"), "vor"),
        (("--year", "2017", "--format", "odt"), "Möglich sind: table, csv, json, xlsx"),
    ],
)
async def test_a_report_that_cannot_be_made_says_why(
    migrated: dict[str, str], options: tuple[str, ...], sentence: str
) -> None:
    code, printed = await output_of("report", *options, **migrated)
    assert code == 1 and sentence in printed and "Traceback" not in printed


def _at(folder: Path) -> dict[str, str]:
    return {"EVENTS_DATA": str(folder), "EVENTS_DATABASE_URL": f"sqlite:///{folder}/teilnahme.sqlite"}


def _break(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE registration SET party = 0 WHERE id = (SELECT id FROM registration LIMIT 1)")
