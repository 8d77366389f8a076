"""The personal calendar of who is signed in: its address to subscribe to, a new one, off and on."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import QueryParameter

from events.accounts.feeds import end_feed, feed_of, renew_feed, resume_feed
from events.accounts.rules import sees_only_own_events
from events.kit.clock import now
from events.web.guards import SignedIn, needs, team
from events.web.public.subscriptions import subscriptions
from events.web.staff.frame import see, staff_page

CALENDAR = "/team/kalender"
NAME = "Meine Termine"
Notice = Annotated[str, QueryParameter(max_length=60)]


@get(CALENDAR, guards=[needs("read")])
async def show_calendar(staff: SignedIn, meldung: Notice = "") -> Response[bytes]:
    feed = await feed_of(staff.id)
    return staff_page(
        "staff/calendar/show.html",
        staff,
        notice=meldung,
        feed=feed,
        subscribe=subscriptions(feed.address, NAME),
        own_dates_only=sees_only_own_events(staff.role),
    )


@post(f"{CALENDAR}/neue-adresse", guards=[needs("read")])
async def renew(staff: SignedIn) -> Response[Any]:
    await renew_feed(staff.id, now=now())
    return see(CALENDAR, "kalender_neu")


@post(f"{CALENDAR}/abschalten", guards=[needs("read")])
async def switch_off(staff: SignedIn) -> Response[Any]:
    await end_feed(staff.id, now=now())
    return see(CALENDAR, "kalender_aus")


@post(f"{CALENDAR}/einschalten", guards=[needs("read")])
async def switch_on(staff: SignedIn) -> Response[Any]:
    await resume_feed(staff.id, now=now())
    return see(CALENDAR, "kalender_an")


handlers = (team(show_calendar, renew, switch_off, switch_on),)
