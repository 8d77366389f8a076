"""A backup brings everything back, elsewhere and in either database, and never half of it."""

import json
import sqlite3
import stat
import zipfile
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from events.kit import uploads
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import Refused
from events.mail.tables import OutgoingMail
from events.operations.archive import opened
from events.operations.databases import reading
from events.piccolo_app import APP_CONFIG
from events.privacy.erasing import erase_booking
from events.registration.actions import register
from events.registration.signup import Person, SignUp
from events.registration.tables import Booking
from events.settings import settings
from tests.factories import make_event, make_venue
from tests.operations.installations import (
    IN_ORDER,
    KINDS,
    Installation,
    backed_up,
    installed,
    manifest_of,
    rewritten,
    without_its_end,
)
from tests.servers import printed_by, serving

CHANGED_ON_PURPOSE = {"outgoing_mail", "staff_session"}


@pytest.fixture
async def backup(db: None, tmp_path: Path) -> Path:
    """Of an office with an event at a place on the map, two people, their mails and an uploaded file."""
    venue = await make_venue(latitude=51.61452, longitude=7.19738)
    event = await make_event("„Café“ für Anfänger:innen\u2028%s\\", venue=venue)
    for name in ("Amira", "Şükran"):
        await register(
            SignUp((event.id,), (Person(given_name=name),), f"{len(name)}@example.org"), by=SYSTEM, now=now()
        )
    await uploads.keep(b"%PDF-1.7 unterschrieben")
    await OutgoingMail.update({OutgoingMail.due_at: now() + timedelta(days=1)}).where(
        OutgoingMail.recipient == "6@example.org"
    )
    return await backed_up(tmp_path / "sicherung.zip")


async def test_every_column_there_is_can_be_told(db: None) -> None:
    async with reading(settings().database_url) as source:
        told = {table.name: sorted(table.names) for table in (await source.layout()).tables}
    tables = [table._meta for table in APP_CONFIG.table_classes]
    assert told == {one.tablename: sorted(column._meta.db_column_name for column in one.columns) for one in tables}


@pytest.mark.parametrize("kind", KINDS)
async def test_everything_comes_back_elsewhere(backup: Path, tmp_path: Path, kind: str) -> None:
    elsewhere = await installed(kind, tmp_path / "anderswo")
    code, printed = await elsewhere.does("restore", str(backup))
    assert code == 0 and printed.endswith(IN_ORDER)
    again = manifest_of(await backed_up(tmp_path / "wieder.zip", **elsewhere.settings))
    known = manifest_of(backup)
    assert known["tables"].pop("registration")["size"] == again["tables"].pop("registration")["size"] == 2
    differing = {name for name, content in known["tables"].items() if content != again["tables"][name]}
    assert differing <= CHANGED_ON_PURPOSE
    assert known["files"] == again["files"] and len(known["files"]) > 1


async def test_mails_that_may_have_been_sent_since_wait_for_a_decision(backup: Path, tmp_path: Path) -> None:
    elsewhere = await installed("embedded", tmp_path / "anderswo")
    _, printed = await elsewhere.does("restore", str(backup))
    assert "unter „Postausgang“ auf Sie warten: 1." in printed


