"""Printed lists as others read them: pages, headings of tables, names in every script."""

from io import BytesIO
from time import perf_counter

from pypdf import PdfReader
from pypdf.generic import ArrayObject

from events.attendance.sheets.tallies import tally_data
from events.kit.documents import pdf
from tests.attendance.sheets.test_lists import OFFICE, a_date, an_event, listed, sheet

PEOPLE = [("Amira", "Haddad"), ("مريم", "الحسن"), ("Яна", "Шевченко"), ("Suryani", "")]


def tags(reader):
    """All elements of the structure tree, in order."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, ArrayObject):
            waiting.extend(one)
        elif isinstance(one, dict):
            found.append(str(one.get("/S", "")))
            if "/K" in one:
                waiting.append(one["/K"])
    return found


async def test_a_list_of_two_hundred_names_is_quickly_printed_and_says_what_it_is():
    data = sheet([listed(*PEOPLE[number % 4], party=1 + number % 3) for number in range(200)])
    before = perf_counter()
    reader = PdfReader(BytesIO(await pdf("sheet", data)))
    assert perf_counter() - before < 10
    root = reader.trailer["/Root"]
    assert reader.metadata is not None and reader.metadata.title == "Teilnahmeliste: Lebenskunde"
    assert root["/Lang"] == "de" and root["/MarkInfo"]["/Marked"].value
    assert tags(reader).count("/TH") >= 4 and "/Table" in tags(reader) and "/H1" in tags(reader)
    pages = [page.extract_text() for page in reader.pages]
    assert 8 <= len(pages) <= 14
    for number, text in enumerate(pages, start=1):
        assert f"Seite {number} von {len(pages)}" in text and "Unterschrift" in text
    whole = "\n".join(pages)
    assert whole.count("Amira Haddad") == 50 and whole.count("Шевченко") == 50
    assert "مريم" in whole and "205" in whole and "Gefördert durch: Landesprogramm NRW" in whole


async def test_many_dates_lie_across_the_page_and_a_tally_sheet_is_one_page():
    wide = PdfReader(BytesIO(await pdf("sheet", sheet([listed("Amira")], dates=3))))
    assert wide.pages[0].mediabox.width > wide.pages[0].mediabox.height
    day = a_date()
    tally = PdfReader(BytesIO(await pdf("sheet", tally_data(an_event(day), [day], OFFICE))))
    assert len(tally.pages) == 1 and "Bitte keine Namen eintragen" in tally.pages[0].extract_text()
    assert tally.pages[0].mediabox.width < tally.pages[0].mediabox.height
