"""An institution's own page behind its mailed link: agreements, trained people, its groups and what they report."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from events.accounts.throttle import too_many
from events.certificates.trained import trained_people
from events.groups.actions import end_group, open_group, repeat_report, report_group
from events.groups.forms import EndForm, OpeningForm, ReportForm, language_choices, report_values
from events.groups.institutions import InstitutionPage, institution_behind
from events.groups.queries import GroupView, group_by_id, groups, reports_of, urgent_first
from events.groups.wording import told_by_field
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
Errors = Mapping[str, str]
F = TypeVar("F", bound=Struct)


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

    async def begin(form: OpeningForm) -> None:
        day, id = form.started_on, form.id
        await open_group(form.programme, found.institution.id, form.name, day, by=found.actor, now=now(), id=id)

    errors, status = await _saved(found, OpeningForm, sent, begin)
    return await _opening(found, Filled(typed(sent), errors), status) if errors else _back(found, "eroeffnet")


@get(GROUP, include_in_schema=False)
async def show_group(token: FromPath[str], group_id: FromPath[UUID]) -> Response[bytes]:
    found = await _opened(token)
    return await _group_page(found, await _own(found, group_id))


@post(GROUP, status_code=303, include_in_schema=False)
async def report(request: Asked, token: FromPath[str], group_id: FromPath[UUID]) -> Response[Any]:
    found, sent = await _opened(token), await request.form()
    group = await _own(found, group_id)

    async def keep(form: ReportForm) -> None:
        numbers = (form.reported_on, form.parents, form.children, form.languages)
        await report_group(group.id, *numbers, by=found.actor, now=now())

    errors, status = await _saved(found, ReportForm, sent, keep)
    return await _group_page(found, group, sent, errors, status) if errors else _back(found, "gemeldet")


@post(GROUP + "/unveraendert", status_code=303, include_in_schema=False)
async def say_unchanged(token: FromPath[str], group_id: FromPath[UUID]) -> Response[Any]:
    """As in the last report, for today."""
    found = await _opened(token)
    group = await _own(found, group_id)
    if await _too_often(found):
        return await _group_page(found, group, errors=_slow_down(), status=429)
    await repeat_report(group.id, today(), by=found.actor, now=now())
    return _back(found, "gemeldet")


@post(GROUP + "/ende", status_code=303, include_in_schema=False)
async def end(request: Asked, token: FromPath[str], group_id: FromPath[UUID]) -> Response[Any]:
    found, sent = await _opened(token), await request.form()
    group = await _own(found, group_id)

    async def finish(form: EndForm) -> None:
        await end_group(group.id, form.ended_on, by=found.actor, now=now())

    errors, status = await _saved(found, EndForm, sent, finish)
    return await _group_page(found, group, sent, errors, status) if errors else _back(found, "beendet")


async def _saved(found: Opened, shape: type[F], sent: Form, save: Callable[[F], Awaitable[None]]) -> tuple[Errors, int]:
    """What kept it from being saved, by field, with its status; no errors once it is. Raises NotFound."""
    form, errors = parse_form(shape, sent)
    if form is None:
        return errors, 422
    if await _too_often(found):
        return _slow_down(), 429
    try:
        await save(form)
    except Refused as refused:
        return told_by_field(refused), 409
    return {}, 303


async def _too_often(found: Opened) -> bool:
    return await too_many(f"institution:{found.institution.id}", *SAVINGS, now()) is not None


def _slow_down() -> Errors:
    return {"": _("Das waren zu viele Versuche. Bitte warten Sie eine Weile oder rufen Sie uns an.")}


async def _opened(token: str) -> Opened:
    """Raises NotFound for what we never gave out, Gone for a link that was renewed or ended."""
    return Opened(token, await institution_behind(token))


async def _own(found: Opened, group_id: UUID) -> GroupView:
    """Raises NotFound for a group of somebody else."""
    group = await group_by_id(group_id)
    if group is None or group.institution_id != found.institution.id:
        raise NotFound
    return group


async def _overview(found: Opened, notice: str) -> Response[bytes]:
    known = urgent_first(await groups(institution_id=found.institution.id), today())
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
    found: Opened, group: GroupView, sent: Form | None = None, errors: Errors | None = None, status: int = 200
) -> Response[bytes]:
    values = report_values(group, today(), typed(sent) if sent else {})
    spoken, more_spoken = language_choices(values["languages"])
    return page(
        "public/institution/group.html",
        status=status,
        headers=NEVER_KEPT,
        **_context(found),
        group=group,
        form=Filled(values, errors or {}),
        spoken=spoken,
        more_spoken=more_spoken,
        reports=await reports_of(group.id),
    )


def _programmes(agreements: list[AgreementView]) -> list[tuple[str, str]]:
    """Those a group can be opened in: now, or from the first day of an agreement that is to come."""
    return list({str(one.programme_id): one.programme_name for one in agreements if not one.is_over(today())}.items())


def _context(found: Opened) -> Mapping[str, Any]:
    return {"here": found.here, "institution": found.institution, "day": today(), "names": LANGUAGE_NAMES}


def _back(found: Opened, notice: str) -> Response[Any]:
    return Redirect(f"{found.here}?meldung={notice}", status_code=303)


handlers = (show_institution, ask_for_group, begin_group, show_group, report, say_unchanged, end)
