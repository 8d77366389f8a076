"""The page, the workbook, the PDF and the Word file say the same; hostile names stay text in all of them."""

import csv
import io
from datetime import date, timedelta
from io import BytesIO

import pytest_asyncio
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from events.evidence.actions import close_date
from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from events.registration.signup import Person
from events.reports.exports import NUMBERS, as_csv, as_json
from events.reports.files import FORMATS, file_of
from events.reports.papers import ON_PAPER, paper, sentences
from events.reports.queries import figures
from events.reports.wording import HEADINGS
from tests.attendance.story import counted, held_event, record, sign_up, was
from tests.factories import make_programme

HOSTILE = "=cmd|'/c calc'!A1"
NAMES = (HOSTILE, "<b>Rucksack</b> & Co", "@SUM(1+1)", "Griffbereit")


@pytest_asyncio.fixture(loop_scope="session")
async def found(db):
    """Closed dates of programmes with names that want to be something else."""
    for place, name in enumerate(NAMES):
        event = await held_event(programme=await make_programme(name, slug=f"p{place}"), dates=1)
        ids = await sign_up(
            event, *(Person(f"Person {place}-{n}", "", f"p{place}{n}@example.org") for n in range(place + 2))
        )
        await record(event.dates[0].id, *(was(id) for id in ids), counted(place + 5))
        await close_date(event.dates[0].id, by=SYSTEM, now=now(), note="Liste")
    return await figures(START, END, "programme", now())


START, END = today() - timedelta(days=40), today()


async def test_all_say_the_same_numbers(found):
    expected = {one.programme: [getattr(one, name) for name in ON_PAPER] for one in found}
    assert set(expected) == set(NAMES)
    files = {kind: await file_of(found, START, END, "programme", kind) for kind in FORMATS}
    assert _of_xlsx(files["xlsx"]) == expected == _of_docx(files["docx"])
    text = _text(files["pdf"])
    for name, numbers in expected.items():
        assert name.replace("'", "’") in text or name in text
        assert all(_written(number) in text for number in numbers)
    rows = {row[0].removeprefix("'"): row for row in csv.reader(io.StringIO(as_csv(found, "programme")), delimiter=";")}
    assert rows[NAMES[3]][NUMBERS.index("heads") + 1] == str(expected[NAMES[3]][ON_PAPER.index("heads")])
    assert all(f'"heads": {one.heads}' in as_json(found) for one in found)


async def test_nothing_typed_becomes_a_formula_or_a_link(found):
    content = await file_of(found, START, END, "programme", "xlsx")
    assert b"<f>" not in content and b"hyperlink" not in content
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert HOSTILE in [row[0] for row in sheet]


async def test_the_pdf_is_tagged_and_titled(found):
    reader = PdfReader(BytesIO(await file_of(found, START, END, "programme", "pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "de" and "Auswertung" in reader.metadata.title


async def test_the_word_file_has_ready_sentences_and_a_head_that_repeats(found):
    document = Document(BytesIO(await file_of(found, START, END, "programme", "docx")))
    paragraphs = [one.text for one in document.paragraphs]
    one = await paper(found, START, END, "programme", "KI")
    assert len(sentences(one)) == 4 and all(sentence in paragraphs for sentence in sentences(one))
    assert document.tables[0].rows[0]._tr.trPr.xpath("w:tblHeader")


async def test_a_span_without_anything_says_so(db):
    empty = await figures(date(2001, 1, 1), date(2001, 12, 31), "programme", now())
    for kind in FORMATS:
        content = await file_of(empty, date(2001, 1, 1), date(2001, 12, 31), "programme", kind)
        assert len(content) > 1000
    document = Document(BytesIO(content))
    assert any("keine Zahlen" in one.text for one in document.paragraphs)


def _of_xlsx(content):
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    heads = rows[2]
    columns = [heads.index(head) for head in _heads()]
    return {row[0]: [row[column] for column in columns] for row in rows[3:7]}


def _of_docx(content):
    (table,) = Document(BytesIO(content)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    return {row[0]: [float(text.replace(",", ".")) for text in row[1:]] for row in rows[1:]}


def _heads():
    return [HEADINGS[name] for name in ON_PAPER]


def _text(content):
    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    return text.translate({0x2068: None, 0x2069: None})


def _written(number):
    return f"{number:.2f}".replace(".", ",") if isinstance(number, float) else str(number)
