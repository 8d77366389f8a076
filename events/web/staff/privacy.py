"""What is erased by itself and when: what is due next, what waits, what was done, and the record of what is stored."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import QueryParameter

from events.history.queries import history_of
from events.history.wording import KINDS
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.translation import gettext as _
from events.kit.translation import localized
from events.privacy.by_age import due_by_age
from events.privacy.clock_work import LOG, erase_due, last_day
from events.privacy.inventory import INVENTORY
from events.privacy.retention import due, titles_of_waiting
from events.privacy.retention_words import AFTER, BY_AGE, in_words
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import see, staff_page
from events.web.staff.history import told

PATH = "/team/datenschutz"
Text = Annotated[str, QueryParameter(max_length=60)]


@get(PATH, guards=[needs("set_up")])
async def show_privacy(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    found = await due(now(), by_age_too=False)
    waiting = await titles_of_waiting(found.waiting)
    return staff_page(
        "staff/privacy/overview.html",
        staff,
        notice=meldung,
        due=list(in_words(found)),
        is_nothing=found.is_nothing,
        waiting=[(id, localized(title).text, number) for id, title, number in waiting],
        last_day=await last_day(),
        lines=await told(await history_of("instance_fact", LOG)),
    )


@post(PATH + "/loeschen", guards=[needs("set_up")])
async def erase_now() -> Response[Any]:
    """The same that the night would do: as if the clock had."""
    await erase_due(by=SYSTEM, now=now())
    return see(PATH, "faelliges_geloescht")


@get(PATH + "/fristen", guards=[needs("set_up")])
async def show_periods(staff: SignedIn) -> Response[bytes]:
    """What goes by its age, after which time, and how much of it is due."""
    found = await due_by_age(now())
    rules = [(_(text), _(AFTER[name]), len(found.get(name, ()))) for name, text in BY_AGE.items()]
    return staff_page("staff/privacy/periods.html", staff, rules=rules)


@get(PATH + "/verzeichnis", guards=[needs("set_up")])
async def show_inventory(staff: SignedIn) -> Response[bytes]:
    """What stands in which column, why, on which basis and how long (Art. 30 DSGVO)."""
    return staff_page("staff/privacy/inventory.html", staff, tables=_by_use())


def _by_use() -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """By table: columns of one use together, with purpose, legal basis and retention."""
    found = []
    for table, columns in INVENTORY.items():
        uses: dict[Any, list[str]] = {}
        for column, use in columns.items():
            uses.setdefault(use, []).append(column)
        personal = [
            (", ".join(names), _(use.purpose), use.basis or "", _(use.kept))
            for use, names in uses.items()
            if use.is_personal
        ]
        if personal:
            found.append((f"{_(KINDS[table])} ({table})" if table in KINDS else table, personal))
    return found


handlers = (team(show_privacy, erase_now, show_periods, show_inventory),)
