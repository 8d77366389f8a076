"""How many places of an event people of one organisation, or of one kind of organisation, can have: the quotas."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from events.kit.clock import BERLIN, berlin, now
from events.kit.forms import Form, parse_form, typed
from events.kit.refusals import Refused
from events.kit.translation import gettext as _
from events.programme.details import QuotaDetails
from events.programme.queries import EventView, organisations
from events.programme.wording import ORGANISATION_KINDS, quota_name, refusal_text
from events.registration.capacity import change_quota, remove_quota, share_among_kind
from events.registration.occupancy import QuotaUse, quota_uses
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.choices import Pairs, organisation_choices
from events.web.staff.frame import Filled, see, staff_page

Text = Annotated[str, QueryParameter(max_length=200)]
Places = Annotated[int, Meta(ge=1, le=10000)]
EACH = "each-"
"""How the fields of the second form begin: the same for each organisation of a kind."""

_FIELDS = {"quota_below_taken": "places", "quota_above_capacity": "places"}


class TargetForm(Struct):
    """`target` is "organisation:<id>" or "kind:<code>"."""

    target: Annotated[str, Meta(max_length=80)]

    @property
    def organisation_id(self) -> UUID | None:
        kind, _colon, id = self.target.partition(":")
        try:
            return UUID(id) if kind == "organisation" else None
        except ValueError:
            return None

    @property
    def organisation_kind(self) -> str:
        kind, _colon, code = self.target.partition(":")
        return code if kind == "kind" else ""


class QuotaForm(TargetForm):
    """From `release_day` on it limits nobody."""

    places: Places
    release_day: date | None = None


class EachForm(Struct):
    kind: Annotated[str, Meta(max_length=40)]
    places: Places
    release_day: date | None = None


@get("/team/veranstaltungen/{event_id:uuid}/kontingente", guards=[needs("plan")])
async def list_quotas(staff: SignedIn, event: EventInSight, fuer: Text = "", meldung: Text = "") -> Response[bytes]:
    uses = await quota_uses(event.id, now()) if fuer else []
    chosen = next((use for use in uses if target_of(use) == fuer), None)
    return await _page(staff, event, Filled(_values(chosen) if chosen else {}), notice=meldung)


@post("/team/veranstaltungen/{event_id:uuid}/kontingente", guards=[needs("plan")])
async def set_one(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(QuotaForm, sent)
    if form is None:
        return await _page(staff, event, Filled(typed(sent), errors), status=422)
    details = QuotaDetails(form.places, form.organisation_id, form.organisation_kind, _moment(form.release_day))
    try:
        await change_quota(event.id, details, by=staff.actor, now=now())
    except Refused as refused:
        return await _page(staff, event, Filled(typed(sent), _said(refused)), status=409)
    return see(f"/team/veranstaltungen/{event.id}/kontingente", "kontingent")


@post("/team/veranstaltungen/{event_id:uuid}/kontingente/je-organisation", guards=[needs("plan")])
async def set_for_each(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = _read_each(sent)
    if form is None:
        return await _page(staff, event, each=Filled(typed(sent), errors), status=422)
    try:
        release_at = _moment(form.release_day)
        reached = await share_among_kind(event.id, form.kind, form.places, release_at, by=staff.actor, now=now())
    except Refused as refused:
        return await _page(staff, event, each=Filled(typed(sent), _said(refused, EACH)), status=409)
    if not reached:
        errors = {f"{EACH}kind": _("Von dieser Art ist noch keine Organisation eingetragen.")}
        return await _page(staff, event, each=Filled(typed(sent), errors), status=422)
    return see(f"/team/veranstaltungen/{event.id}/kontingente", "kontingente")


@post("/team/veranstaltungen/{event_id:uuid}/kontingente/aufheben", guards=[needs("plan")])
async def remove(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    form, errors = parse_form(TargetForm, await request.form())
    if form is None:
        return await _page(staff, event, Filled({}, errors), status=422)
    id, kind = form.organisation_id, form.organisation_kind
    await remove_quota(event.id, organisation_id=id, organisation_kind=kind, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event.id}/kontingente", "kontingent_aufgehoben")


def target_of(use: QuotaUse) -> str:
    id = use.quota.organisation_id
    return f"organisation:{id}" if id else f"kind:{use.quota.organisation_kind}"


def _read_each(sent: Form) -> tuple[EachForm | None, dict[str, str]]:
    form, errors = parse_form(EachForm, sent, EACH)
    if form is not None and form.kind not in ORGANISATION_KINDS:
        return None, {f"{EACH}kind": _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")}
    return form, errors


def _moment(day: date | None) -> datetime | None:
    """The day begins in Berlin."""
    return berlin(day, time(0)) if day else None


def _said(refused: Refused, prefix: str = "") -> dict[str, str]:
    said: dict[str, str] = {}
    for one in refused.reasons:
        field = prefix + _FIELDS.get(one.code, "target" if not prefix else "kind")
        said[field] = f"{said.get(field, '')} {refusal_text(one)}".strip()
    return said


def _values(use: QuotaUse) -> Mapping[str, Any]:
    release = use.quota.release_at
    return {
        "target": target_of(use),
        "places": str(use.quota.places),
        "release_day": release.astimezone(BERLIN).date() if release else "",
    }


async def _page(
    staff: SignedIn,
    event: EventView,
    form: Filled | None = None,
    each: Filled | None = None,
    status: Literal[200, 409, 422] = 200,
    notice: str = "",
) -> Response[bytes]:
    known = await organisations()
    kinds: Pairs = [(code, _(text)) for code, text in ORGANISATION_KINDS.items()]
    targets = [(f"kind:{code}", _("Alle zusammen: %(kind)s", kind=text)) for code, text in kinds]
    return staff_page(
        "staff/quotas/list.html",
        staff,
        status=status,
        notice=notice,
        event=event,
        rows=[(use, quota_name(use.organisation, use.quota.organisation_kind), target_of(use))
              for use in await quota_uses(event.id, now())],
        targets=[*targets, *((f"organisation:{id}", text) for id, text in organisation_choices(known))],
        counts={code: sum(one.kind == code for one in known) for code, _text in kinds},
        kinds=kinds,
        form=form or Filled(),
        each=each or Filled({"each-kind": "administration", "each-places": "2"}),
        moment=now(),
    )  # fmt: skip


handlers = (team(list_quotas, set_one, set_for_each, remove),)
