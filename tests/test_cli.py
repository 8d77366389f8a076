"""The `events` command as people in the office and scripts use it."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.servers import output_of


@pytest.fixture
def embedded(tmp_path: Path) -> dict[str, str]:
    """A fresh installation of its own."""
    return {"EVENTS_DATA": str(tmp_path), "EVENTS_DATABASE_URL": f"sqlite:///{tmp_path}/teilnahme.sqlite"}


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


async def test_migrating_twice_does_no_harm(embedded: dict[str, str]) -> None:
    first, second = await output_of("migrate", **embedded), await output_of("migrate", **embedded)
    assert first == second == (0, "Die Datenbank ist auf dem neuesten Stand.\n")


async def test_staff_are_added_listed_and_disabled(embedded: dict[str, str]) -> None:
    await output_of("migrate", **embedded)
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
    assert (await output_of(*add, **embedded))[0] == 0
    code, printed = await output_of(*add, **embedded)
    assert code == 1 and "Traceback" not in printed
    assert (await output_of("staff", "disable", "bernd@example.org", **embedded))[0] == 0
    assert (await output_of("staff", "list", **embedded))[1] == "bernd@example.org\tBernd\torganiser\tgesperrt\n"


async def test_disabling_somebody_unknown_says_so(embedded: dict[str, str]) -> None:
    await output_of("migrate", **embedded)
    code, printed = await output_of("staff", "disable", "niemand@example.org", **embedded)
    assert code == 1 and "Traceback" not in printed and printed.strip()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "Bitte einen Zeitraum nennen"),
        (("--half-year", "2027"), "--half-year erwartet Jahr und 1 oder 2"),
        (("--from", "2027-02-01", "--to", "2027-01-01"), "vor"),
        (("--year", "2017", "--format", "docx"), "Möglich sind: table, csv, json."),
    ],
)
async def test_a_report_that_cannot_be_made_says_why(
    embedded: dict[str, str], options: tuple[str, ...], sentence: str
) -> None:
    await output_of("migrate", **embedded)
    code, printed = await output_of("report", *options, **embedded)
    assert code == 1 and sentence in printed and "Traceback" not in printed


def _break(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE registration SET party = 0 WHERE id = (SELECT id FROM registration LIMIT 1)")
