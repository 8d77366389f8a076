"""The calendar to subscribe to, and the page that builds its address from filters."""

from typing import Any

from litestar import Request, Response, get

from events.calendar_feeds.feeds import feed
from events.calendar_feeds.naming import feed_name, query_string
from events.kit.clock import now
from events.kit.translation import current_language
from events.office.queries import office
from events.programme.queries import filter_choices
from events.settings import settings
from events.web.public.feed_answers import feed_answer
from events.web.public.filters import fields_for, read_filters
from events.web.public.subscriptions import subscriptions
from events.web.template_words import link
from events.web.templating import page

Asked = Request[Any, Any, Any]


@get("/kalender", opt={"kept": True}, include_in_schema=False)
async def show_chooser(request: Asked) -> Response[bytes]:
    filters, cancelled = read_filters(request), _wants_cancelled(request)
    address = f"{settings().base_url}{link('/kalender.ics')}{query_string(filters, cancelled)}"
    name = await feed_name(filters, (await office()).name)
    return page(
        "public/calendar/choose.html",
        filters=filters,
        cancelled=cancelled,
        fields=fields_for(filters, await filter_choices(now())),
        address=address,
        feed_name=name,
        subscribe=subscriptions(address, name),
    )


@get("/kalender.ics", opt={"kept": True}, include_in_schema=False)
async def show_calendar(request: Asked) -> Response[bytes]:
    filters, cancelled = read_filters(request), _wants_cancelled(request)
    made = await feed(filters, language=current_language(), cancelled=cancelled, now=now())
    return feed_answer(made, file_name="kalender.ics")


def _wants_cancelled(request: Asked) -> bool:
    return request.query_params.get("abgesagt") != "0"


handlers = (show_chooser, show_calendar)
