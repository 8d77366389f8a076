"""For whoever watches the machine: does the process live, can it work."""

from litestar import MediaType, Response, get

from events.web.readiness import why_not_ready

NEVER_KEPT = {"Cache-Control": "no-store"}


@get("/health/live", include_in_schema=False, sync_to_thread=False)
def show_live() -> Response[str]:
    return Response("lebt\n", media_type=MediaType.TEXT, headers=NEVER_KEPT)


@get("/health/ready", include_in_schema=False)
async def show_ready() -> Response[str]:
    """503 with the reason while requests had better go elsewhere."""
    reason = await why_not_ready()
    status = 503 if reason else 200
    return Response(f"{reason or 'bereit'}\n", status_code=status, media_type=MediaType.TEXT, headers=NEVER_KEPT)


handlers = (show_live, show_ready)
