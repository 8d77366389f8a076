"""A calendar as calendar programs want it over HTTP: no cookie, no packing, no redirect, the same bytes every time."""

from email.utils import format_datetime

from litestar import Response

from events.calendar_feeds.feeds import Feed


def feed_answer(feed: Feed, file_name: str) -> Response[bytes]:
    headers = {
        "ETag": feed.etag,
        "Last-Modified": format_datetime(feed.last_modified, usegmt=True),
        "Cache-Control": "no-cache",
        "Content-Disposition": f'inline; filename="{file_name}"',
    }
    return Response(feed.content, headers=headers, media_type="text/calendar")
