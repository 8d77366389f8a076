"""Figures for whoever watches the machine, in the text format of Prometheus. Not there without EVENTS_METRICS_TOKEN."""

import asyncio
import hmac
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from events.kit.clock import now
from events.kit.counting import totals
from events.mail.queries import outbox_state
from events.registration.census import registrations_by_status
from events.settings import settings
from events.web.metrics_text import CONTENT_TYPE, Standing, metrics_text
from events.web.readiness import PATIENCE

NEVER_KEPT = {"Cache-Control": "no-store"}
WHO_ARE_YOU = {**NEVER_KEPT, "WWW-Authenticate": "Bearer"}


@get("/metrics", include_in_schema=False)
async def show_metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    token = settings().metrics_token
    if token is None:
        raise NotFoundException
    if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
        return Response(b"", status_code=401, media_type="text/plain", headers=WHO_ARE_YOU)
    return Response(metrics_text(totals(), await _standing()), media_type=CONTENT_TYPE, headers=NEVER_KEPT)


async def _standing() -> Standing | None:
    moment = now()
    try:
        async with asyncio.timeout(PATIENCE):
            return Standing(await outbox_state(moment), await registrations_by_status(), moment)
    except Exception:
        return None


handlers = (show_metrics,)
