"""The self-test of sending: sender, mail server and DNS records in plain German, and a trial mail to oneself."""

import asyncio
import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from litestar import Response, get, post
from litestar.params import FromQuery, QueryParameter

from events.accounts.queries import StaffView
from events.kit.clock import now
from events.kit.translation import gettext as _
from events.mail.composing import own_address
from events.mail.dns_records import Question, look_up, resolver
from events.mail.self_test import Finding, dns_findings, server_findings
from events.mail.server_probe import probe
from events.mail.smtp import server_from
from events.mail.trial import last_trial, send_trial
from events.mail.wording import reason_text, status_text
from events.office.queries import office
from events.settings import settings
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.outbox import PATH

SELF_TEST = f"{PATH}/selbsttest"
SELECTOR = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*")
URGENCY = ("danger", "warning", "info", "success")

Text = Annotated[str, QueryParameter(max_length=60)]


@get(SELF_TEST, guards=[needs("handle_mails")])
async def show_self_test(staff: SignedIn, selektor: FromQuery[str] = "", meldung: Text = "") -> Response[bytes]:
    return await _page(staff, selektor.strip(), notice=meldung)


@post(f"{SELF_TEST}/testmail", guards=[needs("handle_mails")])
async def send_trial_mail(staff: SignedIn) -> Response[Any]:
    await send_trial(staff.email, staff.id, staff.name, await office(), now())
    return see(SELF_TEST, "mail_an_mich")


async def _page(staff: StaffView, selector: str, notice: str) -> Response[bytes]:
    errors = {}
    if len(selector) > 100 or (selector and not SELECTOR.fullmatch(selector)):
        errors["selektor"] = _("Ein Selektor besteht aus Buchstaben, Ziffern, Bindestrichen und Punkten.")
    trial = await last_trial(staff.id)
    return staff_page(
        "staff/outbox/self_test.html",
        staff,
        status=422 if errors else 200,
        notice=notice,
        form=Filled({"selektor": selector}, errors),
        sender=own_address(),
        staff_email=staff.email,
        findings=await _findings("" if errors else selector),
        trial=trial[0] if trial else None,
        sent_headers=trial[1] if trial else [],
        status_text=status_text,
        reason_text=reason_text,
    )


async def _findings(selector: str) -> list[Finding]:
    server = server_from(settings().smtp_url or "") if settings().smtp_url else None
    site = urlsplit(settings().base_url).hostname or ""
    asked = Question(own_address().rpartition("@")[2], selector, site, server.host if server else "")
    looking = look_up(asked, resolver(settings().dns))
    if server is None:
        facts, answer = await looking, None
    else:
        facts, answer = await asyncio.gather(looking, probe(server))
    found = server_findings(server, answer, str(settings().data / "mail"))
    found += dns_findings(asked, facts, own_address())
    return sorted(found, key=lambda one: URGENCY.index(one.state))


handlers = (team(show_self_test, send_trial_mail),)
