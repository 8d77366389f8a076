"""One whole answer, ready to be sent as often as wanted: plain or packed, in full, without body, or as "unchanged"."""

import zlib
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from hashlib import blake2b

from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, Send

from events.web.headers import Headers, value_of

PACKED_TYPES = (b"text/html", b"text/plain", b"application/json", b"image/svg+xml")
"""Never text/calendar: some calendar programs cannot unpack it."""

WORTH_PACKING = 1000  # bytes
NOT_WHEN_UNCHANGED = (b"content-length", b"content-type", b"content-encoding")


VARY = b"accept-encoding, accept-language"
"""A line on top of pages offers the language that the browser prefers."""

LONG, EFFORT_OF_LONG = 16_000, 6
"""Bytes from which on an answer is worth some milliseconds more of packing: lists are opened on phones."""

PACKED_MARK = b'-gzip"'
NO_BODY: HTTPResponseBodyEvent = {"type": "http.response.body", "body": b"", "more_body": False}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the asking side said about how it wants the answer."""

    head_only: bool = False
    takes_gzip: bool = False
    if_none_match: bytes = b""
    if_modified_since: bytes = b""


@dataclass(frozen=True)
class _Form:
    """The messages of ASGI that make an answer, and its start for who has it already."""

    start: HTTPResponseStartEvent
    body: HTTPResponseBodyEvent
    unchanged: HTTPResponseStartEvent


@dataclass(frozen=True)
class Answer:
    """Names of headers are lower case; `effort` is zlib's level."""

    status: int
    headers: Headers
    body: bytes
    effort: int = 1

    async def send(self, send: Send, wish: Wish) -> None:
        form = self._packed if wish.takes_gzip and self._is_worth_packing else self._plain
        is_known = self._is_known(wish)
        await send(form.unchanged if is_known else form.start)
        await send(NO_BODY if is_known or wish.head_only else form.body)

    @property
    def size(self) -> int:
        return len(self.body)

    @cached_property
    def etag(self) -> bytes:
        """The handler's own, else a hash of the body (strong); empty for what must not be stored or is no success."""
        if self.status != 200 or b"no-store" in value_of(self.headers, b"cache-control"):
            return b""
        return value_of(self.headers, b"etag") or b'"%s"' % blake2b(self.body, digest_size=12).hexdigest().encode()

    def _is_known(self, wish: Wish) -> bool:
        """Whether the other side has this very answer already (RFC 9110, 13.1.2 and 13.1.3)."""
        if self.status != 200:
            return False
        if wish.if_none_match:
            return bool(self.etag) and _names(wish.if_none_match, self.etag)
        changed = value_of(self.headers, b"last-modified") if wish.if_modified_since else b""
        return bool(changed) and _is_not_after(changed, wish.if_modified_since)

    @cached_property
    def _plain(self) -> _Form:
        return _form(self.status, self._tagged(self.headers, self.etag), self.body)

    @cached_property
    def _packed(self) -> _Form:
        effort = max(self.effort, EFFORT_OF_LONG) if len(self.body) > LONG else self.effort
        packer = zlib.compressobj(effort, zlib.DEFLATED, 31)  # 31: gzip without file name and time
        body = packer.compress(self.body) + packer.flush()
        headers = [(name, value) for name, value in self.headers if name != b"content-length"]
        headers += [(b"content-encoding", b"gzip"), (b"content-length", str(len(body)).encode())]
        return _form(self.status, self._tagged(headers, _packed_tag(self.etag)), body)

    def _tagged(self, headers: Headers, etag: bytes) -> Headers:
        untagged = [(name, value) for name, value in headers if name != b"etag"]
        if self._is_worth_packing and not value_of(headers, b"vary"):
            untagged.append((b"vary", VARY))
        return [*untagged, (b"etag", etag)] if etag else untagged

    @cached_property
    def _is_worth_packing(self) -> bool:
        kind, encoding = value_of(self.headers, b"content-type"), value_of(self.headers, b"content-encoding")
        return len(self.body) >= WORTH_PACKING and kind.startswith(PACKED_TYPES) and not encoding


def _form(status: int, headers: Headers, body: bytes) -> _Form:
    known = [(name, value) for name, value in headers if name not in NOT_WHEN_UNCHANGED]
    return _Form(
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": body, "more_body": False},
        {"type": "http.response.start", "status": 304, "headers": known},
    )


def _packed_tag(etag: bytes) -> bytes:
    """Strong tags name bytes, and packed bytes are others."""
    return etag[:-1] + PACKED_MARK if etag else b""


def _names(if_none_match: bytes, etag: bytes) -> bool:
    named = (tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b","))
    return any(tag in (b"*", etag, _packed_tag(etag)) for tag in named)


def _is_not_after(changed: bytes, known: bytes) -> bool:
    try:
        return parsedate_to_datetime(changed.decode("latin-1")) <= parsedate_to_datetime(known.decode("latin-1"))
    except (ValueError, TypeError):
        return False
