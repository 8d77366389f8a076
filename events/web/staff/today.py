"""The first page after signing in: what takes place and what is missing."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter

from events.accounts.rules import may, sees_only_own_events
from events.kit.clock import now, today
from events.mail.actions import discard, resend, resume
from events.mail.wording import reason_text
from events.programme.agreements import agreements_running_out
from events.programme.trainers import events_led_by
from events.reports.decisions_due import decide_by
from events.reports.today import mail_trouble, today_of
from events.web.guards import HOME, SignedIn, needs, team
from events.web.staff.frame import see, staff_page

Text = Annotated[str, QueryParameter(max_length=60)]


@get(HOME, guards=[needs("read")])
async def show_today(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    moment = now()
    only = await events_led_by(staff.id, moment) if sees_only_own_events(staff.role) else None
    return staff_page(
        "staff/today.html",
        staff,
        notice=meldung,
        day=moment,
        today=await today_of(moment, only),
        decide_by=decide_by,
        agreements=await agreements_running_out(today()) if may(staff.role, "read_organisations") else [],
        mails=await mail_trouble(moment) if may(staff.role, "handle_mails") else None,
        reason_text=reason_text,
    )


@post("/team/mails/{mail_id:uuid}/senden", guards=[needs("handle_mails")])
async def send_again(staff: SignedIn, mail_id: FromPath[UUID]) -> Response[Any]:
    await resend(mail_id, by=staff.actor, now=now())
    return see(HOME, "mail_gesendet")


@post("/team/mails/{mail_id:uuid}/verwerfen", guards=[needs("handle_mails")])
async def throw_away(staff: SignedIn, mail_id: FromPath[UUID]) -> Response[Any]:
    await discard(mail_id, by=staff.actor, now=now())
    return see(HOME, "mail_verworfen")


@post("/team/mails/fortsetzen", guards=[needs("handle_mails")])
async def send_on(staff: SignedIn) -> Response[Any]:
    await resume(by=staff.actor, now=now())
    return see(HOME, "mail_fortgesetzt")


handlers = (team(show_today, send_again, throw_away, send_on),)
