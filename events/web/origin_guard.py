"""Refuses forms that were sent from pages of another origin, on every address that does not ask for them."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from events.kit.origin import why_cross_origin
from events.settings import settings


class ForeignOrigin(Exception):
    """The request came from somebody else's page; it answers 403."""


async def same_origin_only(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard of the whole app. Handlers opt out by `opt={"cross_origin_ok": True}` (mail programs, tokens)."""
    if handler.opt.get("cross_origin_ok"):
        return
    own = (settings().base_url, connection.headers.get("host", ""))
    if reason := why_cross_origin(str(connection.scope.get("method", "GET")), connection.headers, own):
        raise ForeignOrigin(reason)
