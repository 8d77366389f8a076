"""The roll call without JavaScript, from the first tap to the closed date and its correction."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from events.attendance.actions import record_headcounts
from events.attendance.queries import roll
from events.attendance.tables import AttendanceMark, Headcount
from events.evidence.queries import evidence_of
from events.kit.actor import SYSTEM
from events.kit.clock import standing_at
from events.registration.actions import register
from events.registration.signup import SignUp
from tests.attendance.story import counted
from tests.factories import make_event
from tests.people import AMIRA, DORIAN
from tests.web.staff.conftest import NOW

AFTER = NOW + timedelta(hours=5)


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


@pytest.fixture
async def event(db):
    """In an hour, with Amira (three of them) and Dorian on the list."""
    event = await make_event(
        starts_in=timedelta(hours=1), policy={"max_party": 5, "dimensions": ["people", "language"]}
    )
    for person in (replace(AMIRA, party=3), DORIAN):
        await register(SignUp((event.id,), (person,), person.email, source="office"), by=SYSTEM, now=NOW)
    return event


async def fields_of(client, event, form="") -> dict[str, str]:
    """What a browser would send of a form of the page, nothing chosen."""
    page = (await client.get(f"/team/anwesenheit/{event.dates[0].id}")).text
    part = next(
        text for text in page.split("<form")[1:] if f'action="/team/anwesenheit/{event.dates[0].id}{form}"' in text
    )
    tags = re.findall(r"<input[^>]*>", part)
    fields = {}
    for tag in tags:
        if 'type="radio"' in tag and " checked" not in tag:
            continue
        value = re.search(r'value="([^"]*)"', tag)
        fields[re.search(r'name="([^"]*)"', tag)[1]] = value[1] if value else ""
    return fields


def line_of(fields, shown, name) -> str:
    subject = next(str(row.subject) for row in shown.rows if row.name.startswith(name))
    return next(key for key, value in fields.items() if value == subject).removesuffix("subject")


async def marks(event):
    return {row.name: row.mark for row in (await roll(event.dates[0].id)).rows}


async def send(client, event, fields, form=""):
    answer = await client.post(f"/team/anwesenheit/{event.dates[0].id}{form}", data=fields)
    assert answer.status_code == 303, answer.text
    return (await client.get(answer.headers["location"])).text


async def test_who_came_is_ticked_and_saved(bernd, event):
    fields = await fields_of(bernd, event)
    shown = await roll(event.dates[0].id)
    fields |= {line_of(fields, shown, "Amira") + "mark": "present", line_of(fields, shown, "Amira") + "party": "2"}
    fields |= {line_of(fields, shown, "Dorian") + "mark": "excused"}
    page = await send(bernd, event, fields)
    assert await marks(event) == {"Amira Haddad": "present", "Dorian Weiß": "excused"}
    assert "Zählt als 2 Personen." in page


async def test_a_page_sent_twice_says_it_once_and_the_unchanged_is_not_said_again(bernd, event):
    fields = await fields_of(bernd, event)
    fields[line_of(fields, await roll(event.dates[0].id), "Amira") + "mark"] = "present"
    await send(bernd, event, fields)
    await send(bernd, event, fields)
    assert await AttendanceMark.count() == 1
    await send(bernd, event, await fields_of(bernd, event))
    assert await AttendanceMark.count() == 1


async def test_going_back_and_choosing_otherwise_counts(bernd, event):
    fields = await fields_of(bernd, event)
    line = line_of(fields, await roll(event.dates[0].id), "Dorian")
    await send(bernd, event, {**fields, line + "mark": "present"})
    await send(bernd, event, {**fields, line + "mark": "absent"})
    assert (await marks(event))["Dorian Weiß"] == "absent"


async def test_two_people_marking_at_once_do_not_undo_each_other(browser, event):
    bernd, admin = await browser("organiser"), await browser("admin")
    first, second = await fields_of(bernd, event), await fields_of(admin, event)
    shown = await roll(event.dates[0].id)
    await send(bernd, event, {**first, line_of(first, shown, "Amira") + "mark": "present"})
    await send(admin, event, {**second, line_of(second, shown, "Dorian") + "mark": "late"})
    assert await marks(event) == {"Amira Haddad": "present", "Dorian Weiß": "late"}


async def test_one_button_marks_everybody_of_whom_nothing_is_said(bernd, event):
    fields = await fields_of(bernd, event)
    fields[line_of(fields, await roll(event.dates[0].id), "Dorian") + "mark"] = "absent"
    page = await send(bernd, event, {**fields, "rest": "present"})
    assert await marks(event) == {"Amira Haddad": "present", "Dorian Weiß": "absent"}
    assert "Zählt als 3 Personen." in page


async def test_a_wrong_number_is_told_at_its_field_and_nothing_is_saved(bernd, event):
    fields = await fields_of(bernd, event)
    line = line_of(fields, await roll(event.dates[0].id), "Amira")
    fields |= {line + "mark": "present", line + "party": "null"}
    answer = await bernd.post(f"/team/anwesenheit/{event.dates[0].id}", data=fields)
    assert answer.status_code == 422
    assert f'id="f-{line}party-error"' in answer.text and f'name="{line}mark" value="present" checked' in answer.text
    assert await AttendanceMark.count() == 0


async def test_who_came_without_signing_up_is_added_once(bernd, event):
    fields = await fields_of(bernd, event, "/dazu")
    fields |= {"name": "Leyla", "city": "Herten"}
    await send(bernd, event, fields, "/dazu")
    page = await send(bernd, event, fields, "/dazu")
    assert (await marks(event))["Leyla"] == "present" and await AttendanceMark.count() == 1
    assert "ohne Anmeldung" in page
    fields = await fields_of(bernd, event)
    line = line_of(fields, await roll(event.dates[0].id), "Leyla")
    await send(bernd, event, {**fields, line + "mark": "absent"})
    leyla = next(row for row in (await roll(event.dates[0].id)).rows if row.walk_in)
    assert (leyla.name, leyla.city, leyla.present) == ("Leyla", "Herten", False)


async def count_of(fields, dimension, value) -> str:
    for key, found in fields.items():
        if key.endswith("-value") and found == value and fields[key.replace("-value", "-dimension")] == dimension:
            return key.removesuffix("value") + "heads"
    raise AssertionError(value)


async def test_heads_are_counted_by_station_and_added_up(bernd, event):
    fields = await fields_of(bernd, event, "/zaehlung")
    fields |= {await count_of(fields, "people", "women"): "7", await count_of(fields, "people", "children"): "2"}
    await send(bernd, event, fields, "/zaehlung")
    page = await send(bernd, event, fields, "/zaehlung")
    assert await Headcount.count() == 2
    assert "Zählt als 9 Personen." in page and "Alle im Raum gezählt: 9." in page
    await send(bernd, event, {**fields, "station": "Saal 2"}, "/zaehlung")
    shown = await roll(event.dates[0].id)
    assert shown.everyone == 18
    page = (await bernd.get(f"/team/anwesenheit/{event.dates[0].id}?stelle=Saal+2")).text
    assert 'value="Saal 2"' in page and 'value="7"' in page


async def test_an_emptied_count_is_none(bernd, event):
    fields = await fields_of(bernd, event, "/zaehlung")
    women = await count_of(fields, "people", "women")
    await send(bernd, event, {**fields, women: "7"}, "/zaehlung")
    fields = await fields_of(bernd, event, "/zaehlung")
    assert fields[women] == "7"
    await send(bernd, event, {**fields, women: ""}, "/zaehlung")
    assert (await roll(event.dates[0].id)).everyone == 0


async def test_a_typed_language_is_the_one_that_is_meant_and_a_number_needs_a_word(bernd, event):
    fields = await fields_of(bernd, event, "/zaehlung")
    open_row = next(key for key, value in fields.items() if key.endswith("-dimension") and value == "language"
                    and not fields.get(key.replace("-dimension", "-value")))  # fmt: skip
    line = open_row.removesuffix("dimension")
    answer = await bernd.post(f"/team/anwesenheit/{event.dates[0].id}/zaehlung", data={**fields, line + "heads": "4"})
    assert answer.status_code == 422 and f'id="f-{line}value-error"' in answer.text
    await send(bernd, event, {**fields, line + "value": "arabisch", line + "heads": "4"}, "/zaehlung")
    (count,) = (await roll(event.dates[0].id)).counts
    assert (count.dimension, count.value, count.heads) == ("language", "ar", 4)


async def test_about_a_date_that_lies_ahead_nothing_can_be_said(bernd):
    event = await make_event(starts_in=timedelta(days=9))
    page = (await bernd.get(f"/team/anwesenheit/{event.dates[0].id}")).text
    assert "24 Stunden vor dem Beginn" in page
    walk_in = {"page": "5b1f7a44-9b6a-4f4f-8f0a-0c2f6f6f0001", "name": "Leyla", "consented": "on"}
    answer = await bernd.post(f"/team/anwesenheit/{event.dates[0].id}/dazu", data=walk_in)
    assert answer.status_code == 409


async def test_closing_shows_first_what_will_be_counted(bernd, event):
    await send(bernd, event, {**await fields_of(bernd, event), "rest": "present"})
    path = f"/team/anwesenheit/{event.dates[0].id}/abschluss"
    assert "noch nicht vorbei" in (await bernd.get(path)).text
    with standing_at(AFTER):
        page = (await bernd.get(path)).text
        assert "Das wird gezählt" in page and "180 Minuten" in page
        assert not await evidence_of([event.dates[0].id])
        answer = await bernd.post(path, data={"countable_minutes": "135", "note": "ohne Pause"})
        assert "ist abgeschlossen" in (await bernd.get(answer.headers["location"])).text
        assert (await bernd.post(path, data={})).status_code == 409
    (row,) = (await evidence_of([event.dates[0].id]))[event.dates[0].id]
    assert (row.registered, row.participations, row.heads, row.countable_minutes) == (4, 2, 4, 135)


async def test_closing_says_of_whom_nothing_is_known(bernd, event):
    with standing_at(AFTER):
        page = (await bernd.get(f"/team/anwesenheit/{event.dates[0].id}/abschluss")).text
    assert "Ohne Angabe auf der Liste: 2." in page


async def test_numbers_that_contradict_each_other_are_explained_before_closing(bernd, event):
    await record_headcounts(event.dates[0].id, [counted(1, "total", "")], by=SYSTEM, now=NOW + timedelta(hours=2))
    await send(bernd, event, {**await fields_of(bernd, event), "rest": "present"})
    path = f"/team/anwesenheit/{event.dates[0].id}/abschluss"
    with standing_at(AFTER):
        assert "Im Raum wurden 1 gezählt" in (await bernd.get(path)).text
        refused = await bernd.post(path, data={"countable_minutes": "90"})
        assert refused.status_code == 422
        assert "Bitte schreiben Sie dazu" in refused.text and 'value="90"' in refused.text
        assert not await evidence_of([event.dates[0].id])
        said = {"note": "Die Letzten kamen nach dem Zählen.", "is_estimated": "on"}
        answer = await bernd.post(path, data=said)
        assert "Geschätzt." in (await bernd.get(answer.headers["location"])).text
        report = await bernd.get("/team/auswertung?jahr=2027")
    assert "rund 4 Teilnehmende" in report.text and "Termine mit geschätzten Zahlen" in report.text


async def test_what_comes_late_is_a_correction_beside_the_first_figures(bernd, event):
    path = f"/team/anwesenheit/{event.dates[0].id}"
    with standing_at(AFTER):
        await bernd.post(f"{path}/abschluss", data={})
        assert (await bernd.post(f"{path}/berichtigung", data={})).status_code == 422
        assert (await bernd.post(f"{path}/berichtigung", data={"note": "Nur so"})).status_code == 409
        await send(bernd, event, {**await fields_of(bernd, event), "rest": "present"})
        assert "abgeschlossen" in (await bernd.get(path)).text
        answer = await bernd.post(f"{path}/berichtigung", data={"note": "Liste lag im Auto"})
        page = (await bernd.get(answer.headers["location"])).text
    assert "Berichtigung</th>" in page and "Gilt jetzt" in page and "Liste lag im Auto" in page and "+" in page
    rows = (await evidence_of([event.dates[0].id]))[event.dates[0].id]
    assert [row.heads for row in rows] == [0, 4]


async def test_every_field_of_the_counting_has_a_name_of_its_own(bernd, event):
    page = (await bernd.get(f"/team/anwesenheit/{event.dates[0].id}")).text
    ids = re.findall(r' id="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)
    fields = await fields_of(bernd, event, "/zaehlung")
    blank = [key.removesuffix("value") for key in fields if key.endswith("-value") and f'id="f-{key}"' in page]
    for prefix, language, heads in zip(blank, ("Paschtu", "Tigrinya"), ("3", "4"), strict=True):
        fields |= {f"{prefix}value": language, f"{prefix}heads": heads}
    await send(bernd, event, fields, "/zaehlung")
    counted = {one.value: one.heads for one in (await roll(event.dates[0].id)).counts}
    assert counted == {"ps": 3, "ti": 4}


async def test_a_wrong_number_is_told_with_the_name_it_stands_beside(bernd, event):
    fields = await fields_of(bernd, event)
    line = line_of(fields, await roll(event.dates[0].id), "Amira")
    answer = await bernd.post(f"/team/anwesenheit/{event.dates[0].id}", data={**fields, f"{line}party": "0"})
    assert "Amira Haddad: Bitte geben Sie eine Zahl" in answer.text


async def test_the_list_for_the_phone_says_where_else_this_person_may_go(bernd, event):
    answer = await bernd.get(f"/team/anwesenheit/{event.dates[0].id}/liste.json")
    assert answer.headers["cache-control"] == "no-store"
    ways = [address for _text, address in answer.json()["links"]]
    assert f"/team/anwesenheit/{event.dates[0].id}/abschluss" in ways
    for address in ways:
        assert (await bernd.get(address)).status_code == 200, address


async def test_the_page_that_is_kept_names_nobody_and_no_date(bernd, event):
    page = (await bernd.get("/team/anwesenheit/ohne-netz")).text
    worker = await bernd.get("/team/anwesenheit/sw.js")
    assert "Bernd" not in page.partition("<main")[0] and str(event.dates[0].id) not in page
    assert worker.headers["content-type"].startswith("text/javascript")
    kept = json.loads(worker.text.partition("const SETTINGS = ")[2].partition(";\n")[0])["kept"]
    for address in kept:
        assert (await bernd.get(address)).status_code == 200, address


async def test_a_sending_nested_without_end_is_the_fault_of_a_program(browser):
    bernd, event = await browser("organiser"), await make_event()
    endless = '{"device": "phone-one-1", "marks": [' + "[" * 20_000 + "]" * 20_001 + "}"
    answer = await bernd.post(f"/team/anwesenheit/{event.dates[0].id}/fakten", content=endless)
    assert answer.status_code == 400
