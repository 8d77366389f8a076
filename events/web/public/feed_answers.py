"""A calendar as calendar programs want it over HTTP: no cookie, no packing, no redirect, the same bytes every time."""

from collections.abc import Mapping
from email.utils import format_datetime
from types import MappingProxyType

from litestar import Response

from events.calendar_feeds.making import Feed

NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


def feed_answer(feed: Feed, file_name: str, headers: Mapping[str, str] = NOTHING_MORE) -> Response[bytes]:
    said = {
        "ETag": feed.etag,
        "Cache-Control": "no-cache",
        "Content-Disposition": f'inline; filename="{file_name}"',
    }
    if feed.last_modified is not None:
        said["Last-Modified"] = format_datetime(feed.last_modified, usegmt=True)
    return Response(feed.content, headers={**said, **headers}, media_type="text/calendar")
