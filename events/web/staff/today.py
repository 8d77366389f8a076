"""The first page after signing in: what takes place and what is missing."""

from datetime import timedelta
from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter

from events.accounts.rules import may, sees_only_own_events
from events.evidence.funding_queries import open_units
from events.evidence.wording import COUNTED_IN
from events.groups.queries import overdue_reports
from events.kit.clock import now, today
from events.office.checking import checked_pages
from events.outcomes.queries import overdue_outcomes
from events.programme.agreements import agreements_running_out
from events.programme.conflicts_ahead import conflicts_between
from events.programme.trainers import events_led_by
from events.reports.decisions_due import decide_by
from events.reports.today import mail_trouble, today_of
from events.web.guards import HOME, SignedIn, needs, team
from events.web.staff.frame import staff_page

AHEAD = timedelta(days=30)
"""How far overlapping dates are looked for."""

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
        conflicts=await conflicts_between(moment, moment + AHEAD) if may(staff.role, "plan") else [],
        decide_by=decide_by,
        agreements=await agreements_running_out(today()) if may(staff.role, "read_organisations") else [],
        reports=await overdue_reports(today()) if may(staff.role, "read_organisations") else [],
        pages=[one for one in await checked_pages(today()) if one.is_due] if may(staff.role, "set_up") else [],
        outcomes=await overdue_outcomes(today()) if may(staff.role, "read_figures") else [],
        counted_in=COUNTED_IN,
        units=await open_units(today().year) if may(staff.role, "read_figures") else [],
        mails=await mail_trouble(moment) if may(staff.role, "handle_mails") else None,
    )


handlers = (team(show_today),)
