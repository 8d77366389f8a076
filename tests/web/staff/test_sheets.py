"""Lists to print: what comes out of the pages, and for whom."""

from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from events.registration.signup import Person
from tests.factories import make_event, make_programme
from tests.web.staff.planning import sign_up

AMIRA = Person("Amira", "Haddad", "amira@example.org", city="Marl")


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


def text_of(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment;")
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).replace("T er", "Ter")


async def test_the_list_of_a_date_names_who_has_a_place(bernd):
    event = await make_event("Lebenskunde", programme=await make_programme("Griffbereit", funding="Land NRW"))
    await sign_up(event, AMIRA)
    text = text_of(await bernd.get(f"/team/anwesenheit/{event.dates[0].id}/teilnahmeliste.pdf"))
    assert "Lebenskunde" in text and "Amira Haddad" in text and "Marl" in text and "Gefördert durch: Land NRW" in text
    assert "Seite 1 von 1" in text


async def test_all_dates_stand_side_by_side_or_one_is_chosen(bernd):
    event = await make_event("Lebenskunde", dates=3)
    path = f"/team/veranstaltungen/{event.id}/teilnahmeliste.pdf"
    text = text_of(await bernd.get(path))
    assert all(part in text for part in ("Termin 1", "Termin 2", "Termin 3", "26. Jan. 2027", "9. Feb. 2027"))
    one = text_of(await bernd.get(f"{path}?termin={event.dates[1].id}&art=leer&leer=3"))
    assert "Termin 2 von 3" in one and "Unterschrift" in one
    assert (await bernd.get(f"{path}?termin={uuid4()}")).status_code == 404
    assert (await bernd.get(f"{path}?termin={event.dates[1].id}&leer=1000")).status_code == 422


@pytest.mark.parametrize("policy", [{"sign_up": False}, {"needs_email": False}])
async def test_where_no_names_are_asked_for_heads_are_counted(bernd, policy):
    event = await make_event("Café Pflege", policy=policy)
    path = f"/team/anwesenheit/{event.dates[0].id}/teilnahmeliste.pdf"
    answer = await bernd.get(path)
    assert "Bitte keine Namen eintragen" in text_of(answer) and "zaehlbogen" in answer.headers["content-disposition"]
    assert "Organisation, Ort" in text_of(await bernd.get(f"{path}?art=leer"))


async def test_the_page_offers_lists_posters_and_pictures(bernd):
    event = await make_event("Lebenskunde", dates=2, hints=("free",))
    page = (await bernd.get(f"/team/veranstaltungen/{event.id}/drucken")).text
    assert "plakat.pdf?sprache=ar" in page and "bild.png?sprache=tr" in page
    assert "Die Teilnahme ist kostenfrei." in page and f"/tr/veranstaltungen/{event.slug}" in page
    answer = await bernd.get(f"/team/veranstaltungen/{event.id}/plakat.pdf?sprache=tr")
    assert "Lebenskunde" in text_of(answer)
    picture = await bernd.get(f"/team/veranstaltungen/{event.id}/bild.png")
    assert picture.content.startswith(b"\x89PNG") and picture.headers["content-type"] == "image/png"
    assert (await bernd.get(f"/team/veranstaltungen/{event.id}/bild.png?sprache=xx")).status_code in (400, 422)
