"""The report, the workbook, the PDF and the Word file say the same; hostile names stay text in all of them."""

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
from events.reports.numbers import number_text
from events.reports.papers import paper
from events.reports.queries import report
from tests.attendance.story import counted, held_event, record, sign_up, was
from tests.factories import make_organisation, make_programme

HOSTILE = "=cmd|'/c calc'!A1"
NAMES = (HOSTILE, "<b>Rucksack</b> & Co", "@SUM(1+1)", "Griffbereit")
START, END = today() - timedelta(days=40), today()


@pytest_asyncio.fixture(loop_scope="session")
async def found(db):
    """Closed dates of programmes with names that want to be something else, compared with the time before."""
    home = await make_organisation("Kita am Markt", city="Marl")
    for place, name in enumerate(NAMES):
        event = await held_event(programme=await make_programme(name, slug=f"p{place}"), dates=1)
        people = (
            Person(f"Person {place}-{n}", "", f"p{place}{n}@example.org", city="Marl", organisation=home)
            for n in range(place + 2)
        )
        ids = await sign_up(event, *people)
        await record(event.dates[0].id, *(was(id) for id in ids), counted(place + 5))
        await close_date(event.dates[0].id, by=SYSTEM, now=now(), note="Liste")
    return await report(START, END, "programme", now(), against="span_before")


async def test_all_say_the_same_numbers(found):
    one = paper(found, "KI")
    tables = {table.title: [[name, *map(number_text, values)] for name, values in table.rows] for table in _all(one)}
    assert [row[0] for row in tables["Zahlen"]] == [*(line.programme for line in found.lines), "Zusammen"]
    assert {line.programme for line in found.lines} == set(NAMES)
    assert tables["Köpfe: Herkunftsort"] == [["Marl", "14"]] and "Verglichen: alles zusammen" in tables
    files = {kind: await file_of(found, kind) for kind in FORMATS}
    assert _of_docx(files["docx"]) == list(tables.values())
    assert _of_xlsx(files["xlsx"]) == [_whole(rows) for rows in tables.values()]
    text = _text(files["pdf"])
    for row in (row for rows in tables.values() for row in rows):
        assert row[0].replace("'", "’") in text or row[0] in text
        assert all(number in text for number in row[1:])
    rows = {
        row[0].removeprefix("'"): row
        for row in csv.reader(io.StringIO(as_csv(found.lines, "programme")), delimiter=";")
    }
    assert [row[NUMBERS.index("heads") + 1] for name, row in rows.items() if name in NAMES] == [
        str(line.heads) for line in found.lines
    ]
    assert all(f'"heads": {line.heads}' in as_json(found.lines) for line in found.lines)


async def test_nothing_typed_becomes_a_formula_or_a_link(found):
    content = await file_of(found, "xlsx")
    assert b"<f>" not in content and b"hyperlink" not in content
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert HOSTILE in [row[0] for row in sheet]


async def test_the_pdf_is_tagged_and_titled_and_says_what_pictures_show(found):
    content = await file_of(found, "pdf")
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "de" and "Auswertung" in reader.metadata.title
    assert sorted(_alternatives(root["/StructTreeRoot"])) == sorted(one.about for one in paper(found, "KI").pictures)


async def test_the_word_file_has_ready_sentences_pictures_and_a_head_that_repeats(found):
    document = Document(BytesIO(await file_of(found, "docx")))
    paragraphs = [one.text for one in document.paragraphs]
    one = paper(found, "KI")
    assert len(one.sentences) == 5 and all(sentence in paragraphs for sentence in one.sentences)
    assert "Griffbereit: 1 Veranstaltung mit 1 Termin und 4 Unterrichtseinheiten." in one.sentences[3]
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == [p.about for p in one.pictures]
    assert all(table.rows[0]._tr.trPr.xpath("w:tblHeader") for table in document.tables)


async def test_a_span_without_anything_says_so(db):
    empty = await report(date(2001, 1, 1), date(2001, 12, 31), "programme", now(), against="year_before")
    files = {kind: await file_of(empty, kind) for kind in FORMATS}
    assert any("keine Zahlen" in one.text for one in Document(BytesIO(files["docx"])).paragraphs)
    assert "keine Zahlen" in _text(files["pdf"])
    assert "keine Zahlen" in str(
        CalamineWorkbook.from_filelike(BytesIO(files["xlsx"])).get_sheet_by_index(0).to_python()
    )


def _all(one):
    return [*one.tables, *one.reached]


def _of_xlsx(content):
    """Every sheet but the last, which holds sentences; numbers as they would be written."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = [book.get_sheet_by_index(n).to_python(skip_empty_area=False) for n in range(len(book.sheet_names) - 1)]
    return [_whole([[_as_text(value) for value in row] for row in sheet[3:]]) for sheet in sheets]


def _whole(rows):
    """A workbook keeps 4,00 as 4."""
    return [[cell.removesuffix(",00") for cell in row] for row in rows]


def _as_text(value):
    return number_text(int(value) if isinstance(value, float) and value.is_integer() else value)


def _of_docx(content):
    tables = Document(BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows[1:]] for table in tables]


def _text(content):
    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    return text.translate({0x2068: None, 0x2069: None})


def _alternatives(node):
    """What the structure of a PDF offers instead of figures (/Alt), all the way down."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [text for one in node for text in _alternatives(one)]
    if not isinstance(node, dict):
        return []
    return [*([str(node["/Alt"])] if "/Alt" in node else []), *_alternatives(node.get("/K", []))]
