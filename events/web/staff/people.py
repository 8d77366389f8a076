"""People over all events: who was found, and one of them with everything they are or were registered for."""

from collections.abc import Collection
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter
from msgspec import Meta, Struct

from events.accounts.rules import sees_only_own_events
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import N_
from events.programme.trainers import events_led_by
from events.registration.merging import merge_people, merging_of
from events.registration.people import MOST, SHORTEST, find_people, others_like, person_by_id
from events.registration.wording import STATUSES, refusal_text
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/personen"
Text = Annotated[str, QueryParameter(max_length=60)]

FIELDS = {
    "given_name": N_("Vorname"),
    "family_name": N_("Nachname"),
    "phone": N_("Telefon"),
    "organisation_name": N_("Organisation"),
    "city": N_("Stadt"),
}


class SearchForm(Struct):
    suche: Annotated[str, Meta(max_length=160)] = ""


@get(PATH, guards=[needs("read_people")])
async def search(request: Request[Any, Any, Any], staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    """Without words nobody is shown."""
    form, errors = parse_form(SearchForm, request.query_params)
    wished = form.suche if form else ""
    return staff_page(
        "staff/people/search.html",
        staff,
        status=422 if errors else 200,
        notice=meldung,
        filters=Filled(typed(request.query_params), errors),
        wished=wished,
        found=await find_people(wished, await _only(staff)),
        most=MOST,
        shortest=SHORTEST,
        statuses=STATUSES,
    )


@get(PATH + "/{participant_id:uuid}", guards=[needs("read_people")])
async def show_person(staff: SignedIn, participant_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    only = await _only(staff)
    person = await person_by_id(participant_id, only)
    if person is None:
        raise NotFound
    return staff_page(
        "staff/people/one.html",
        staff,
        notice=meldung,
        person=person,
        others=await others_like(person, only),
        statuses=STATUSES,
    )


@get(PATH + "/{participant_id:uuid}/zusammenfuehren/{other_id:uuid}", guards=[needs("handle_registrations")])
async def preview_merging(staff: SignedIn, participant_id: FromPath[UUID], other_id: FromPath[UUID]) -> Response[bytes]:
    return await _merging(staff, participant_id, other_id)


@post(PATH + "/{participant_id:uuid}/zusammenfuehren/{other_id:uuid}", guards=[needs("handle_registrations")])
async def merge(staff: SignedIn, participant_id: FromPath[UUID], other_id: FromPath[UUID]) -> Response[Any]:
    try:
        await merge_people(participant_id, other_id, by=staff.actor, now=now())
    except Refused as refused:
        return await _merging(staff, participant_id, other_id, refused)
    return see(f"{PATH}/{participant_id}", "zusammengefuehrt")


async def _merging(staff: SignedIn, keep_id: UUID, other_id: UUID, refused: Refused | None = None) -> Response[bytes]:
    found = await merging_of(keep_id, other_id)
    reasons = list(refused.reasons) if refused else [found.against] if found.against else []
    return staff_page(
        "staff/people/merge.html",
        staff,
        status=409 if refused else 200,
        merging=found,
        labels=FIELDS,
        against=" ".join(refusal_text(one) for one in reasons),
    )


async def _only(staff: SignedIn) -> Collection[UUID] | None:
    """A trainer finds people of the own events alone."""
    return await events_led_by(staff.id, now()) if sees_only_own_events(staff.role) else None


handlers = (team(search, show_person, preview_merging, merge),)
