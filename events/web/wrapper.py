"""What surrounds every request: language, kept pages, HEAD, ETag, security headers, the log, the very last resort."""

import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, cast

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import (
    HTTPRequestEvent,
    HTTPScope,
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Receive,
    Scope,
    Send,
)

from events.kit.lean import without
from events.kit.translation import speaking
from events.settings import settings
from events.web.answers import Answer, Wish
from events.web.caching import KeptPages, kept_paths
from events.web.guards import cookie_name
from events.web.headers import Headers, security_headers, with_defaults
from events.web.language import address_without_source, asked_language, preferred_language
from events.web.letterhead import OfficeWatch
from events.web.proxies import client_address
from events.web.recording import Recorder, Upload
from events.web.request_log import log_fault, log_request
from events.web.tally import tally, tally_kept
from events.web.templating import Visit, visiting

LONGEST_KEPT_QUERY = 500  # bytes
LONGEST_QUERY = 8000  # bytes; a longer one is none of ours
FOR_EVERYBODY: Headers = [(b"cache-control", b"no-cache")]
FOR_THIS_VISITOR: Headers = [(b"cache-control", b"private, no-cache")]
LAST_RESORT = "Das hat nicht geklappt. Bitte versuchen Sie es später noch einmal.\n".encode()


class Site(Litestar):
    """The app as servers see it. `kept_pages` may be cleared by tests."""

    def __init__(self, *args: Any, **options: Any) -> None:
        with without("pydantic", "attr", "attrs"):  # 8 MB: Litestar would welcome its models, and we have none
            super().__init__(*args, **options)
        self.kept_pages = KeptPages()
        self._kept_paths = kept_paths(self.routes)
        self._security = security_headers(settings().is_https)
        self._session = cookie_name().encode() + b"="
        self._office = OfficeWatch()

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        if scope["type"] == ScopeType.HTTP:
            await self._serve(cast(HTTPScope, scope), cast(Receive, receive), cast(Send, send))
        else:
            await super().__call__(scope, receive, send)

    async def _serve(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        wish = _wish(scope["method"], headers)
        answer = await self._kept(scope, headers)
        if answer is None:
            answer = await self._answer(scope, receive, send, wish)
        if answer is not None:
            await answer.send(send, wish)

    async def _kept(self, scope: HTTPScope, headers: Mapping[bytes, bytes]) -> Answer | None:
        """A kept page, rendered now if need be; None for everything that is not kept."""
        if scope["method"] not in ("GET", "HEAD") or self._session in headers.get(b"cookie", b""):
            return None
        is_feed = scope["path"].endswith(".ics")
        preferred = None if is_feed else preferred_language(headers.get(b"accept-language", b""))
        key = (scope["path"], scope["query_string"], preferred)
        if (answer := self.kept_pages.fresh(key)) is not None:
            tally_kept()
            return answer
        path = asked_language(scope["path"])[1]
        if not self._kept_paths.fullmatch(path.rstrip("/") or "/") or len(scope["query_string"]) > LONGEST_KEPT_QUERY:
            return None
        return await self.kept_pages.rendered(key, partial(self._for_everybody, scope), lasting=is_feed)

    async def _for_everybody(self, scope: HTTPScope) -> Answer:
        anonymous = cast(HTTPScope, {**scope, "headers": [said for said in scope["headers"] if said[0] != b"cookie"]})
        answer = await self._answer(anonymous, _nothing, _nowhere, Wish(), for_everybody=True)
        return answer or self._last_resort()

    async def _answer(
        self, scope: HTTPScope, receive: Receive, send: Send, wish: Wish, for_everybody: bool = False
    ) -> Answer | None:
        """What the app says; None when it was too long to be held and is sent already."""
        began = time.perf_counter()
        defaults, effort = (FOR_EVERYBODY, 6) if for_everybody else (FOR_THIS_VISITOR, 1)
        recorder, upload = Recorder(send, wish, self._security + defaults, effort), Upload(receive)
        inner = self._prepared(scope)
        try:
            await self._spoken(inner, upload, recorder)
        except Exception as fault:
            log_fault(inner, fault)
            recorder.answer = None if recorder.passed_on else self._last_resort()
        seconds = time.perf_counter() - began
        log_request(inner, recorder.status, seconds)
        tally(inner, recorder.status, seconds)
        if recorder.status == 413:
            await upload.drain()
        return recorder.answer

    async def _spoken(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Runs the app in the language of the path."""
        if (address := address_without_source(scope["path"], scope["query_string"])) is not None:
            await _redirect(address, send)
            return
        language, scope["path"] = asked_language(scope["path"])
        headers = dict(scope["headers"])
        preferred = preferred_language(headers.get(b"accept-language", b""))
        with suppress(Exception):  # the page itself will say that the database is gone
            await self._office.look()
        offered = preferred if preferred != language else None
        visit = Visit(scope["path"], scope["query_string"].decode("latin-1"), offered)
        with speaking(language), visiting(visit):
            await super().__call__(scope, receive, send)

    def _prepared(self, scope: HTTPScope) -> HTTPScope:
        """A GET for HEAD, the visitor's address instead of the last proxy's, nothing that no database could look up."""
        query = scope["query_string"] if len(scope["query_string"]) <= LONGEST_QUERY else b""
        inner: Any = {
            **scope,
            "method": "GET" if scope["method"] == "HEAD" else scope["method"],
            # No text of PostgreSQL can hold NUL: in a path it becomes U+FFFD, which is in none of ours; in a query
            # another control character (nothing at all would make a new NUL of "%%0000").
            "path": scope["path"].replace("\0", "\ufffd"),
            "query_string": query.replace(b"%00", b"%01"),
        }
        trusted = settings().trusted_proxies
        if trusted and scope["client"]:
            forwarded = dict(scope["headers"]).get(b"x-forwarded-for", b"").decode("latin-1")
            inner["client"] = (client_address(scope["client"][0], forwarded, trusted), 0)
        return cast(HTTPScope, inner)

    def _last_resort(self) -> Answer:
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(LAST_RESORT)).encode())]
        return Answer(500, with_defaults(headers, self._security), LAST_RESORT)


def _wish(method: str, headers: Mapping[bytes, bytes]) -> Wish:
    if method not in ("GET", "HEAD"):
        return Wish()
    accepted = headers.get(b"accept-encoding", b"")
    return Wish(
        head_only=method == "HEAD",
        takes_gzip=b"gzip" in accepted and b"gzip;q=0" not in accepted,
        if_none_match=headers.get(b"if-none-match", b""),
        if_modified_since=headers.get(b"if-modified-since", b""),
    )


async def _redirect(address: str, send: Send) -> None:
    headers = [(b"location", address.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 301, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _nothing() -> HTTPRequestEvent:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _nowhere(_: Any) -> None:
    """A kept page is recorded, never passed on."""
