"""Who changed a record and when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from events.accounts.queries import names_of
from events.accounts.rules import may
from events.certificates.tables import Certificate
from events.history.queries import MOST, HistoryLine, history_of
from events.history.wording import sentence
from events.kit.refusals import NotFound
from events.kit.translation import N_
from events.kit.translation import gettext as _
from events.programme.tables import Event
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import staff_page
from events.web.staff.history_words import facts_in_words

OUTLIVE_THEIR_HISTORY = {"event": Event, "certificate": Certificate}
"""Their pages lead here long after the time for which changes are kept is over."""

OF_ACCOUNTS = ("staff_member",)

BESIDE_STAFF = {
    "person": N_("Person selbst"),
    "organisation": N_("Organisation, über ihren Link"),
    "system": N_("System"),
}


@dataclass(frozen=True)
class Told:
    """One line of history in words."""

    at: datetime
    who: str
    what: str
    reason: str
    facts: str


@get("/team/verlauf/{kind:str}/{record_id:uuid}", guards=[needs("read_history")])
async def show_history(
    staff: SignedIn, kind: FromPath[str], record_id: FromPath[UUID], alles: FromQuery[bool] = False
) -> Response[bytes]:
    """Of an event first what was planned: hundreds of registrations would hide it."""
    if kind in OF_ACCOUNTS and not may(staff.role, "manage_staff"):
        raise NotFound
    found = await history_of(kind, record_id, people=alles)
    if not found and not await _is_there(kind, record_id):
        raise NotFound
    return staff_page(
        "staff/history/record.html",
        staff,
        lines=await told(found),
        kind=kind,
        record_id=record_id,
        everything=alles,
        is_cut=len(found) == MOST,
    )


async def _is_there(kind: str, id: UUID) -> bool:
    table = OUTLIVE_THEIR_HISTORY.get(kind)
    return table is not None and await table.exists().where(table._meta.primary_key == id)


async def told(lines: list[HistoryLine]) -> list[Told]:
    """The lines in words, with the names of the staff behind them."""
    names = await names_of({line.staff_id for line in lines if line.staff_id})
    return [
        Told(
            line.at,
            _who(line, names),
            sentence(line.about_kind, line.verb),
            line.reason,
            facts_in_words(line.facts, line.about_kind),
        )
        for line in lines
    ]


def _who(line: HistoryLine, names: dict[UUID, str]) -> str:
    if line.staff_id:
        return names.get(line.staff_id, _("Team"))
    return _(BESIDE_STAFF[line.actor.partition(":")[0]])


handlers = (team(show_history),)
