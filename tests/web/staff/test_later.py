"""Capturing afterwards: from a signed list, a count, a call; each with the time it says."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.attendance.queries import roll
from events.attendance.tables import AttendanceMark
from events.registration.queries import registrations_of
from events.registration.signup import Person
from tests.attendance.story import record, sign_up, was
from tests.factories import make_event

DAY = "2026-12-22"  # three weeks ago, longer than any phone is offline
PEOPLE = (Person("Amira", "Haddad", "amira@example.org"), Person("Bodo", "Ahrens"), Person("Cem", "Yıldız", party=3))


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


@pytest.fixture
async def event(db):
    made = await make_event("Lebenskunde", starts_in=timedelta(days=-21))
    await sign_up(made, *PEOPLE)
    return made


def here(event):
    return f"/team/anwesenheit/{event.dates[0].id}/nachtrag"


def form(*lines, **fields):
    """`lines`: what is said of whom, in the order of the list."""
    sent = {"page": str(uuid4()), "origin": "signed", "said_on": DAY, "said_at": "20:30", "scope": "everyone"}
    for number, (subject, mark) in enumerate(lines):
        sent |= {f"line-{number}-subject": str(subject), f"line-{number}-mark": mark}
    return {**sent, **fields}


async def subjects(event):
    return [row.subject for row in (await roll(event.dates[0].id)).rows]


async def test_a_signed_list_is_captured_with_its_time_and_twice_sent_is_once_said(bernd, event):
    bodo, amira, cem = await subjects(event)
    walk_in = {
        "walk-0-name": "Яна Шевченко",
        "walk-0-city": "Marl",
        "walk-1-organisation_name": "Kita",
        "walk-1-party": "2",
    }
    counts = {"count-0-dimension": "total", "count-0-value": "", "count-0-heads": "9"}
    sent = form((bodo, "present"), (amira, "left_early"), rest="absent", **walk_in, **counts)
    sent |= {"line-2-subject": str(cem)}
    for _again in range(2):
        assert (await bernd.post(here(event), data=sent)).status_code == 303
    found = await roll(event.dates[0].id)
    assert [(row.name, row.mark) for row in found.rows[:3]] == [
        ("Bodo Ahrens", "present"), ("Amira Haddad", "left_early"), ("Cem Yıldız", "absent"),
    ]  # fmt: skip
    assert {(row.name, row.mark, row.party) for row in found.rows[3:]} == {
        ("Яна Шевченко", "present", 1),
        ("", "present", 2),
    }
    assert (found.named_heads, found.everyone) == (5, 9)
    marks = await AttendanceMark.select()
    assert len(marks) == 5 and {mark["source"] for mark in marks} == {"later", "walk_in"}
    assert {mark["noted_at"].isoformat() for mark in marks} == {"2026-12-22T19:30:00+00:00"}
    page = (await bernd.get(here(event))).text
    assert "Bisher: Früher gegangen" in page and "Unterschriebene Liste, Dienstag, 22. Dezember 2026" in page
    assert "Anwesenheit nachgetragen" in (await bernd.get(f"/team/verlauf/event/{event.id}")).text


async def test_what_was_said_on_the_day_is_shown_and_stays_unless_it_is_changed(bernd, event):
    bodo, amira, _cem = await subjects(event)
    await record(event.dates[0].id, was(bodo), was(amira, "absent"))
    page = (await bernd.get(here(event))).text
    assert "Bisher: Anwesend" in page and "Bisher: Nicht da" in page
    sent = form((bodo, "present"), (amira, "excused"), origin="told", said_on="2026-12-21", said_at="09:00")
    sent |= {"line-0-was": "present:1", "line-1-was": "absent:1"}
    assert (await bernd.post(here(event), data=sent)).status_code == 303
    later = [mark["subject"] for mark in await AttendanceMark.select() if mark["source"] == "later"]
    assert later == [amira]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"origin": ""}, "origin"),
        ({"origin": "rumour"}, "origin"),
        ({"said_on": ""}, "said_on"),
        ({"said_on": "2027-01-13"}, "said_on"),  # tomorrow
        ({"said_on": "2026-12-21"}, "said_on"),  # a list of the day before
        ({"walk-0-party": "0"}, "walk-0-party"),
        ({"walk-0-name": "Amira Haddad"}, "walk-0-name"),  # on the list already
        ({"origin": "told", "walk-0-name": "Dana"}, "walk-0-name"),  # who has not signed has not agreed
        ({"count-0-dimension": "total", "count-0-heads": "99999"}, "count-0-heads"),
        ({"line-0-mark": ""}, ""),  # nothing new
    ],
)
async def test_impossible_things_are_refused_and_nothing_typed_is_lost(bernd, event, fields, field):
    bodo = (await subjects(event))[0]
    sent = form((bodo, "late"), **{"walk-3-name": "Elif Kaya", "walk-3-city": "Herten", **fields})
    if not field:
        sent |= {"walk-3-name": "", "walk-3-city": ""}
    answer = await bernd.post(here(event), data=sent)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text if field else "das neu ist" in answer.text
    assert not field or "Elif Kaya" in answer.text
    assert await AttendanceMark.count() == 0


async def test_a_date_ahead_and_foreign_people_are_refused(bernd, event):
    ahead = await make_event("Morgen", starts_in=timedelta(days=7))
    assert "Termin liegt noch in der Zukunft" in (await bernd.get(here(ahead))).text
    assert (await bernd.post(here(ahead), data=form())).status_code == 409
    (foreign,) = await sign_up(ahead, Person("Fremd"))
    answer = await bernd.post(here(event), data=form((foreign, "present")))
    assert answer.status_code == 422 and await AttendanceMark.count() == 0
    assert len(await registrations_of(ahead.id)) == 1
