"""Serves what the asset build wrote: files under hashed names, from memory, kept by browsers for a year."""

import json
from dataclasses import dataclass, field
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from events.settings import PROJECT

BUILT = PROJECT / "events" / "static" / "built"
ENCODINGS = {"br": ".br", "gzip": ".gz"}  # in the order we prefer
YEAR = "public, max-age=31536000, immutable"


class NotBuilt(Exception):
    """The asset build has not run."""


@dataclass(frozen=True)
class StaticFile:
    """One file and its packed forms by content encoding."""

    body: bytes
    media_type: str
    packed: dict[str, bytes] = field(default_factory=dict)

    def accepted(self, accept_encoding: str) -> tuple[str | None, bytes]:
        """The smallest form the browser takes, and its encoding."""
        wanted = {part.partition(";")[0].strip() for part in accept_encoding.split(",") if not _is_refused(part)}
        for encoding, body in self.packed.items():
            if encoding in wanted:
                return encoding, body
        return None, self.body


@dataclass(frozen=True)
class StaticFiles:
    """Everything in one built folder: `addresses` by plain name, `files` by hashed name."""

    addresses: dict[str, str]
    files: dict[str, StaticFile]


def read_built(folder: Path) -> StaticFiles:
    """Reads the folder into memory. Raises NotBuilt."""
    try:
        manifest: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        files = {hashed: _read(folder / hashed) for hashed in manifest.values()}
    except FileNotFoundError as missing:
        raise NotBuilt(f"{missing.filename} fehlt: bitte „make setup“ ausführen.") from missing
    return StaticFiles({name: f"/static/{hashed}" for name, hashed in manifest.items()}, files)


@cache
def static_files() -> StaticFiles:
    """What this process serves; call once at the start so that a missing build stops it. Raises NotBuilt."""
    return read_built(BUILT)


def asset_address(name: str) -> str:
    """The address of a built file by its plain name, such as `app.css`. Raises KeyError for an unknown one."""
    return static_files().addresses[name]


def asset_text(name: str) -> str:
    """What is in a built script, by its plain name. Raises KeyError for an unknown one."""
    files = static_files()
    return files.files[files.addresses[name].removeprefix("/static/")].body.decode()


@get("/static/{name:str}", name="static", include_in_schema=False, sync_to_thread=False)
def serve_static(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
    file = static_files().files.get(name)
    if file is None:
        raise NotFoundException
    encoding, body = file.accepted(request.headers.get("accept-encoding", ""))
    headers = {"Cache-Control": YEAR}
    if file.packed:
        headers["Vary"] = "Accept-Encoding"
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(body, headers=headers, media_type=file.media_type)


handlers: tuple[HTTPRouteHandler, ...] = (serve_static,)


def _read(path: Path) -> StaticFile:
    packed = {}
    for encoding, ending in ENCODINGS.items():
        twin = path.with_name(path.name + ending)
        if twin.is_file():
            packed[encoding] = twin.read_bytes()
    return StaticFile(path.read_bytes(), _media_type(path), packed)


def _media_type(path: Path) -> str:
    known = {".js": "text/javascript", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}
    return known.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"


def _is_refused(part: str) -> bool:
    """`gzip;q=0` (RFC 9110, 12.5.3)."""
    return part.partition(";")[2].replace(" ", "").rstrip("0").rstrip(".") == "q="