async def test_only_its_owner_may_read_a_backup_and_none_is_overwritten(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    before = backup.read_bytes()
    elsewhere = Installation(backup.parent / "leer", f"sqlite:///{backup.parent}/leer/teilnahme.sqlite")
    code, printed = await elsewhere.does("backup", str(backup))
    assert code == 1 and "gibt es schon" in printed and backup.read_bytes() == before


async def test_a_folder_keeps_the_newest_backups_proven(backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sicherungen"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"teilnahme-2020-01-0{day}-030000.zip").touch()
    (folder / "fremd.zip").touch()
    elsewhere = await installed("embedded", tmp_path / "anderswo")
    await elsewhere.does("restore", str(backup))
    code, printed = await elsewhere.does("backup", str(folder), "--keep", "2", "--proof")
    assert code == 0 and "Die Probe ist gelungen" in printed and "gelöscht: 2." in printed
    names = sorted(path.name for path in folder.iterdir())
    assert names[:2] == ["fremd.zip", "teilnahme-2020-01-03-030000.zip"] and len(names) == 3


async def test_nothing_comes_back_without_the_list_of_the_erased(backup: Path, tmp_path: Path) -> None:
    elsewhere = await installed("embedded", tmp_path / "anderswo", knows_erased=False)
    code, printed = await elsewhere.does("restore", str(backup))
    assert code == 1 and "wer seit der Sicherung gelöscht wurde" in printed
    assert not elsewhere.file.exists()


@pytest.mark.parametrize("kind", KINDS)
async def test_who_was_erased_since_stays_erased(backup: Path, tmp_path: Path, kind: str) -> None:
    await erase_booking(await _booking_of("5@example.org"), by=SYSTEM, now=now())
    elsewhere = await installed(kind, tmp_path / "anderswo")
    code, printed = await elsewhere.does("restore", str(backup))
    assert code == 0 and "nun wieder gelöscht: 1.\n" in printed and printed.endswith(IN_ORDER)
    with zipfile.ZipFile(await backed_up(tmp_path / "wieder.zip", **elsewhere.settings)) as file:
        kept = file.read("tables/booking.jsonl") + file.read("tables/participant.jsonl")
    assert b"Amira" not in kept and b"5@example.org" not in kept and "Şükran".encode() in kept


async def test_an_old_list_of_the_erased_is_not_taken(backup: Path, tmp_path: Path) -> None:
    await erase_booking(await _booking_of("5@example.org"), by=SYSTEM, now=now())
    later = await backed_up(tmp_path / "danach.zip")
    elsewhere = await installed("embedded", tmp_path / "anderswo", knows_erased=False)
    (elsewhere.folder / "tombstones").mkdir()
    code, printed = await elsewhere.does("restore", str(later))
    assert code == 1 and "Der Stand ist zu alt" in printed and not elsewhere.file.exists()


async def test_a_damaged_backup_changes_nothing(backup: Path, tmp_path: Path) -> None:
    elsewhere = await installed("embedded", tmp_path / "anderswo")
    later = manifest_of(backup)
    later["layout"]["migrations"].append("events_2099_01_01")
    named_like_a_path = manifest_of(backup)
    named_like_a_path["files"]["uploads/../../secret"] = named_like_a_path["files"].pop("secret-key")
    damaged = {
        rewritten(backup, "tables/event.jsonl", b"[]\n"): "beschädigt",
        without_its_end(backup): "keine Sicherung",
    }
    for path, said in damaged.items():
        code, printed = await elsewhere.does("restore", str(path))
        assert code == 1 and said in printed and "Traceback" not in printed
    for manifest, said in ((later, "neueren Fassung"), (named_like_a_path, "beschädigt")):
        path = rewritten(backup, "manifest.json", json.dumps(manifest).encode())
        code, printed = await elsewhere.does("restore", str(path))
        assert code == 1 and said in printed
    assert not elsewhere.file.exists()


@pytest.mark.parametrize(
    "name", ["../../geheim", "uploads/../../geheim", "/etc/geheim", "uploads/..", "uploads/geheim.sh"]
)
async def test_nothing_in_a_backup_gets_out_of_its_folder(db: None, tmp_path: Path, name: str) -> None:
    """Made with all its checksums right, by somebody who knows how."""
    path, content = await backed_up(tmp_path / "sicherung.zip"), b"x"
    manifest = manifest_of(path)
    manifest["files"][name] = {"sha256": sha256(content).hexdigest(), "size": len(content)}
    strange = rewritten(path, "manifest.json", json.dumps(manifest).encode())
    with zipfile.ZipFile(strange, "a") as file:
        file.writestr(name, content)
    with opened(strange) as archive, pytest.raises(Refused):
        archive.prove()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_backup_of_an_earlier_program_is_brought_up_to_date(db: None, tmp_path: Path, kind: str) -> None:
    earlier = await installed("embedded", tmp_path / "bisher")
    assert (await printed_by("tests.operations.earlier:main", environment=earlier.settings))[0] == 0
    with sqlite3.connect(earlier.file) as connection:
        connection.execute("INSERT INTO city (id, name, position) VALUES (?, 'Marl', 1)", [str(uuid4())])
    backup = await backed_up(tmp_path / "sicherung.zip", **earlier.settings)
    elsewhere = await installed(kind, tmp_path / "anderswo")
    code, printed = await elsewhere.does("restore", str(backup))
    assert code == 0 and printed.endswith(IN_ORDER)
    now_there = manifest_of(await backed_up(tmp_path / "wieder.zip", **elsewhere.settings))
    assert now_there["tables"]["city"] == manifest_of(backup)["tables"]["city"]
    assert len(now_there["layout"]["migrations"]) > len(manifest_of(backup)["layout"]["migrations"])


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_there_is_replaced_only_when_told_and_then_kept_aside(
    backup: Path, tmp_path: Path, kind: str
) -> None:
    elsewhere = await installed(kind, tmp_path / "anderswo")
    await elsewhere.does("restore", str(backup))
    code, printed = await elsewhere.does("restore", str(backup))
    assert code == 1 and "In der Datenbank stehen schon Daten" in printed
    code, printed = await elsewhere.does("restore", str(backup), "--replace")
    assert code == 0 and "Was vorher da war, liegt in" in printed and printed.endswith(IN_ORDER)


async def test_a_database_of_another_program_is_left_alone(backup: Path, tmp_path: Path) -> None:
    elsewhere = await installed("embedded", tmp_path / "anderswo")
    with sqlite3.connect(elsewhere.file) as connection:
        connection.execute("CREATE TABLE recipe (id TEXT PRIMARY KEY, name TEXT)")
    code, printed = await elsewhere.does("restore", str(backup), "--replace")
    assert code == 1 and "Tabellen eines anderen Programms" in printed


async def test_nothing_is_put_under_a_running_service(backup: Path, tmp_path: Path) -> None:
    elsewhere = await installed("embedded", tmp_path / "anderswo")
    async with serving(**elsewhere.settings):
        code, printed = await elsewhere.does("restore", str(backup), "--replace")
        assert code == 1 and "Der Dienst läuft noch" in printed
    assert (await elsewhere.does("restore", str(backup)))[0] == 0


async def test_nothing_starts_on_half_a_restore(backup: Path, tmp_path: Path) -> None:
    elsewhere = await installed("embedded", tmp_path / "anderswo")
    (elsewhere.folder / "restore-unfinished").touch()
    with sqlite3.connect(elsewhere.file) as connection:
        connection.execute("CREATE TABLE city (id UUID PRIMARY KEY, name VARCHAR(80))")
    code, printed = await elsewhere.does("migrate")
    assert code == 1 and "Ein Zurückholen wurde unterbrochen" in printed
    await elsewhere.does("restore", str(backup))
    assert (await elsewhere.does("migrate"))[0] == 0


async def _booking_of(address: str) -> UUID:
    row = await Booking.select(Booking.id).where(Booking.contact_email == address).first()
    assert row is not None
    return UUID(str(row["id"]))
