"""Who may open a page behind the sign-in: everyone else is asked to sign in, or told that there is no such page."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from litestar import Request, Response, Router
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import FromPath, SkipValidation
from litestar.response import Redirect

from events.accounts.actions import LONGEST, session_of
from events.accounts.queries import StaffView
from events.accounts.rules import Permission, may, sees_only_own_events
from events.kit.clock import now
from events.kit.refusals import NotFound
from events.programme.queries import DateView, EventView, date_with_event, event_by_id
from events.programme.trainers import is_trainer_of, leads_anything
from events.settings import settings

Connection = ASGIConnection[Any, Any, Any, Any]
SignedIn = NamedDependency[SkipValidation[StaffView]]
"""The person who is signed in; every handler made by `team` can ask for it as `staff`."""

EventInSight = NamedDependency[SkipValidation[EventView]]
"""The event of the path's `event_id`, as `event`; 404 when this person does not see it."""

DateInSight = NamedDependency[SkipValidation[tuple[DateView, EventView]]]
"""The date of the path's `event_date_id` and its event, as `found`; 404 when this person does not see it."""

HOME = "/team/"
SIGN_IN = "/team/anmelden"
SECOND_FACTOR = "/team/konto/zwei-faktor"


class SignInNeeded(Exception):
    """Nobody is signed in; the page answers with the way to the sign-in."""


class SecondFactorNeeded(Exception):
    """Somebody is signed in whose role asks for a second factor they have not set up yet."""


def cookie_name() -> str:
    """With https, a name that browsers take only from this very host, encrypted and for all paths (RFC 6265bis)."""
    return "__Host-team" if settings().is_https else "team"


def session_cookie(token: str) -> Cookie:
    """An empty token ends it."""
    return own_cookie(cookie_name(), token, LONGEST)


def own_cookie(name: str, value: str, lives: timedelta) -> Cookie:
    """For this site only and not for scripts. An empty value ends it."""
    age = int(lives.total_seconds()) if value else 0
    return Cookie(name, path="/", value=value, max_age=age, secure=settings().is_https, httponly=True, samesite="lax")


def local_path(wished: str) -> str:
    """Where to go after signing in: only pages behind the sign-in, never another site."""
    return wished if wished.startswith(HOME) and wished.isprintable() and "\\" not in wished else HOME


def needs(
    permission: Permission, *, without_second_factor: bool = False
) -> Callable[[Connection, BaseRouteHandler], Awaitable[None]]:
    """A guard: who is signed in and may this passes. Without a cookie it asks the database nothing.

    `without_second_factor`: the page is needed to set one up where the role asks for it.
    """

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        token = connection.cookies.get(cookie_name())
        person = await session_of(token, now()) if token else None
        if person is None:
            raise SignInNeeded
        if person.by_link and not await leads_anything(person.id, now()):
            raise SignInNeeded  # what the link was for is over
        if not without_second_factor and _lacks_second_factor(person):
            raise SecondFactorNeeded
        if not may(person.role, permission):
            raise NotFound
        connection.state.staff = person

    return guard


def team(*handlers: HTTPRouteHandler) -> Router:
    """Handlers behind the sign-in; each of them names its guard (`needs`)."""
    return Router(
        path="/",
        route_handlers=list(handlers),
        dependencies={
            "staff": Provide(_signed_in, sync_to_thread=False),
            "event": Provide(_event_in_sight),
            "found": Provide(_date_in_sight),
        },
        exception_handlers={SignInNeeded: _to_sign_in, SecondFactorNeeded: _to_second_factor},
        # Pages behind the sign-in are about people: no browser or proxy keeps them.
        response_headers={"Cache-Control": "no-store"},
        include_in_schema=False,
    )


def team_data(*handlers: HTTPRouteHandler) -> Router:
    """Like `team`, for what scripts ask for: without a sign-in they are told so (401) and not sent to a form."""
    router = team(*handlers)
    router.exception_handlers = {SignInNeeded: _sign_in_first, SecondFactorNeeded: _sign_in_first}
    return router


async def sees_event(person: StaffView, event: EventView) -> bool:
    return not sees_only_own_events(person.role) or await is_trainer_of(person.id, event, now())


def _lacks_second_factor(person: StaffView) -> bool:
    """Whom a mailed link signs in has no password that a second factor could stand beside."""
    return person.role in settings().require_totp and not person.has_second_factor and not person.by_link


def _signed_in(request: Request[Any, Any, Any]) -> StaffView:
    found: StaffView = request.state.staff
    return found


async def _event_in_sight(event_id: FromPath[UUID], staff: SignedIn) -> EventView:
    event = await event_by_id(event_id)
    if event is None or not await sees_event(staff, event):
        raise NotFound
    return event


async def _date_in_sight(event_date_id: FromPath[UUID], staff: SignedIn) -> tuple[DateView, EventView]:
    found = await date_with_event(event_date_id)
    if found is None or not await sees_event(staff, found[1]):
        raise NotFound
    return found


def _sign_in_first(_request: Request[Any, Any, Any], _: Exception) -> Response[Any]:
    return Response({"sign_in": SIGN_IN}, status_code=401, headers={"Cache-Control": "no-store"})


def _to_sign_in(request: Request[Any, Any, Any], _: Exception) -> Response[Any]:
    """Back to the page afterwards; from a form to the page that showed it."""
    origin = urlsplit(str(request.url) if request.method in ("GET", "HEAD") else request.headers.get("referer", ""))
    wished = local_path(f"{origin.path}?{origin.query}" if origin.query else origin.path)
    return Redirect(f"{SIGN_IN}?weiter={quote(wished, safe='/')}", status_code=303)


def _to_second_factor(_request: Request[Any, Any, Any], _: Exception) -> Response[Any]:
    return Redirect(SECOND_FACTOR, status_code=303, headers={"Cache-Control": "no-store"})
