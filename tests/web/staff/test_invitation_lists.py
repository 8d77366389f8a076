"""Many addresses at once for staff: a list that is pasted, a table file whose columns are looked at first."""

import pytest

from events.invitations.invited import invitations_of
from events.invitations.tables import Invitation
from tests.factories import make_event
from tests.inviting import AMIRA, prepared
from tests.web.public.typing import words


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


@pytest.fixture
async def event(db):
    return await make_event("Zukunftswerkstatt", capacity=10, policy={"visibility": "invited_only"})


def path(event, page=""):
    return f"/team/veranstaltungen/{event.id}/einladungen{page}"


async def addresses(event):
    return [one.email for one in await invitations_of(event.id)]


async def test_a_pasted_list_becomes_invitations(bernd, event):
    await prepared(event, AMIRA)
    text = "Amira Haddad <amira@example.org>\r\n\r\nDorian Weiß <dorian@example.org>\r\ncarla@example.org"
    typed = {"addresses": text, "names": "people", "language": "de", "places": "1"}
    answer = await bernd.post(path(event, "/liste"), data=typed)
    page = words(await bernd.get(answer.headers["location"]))
    assert "2 Adressen sind eingetragen. 1 war schon auf der Liste" in page
    assert sorted(await addresses(event)) == ["amira@example.org", "carla@example.org", "dorian@example.org"]


async def test_every_wrong_line_of_a_pasted_list_is_named_and_nothing_is_lost(bernd, event):
    text = "Amira Haddad <amira@example.org>\nkeine Adresse\nDorian dorian@example"
    typed = {"addresses": text, "names": "people", "language": "de", "places": "1"}
    answer = await bernd.post(path(event, "/liste"), data=typed)
    said = words(answer)
    assert answer.status_code == 422 and "2 Fehler" in said and "Hier fehlt die E-Mail-Adresse." in said
    assert "dorian@example" in said and "Amira Haddad &lt;amira@example.org&gt;" in answer.text
    assert await Invitation.count() == 0


async def test_institutions_of_a_pasted_list_get_the_same_number_of_places(bernd, event):
    typed = {"addresses": "Kita Nord <nord@example.org>", "names": "institutions", "language": "de", "places": "2"}
    await bernd.post(path(event, "/liste"), data=typed)
    (one,) = await invitations_of(event.id)
    assert (one.name, one.organisation_name, one.places) == ("", "Kita Nord", 2)


def csv_of(rows):
    return "\r\n".join(";".join(row) for row in rows).encode("utf-8-sig")


TABLE = [["Ansprechperson", "Mail", "Einrichtung", "Plätze"], ["Amira Haddad", "amira@example.org", "Kita Nord", "2"]]


async def handed_in(client, event, rows):
    answer = await client.post(path(event, "/import"), files={"file": ("adressen.csv", csv_of(rows))})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def looked_at(client, draft):
    await client.get(draft)
    answer = await client.post(draft, data={"name": 0, "email": 1, "organisation": 2, "places": 3})
    assert answer.status_code == 303, answer.text
    return (await client.get(answer.headers["location"])).text


def version_in(page):
    return page.partition('name="version" value="')[2].partition('"')[0]


async def test_a_file_becomes_invitations_once(bernd, event):
    draft = await handed_in(bernd, event, TABLE)
    columns = (await bernd.get(draft)).text
    assert "D: Plätze" in columns and " selected" in columns
    page = await looked_at(bernd, draft)
    assert "1 Adresse, 2 Plätze" in page and "1 Adresse eintragen" in page and await Invitation.count() == 0
    first, second = [
        await bernd.post(f"{draft}/pruefung", data={"version": version_in(page)}) for _time in range(2)
    ]  # fmt: skip
    assert first.headers["location"] == second.headers["location"]
    assert "1 Adresse ist eingetragen." in (await bernd.get(first.headers["location"])).text
    (one,) = await invitations_of(event.id)
    assert (one.name, one.organisation_name, one.places) == ("Amira Haddad", "Kita Nord", 2)
    assert (await bernd.get(draft)).status_code == 303


async def test_one_wrong_row_of_a_file_and_nobody_is_entered(bernd, event):
    draft = await handed_in(bernd, event, [*TABLE, ["Dorian", "dorian(at)example.org", "", "99"]])
    page = await looked_at(bernd, draft)
    assert "1 Zeile stimmt nicht" in page and "dorian(at)example.org" in page and "eintragen</span>" not in page
    answer = await bernd.post(f"{draft}/pruefung", data={"version": version_in(page)})
    assert answer.status_code == 422 and await Invitation.count() == 0


async def test_a_file_without_a_column_of_addresses_asks_for_it(bernd, event):
    draft = await handed_in(bernd, event, [["Name", "Ort"], ["Amira", "Herten"]])
    answer = await bernd.post(draft, data={"name": 0})
    assert answer.status_code == 422 and "Spalte mit den E-Mail-Adressen" in answer.text
    assert (await bernd.get(f"{draft}/pruefung")).headers["location"] == draft
    assert "Bitte wählen Sie eine Datei." in (await bernd.post(path(event, "/import"), data={})).text


async def test_a_list_of_addresses_is_no_list_of_people_to_sign_up(bernd, event):
    draft = await handed_in(bernd, event, TABLE)
    assert (await bernd.get(draft.replace("einladungen", "anmeldungen"))).status_code == 404
