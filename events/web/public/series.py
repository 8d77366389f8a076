"""One series with its events."""

from litestar import Response, get
from litestar.params import FromPath

from events.kit.clock import now
from events.kit.markdown import as_html
from events.kit.refusals import NotFound
from events.kit.translation import localized
from events.outcomes.queries import has_released
from events.programme.queries import series_by_slug
from events.programme.wording import FORMATS
from events.registration.queries import public_seats
from events.web.public.availability import why_not_book
from events.web.public.listing import cards_of
from events.web.templating import page


@get("/reihen/{slug:str}", opt={"kept": True}, include_in_schema=False)
async def show_series(slug: FromPath[str]) -> Response[bytes]:
    series = await series_by_slug(slug)
    if series is None:
        raise NotFound
    moment = now()
    counted = await public_seats([event.id for event in series.events], moment)
    ahead = [event for event in series.events if not event.is_over(moment)]
    past = [event for event in series.events if event.is_over(moment)]
    return page(
        "public/series/show.html",
        series=series,
        description=as_html(localized(series.description).text, highest_heading=2),
        ahead=cards_of(ahead, counted, moment),
        past=cards_of(past, counted, moment),
        bookable=any(why_not_book(event, counted[event.id], moment) is None for event in ahead),
        formats=FORMATS,
        has_outcomes=await has_released(series.id),
    )


handlers = (show_series,)
