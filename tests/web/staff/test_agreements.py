"""The pages of cooperation agreements: list, form, ending, files."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from events.kit.actor import SYSTEM
from events.kit.uploads import LARGEST
from events.programme.agreement_actions import create_agreement
from events.programme.agreement_rules import AgreementDetails
from events.programme.agreements import agreement_by_id, agreements, agreements_running_out, files_of
from events.web.templating import environment
from tests.factories import make_organisation, make_programme
from tests.web.staff.conftest import NOW

PATH = "/team/vereinbarungen"
TODAY = NOW.date()
DAY = timedelta(days=1)
PDF = b"%PDF-1.7\n<script>alert(1)</script>"


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


@pytest.fixture
async def carla(browser):
    return await browser("reader")


async def make_agreement(name="Kita-Werk", programme="Griffbereit", starts_on=TODAY - DAY, ends_on=None):
    body, offer = await make_organisation(name, "body"), await make_programme(programme)
    return await create_agreement(AgreementDetails(body, offer, starts_on, ends_on), by=SYSTEM, now=NOW)


async def filled(**fields):
    body, programme = await make_organisation("Kita-Werk", "body"), await make_programme()
    return {"organisation": str(body), "programme": str(programme), "starts_on": "2027-01-01", **fields}


async def test_the_list_says_what_holds_what_runs_out_and_what_is_over(bernd):
    await make_agreement("Gilt")
    await make_agreement("Endet", "Rucksack", ends_on=TODAY + 30 * DAY)
    await make_agreement("Vorbei", "Pflege", date(2020, 1, 1), date(2020, 12, 31))
    await make_agreement("Kommt", "Demokratie", TODAY + DAY)
    page = (await bernd.get(PATH)).text
    rows = {name: next(row for row in page.split("<tr")[1:] if f">{name}<" in row)
            for name in ("Gilt", "Endet", "Vorbei", "Kommt")}  # fmt: skip
    assert "gültig" in rows["Gilt"] and "ohne Ende" in rows["Gilt"]
    assert "läuft aus" in rows["Endet"] and "11. Februar 2027" in rows["Endet"]
    assert "beendet" in rows["Vorbei"] and "gilt noch nicht" in rows["Kommt"]


async def test_the_part_for_today_names_what_runs_out_and_is_nothing_when_nothing_does(db):
    part = environment.from_string(
        '{% from "staff/parts/agreements_due.html" import agreements_due %}{{ agreements_due(found) }}'
    )
    await make_agreement("Gilt")
    assert part.render(found=await agreements_running_out(TODAY)).strip() == ""
    id = await make_agreement("Endet", "Rucksack", ends_on=TODAY + 30 * DAY)
    said = part.render(found=await agreements_running_out(TODAY))
    assert f"{PATH}/{id}" in said and "11. Februar 2027" in said and "Endet" in said and "Gilt" not in said


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("programm=rucksack", {"Endet"}),
        ("am=2020-06-01", {"Vorbei"}),
        ("endet=30", {"Endet"}),
        ("am=2020-06-01&programm=rucksack", set()),
        ("", {"Gilt", "Endet", "Vorbei"}),
    ],
)
async def test_the_list_is_filtered(bernd, query, names):
    await make_agreement("Gilt")
    await make_agreement("Endet", "Rucksack", ends_on=TODAY + 30 * DAY)
    await make_agreement("Vorbei", "Pflege", date(2020, 1, 1), date(2020, 12, 31))
    page = (await bernd.get(f"{PATH}?{query}")).text
    assert {name for name in ("Gilt", "Endet", "Vorbei") if f">{name}<" in page} == names


async def test_a_wrong_day_in_the_filter_is_told(bernd):
    answer = await bernd.get(f"{PATH}?am=gestern")
    assert answer.status_code == 422 and "Bitte geben Sie ein Datum an" in answer.text


async def test_an_agreement_is_entered_and_changed(bernd):
    sent = await filled(note="Az. 12/26")
    answer = await bernd.post(f"{PATH}/neu", data=sent)
    assert answer.status_code == 303
    [one] = await agreements()
    here = f"{PATH}/{one.id}"
    page = (await bernd.get(here)).text
    assert "Kita-Werk: Griffbereit" in page and "Az. 12/26" in page and "angelegt" in page
    assert "Az. 12/26" in (await bernd.get(f"{here}/bearbeiten")).text
    answer = await bernd.post(f"{here}/bearbeiten", data={**sent, "ends_on": "2027-12-31"})
    assert answer.status_code == 303
    page = (await bernd.get(here)).text
    assert "31. Dezember 2027" in page and "letzter Tag" in page


async def test_what_is_wrong_stands_by_its_field_and_nothing_is_lost(bernd):
    answer = await bernd.post(
        f"{PATH}/neu", data=await filled(starts_on="2027-01-02", ends_on="2027-01-01", note="Az.")
    )
    assert answer.status_code == 422 and 'href="#f-ends_on"' in answer.text
    assert "Der letzte Tag darf nicht vor dem ersten liegen." in answer.text and "Az." in answer.text
    answer = await bernd.post(f"{PATH}/neu", data=await filled(organisation=str(uuid4()), programme=""))
    assert answer.status_code == 422 and 'href="#f-programme"' in answer.text
    answer = await bernd.post(f"{PATH}/neu", data=await filled(organisation=str(uuid4())))
    assert answer.status_code == 422 and 'href="#f-organisation"' in answer.text
    assert await agreements() == []


async def test_a_second_one_for_the_same_time_is_refused_with_its_days(bernd):
    sent = await filled(ends_on="2027-12-31", note="Noch eine")
    assert (await bernd.post(f"{PATH}/neu", data=sent)).status_code == 303
    answer = await bernd.post(f"{PATH}/neu", data={**sent, "starts_on": "2027-12-31", "ends_on": ""})
    assert answer.status_code == 409 and "01.01.2027" in answer.text and "31.12.2027" in answer.text
    assert "Noch eine" in answer.text and len(await agreements()) == 1


async def test_it_is_ended_on_its_last_day(bernd):
    id = await make_agreement()
    answer = await bernd.post(f"{PATH}/{id}/beenden", data={"last_day": "2027-06-30", "reason": "Auf Wunsch."})
    assert answer.status_code == 303
    page = (await bernd.get(f"{PATH}/{id}")).text
    assert "30. Juni 2027" in page and "Auf Wunsch." in page and "letzter Tag: 30.06.2027" in page


@pytest.mark.parametrize(("day", "status"), [("", 422), ("bald", 422), ("2020-01-01", 409)])
async def test_it_does_not_end_on_an_impossible_day(bernd, day, status):
    id = await make_agreement()
    answer = await bernd.post(f"{PATH}/{id}/beenden", data={"last_day": day, "reason": "Auf Wunsch."})
    assert answer.status_code == status and 'href="#f-last_day"' in answer.text and "Auf Wunsch." in answer.text
    assert (await agreement_by_id(id)).ends_on is None


async def test_a_file_goes_in_comes_out_as_a_file_and_goes_for_good(bernd):
    id = await make_agreement()
    sent = {"file": ("Unterschrift Müller.pdf", PDF, "text/html")}
    assert (await bernd.post(f"{PATH}/{id}/dateien", files=sent)).status_code == 303
    [found] = await files_of(id)
    address = f"{PATH}/{id}/dateien/{found.id}"
    assert "Unterschrift Müller.pdf" in (await bernd.get(f"{PATH}/{id}")).text
    answer = await bernd.get(address)
    assert answer.content == PDF and answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"unterschrift-mueller.pdf\"; filename*=UTF-8''Unterschrift%20M%C3%BCller.pdf"
    )
    assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["cache-control"] == "no-store"
    assert (await bernd.post(f"{address}/entfernen")).status_code == 303
    assert (await bernd.get(address)).status_code == 404
    assert (await bernd.post(f"{address}/entfernen")).status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (("seite.html", b"<p>", "text/html"), "PDF-, PNG- oder JPEG-Datei"),
        (("seite.pdf", b"<p>", "application/pdf"), "PDF-, PNG- oder JPEG-Datei"),
        (("leer.pdf", b"", "application/pdf"), "Die Datei ist leer"),
        (("voll.pdf", PDF.ljust(LARGEST + 1), "application/pdf"), "höchstens 10 MB"),
        (("", b"", "application/octet-stream"), "Bitte wählen Sie eine Datei."),
    ],
)
async def test_no_other_file_is_taken(bernd, sent, said):
    id = await make_agreement()
    answer = await bernd.post(f"{PATH}/{id}/dateien", files={"file": sent})
    assert answer.status_code == 422 and said in answer.text and 'href="#f-file"' in answer.text
    assert await files_of(id) == []


async def test_the_largest_file_fits_and_far_more_is_turned_away(bernd):
    id = await make_agreement()
    fits = {"file": ("voll.pdf", PDF.ljust(LARGEST), "application/pdf")}
    assert (await bernd.post(f"{PATH}/{id}/dateien", files=fits)).status_code == 303
    too_much = {"file": ("voll.pdf", PDF.ljust(2 * LARGEST), "application/pdf")}
    assert (await bernd.post(f"{PATH}/{id}/dateien", files=too_much)).status_code == 413


async def test_a_form_without_a_file_part_is_told_too(bernd):
    id = await make_agreement()
    assert (await bernd.post(f"{PATH}/{id}/dateien", data={"file": "x.pdf"})).status_code == 422


async def test_a_file_is_found_only_at_its_own_agreement(bernd):
    id, other = await make_agreement(), await make_agreement("Familienwerk", "Rucksack")
    await bernd.post(f"{PATH}/{id}/dateien", files={"file": ("a.pdf", PDF, "application/pdf")})
    [found] = await files_of(id)
    assert (await bernd.get(f"{PATH}/{other}/dateien/{found.id}")).status_code == 404
    assert (await bernd.post(f"{PATH}/{other}/dateien/{found.id}/entfernen")).status_code == 404
    assert len(await files_of(id)) == 1


async def test_carla_reads_but_changes_nothing_and_takes_nothing_out(bernd, carla):
    id = await make_agreement()
    await bernd.post(f"{PATH}/{id}/dateien", files={"file": ("Vertrag.pdf", PDF, "application/pdf")})
    [found] = await files_of(id)
    page = (await carla.get(f"{PATH}/{id}")).text
    assert "Vertrag.pdf" in page and "Hochladen" not in page and "Beenden" not in page and "Bearbeiten" not in page
    assert "Neue Vereinbarung" not in (await carla.get(PATH)).text
    for path in ("neu", f"{id}/bearbeiten", f"{id}/dateien/{found.id}"):
        assert (await carla.get(f"{PATH}/{path}")).status_code == 404
    for path in ("neu", f"{id}/bearbeiten", f"{id}/beenden", f"{id}/dateien", f"{id}/dateien/{found.id}/entfernen"):
        assert (await carla.post(f"{PATH}/{path}")).status_code == 404
    assert len(await files_of(id)) == 1


async def test_trainers_do_not_find_agreements(browser):
    id = await make_agreement()
    trainer = await browser("trainer")
    for path in (PATH, f"{PATH}/{id}", "/team/organisationen", "/team/nachtragen"):
        assert (await trainer.get(path)).status_code == 404
    assert "Vereinbarungen" not in (await trainer.get("/team/")).text


async def test_what_does_not_exist_is_not_found(bernd):
    assert (await bernd.get(f"{PATH}/{uuid4()}")).status_code == 404
    for path in ("beenden", "bearbeiten", "dateien", f"dateien/{uuid4()}/entfernen"):
        assert (await bernd.post(f"{PATH}/{uuid4()}/{path}")).status_code == 404
