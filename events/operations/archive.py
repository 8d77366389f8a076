"""The file of a backup: a ZIP with the rows of each table as lines of JSON, uploaded files, the secret key, and a
manifest that says what must be in it, with checksums. It is written and read piece by piece.
"""

import hashlib
import zipfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec

from events.kit import uploads
from events.kit.refusals import Refusal, Refused
from events.operations.layout import Layout, Rows, Source, Table

FORMAT = 1
MANIFEST, KEY = "manifest.json", "secret-key"
PIECE = 1 << 20  # bytes

_lines = msgspec.json.Encoder()
_rows = msgspec.json.Decoder(list[object])


class Content(msgspec.Struct, frozen=True):
    """What one member must hold: its SHA-256, and how many rows (of a table) or bytes (of a file) that is."""

    sha256: str
    size: int


class Manifest(msgspec.Struct, frozen=True):
    """`erased`: how many tombstones there were; no fewer may be there when it is put back."""

    format: int
    made_at: datetime
    erased: int
    layout: Layout
    tables: dict[str, Content]
    files: dict[str, Content]

    @property
    def rows(self) -> int:
        return sum(content.size for content in self.tables.values())


class Archive:
    """A backup that can be read; itself a source of its rows. Made by `opened`."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest) -> None:
        self._file = file
        self.manifest = manifest

    async def layout(self) -> Layout:
        return self.manifest.layout

    async def rows(self, table: Table) -> AsyncIterator[Rows]:
        with self._file.open(_member(table.name)) as member:
            while lines := member.readlines(PIECE):
                yield _rows.decode_lines(b"".join(lines))

    def key(self) -> str:
        return self._file.read(KEY).decode()

    @contextmanager
    def upload(self, name: str) -> Iterator[IO[bytes]]:
        with self._file.open(name) as member:
            yield member

    def prove(self) -> None:
        """Reads everything. Raises Refused when anything is not as it was written, or would be put somewhere else."""
        wanted = {_member(name): content for name, content in self.manifest.tables.items()} | self.manifest.files
        if sorted(self._file.namelist()) != sorted({MANIFEST, *wanted}) or not all(
            map(_has_a_place, self.manifest.files)
        ):
            raise Refused(Refusal("damaged"))
        for name, content in wanted.items():
            with self._file.open(name) as member:
                if _digest(_pieces(member)) != content.sha256:
                    raise Refused(Refusal("damaged"))


class Writing:
    """Puts one thing after the other into a new file. Made by `written`."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.tables: dict[str, Content] = {}
        self.files: dict[str, Content] = {}

    async def table(self, table: Table, source: Source) -> None:
        digest, number = hashlib.sha256(), 0
        with self._file.open(_member(table.name), "w", force_zip64=True) as member:
            async for rows in source.rows(table):
                lines = _lines.encode_lines(rows)
                member.write(lines)
                digest.update(lines)
                number += len(rows)
        self.tables[table.name] = Content(digest.hexdigest(), number)

    def upload(self, path: Path, name: str) -> None:
        """As it is: such files are packed already. One that is gone meanwhile is left out."""
        try:
            self._file.write(path, name, zipfile.ZIP_STORED)
        except FileNotFoundError:
            return
        with self._file.open(name) as member:
            self.files[name] = Content(_digest(_pieces(member)), self._file.getinfo(name).file_size)

    def end(self, key: str, erased: int, layout: Layout, made_at: datetime) -> Manifest:
        content = key.encode()
        self._file.writestr(KEY, content)
        self.files[KEY] = Content(_digest([content]), len(content))
        manifest = Manifest(FORMAT, made_at, erased, layout, self.tables, self.files)
        self._file.writestr(MANIFEST, msgspec.json.encode(manifest))
        return manifest


@contextmanager
def written(file: IO[bytes]) -> Iterator[Writing]:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        yield Writing(packed)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Raises Refused when it is no backup, or one of a later program."""
    try:
        file = zipfile.ZipFile(path)
        with file:
            yield Archive(file, _manifest(file.read(MANIFEST)))
    except (zipfile.BadZipFile, KeyError, EOFError, msgspec.MsgspecError, NotImplementedError) as error:
        raise Refused(Refusal("not_a_backup")) from error
    except OSError as error:
        raise Refused(Refusal("unreadable", {"path": str(path)})) from error


async def content_of(table: Table, source: Source) -> Content:
    """What a backup of it would hold: equal for equal rows, in whatever database they are."""
    digest, number = hashlib.sha256(), 0
    async for rows in source.rows(table):
        digest.update(_lines.encode_lines(rows))
        number += len(rows)
    return Content(digest.hexdigest(), number)


def _manifest(content: bytes) -> Manifest:
    if msgspec.json.decode(content).get("format") != FORMAT:
        raise Refused(Refusal("from_newer_program"))
    return msgspec.json.decode(content, type=Manifest)


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _has_a_place(name: str) -> bool:
    """The key, or an uploaded file; never a path that leads out of their folder."""
    folder, _slash, stored_as = name.rpartition("/")
    return name == KEY or (folder == uploads.FOLDER and uploads.is_ours(stored_as))


def _pieces(member: IO[bytes]) -> Iterator[bytes]:
    while piece := member.read(PIECE):
        yield piece


def _digest(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
