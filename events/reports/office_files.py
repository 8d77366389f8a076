"""A report as a workbook and as a Word file. Loaded when one is asked for: the packages cost memory."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from events.kit.translation import gettext as _
from events.reports.numbers import Value, number_text
from events.reports.papers import Paper, Table

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

MARGIN, ACROSS, NAME = Cm(1.5), Cm(26.7), Cm(6)
"""Of the Word file: around, between the margins, and for the first column of a table."""


def as_xlsx(one: Paper) -> bytes:
    """A sheet for each table. Numbers as numbers; typed text never becomes a formula or a link."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, SAFE) as book:
        book.set_properties({"title": f"{one.title} {one.span}", "author": one.office, "language": "de-DE"})
        for number, table in enumerate((*one.tables, *one.reached), start=1):
            _add_sheet(book, one, table, number)
        sheet = book.add_worksheet(_("Hinweise"))
        sheet.set_column(0, 0, 120)
        lines = [f"{one.title}: {one.span}", one.only, *one.sentences, *one.notes, *one.beside]
        for row, line in enumerate(line for line in lines if line):
            sheet.write_string(row, 0, line)
    return target.getvalue()


def _add_sheet(book: Any, one: Paper, table: Table, number: int) -> None:
    bold, units = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0.00"})
    sheet = book.add_worksheet(_sheet_name(table.title, number))
    sheet.write_string(0, 0, ", ".join(part for part in (f"{one.title}: {one.span}", one.only) if part), bold)
    for column, head in enumerate(table.heads):
        sheet.write_string(2, column, head, bold)
    for row, (name, values) in enumerate(table.rows, start=3):
        sheet.write_string(row, 0, name)
        for column, value in enumerate(values, start=1):
            _write(sheet, row, column, value, units)
    sheet.freeze_panes(3, 1)
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, len(table.heads), 15)


def _write(sheet: Any, row: int, column: int, value: Value, units: Any) -> None:
    if isinstance(value, str) or value is None:
        sheet.write_string(row, column, number_text(value))
    else:
        sheet.write_number(row, column, value, units if isinstance(value, float) else None)


def _sheet_name(title: str, number: int) -> str:
    """At most 31 characters, none of []:*?/\\, and each but once."""
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)
    return f"{number} {' '.join(plain.split())}"[:31]


def as_docx(one: Paper, drawn: Sequence[bytes]) -> bytes:
    """Ready sentences first, then the pictures (`drawn`, in the paper's order) and the tables they come from."""
    document: Any = Document()
    document.core_properties.title = f"{one.title} {one.span}"
    document.core_properties.author, document.core_properties.language = one.office, "de-DE"
    _lay_across(document)
    document.add_heading(one.title, level=1)
    document.add_paragraph(", ".join(part for part in (one.office, one.span, one.only) if part))
    if one.sentences:
        document.add_heading(_("Für den Bericht"), level=2)
    for sentence in one.sentences:
        document.add_paragraph(sentence)
    for picture, content in zip(one.pictures, drawn, strict=True):
        document.add_heading(picture.title, level=2)
        _describe(document.add_picture(BytesIO(content), width=Cm(16)), picture.about)
    for table in (*one.tables, *one.reached):
        document.add_heading(table.title, level=2)
        _add_table(document, table)
    for heading, notes in ((_("Hinweise"), one.notes), (_("Zum Vergleich, nicht in den Zahlen enthalten"), one.beside)):
        if notes:
            document.add_heading(heading, level=2)
        for note in notes:
            document.add_paragraph(note)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _lay_across(document: Any) -> None:
    """A4 on its side, with margins that leave room for ten columns."""
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    document.styles["Normal"].font.size = Pt(10)


def _describe(picture: Any, about: str) -> None:
    """What screen readers say about it."""
    picture._inline.docPr.set("descr", about)


def _add_table(document: Any, one: Table) -> None:
    table = document.add_table(rows=1, cols=len(one.heads), style="Table Grid")
    table.autofit = False
    others = min(Cm(4), int((ACROSS - NAME) / (len(one.heads) - 1)))
    for place, column in enumerate(table.columns):  # the name takes what the numbers leave
        column.width = others if place else NAME
    _fill(table.rows[0].cells, one.heads, bold=True)
    # Screen readers and page breaks know the first row as the head.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for place, (name, values) in enumerate(one.rows, start=1):
        is_sum = one.has_sum and place == len(one.rows)
        _fill(table.add_row().cells, [name, *map(number_text, values)], bold=is_sum)


def _fill(cells: Sequence[Any], texts: Sequence[str], *, bold: bool) -> None:
    """Long headings get smaller."""
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(7 if len(cells) > 8 else 9)
        if place:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
