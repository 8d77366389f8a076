"""The roll call without network: what its script asks for, the worker that answers in place of the network, the page
without names that it keeps. The page that works without scripts is in `attendance`."""

from hashlib import sha256
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post

from events.accounts.rules import Permission, may, sees_only_own_events
from events.attendance.phone import phone_list, take
from events.attendance.queries import near_dates
from events.attendance.status import MARKS as MARK_CODES
from events.attendance.wording import MARK_BUTTONS, SCOPES
from events.kit.clock import now
from events.kit.translation import gettext as _
from events.programme.queries import DateView, EventView
from events.programme.trainers import events_led_by
from events.web.guards import DateInSight, SignedIn, needs, team, team_data
from events.web.staff.frame import staff_page
from events.web.static_files import asset_address, asset_text
from events.web.templating import page, render

SCOPE = "/team/anwesenheit/"
SHELL = f"{SCOPE}ohne-netz"
FILES = (
    "app.css", "favicon.svg", "fira-sans-400-latin.woff2", "fira-sans-600-latin.woff2", "busy-submit.js",
    "rollcall.js", "rollcall-counting.js", "rollcall-state.js", "rollcall-store.js", "rollcall-sync.js",
)  # fmt: skip


@get(SCOPE, guards=[needs("record_attendance")])
async def show_near_dates(staff: SignedIn) -> Response[bytes]:
    """The dates of these days whose list may be loaded; of a trainer their own."""
    moment = now()
    only = await events_led_by(staff.id, moment) if sees_only_own_events(staff.role) else None
    return staff_page("staff/attendance/near.html", staff, near=await near_dates(moment, only), **roll_call_words())


@get("/team/anwesenheit/{event_date_id:uuid}/liste.json", guards=[needs("record_attendance")])
async def load_list(staff: SignedIn, found: DateInSight) -> Response[bytes]:
    content = {**await phone_list(found[0].id, now=now()), "links": _ways(staff.role, *found)}
    return Response(msgspec.json.encode(content), media_type="application/json")


@post("/team/anwesenheit/{event_date_id:uuid}/fakten", guards=[needs("record_attendance")], status_code=200)
async def take_facts(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    """What cannot be read as a whole is the fault of a program, not of a person: 400."""
    try:
        taken = await take(found[0].id, await request.body(), by=staff.actor, now=now())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Response({"error": "unreadable"}, status_code=400)
    return Response({"accepted": taken.accepted, "refused": taken.refused})


@get("/team/anwesenheit/ohne-netz", guards=[needs("record_attendance")])
async def show_shell() -> Response[bytes]:
    """The page without any name, title or date: the worker keeps it and the script fills it."""
    return page("staff/attendance/shell.html", **roll_call_words())


@get("/team/anwesenheit/sw.js", guards=[needs("record_attendance")])
async def serve_worker() -> Response[bytes]:
    """The worker and the addresses it keeps; it changes with every file it keeps, so that browsers take the new one."""
    kept = [SHELL, *(asset_address(name) for name in FILES)]
    version = sha256((asset_text("rollcall-worker.js") + "".join(kept) + _shell_text()).encode()).hexdigest()[:16]
    settings = {"version": version, "shell": SHELL, "kept": kept, "scope": SCOPE}
    content = f"const SETTINGS = {msgspec.json.encode(settings).decode()};\n{asset_text('rollcall-worker.js')}"
    return Response(content.encode(), media_type="text/javascript")


@get("/team/anwesenheit/app.webmanifest", guards=[needs("record_attendance")])
async def serve_manifest() -> Response[bytes]:
    icon = {"src": asset_address("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    content = {
        "name": _("Anwesenheit"), "short_name": _("Anwesenheit"), "lang": "de", "start_url": SCOPE, "scope": SCOPE,
        "display": "standalone", "icons": [icon],
    }  # fmt: skip
    return Response(msgspec.json.encode(content), media_type="application/manifest+json")


def _ways(role: str, date: DateView, event: EventView) -> list[tuple[str, str]]:
    """Where to go from the list while there is a network: text and address, as far as the role may."""
    here = f"{SCOPE}{date.id}"
    ways: list[tuple[Permission, str, str]] = [
        ("close_dates", _("Termin abschließen"), f"{here}/abschluss"),
        ("close_dates", _("Vom Papier nachtragen"), f"{here}/nachtrag"),
        ("record_attendance", _("Unterschriebene Listen"), f"{here}/listen"),
        ("record_attendance", _("Teilnahmeliste (PDF)"), f"{here}/teilnahmeliste.pdf"),
        ("read", _("Zur Veranstaltung"), f"/team/veranstaltungen/{event.id}"),
        ("record_attendance", _("Als einfaches Formular"), f"{here}?formular=1"),
    ]
    return [(text, address) for permission, text, address in ways if may(role, permission)]


def roll_call_words() -> dict[str, Any]:
    """What the script's part of the page is written with."""
    return {
        "marks": [(code, _(MARK_BUTTONS[code])) for code in MARK_CODES],
        "scopes": [(code, _(text)) for code, text in SCOPES.items()],
    }


def _shell_text() -> str:
    return render("staff/attendance/shell.html", **roll_call_words())


handlers: tuple[Router, ...] = (
    team_data(load_list, take_facts),
    team(show_near_dates, show_shell, serve_worker, serve_manifest),
)
