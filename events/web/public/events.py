"""The list of events, one event, and its calendar file."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from events.calendar_feeds.feeds import event_feed
from events.kit.clock import now
from events.kit.markdown import as_html
from events.kit.refusals import NotFound
from events.kit.text import jsonld
from events.kit.translation import current_language, localized
from events.office.queries import office
from events.outcomes.queries import has_released
from events.programme.entries import address_of
from events.programme.queries import EventView, Filters, choices_among, event_by_slug, upcoming
from events.programme.wording import AUDIENCES, FORMATS, HINTS, LANGUAGE_NAMES, PARTNER_ROLES
from events.registration.date_wishes import may_wish
from events.registration.queries import public_seats
from events.registration.signup import Seats
from events.registration.wording import next_step, refusal_text
from events.topics.queries import topic_of_event
from events.web.public.availability import badge_of, why_not_book
from events.web.public.feed_answers import feed_answer
from events.web.public.filters import fields_for, query_of, read_filters
from events.web.public.listing import PAGE, by_month, cards_of, with_free_places
from events.web.public.structured_data import event_data
from events.web.templating import page

CALENDAR_FILE = ".ics"
WORDS = {
    "formats": FORMATS,
    "audiences": AUDIENCES,
    "hints": HINTS,
    "languages": LANGUAGE_NAMES,
    "roles": PARTNER_ROLES,
}


@get("/", opt={"kept": True}, include_in_schema=False)
async def show_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    moment, filters = now(), read_filters(request)
    everything = await upcoming(Filters(), moment)
    events = await upcoming(filters, moment) if filters.are_set else everything
    counted = await public_seats([event.id for event in events], moment)
    if filters.frei:
        events = with_free_places(events, counted, moment)
    number, pages = _page_number(request, len(events))
    shown = cards_of(events[(number - 1) * PAGE : number * PAGE], counted, moment)
    return page(
        "public/events/list.html",
        filters=filters,
        fields=fields_for(filters, choices_among(everything, moment)),
        query=query_of(filters),
        found=len(events),
        months=by_month(shown),
        number=number,
        pages=pages,
        formats=FORMATS,
    )


@get("/veranstaltungen/{slug:str}", opt={"kept": True}, include_in_schema=False)
async def show_event(slug: FromPath[str]) -> Response[bytes]:
    """Also the address of the event's calendar file: the router knows no `{slug}.ics`."""
    if slug.endswith(CALENDAR_FILE):
        return await _calendar_file(slug.removesuffix(CALENDAR_FILE))
    event = await event_by_slug(slug)
    if event is None:
        raise NotFound
    moment = now()
    return await _event_page(event, (await public_seats([event.id], moment))[event.id], moment)


async def _calendar_file(slug: str) -> Response[bytes]:
    feed = await event_feed(slug, language=current_language())
    if feed is None:
        raise NotFound
    return feed_answer(feed, file_name=f"{slug}{CALENDAR_FILE}")


async def _event_page(event: EventView, counted: Seats, moment: datetime) -> Response[bytes]:
    reason = why_not_book(event, counted, moment)
    data = event_data(event, counted, (await office()).name, bookable=reason is None)
    return page(
        "public/events/show.html",
        event=event,
        address=address_of(event, current_language()),
        description=as_html(localized(event.description).text, highest_heading=2),
        badge_shown=badge_of(event, counted, moment),
        seats=counted,
        is_over=event.is_over(moment),
        dates=event.dates if event.is_called_off else event.coming_dates,
        cancelled=() if event.is_called_off else tuple(date for date in event.dates if date.cancelled),
        reason=refusal_text(reason) if reason else "",
        next_step=next_step(reason) if reason else "",
        needs_place=reason is None and counted.free == 0,
        may_wish=may_wish(event),
        data=jsonld(data) if data else "",
        words=WORDS,
        topic=await topic_of_event(event.id),
        has_outcomes=event.is_over(moment) and await has_released(event.series_id),
    )


def _page_number(request: Request[Any, Any, Any], found: int) -> tuple[int, int]:
    """The page asked for, within what there is, and how many there are."""
    pages = max(1, -(-found // PAGE))
    asked = str(request.query_params.get("seite", ""))
    number = int(asked[:6]) if asked.isascii() and asked.isdigit() else 1
    return max(1, min(number, pages)), pages


handlers = (show_list, show_event)
