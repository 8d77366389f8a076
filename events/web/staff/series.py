"""Series for staff: the list in their order, making one, its texts, publishing it and taking it back."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.history.queries import history_of
from events.kit.clock import now
from events.kit.forms import typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import gettext as _
from events.programme.actions import create_series
from events.programme.offer_forms import read_series, series_values
from events.programme.offered import SeriesRow, all_series, series_by_id
from events.programme.offering_changes import edit_series, move_series, publish_series
from events.programme.queries import programmes
from events.programme.tables import Series
from events.programme.versions import version_of
from events.web.errors import refusal_text
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import other_languages
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.planning_fields import text_fields
from events.web.staff.planning_versions import SEEN, Difference, differences, is_outdated, last_saved, seen_in

PATH = "/team/reihen"
ONE = f"{PATH}/{{series_id:uuid}}"

Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]


@get(PATH, guards=[needs("read_figures")])
async def list_series(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    return staff_page("staff/planning/series_list.html", staff, notice=meldung, found=await all_series())


@get(f"{PATH}/neu", guards=[needs("plan")])
async def new_series(staff: SignedIn) -> Response[bytes]:
    return await _form(staff, Filled())


@post(f"{PATH}/neu", guards=[needs("plan")])
async def add_series(request: Asked, staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    details, errors = read_series(sent)
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), status=422)
    return see(f"{PATH}/{await create_series(details, by=staff.actor, now=now())}", "gespeichert")


@get(ONE, guards=[needs("plan")])
async def show_series(staff: SignedIn, series_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    found = await _found(series_id)
    return await _form(staff, Filled(await _stored(found)), found, notice=meldung)


@post(ONE, guards=[needs("plan")])
async def save_series(request: Asked, staff: SignedIn, series_id: FromPath[UUID]) -> Response[Any]:
    found, sent = await _found(series_id), await request.form()
    details, errors = read_series(sent)
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), found, 422)
    try:
        await edit_series(found.id, details, by=staff.actor, now=now(), seen=seen_in(sent))
    except Refused as refused:
        return await _refused(staff, found.id, typed(sent), refused)
    return see(f"{PATH}/{found.id}", "gespeichert")


@post(f"{ONE}/veroeffentlichen", guards=[needs("plan")])
async def publish(request: Asked, staff: SignedIn, series_id: FromPath[UUID]) -> Response[Any]:
    wanted = "1" in (await request.form()).getall("published", [])
    await publish_series(series_id, wanted, by=staff.actor, now=now())
    return see(f"{PATH}/{series_id}", "reihe_oeffentlich" if wanted else "reihe_zurueck")


@post(f"{ONE}/verschieben", guards=[needs("plan")])
async def move(request: Asked, series_id: FromPath[UUID]) -> Response[Any]:
    await move_series(series_id, "up" in (await request.form()).getall("direction", []))
    return see(f"{PATH}#reihe-{series_id}")


async def _refused(staff: SignedIn, id: UUID, sent: dict[str, list[str]], refused: Refused) -> Response[bytes]:
    """With what was typed; after somebody else's change theirs stands beside it."""
    found = await _found(id)
    said = {"": " ".join(refusal_text(one, PATH) for one in refused.reasons)}
    if not is_outdated(refused):
        return await _form(staff, Filled(sent, said), found, 409)
    stored = await _stored(found)
    between = differences(stored, sent, _labels(), {"programme": await _programmes()})
    return await _form(staff, Filled({**sent, SEEN: stored[SEEN]}, said), found, 409, between=between)


async def _found(id: UUID) -> SeriesRow:
    found = await series_by_id(id)
    if found is None:
        raise NotFound
    return found


async def _stored(found: SeriesRow) -> dict[str, Any]:
    """What stands in the fields, and which version that is."""
    return {**series_values(found), SEEN: await version_of(Series, found.id)}


def _labels() -> dict[str, str]:
    return {"programme": _("Programm"), **text_fields()}


async def _programmes() -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for one in await programmes()]


async def _form(
    staff: SignedIn,
    form: Filled,
    found: SeriesRow | None = None,
    status: Literal[200, 409, 422] = 200,
    notice: str = "",
    between: list[Difference] | None = None,
) -> Response[bytes]:
    return staff_page(
        "staff/planning/series.html",
        staff,
        status=status,
        notice=notice,
        series=found,
        form=form,
        programmes=await _programmes(),
        other_languages=other_languages(),
        differences=between or [],
        saved=await last_saved("series", found.id) if found else "",
        lines=await told(await history_of("series", found.id)) if found else [],
    )


handlers = (team(list_series, new_series, add_series, show_series, save_series, publish, move),)
