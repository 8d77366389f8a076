"""Certificates of an event: who may have one and why not, issuing, mailing and printing them, the rule."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.certificates.actions import issue, set_rule, set_rule_of_event
from events.certificates.forms import RuleForm, chosen
from events.certificates.mailing import mail
from events.certificates.papers import one_file
from events.certificates.queries import candidates, certificates_of
from events.certificates.rules import Requirement
from events.certificates.wording import RULES, next_step, refusal_text
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import Refusal, refuse_if
from events.kit.translation import gettext
from events.programme.queries import EventView
from events.web.downloads import download
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/veranstaltungen/{event_id:uuid}/bescheinigungen"
Text = Annotated[str, QueryParameter(max_length=60)]


@get(PATH, guards=[needs("close_dates")])
async def list_certificates(staff: SignedIn, event: EventInSight, meldung: Text = "") -> Response[bytes]:
    return await _page(staff, event, _rule_of(event), notice=meldung)


@get(PATH + ".pdf", guards=[needs("close_dates")])
async def print_all(event: EventInSight) -> Response[bytes]:
    """All that hold, in one file, each on a page of its own."""
    valid = [one for one in await certificates_of(event.id) if one.is_valid and one.name]
    refuse_if(None if valid else Refusal("nothing_to_print"))
    in_order = sorted(valid, key=lambda one: (one.family_name, one.given_name))
    return download(await one_file(in_order), f"bescheinigungen-{event.slug}.pdf", "application/pdf")


@post(PATH, guards=[needs("close_dates")])
async def issue_some(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    named = chosen(await request.form(), "registration")
    await issue(event.id, named, by=staff.actor, now=now())
    return see(_here(event.id), "bescheinigt")


@post(PATH + "/senden", guards=[needs("close_dates")])
async def mail_some(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    named = chosen(await request.form(), "certificate")
    await mail(event.id, named, by=staff.actor, now=now())
    return see(_here(event.id), "bescheinigt_verschickt")


@post(PATH + "/regel", guards=[needs("plan")])
async def choose_rule(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(RuleForm, sent)
    if form is None:
        return await _page(staff, event, Filled(typed(sent), errors), 422)
    if form.scope == "programme":
        await set_rule(event.programme_id, form.requirement, by=staff.actor, now=now())
    else:
        await set_rule_of_event(event.id, form.requirement, by=staff.actor, now=now())
    return see(_here(event.id), "gespeichert")


async def _page(
    staff: SignedIn, event: EventView, form: Filled, status: int = 200, notice: str = ""
) -> Response[bytes]:
    people = await candidates(event, now())
    return staff_page(
        "staff/certificates/list.html",
        staff,
        status=status,
        notice=notice,
        form=form,
        event=event,
        people=people,
        ended=[one for one in await certificates_of(event.id) if not one.is_valid],
        ready=sum(one.why_not is None and one.certificate is None for one in people),
        to_mail=sum(one.is_mailable and one.certificate.mailed_at is None for one in people if one.certificate),
        rules=[(code, gettext(text)) for code, text in RULES.items()],
        reason=lambda why: f"{refusal_text(why)} {next_step(why)}".strip(),
    )


def _rule_of(event: EventView) -> Filled:
    rule = Requirement.of(event.policy)
    ticks = [name for name, on in (("excused", rule.excused_counts), ("across", rule.across_runs)) if on]
    return Filled({"kind": rule.kind, "least": str(rule.least or ""), "also": ticks, "scope": "event"})


def _here(event_id: UUID) -> str:
    return PATH.replace("{event_id:uuid}", str(event_id))


handlers = (team(list_certificates, print_all, issue_some, mail_some, choose_rule),)
