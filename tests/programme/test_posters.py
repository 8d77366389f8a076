"""Posters and pictures: the same facts in every language, one page however much there is to say."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from events.kit.documents import pdf, picture
from events.kit.translation import LANGUAGES, speaking
from events.office.views import OfficeView
from events.programme.policy import Policy
from events.programme.posters import poster_data, share_text
from events.programme.views import PartnerView
from tests.attendance.sheets.test_lists import a_date, an_event

TITLE = {"de": "Zweisprachig aufwachsen", "tr": "İki dilli büyümek", "ar": "النشأة بلغتين"}


def poster(language="de", dates=1, **changed):
    event = an_event(*(a_date(number) for number in range(dates)), **{"title": TITLE, **changed})
    with speaking(language):
        data = poster_data(event, OfficeView())
        return data, share_text(event, data)


def test_it_says_when_where_for_whom_and_how_to_come():
    data, text = poster(hints=("free", "interpreting", "women_only"), audiences=("parents",))
    (place,) = data["dates"]
    assert place["when"] == ["Dienstag, 2. März 2027, 17:30–20:30 Uhr"] and "Kreishaus" in place["where"]
    assert dict(data["facts"])["Gut zu wissen"] == "Sprachmittlung auf Anfrage · Nur für Frauen"
    assert data["free"] == "Die Teilnahme ist kostenfrei." and data["invitation"] == "Hier melden Sie sich an:"
    assert data["address"].endswith("/veranstaltungen/lebenskunde") and "<svg" in data["qr"]
    for fact in ("Zweisprachig aufwachsen", "17:30", "Kreishaus", "Eltern und Familien", str(data["address"])):
        assert fact in text


def test_dates_at_one_place_share_it_and_the_rest_is_one_line():
    (place,) = poster(dates=6)[0]["dates"]
    assert len(place["when"]) == 5 and place["when"][-1] == "und 2 weitere Termine"
    (later,) = poster(dates=0)[0]["dates"]
    assert later == {"where": "", "when": ["Der Termin steht noch nicht fest."]}


@pytest.mark.parametrize(("language", "title"), [("tr", ("İki dilli büyümek", "tr")), ("en", (TITLE["de"], "de"))])
def test_texts_are_those_of_the_language_else_german_and_say_so(language, title):
    data, _text = poster(language)
    assert (data["title"]["text"], data["title"]["lang"]) == title
    assert f"/{language}/veranstaltungen/" in data["address"]


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (Policy(sign_up=False), "Sie brauchen sich nicht anzumelden"),
        (Policy(visibility="invited_only"), "nur mit Einladung"),
    ],
)
def test_where_nobody_can_sign_up_it_does_not_ask_for_it(policy, said):
    assert said in poster(policy=policy)[0]["invitation"]


async def test_in_every_language_it_is_one_page_with_its_title_language_and_the_address():
    full = {
        "dates": 6, "summary": {"de": "Ein Satz, der sehr viel zu sagen hat. " * 8}, "audiences": ("parents", "women"),
        "hints": ("free", "interpreting", "childcare", "women_only", "step_free", "catering", "certificate"),
        "partners": tuple(PartnerView(an_event().id, f"Partner {number}", "cooperation", "") for number in range(6)),
    }  # fmt: skip
    for language in LANGUAGES:
        data, _text = poster(language, **full)
        reader = PdfReader(BytesIO(await pdf("poster", data)))
        assert len(reader.pages) == 1 and reader.trailer["/Root"]["/Lang"] == language
        assert reader.metadata is not None and reader.metadata.title == data["title"]["text"]
        assert "veranstaltungen/" in reader.pages[0].extract_text().replace("\u200b", "").replace("\n", "")


async def test_the_picture_is_upright_and_large_enough_for_phones():
    content = await picture("share", poster("ar")[0])
    assert (int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")) == (1080, 1350)
