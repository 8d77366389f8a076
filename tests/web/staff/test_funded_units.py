"""Funded units on the website: entering, signing a year off, correcting; nobody overwrites silently."""

import csv
import json
import re

from events.evidence.beside import FundedEntry, enter_funded_units
from events.evidence.tables import FundedUnit
from events.kit.actor import SYSTEM
from tests.web.staff.conftest import NOW

PATH = "/team/bausteine"
TYPED = {"funding": "KOMM-AN NRW", "year": "2027", "unit": "Räume", "applied": "9", "measure": ""}


async def test_a_year_is_entered_signed_and_corrected(browser):
    bernd, carla = await browser("organiser"), await browser("reader")
    assert "Noch kein Baustein" in (await carla.get(PATH)).text
    missing = await bernd.post(f"{PATH}/neu", data={**TYPED, "unit": "", "applied": "viele"})
    assert missing.status_code == 422 and 'value="viele"' in missing.text
    assert (await bernd.post(f"{PATH}/neu", data=TYPED)).status_code == 303
    assert (await bernd.post(f"{PATH}/neu", data=TYPED)).status_code == 409
    for path in (f"{PATH}/neu", "/team/programme/neu"):
        assert '<option value="KOMM-AN NRW"></option>' in (await bernd.get(path)).text
    page = (await carla.get(PATH)).text
    assert "KOMM-AN NRW 2027" in page and "abschließen" not in page
    (unit,) = re.findall(rf'href="{PATH}/([0-9a-f-]{{36}})"', page)
    form = (await bernd.get(f"{PATH}/{unit}")).text
    seen = re.search(r'name="seen" value="([^"]+)"', form)[1]
    assert (await bernd.post(f"{PATH}/{unit}", data={**TYPED, "applied": "10", "seen": seen})).status_code == 303
    stale = await bernd.post(f"{PATH}/{unit}", data={**TYPED, "applied": "11", "seen": seen})
    assert stale.status_code == 409 and "jemand anderes" in stale.text and 'value="11"' in stale.text

    assert "KOMM-AN NRW 2027: 0 von 10 Maßnahmen umgesetzt" in (await carla.get("/team/")).text
    query = "?foerderung=KOMM-AN+NRW&jahr=2027"
    preview = (await bernd.get(f"{PATH}/jahresabschluss{query}")).text
    sent = dict(re.findall(r'type="hidden" name="(foerderung|jahr|seen)" value="([^"]+)"', preview))
    refused = await bernd.post(f"{PATH}/jahresabschluss", data={**sent, "seen": "x"})
    assert refused.status_code == 409 and "noch einmal" in refused.text
    assert (await bernd.post(f"{PATH}/jahresabschluss", data=sent)).status_code == 303
    assert "Prüfwert: unverändert" in (await carla.get(PATH)).text
    assert "umgesetzt" not in (await carla.get("/team/")).text
    assert (await bernd.post(f"{PATH}/{unit}/entfernen")).status_code == 409
    answer = await bernd.post(f"{PATH}/{unit}/berichtigung", data={"number": "applied", "change": "-1", "reason": ""})
    assert answer.status_code == 422
    said = {"number": "applied", "change": "-1", "reason": "Tippfehler im Antrag"}
    assert (await bernd.post(f"{PATH}/{unit}/berichtigung", data=said)).status_code == 303
    assert "Tippfehler im Antrag" in (await carla.get(f"{PATH}/{unit}")).text
    (row,) = json.loads((await carla.get(f"{PATH}.json")).text)
    assert (row["applied"], row["carried_out"], len(row["hash"])) == (9, None, 64)


async def test_a_year_without_units_is_not_there_and_files_open_in_spreadsheets(browser):
    bernd = await browser("organiser")
    assert (await bernd.get(f"{PATH}/jahresabschluss?foerderung=X&jahr=2027")).status_code == 404
    assert (await bernd.get(f"{PATH}/jahresabschluss")).headers["location"].endswith(PATH)
    entry = FundedEntry("=cmd|' /c calc'!A1", 2027, "Räume", applied=3)
    (unit,) = await enter_funded_units([entry], by=SYSTEM, now=NOW)
    rows = list(csv.reader((await bernd.get(f"{PATH}.csv")).text.splitlines(), delimiter=";"))
    assert rows[1][0].startswith("'=") and rows[1][5] == "3"
    assert (await bernd.post(f"{PATH}/{unit}/entfernen")).status_code == 303
    assert await FundedUnit.count() == 0
