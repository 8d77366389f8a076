"""Programmes for staff: the list, making one, and one with its rules in words, its reminders and its questions."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.attendance.status import WITHOUT_VALUE
from events.attendance.wording import DIMENSIONS
from events.evidence.funding_queries import funding_names
from events.history.queries import history_of
from events.invitations.reminders.in_force import of_owner
from events.invitations.reminders.rules import KINDS as KINDS_OF_MAILS
from events.invitations.reminders.rules import InForce, Kind, in_force
from events.kit.clock import now
from events.kit.forms import typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import gettext as _
from events.programme.actions import create_programme
from events.programme.offer_forms import programme_values, read_programme
from events.programme.offered import ProgrammeRow, all_programmes, programme_by_slug
from events.programme.offering_changes import edit_programme
from events.programme.policy import Policy
from events.programme.tables import Programme
from events.programme.versions import version_of
from events.programme.wording import KINDS
from events.web.errors import refusal_text
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import event_choices
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.planning_fields import programme_fields, rule_choices
from events.web.staff.planning_versions import SEEN, Difference, differences, is_outdated, last_saved, seen_in
from events.web.staff.rule_words import rules_in_words

PATH = "/team/programme"
ONE = f"{PATH}/{{slug:str}}"

Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]


@get(PATH, guards=[needs("read_figures")])
async def list_programmes(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    return staff_page(
        "staff/planning/programmes.html", staff, notice=meldung, found=await all_programmes(), kinds=KINDS
    )


@get(f"{PATH}/neu", guards=[needs("plan")])
async def new_programme(staff: SignedIn) -> Response[bytes]:
    return await _form(staff, Filled({"kind": "other"}))


@post(f"{PATH}/neu", guards=[needs("plan")])
async def add_programme(request: Asked, staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    details, errors = read_programme(sent, {})
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), status=422)
    try:
        id = await create_programme(details, by=staff.actor, now=now())
    except Refused as refused:
        return await _form(staff, Filled(typed(sent), _said(refused)), status=409)
    made = next(one for one in await all_programmes() if one.id == id)
    return see(f"{PATH}/{made.slug}", "gespeichert")


@get(ONE, guards=[needs("plan")])
async def show_programme(staff: SignedIn, slug: FromPath[str], meldung: Text = "") -> Response[bytes]:
    found = await _found(slug)
    return await _form(staff, Filled(await _stored(found)), found, notice=meldung)


@post(ONE, guards=[needs("plan")])
async def save_programme(request: Asked, staff: SignedIn, slug: FromPath[str]) -> Response[Any]:
    found, sent = await _found(slug), await request.form()
    details, errors = read_programme(sent, found.own_policy)
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), found, 422)
    try:
        await edit_programme(found.id, details, by=staff.actor, now=now(), seen=seen_in(sent))
    except Refused as refused:
        return await _refused(staff, slug, typed(sent), refused)
    return see(f"{PATH}/{found.slug}", "gespeichert")


async def _refused(staff: SignedIn, slug: str, sent: dict[str, list[str]], refused: Refused) -> Response[bytes]:
    """With what was typed; after somebody else's change theirs stands beside it."""
    found, said = await _found(slug), _said(refused)
    if not is_outdated(refused):
        return await _form(staff, Filled(sent, said), found, 409)
    stored = await _stored(found)
    between = differences(stored, sent, programme_fields(), {"kind": _kinds()})
    return await _form(staff, Filled({**sent, SEEN: stored[SEEN]}, said), found, 409, between=between)


def _said(refused: Refused) -> dict[str, str]:
    return {"": " ".join(refusal_text(one, PATH) for one in refused.reasons)}


async def _found(slug: str) -> ProgrammeRow:
    found = await programme_by_slug(slug)
    if found is None:
        raise NotFound
    return found


async def _stored(found: ProgrammeRow) -> dict[str, Any]:
    """What stands in the fields, and which version that is."""
    return {**programme_values(found), SEEN: await version_of(Programme, found.id)}


def _kinds() -> list[tuple[str, str]]:
    return [(code, _(text)) for code, text in KINDS.items()]


def _effective(own: Mapping[str, object]) -> list[tuple[str, str]]:
    """Every rule as it counts, in words; what is meaningless without another one is left out."""
    rules = {**asdict(Policy()), **own}
    rules["minimum"] = rules["minimum"] or 0
    if not rules["minimum"]:
        rules["decide_minimum_hours"] = None
    if rules["certificate"] not in ("dates", "minutes"):
        rules["certificate_least"] = None
    return rules_in_words(rules)


async def _reminders(id: UUID) -> dict[Kind, InForce]:
    own = await of_owner(None, id)
    return {kind: in_force(kind, (), own) for kind in KINDS_OF_MAILS}


async def _form(
    staff: SignedIn,
    form: Filled,
    found: ProgrammeRow | None = None,
    status: Literal[200, 409, 422] = 200,
    notice: str = "",
    between: list[Difference] | None = None,
) -> Response[bytes]:
    return staff_page(
        "staff/planning/programme.html",
        staff,
        status=status,
        notice=notice,
        programme=found,
        form=form,
        kinds=_kinds(),
        families=sorted({one.family for one in await all_programmes() if one.family}),
        fundings=await funding_names(),
        dimensions=[(code, _(text)) for code, text in DIMENSIONS.items() if code != WITHOUT_VALUE],
        choices={**await event_choices(), **rule_choices()},
        rules=_effective(found.own_policy) if found else [],
        reminders=await _reminders(found.id) if found else {},
        differences=between or [],
        saved=await last_saved("programme", found.id) if found else "",
        lines=await told(await history_of("programme", found.id)) if found else [],
    )


handlers = (team(list_programmes, new_programme, add_programme, show_programme, save_programme),)
