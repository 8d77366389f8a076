"""An institution's own page behind its mailed link: agreements, trained people, its groups and what they report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from events.accounts.throttle import too_many
from events.certificates.trained import trained_people
from events.groups.actions import end_group, open_group, repeat_report, report_group
from events.groups.forms import EndForm, OpeningForm, ReportForm, report_values
from events.groups.institutions import InstitutionPage, institution_behind
from events.groups.queries import GroupView, groups, reports_of
from events.groups.wording import FIELDS_OF_REFUSALS, next_step, refusal_text
from events.kit.actor import Actor, organisation
from events.kit.clock import now, today
from events.kit.forms import Form, parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import N_
from events.kit.translation import gettext as _
from events.programme.agreements import AgreementView, agreements_for
from events.programme.wording import LANGUAGE_NAMES
from events.web.public.filled import NEVER_KEPT, Filled
from events.web.template_words import link
from events.web.templating import page

INSTITUTION = "/einrichtung/{token:str}"
GROUP = INSTITUTION + "/gruppen/{group_id:uuid}"
SAVINGS = (60, timedelta(minutes=15))
"""How often one link saves something."""

NOTICES = {
    "gemeldet": N_("Vielen Dank. Ihre Meldung ist gespeichert."),
    "eroeffnet": N_("Die Gruppe ist eröffnet. Viel Freude damit!"),
    "beendet": N_("Die Gruppe ist beendet. Danke für Ihre Arbeit!"),
}

Asked = Request[Any, Any, Any]


@dataclass(frozen=True)
class Opened:
    token: str
    institution: InstitutionPage

    @property
    def here(self) -> str:
        return link(f"/einrichtung/{self.token}")

    @property
    def actor(self) -> Actor:
        return organisation(self.institution.id)


@get(INSTITUTION, include_in_schema=False)
async def show_institution(token: FromPath[str], meldung: FromQuery[str] = "") -> Response[bytes]:
    return await _overview(await _opened(token), notice=_(NOTICES[meldung]) if meldung in NOTICES else "")


@get(INSTITUTION + "/gruppen/neu", include_in_schema=False)
async def ask_for_group(token: FromPath[str]) -> Response[bytes]:
    return await _opening(await _opened(token))


@post(INSTITUTION + "/gruppen/neu", status_code=303, include_in_schema=False)
async def begin_group(request: Asked, token: FromPath[str]) -> Response[Any]:
    found, sent = await _opened(token), await request.form()
    form, errors = parse_form(OpeningForm, sent)
    if form is None:
        return await _opening(found, Filled(typed(sent), errors), 422)
    if (slow := await _too_often(found)) is not None:
        return await _opening(found, Filled(typed(sent), slow), 429)
    try:
        await open_group(
            form.programme, found.institution.id, form.name, form.started_on, by=found.actor, now=now(), id=form.id
        )
    except Refused as refused:
        return await _opening(found, Filled(typed(sent), _said(refused)), 409)
    return _back(found, "eroeffnet")


@get(GROUP, include_in_schema=False)
async def show_group(token: FromPath[str], group_id: FromPath[UUID]) -> Response[bytes]:
    found = await _opened(token)
    return await _group_page(found, await _own(found, group_id))


@post(GROUP, status_code=303, include_in_schema=False)
async def report(request: Asked, token: FromPath[str], group_id: FromPath[UUID]) -> Response[Any]:
    found, sent = await _opened(token), await request.form()
    group = await _own(found, group_id)
    form, errors = parse_form(ReportForm, sent)
    if form is None:
        return await _group_page(found, group, Filled(typed(sent), errors), 422)
    if (slow := await _too_often(found)) is not None:
        return await _group_page(found, group, Filled(typed(sent), slow), 429)
    try:
        numbers = (form.reported_on, form.parents, form.children, form.languages)
        await report_group(group.id, *numbers, by=found.actor, now=now())
    except Refused as refused:
        return await _group_page(found, group, Filled(typed(sent), _said(refused)), 409)
    return _back(found, "gemeldet")


@post(GROUP + "/unveraendert", status_code=303, include_in_schema=False)
async def say_unchanged(token: FromPath[str], group_id: FromPath[UUID]) -> Response[Any]:
    """As in the last report, for today."""
    found = await _opened(token)
    group = await _own(found, group_id)
    if (slow := await _too_often(found)) is not None:
        return await _group_page(found, group, Filled({}, slow), 429)
    await repeat_report(group.id, today(), by=found.actor, now=now())
    return _back(found, "gemeldet")


@post(GROUP + "/ende", status_code=303, include_in_schema=False)
async def end(request: Asked, token: FromPath[str], group_id: FromPath[UUID]) -> Response[Any]:
    found, sent = await _opened(token), await request.form()
    group = await _own(found, group_id)
    form, errors = parse_form(EndForm, sent)
    if form is None:
        return await _group_page(found, group, _with_end(group, sent, errors), 422)
    if (slow := await _too_often(found)) is not None:
        return await _group_page(found, group, _with_end(group, sent, slow), 429)
    try:
        await end_group(group.id, form.ended_on, by=found.actor, now=now())
    except Refused as refused:
        return await _group_page(found, group, _with_end(group, sent, _said(refused)), 409)
    return _back(found, "beendet")


def _said(refused: Refused) -> dict[str, str]:
    """By field, with the next step behind each."""
    return {
        FIELDS_OF_REFUSALS.get(one.code, ""): f"{refusal_text(one)} {next_step(one)}".strip() for one in refused.reasons
    }


async def _opened(token: str) -> Opened:
    """Raises NotFound for what we never gave out, Gone for a link that was renewed or ended."""
    return Opened(token, await institution_behind(token))


async def _own(found: Opened, group_id: UUID) -> GroupView:
    """Raises NotFound for a group of somebody else."""
    for group in await groups(institution_id=found.institution.id):
        if group.id == group_id:
            return group
    raise NotFound


async def _overview(found: Opened, notice: str) -> Response[bytes]:
    known = await groups(institution_id=found.institution.id)
    agreements = await agreements_for(found.institution.id)
    return page(
        "public/institution/show.html",
        headers=NEVER_KEPT,
        **_context(found),
        notice=notice,
        agreements=[one for one in agreements if not one.is_over(today())],
        trained=await trained_people(found.institution.id),
        running=[one for one in known if one.ended_on is None],
        ended=[one for one in known if one.ended_on is not None],
        may_open=bool(_programmes(agreements)),
    )


async def _opening(found: Opened, form: Filled | None = None, status: int = 200) -> Response[bytes]:
    offered = _programmes(await agreements_for(found.institution.id))
    values = {"id": str(uuid4()), "started_on": today().isoformat()}
    if len(offered) == 1:
        values["programme"] = offered[0][0]
    return page(
        "public/institution/open.html",
        status=status,
        headers=NEVER_KEPT,
        **_context(found),
        form=form or Filled(values),
        programmes=offered,
    )


async def _group_page(
    found: Opened, group: GroupView, form: Filled | None = None, status: int = 200
) -> Response[bytes]:
    return page(
        "public/institution/group.html",
        status=status,
        headers=NEVER_KEPT,
        **_context(found),
        group=group,
        form=form or Filled(report_values(group, today()) | {"ended_on": today().isoformat()}),
        spoken=[(code, _(name)) for code, name in LANGUAGE_NAMES.items()],
        reports=await reports_of(group.id),
    )


def _programmes(agreements: list[AgreementView]) -> list[tuple[str, str]]:
    """Those a group can be opened in: now, or from the first day of an agreement that is to come."""
    return list({str(one.programme_id): one.programme_name for one in agreements if not one.is_over(today())}.items())


def _with_end(group: GroupView, sent: Form, errors: Mapping[str, str]) -> Filled:
    return Filled({**report_values(group, today()), **typed(sent)}, errors)


def _context(found: Opened) -> Mapping[str, Any]:
    return {"here": found.here, "institution": found.institution, "day": today(), "names": LANGUAGE_NAMES}


async def _too_often(found: Opened) -> dict[str, str] | None:
    if await too_many(f"institution:{found.institution.id}", *SAVINGS, now()) is None:
        return None
    return {"": _("Das waren zu viele Versuche. Bitte warten Sie eine Weile oder rufen Sie uns an.")}


def _back(found: Opened, notice: str) -> Response[Any]:
    return Redirect(f"{found.here}?meldung={notice}", status_code=303)


handlers = (show_institution, ask_for_group, begin_group, show_group, report, say_unchanged, end)
