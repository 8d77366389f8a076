"""A report as a workbook and as a Word file. Loaded when one is asked for: the packages cost memory."""

from io import BytesIO

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Pt

from events.kit.translation import gettext as _
from events.reports.papers import ON_PAPER, Paper, sentences


def as_xlsx(one: Paper) -> bytes:
    """Numbers as numbers; typed text never becomes a formula or a link."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": f"{one.title} {one.span}", "author": one.office, "language": "de-DE"})
        bold, units = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet(one.title[:31])
        sheet.write_string(0, 0, f"{one.title}: {one.span}", bold)
        names = list(one.columns)
        for column, head in enumerate([one.by, *one.columns.values()]):
            sheet.write_string(2, column, head, bold)
        for row, ((name, _numbers), numbers) in enumerate(zip(one.rows, one.numbers(names), strict=True), start=3):
            sheet.write_string(row, 0, name)
            for column, number in enumerate(numbers, start=1):
                sheet.write_number(row, column, number, units if isinstance(number, float) else None)
        for row, note in enumerate([*one.notes, *one.beside], start=len(one.rows) + 4):
            sheet.write_string(row, 0, note)
        sheet.freeze_panes(3, 1)
        sheet.set_column(0, 0, 42)
        sheet.set_column(1, len(names), 14)
    return target.getvalue()


def as_docx(one: Paper) -> bytes:
    """Ready sentences first, then the table they come from."""
    document = Document()
    document.core_properties.title = f"{one.title} {one.span}"
    document.core_properties.author, document.core_properties.language = one.office, "de-DE"
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(one.title, level=1)
    document.add_paragraph(f"{one.office}, {one.span}")
    document.add_heading(_("Für den Bericht"), level=2)
    for sentence in sentences(one):
        document.add_paragraph(sentence)
    document.add_heading(_("Zahlen"), level=2)
    _add_table(document, one)
    for note in (*one.notes, *one.beside):
        document.add_paragraph(note)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _add_table(document: "Document", one: Paper) -> None:  # type: ignore[valid-type]  # python-docx names a function so
    heads = [one.by, *(one.columns[name] for name in ON_PAPER)]
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")  # type: ignore[attr-defined]
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    # Screen readers and page breaks know the first row as the head.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for (name, _numbers), numbers in zip(one.rows, one.numbers(ON_PAPER), strict=True):
        cells = table.add_row().cells
        cells[0].text = name
        for cell, number in zip(cells[1:], numbers, strict=True):
            cell.text = f"{number:.2f}".replace(".", ",") if isinstance(number, float) else str(number)
