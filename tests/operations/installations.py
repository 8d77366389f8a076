"""Installations beside the one of the test run: a data folder each and a database of its own, driven by commands."""

import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from events.kit.database import on_sqlite
from events.kit.tombstones import FOLDER, prepare
from events.settings import settings
from piccolo_conf import DB
from tests.servers import output_of

KINDS = ["embedded"] if on_sqlite() else ["embedded", "networked"]
IN_ORDER = "Alles in Ordnung.\n"


@dataclass(frozen=True)
class Installation:
    folder: Path
    address: str

    @property
    def file(self) -> Path:
        """Of an embedded database."""
        return Path(self.address.removeprefix("sqlite:///"))

    @property
    def settings(self) -> dict[str, str]:
        return {"EVENTS_DATA": str(self.folder), "EVENTS_DATABASE_URL": self.address}

    async def does(self, *command: str) -> tuple[int, str]:
        """Exit code and what was printed."""
        return await output_of(*command, **self.settings)


async def installed(kind: str, folder: Path, *, knows_erased: bool = True) -> Installation:
    """An empty one, its database not even migrated; it has the list of those who were erased until now."""
    folder.mkdir()
    if knows_erased:
        prepare()
        shutil.copytree(settings().data / FOLDER, folder / FOLDER)
    if kind == "embedded":
        return Installation(folder, f"sqlite:///{folder}/teilnahme.sqlite")
    await DB.run_ddl("DROP DATABASE IF EXISTS beside WITH (FORCE)")
    await DB.run_ddl("CREATE DATABASE beside")
    parts = urlsplit(settings().database_url)
    return Installation(folder, urlunsplit(parts._replace(path="/beside")))


async def backed_up(path: Path, **settings: str) -> Path:
    """A backup of the test run's database, or of the one that `settings` name."""
    code, printed = await output_of("backup", str(path), **settings)
    assert code == 0, printed
    return path


def manifest_of(path: Path) -> Any:
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read("manifest.json"))


def rewritten(path: Path, name: str, content: bytes) -> Path:
    """The same archive with one member that says something else."""
    changed = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
    return changed


def without_its_end(path: Path) -> Path:
    short = path.with_name(f"short-{path.name}")
    shutil.copy(path, short)
    with short.open("r+b") as file:
        file.truncate(path.stat().st_size * 2 // 3)
    return short
