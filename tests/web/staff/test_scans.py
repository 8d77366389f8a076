"""Signed lists as files: what is taken, who opens them, how long they stay."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from events.accounts.queries import staff_by_email
from events.attendance.sheets.scans import MOST, add_scan, due_scans, remove_scans, scans_of
from events.kit.actor import SYSTEM
from events.kit.clock import berlin
from events.kit.refusals import NotFound, Refused
from events.kit.uploads import LARGEST, checked, read
from events.programme.actions import add_trainer
from tests.factories import make_event
from tests.web.staff.conftest import NOW

PDF = b"%PDF-1.7\n<script>alert(1)</script>"
UNTIL = {"keep_until": "2030-01-01"}


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def held():
    return await make_event("Lebenskunde", starts_in=timedelta(days=-1))


def here(event):
    return f"/team/anwesenheit/{event.dates[0].id}/listen"


def sheet(content=PDF, name="Liste Müller.pdf"):
    return {"file": (name, content)}


async def test_a_signed_list_is_handed_in_taken_out_and_removed_and_history_knows(bernd, browser):
    event = await held()
    assert (await bernd.post(here(event), files=sheet())).status_code == 303
    (one,) = await scans_of(event.dates[0].id)
    assert one.keep_until == date(2032, 12, 31)
    page = (await bernd.get(here(event))).text
    assert "Liste Müller.pdf" in page and "31. Dezember 2032" in page
    answer = await bernd.get(f"{here(event)}/{one.id}")
    assert answer.content == PDF and answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith('attachment; filename="liste-mueller.pdf"')
    keep = f"keep-{one.id}-keep_until"
    assert (await bernd.post(f"{here(event)}/{one.id}/frist", data={keep: "2037-12-31"})).status_code == 303
    assert (await scans_of(event.dates[0].id))[0].keep_until == date(2037, 12, 31)
    assert (await bernd.post(f"{here(event)}/{one.id}/entfernen")).status_code == 303
    assert await scans_of(event.dates[0].id) == [] and (await bernd.get(f"{here(event)}/{one.id}")).status_code == 404
    with pytest.raises(NotFound):
        await read(one.stored_as)
    told = (await bernd.get(f"/team/verlauf/event/{event.id}")).text
    assert "Unterschriebene Liste: Datei hinzugefügt" in told and "Unterschriebene Liste: Datei entfernt" in told


@pytest.mark.parametrize(
    ("files", "fields", "field"),
    [
        ({}, {}, "file"),
        (sheet(b"", "leer.pdf"), {}, "file"),
        (sheet(b"<html>", "liste.html"), {}, "file"),
        (sheet(b"<html>", "liste.pdf"), {}, "file"),
        (sheet(b"%PDF-" + b"x" * LARGEST), {}, "file"),
        (sheet(), {"keep_until": "2027-01-11"}, "keep_until"),
        (sheet(), {"keep_until": "2038-01-01"}, "keep_until"),
        (sheet(), {"keep_until": "bald"}, "keep_until"),
    ],
)
async def test_what_is_no_list_or_kept_wrongly_is_refused_by_its_field(bernd, files, fields, field):
    event = await held()
    answer = await bernd.post(here(event), files=files or None, data=fields)
    assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text
    assert await scans_of(event.dates[0].id) == []


async def test_a_trainer_hands_in_for_own_dates_and_takes_nothing_out(browser, bernd):
    own, other = await held(), await held()
    trainer = await browser("trainer")
    staff = await staff_by_email("trainer@example.org")
    await add_trainer(staff.id, event_id=own.id, by=SYSTEM, now=NOW)
    assert (await trainer.post(here(own), files=sheet())).status_code == 303
    (one,) = await scans_of(own.dates[0].id)
    assert "Liste Müller.pdf" in (await trainer.get(here(own))).text
    assert (await trainer.get(f"{here(own)}/{one.id}")).status_code == 404
    assert (await trainer.post(f"{here(own)}/{one.id}/entfernen")).status_code == 404
    assert (await trainer.get(here(other))).status_code == 404
    assert (await trainer.post(here(other), files=sheet())).status_code == 404
    # Nor does the office find it under another date.
    assert (await bernd.get(f"{here(other)}/{one.id}")).status_code == 404
    assert (await bernd.post(f"{here(other)}/{one.id}/entfernen")).status_code == 404


async def test_what_is_due_goes_with_its_bytes_and_not_a_day_earlier(db):
    event = await held()
    date_id = event.dates[0].id
    await add_scan(date_id, checked("a.pdf", PDF), date(2027, 1, 31), by=SYSTEM, now=NOW)
    await add_scan(date_id, checked("b.pdf", PDF), date(2030, 1, 31), by=SYSTEM, now=NOW + timedelta(seconds=1))
    first, second = await scans_of(date_id)
    assert await due_scans(berlin(date(2027, 1, 31), NOW.time())) == []
    await remove_scans(await due_scans(berlin(date(2027, 2, 1), NOW.time())))
    assert [one.id for one in await scans_of(date_id)] == [second.id]
    assert await read(second.stored_as) == PDF
    with pytest.raises(NotFound):
        await read(first.stored_as)


async def test_no_date_fills_the_disk(db):
    event = await held()
    for number in range(MOST):
        await add_scan(event.dates[0].id, checked(f"{number}.pdf", PDF), date(2030, 1, 1), by=SYSTEM, now=NOW)
    with pytest.raises(Refused):
        await add_scan(event.dates[0].id, checked("zu-viel.pdf", PDF), date(2030, 1, 1), by=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        await add_scan(uuid4(), checked("fremd.pdf", PDF), date(2030, 1, 1), by=SYSTEM, now=NOW)
