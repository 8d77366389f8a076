"""The administrator sets who the office is and keeps its obligatory pages true; nobody else may."""

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.office.actions import set_page
from events.office.queries import cities, office
from events.web.letterhead import OfficeWatch
from tests.factories import make_event

PATH = "/team/einstellungen"
SAID = {
    "name": "KI Musterkreis", "county": "Musterkreis", "street": "Weg 1", "postcode_and_town": "12345 Musterstadt",
    "phone": "02361 123456", "email": "buero@example.org",
}  # fmt: skip


async def test_the_office_has_another_name_everywhere(browser, client):
    admin, event = await browser("admin"), await make_event()
    wrong = await admin.post(PATH, data={**SAID, "email": "buero@", "name": ""})
    assert wrong.status_code == 422 and 'href="#f-name"' in wrong.text and 'value="buero@"' in wrong.text
    assert (await admin.post(PATH, data=SAID)).status_code == 303
    assert (await office()).name == "KI Musterkreis" and "KI Musterkreis" in (await admin.get(PATH)).text
    assert "KI Musterkreis" in (await client.get("/impressum")).text
    assert "KI Musterkreis" in (await client.get(f"/veranstaltungen/{event.slug}.ics")).text
    assert (await admin.post(f"{PATH}/staedte", data={"cities": "Marl\n\n Herten \nMarl"})).status_code == 303
    assert await cities() == ("Marl", "Herten")
    assert (await admin.post(f"{PATH}/staedte", data={"cities": "x" * 20_000})).status_code == 422
    for wrong, said in (
        ("Herten\n" + "x" * 81, "höchstens 80 Zeichen je Stadt"),
        (" \n ", "füllen Sie dieses Feld aus"),
    ):
        answer = await admin.post(f"{PATH}/staedte", data={"cities": wrong})
        assert answer.status_code == 422 and said in answer.text and await cities() == ("Marl", "Herten")
    await admin.post(f"{PATH}/staedte", data={"cities": "Marl\nmarl\nHerten\nMARL"})
    assert await cities() == ("Marl", "Herten")


async def test_a_page_is_written_in_all_languages_and_nobody_overwrites_another(browser, client):
    admin = await browser("admin")
    path = f"{PATH}/seiten/impressum"
    page = (await admin.get(path)).text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    sent = {
        "seen": seen, "de-title": "Impressum", "de-body": "## Wir\n<script>alert(1)</script>", "tr-title": "Künye",
        "tr-body": "Biz",
    }  # fmt: skip
    wrong = await admin.post(path, data={**sent, "de-body": ""})
    assert wrong.status_code == 422 and 'href="#f-de-body"' in wrong.text and "Künye" in wrong.text
    await set_page("impressum", {"de": "Anders"}, {"de": "Von Carla"}, by=SYSTEM, now=now())
    late = await admin.post(path, data=sent)
    assert late.status_code == 409 and "Künye" in late.text and "Von Carla" in late.text
    fresh = late.text.split('name="seen" value="')[1].split('"')[0]
    assert (await admin.post(path, data={**sent, "seen": fresh})).status_code == 303
    shown = (await client.get("/impressum")).text
    assert (
        "<script>alert" not in shown and "Von Carla" not in shown and "Biz" in (await client.get("/tr/impressum")).text
    )
    assert "Anschrift" in (await admin.get(path)).text and "Es fehlt etwas" in (await admin.get(f"{PATH}/seiten")).text
    assert (await admin.post(f"{path}/zuruecksetzen")).status_code == 303
    assert (await admin.post(f"{path}/geprueft")).status_code == 303
    assert "in Ordnung" in (await admin.get(f"{PATH}/seiten")).text
    for action in ("", "/geprueft", "/zuruecksetzen"):
        assert (await admin.post(f"{PATH}/seiten/erfunden{action}", data=sent)).status_code == 404


async def test_a_colour_of_its_own_is_taken_when_it_can_be_read(browser, client):
    admin = await browser("admin")
    pale = await admin.post(PATH, data={**SAID, "accent": "#FFCC00"})
    assert pale.status_code == 422 and "1,3 zu 1" in pale.text and 'value="#FFCC00"' in pale.text
    assert "zum Beispiel #2044aa" in (await admin.post(PATH, data={**SAID, "accent": "lila"})).text
    assert (await admin.post(PATH, data={**SAID, "accent": "7A1F5C"})).status_code == 303
    assert (await office()).accent == "#7a1f5c"
    sheet = await client.get("/farben/7a1f5c.css")
    assert sheet.headers["content-type"].startswith("text/css") and "immutable" in sheet.headers["cache-control"]
    assert "--kern-color-action-default:#7a1f5c" in sheet.text and "prefers-color-scheme:dark" in sheet.text
    for wrong in ("ffcc00.css", "7a1f5c", "x.css", "7a1f5c}body{.css"):
        assert (await client.get(f"/farben/{wrong}")).status_code == 404
    await OfficeWatch().look()
    page = await client.get("/impressum")
    assert 'href="/farben/7a1f5c.css"' in page.text and "unsafe" not in page.headers["content-security-policy"]
    assert (await admin.post(PATH, data=SAID)).status_code == 303
    await OfficeWatch().look()
    assert "/farben/" not in (await admin.get(PATH)).text


async def test_nobody_else_may(browser):
    bernd = await browser("organiser")
    assert (await bernd.get(PATH)).status_code == 404
    assert (await bernd.post(f"{PATH}/seiten/impressum", data=SAID)).status_code == 404
