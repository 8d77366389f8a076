"""Who has a part in an event: people in charge and partners, with their links. What they see is not here."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter
from msgspec import Meta, Struct

from events.accounts.trainer_access import accounts
from events.kit.clock import now
from events.kit.forms import EmailAddress, parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import LANGUAGES
from events.kit.translation import gettext as _
from events.programme.actions import add_partner, remove_partner
from events.programme.partners import partner_links
from events.programme.queries import EventView, organisations
from events.programme.trainer_actions import end_charge, name_trainer, renew_trainer_link, send_trainer_link
from events.programme.trainers import Charge, charges_for
from events.programme.wording import PARTNER_ROLES
from events.web.errors import refusal_text
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.choices import organisation_choices
from events.web.staff.frame import Filled, see, staff_page

SHARING = "/team/veranstaltungen/{event_id:uuid}/mitwirkende"
TRAINER = SHARING + "/referent/{trainer_id:uuid}"
Text = Annotated[str, QueryParameter(max_length=60)]


class TrainerForm(Struct, kw_only=True):
    """`scope`: this event, or all of its series."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    email: EmailAddress
    scope: Annotated[str, Meta(pattern="^(event|series)$")] = "event"


class PartnerForm(Struct, kw_only=True):
    organisation: UUID
    role: Annotated[str, Meta(min_length=1, max_length=20)]


@get(SHARING, guards=[needs("plan")])
async def show_sharing(staff: SignedIn, event: EventInSight, meldung: Text = "") -> Response[bytes]:
    return await sharing_page(staff, event, notice=meldung)


@post(SHARING, guards=[needs("plan")])
async def add_trainer(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(TrainerForm, sent)
    if form is None:
        return await sharing_page(staff, event, Filled(typed(sent), errors), status=422)
    whole = form.scope == "series"
    try:
        await name_trainer(event.id, form.name, form.email, for_series=whole, by=staff.actor, now=now())
    except Refused as refused:
        return await sharing_page(staff, event, Filled(typed(sent), said(refused)), status=409)
    return see(here(event), "link_gesendet")


@post(TRAINER + "/senden", guards=[needs("plan")])
async def send_again(staff: SignedIn, event: EventInSight, trainer_id: FromPath[UUID]) -> Response[Any]:
    await send_trainer_link(await _of_event(event, trainer_id), by=staff.actor, now=now())
    return see(here(event), "link_gesendet")


@post(TRAINER + "/erneuern", guards=[needs("plan")])
async def renew(staff: SignedIn, event: EventInSight, trainer_id: FromPath[UUID]) -> Response[Any]:
    await renew_trainer_link(await _of_event(event, trainer_id), by=staff.actor, now=now())
    return see(here(event), "link_erneuert")


@post(TRAINER + "/beenden", guards=[needs("plan")])
async def end(staff: SignedIn, event: EventInSight, trainer_id: FromPath[UUID]) -> Response[Any]:
    await end_charge(await _of_event(event, trainer_id), by=staff.actor, now=now())
    return see(here(event), "zugang_beendet")


@post(SHARING + "/partner", guards=[needs("plan")])
async def put_partner(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(PartnerForm, sent)
    if form is not None and form.organisation not in {one.id for one in await organisations()}:
        form, errors = None, {"organisation": _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")}
    if form is None:
        return await sharing_page(staff, event, of_partner=Filled(typed(sent), errors), status=422)
    await add_partner(event.id, form.organisation, form.role, by=staff.actor, now=now())
    return see(here(event), "partner_dazu")


@post(SHARING + "/partner/entfernen", guards=[needs("plan")])
async def drop_partner(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    form, errors = parse_form(PartnerForm, await request.form())
    if form is None:
        return await sharing_page(staff, event, of_partner=Filled({}, errors), status=422)
    await remove_partner(event.id, form.organisation, form.role, by=staff.actor, now=now())
    return see(here(event), "partner_entfernt")


async def sharing_page(
    staff: SignedIn,
    event: EventView,
    form: Filled | None = None,
    of_partner: Filled | None = None,
    status: int = 200,
    notice: str = "",
) -> Response[bytes]:
    charges, partners, moment = await charges_for(event), await partner_links(event.id), now()
    people = await accounts({one.staff_id for one in charges})
    return staff_page(
        "staff/sharing/list.html",
        staff,
        status=status,
        notice=notice,
        event=event,
        trainers=[(one, people[one.staff_id], _stood_in_for(one, charges, people)) for one in charges
                  if one.staff_id in people],
        partners=[(one, one.is_running(event, moment)) for one in partners],
        roles=[(code, _(text)) for code, text in PARTNER_ROLES.items()],
        organisations=organisation_choices(await organisations()),
        language_names={code: language.name for code, language in LANGUAGES.items()},
        form=form or Filled({"scope": "event"}),
        of_partner=of_partner or Filled({"role": "host"}),
        moment=moment,
    )  # fmt: skip


def here(event: EventView) -> str:
    return f"/team/veranstaltungen/{event.id}/mitwirkende"


def said(refused: Refused) -> dict[str, str]:
    return {"": " ".join(dict.fromkeys(refusal_text(reason, "/team/") for reason in refused.reasons))}


async def _of_event(event: EventView, trainer_id: UUID) -> Charge:
    """Those of its series too. NotFound for all others."""
    found = next((one for one in await charges_for(event) if one.id == trainer_id), None)
    if found is None:
        raise NotFound
    return found


def _stood_in_for(charge: Charge, charges: list[Charge], people: dict[UUID, Any]) -> str:
    first = next((one for one in charges if one.id == charge.substitute_for), None)
    return people[first.staff_id].name if first and first.staff_id in people else ""


handlers = (team(show_sharing, add_trainer, send_again, renew, end, put_partner, drop_partner),)
