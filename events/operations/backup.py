"""`events backup`: everything that makes this office, in one file, taken while people sign up."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from events.kit import tombstones, uploads
from events.kit.clock import BERLIN
from events.kit.refusals import Refusal, Refused, refuse_if
from events.operations.archive import Manifest, Writing, opened, written
from events.operations.databases import reading
from events.settings import settings

NAME = "teilnahme-{:%Y-%m-%d-%H%M%S}.zip"
ALL_NAMES = "teilnahme-????-??-??-??????.zip"


@dataclass(frozen=True)
class BackedUp:
    """`size` in bytes; `removed`: how many older ones in the same folder are gone."""

    path: Path
    rows: int
    uploads: int
    size: int
    removed: int = 0


async def back_up(to: Path, now: datetime) -> BackedUp:
    """Writes a new file, or one named after the moment where `to` is a folder, and reads it back.

    Nobody else may read it: it holds what the database holds, and the secret key. Raises Refused.
    """
    path = _free_path(to, now)
    with _new_file(path) as (file, name):
        with written(file) as writing:
            await _write(writing, now)
        file.flush()
        with opened(name) as archive:
            archive.prove()
            manifest = archive.manifest
    return BackedUp(path, manifest.rows, len(manifest.files) - 1, path.stat().st_size)


def remove_older(folder: Path, keep: int) -> int:
    """Of the backups named by `back_up` only the `keep` newest stay; how many went."""
    older = sorted(folder.glob(ALL_NAMES))[:-keep]
    for path in older:
        path.unlink()
    return len(older)


def _free_path(to: Path, now: datetime) -> Path:
    path = to / NAME.format(now.astimezone(BERLIN)) if to.is_dir() else to
    refuse_if(Refusal("exists", {"path": str(path)}) if path.exists() else None)
    return path.absolute()


async def _write(writing: Writing, now: datetime) -> Manifest:
    """Files first, rows of one moment then, files that came in between last: no row is without its file."""
    _write_uploads(writing)
    tombstones.prepare()
    erased = len(tombstones.buried())
    async with reading(settings().database_url) as source:
        layout = await source.layout()
        refuse_if(None if layout.migrations else Refusal("never_migrated"))
        for table in layout.tables:
            await writing.table(table, source)
    _write_uploads(writing)
    return writing.end(settings().secret_key, erased, layout, now)


def _write_uploads(writing: Writing) -> None:
    for path in uploads.all_kept():
        name = f"{uploads.FOLDER}/{path.name}"
        if name not in writing.files:
            writing.upload(path, name)


@contextmanager
def _new_file(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """For us alone; it has its name only once it is whole and on the disk."""
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise Refused(Refusal("not_writable", {"path": str(path.parent)})) from error
    try:
        with open(number, "w+b") as file:
            yield file, Path(name)
            os.fsync(file.fileno())
        Path(name).rename(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
