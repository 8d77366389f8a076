"""Three programs that read calendars with parsers of their own, none of them ours: ical.js, ts-ics, vobject."""

import asyncio
import json
import shutil
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import vobject

from tests.source_tree import PROJECT

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Seen:
    """One VEVENT as a program understood it."""

    method: str
    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    status: str
    summary: str
    categories: tuple[str, ...]
    attendees: int


Reader = Callable[[Sequence[bytes]], Awaitable[list[list[Seen]]]]


async def by_ical_js(files: Sequence[bytes]) -> list[list[Seen]]:
    return await _by_node("ical_js.mjs", files)


async def by_ts_ics(files: Sequence[bytes]) -> list[list[Seen]]:
    return await _by_node("ts_ics.mjs", files)


async def by_vobject(files: Sequence[bytes]) -> list[list[Seen]]:
    return [_read_by_vobject(file.decode()) for file in files]


READERS: dict[str, Reader] = {"ical.js": by_ical_js, "ts-ics": by_ts_ics, "vobject": by_vobject}


async def _by_node(script: str, files: Sequence[bytes]) -> list[list[Seen]]:
    node = shutil.which("node") or str(Path(sys.executable).with_name("node"))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(node, str(HERE / script), stdin=pipe, stdout=pipe, cwd=PROJECT)
    printed, _ = await process.communicate(json.dumps([file.decode() for file in files]).encode())
    assert process.returncode == 0
    return [[_seen(one) for one in file] for file in json.loads(printed)]


def _seen(said: dict[str, Any]) -> Seen:
    moments = {name: datetime.fromtimestamp(said[name], UTC) for name in ("stamp", "start", "end")}
    return Seen(**{**said, **moments, "categories": tuple(said["categories"])})


def _read_by_vobject(text: str) -> list[Seen]:
    calendar = vobject.readOne(text)
    return [_of_vobject(event, calendar.method.value) for event in calendar.contents.get("vevent", [])]


def _of_vobject(event: Any, method: str) -> Seen:
    return Seen(
        method=method,
        uid=event.uid.value,
        sequence=int(event.sequence.value),
        stamp=event.dtstamp.value.astimezone(UTC),
        start=event.dtstart.value.astimezone(UTC),
        end=event.dtend.value.astimezone(UTC),
        status=event.status.value,
        summary=event.summary.value,
        categories=tuple(event.categories.value) if "categories" in event.contents else (),
        attendees=len(event.contents.get("attendee", [])),
    )
