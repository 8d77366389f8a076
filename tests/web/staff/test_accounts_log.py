"""The log of all changes: filtered, a page at a time with as many questions however long it is, and as a file."""

import re
from datetime import timedelta
from uuid import uuid4

from events.accounts.queries import staff_by_email
from events.history.actions import entry, note
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM, staff
from events.kit.database import queries_so_far
from events.programme.tables import Event, Venue
from tests.web.staff.conftest import NOW

LOG = "/team/protokoll"


async def changes(number, *, table=Event, verb="edited", by=SYSTEM, at=NOW, **more):
    await note(*[entry(verb, table, id=uuid4(), by=by, now=at, **more) for _ in range(number)])


async def test_each_filter_leaves_only_what_was_meant(browser):
    admin = await browser("admin")
    bernd = await staff_by_email("admin@example.org")
    await HistoryEntry.delete(force=True)
    await changes(1, reason="gestern", at=NOW - timedelta(days=1))
    await changes(1, reason="der Ort", table=Venue, verb="created", by=staff(bernd.id))
    shown = {
        "": {"gestern", "der Ort"},
        f"?person={bernd.id}": {"der Ort"},
        "?art=venue": {"der Ort"},
        "?was=edited": {"gestern"},
        "?von=2027-01-12": {"der Ort"},
        "?bis=2027-01-11": {"gestern"},
        "?art=venue&was=edited": set(),
    }
    for query, words in shown.items():
        for ending in ("", ".csv"):
            text = (await admin.get(LOG + ending + query)).text
            assert {word for word in ("gestern", "der Ort") if word in text} == words, query
    assert (await admin.get(f"{LOG}?von=gestern")).status_code == 422


async def test_what_is_called_the_same_is_one_choice_and_found_together(browser):
    admin = await browser("admin")
    await changes(1, verb="group_ended", reason="die Gruppe")
    await changes(1, verb="removed", reason="ganz weg")
    await changes(1, verb="group_removed", reason="vertippt")
    page = (await admin.get(LOG)).text
    (code,) = re.findall(r'<option value="(\w+)">entfernt</option>', page)
    page = (await admin.get(f"{LOG}?was={code}")).text
    assert "ganz weg" in page and "vertippt" in page and "die Gruppe" not in page


async def test_a_long_log_asks_as_little_as_a_short_one(browser):
    admin = await browser("admin")

    async def questions(path):
        before = queries_so_far()
        assert (await admin.get(path)).status_code == 200
        return queries_so_far() - before

    await questions(LOG)
    short = await questions(LOG)
    await changes(120)
    assert await questions(f"{LOG}?seite=2") <= short
    page = (await admin.get(f"{LOG}?art=event&seite=3")).text
    assert "120 Einträge" in page and "art=event&amp;seite=1" in page and page.count("Veranstaltung: geändert") == 20


async def test_a_file_holds_no_formula(browser):
    admin = await browser("admin")
    await changes(1, reason="=HYPERLINK(1)")
    answer = await admin.get(f"{LOG}.csv")
    assert ";'=HYPERLINK" in answer.text and "protokoll-2027-01-12.csv" in answer.headers["content-disposition"]


async def test_a_file_of_a_filter_that_cannot_be_read_is_not_the_file_of_everything(browser):
    admin = await browser("admin")
    answer = await admin.get(f"{LOG}.csv?von=gestern")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{LOG}?von=gestern")
    assert (await admin.get(answer.headers["location"])).status_code == 422
