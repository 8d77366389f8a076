"""Table files as they really arrive, and files that only look like one or mean harm."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from events.kit.refusals import Refused
from events.kit.spreadsheet_rows import MOST_COLUMNS, MOST_ROWS
from events.kit.spreadsheets import LARGEST_FILE, read_table
from tests.workbooks import DAY, ods, packed, sheet_part, xlsx

PEOPLE = [["Vorname", "Telefon"], ["Şükrü", "02361 111"], ["أميرة", "0049 2361 222"]]
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def lines(rows, separator=";"):
    return "".join(separator.join(row) + "\r\n" for row in rows)


def cells(table):
    return [list(row.cells) for row in table.rows]


async def refusal(content):
    with pytest.raises(Refused) as refused:
        await read_table("liste", content)
    return refused.value.reasons[0].code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
async def test_a_csv_is_read_whatever_wrote_it(encoding, separator):
    table = await read_table("liste.csv", lines(PEOPLE, separator).encode(encoding))
    assert table.columns == ("Vorname", "Telefon") and cells(table) == PEOPLE[1:]
    assert [row.number for row in table.rows] == [2, 3] and not table.is_guessed


async def test_an_old_windows_file_keeps_its_umlauts_and_says_that_they_are_a_guess():
    table = await read_table("liste.csv", lines([["Vorname", "Ort"], ["Jürgen", "Köln – Süd"]]).encode("cp1252"))
    assert cells(table) == [["Jürgen", "Köln – Süd"]] and table.is_guessed


async def test_a_quoted_cell_may_hold_separators_quotes_and_lines():
    table = await read_table("liste.csv", b'Name;Ort\r\n"Haddad; ""Ami""";"Marl\nMitte"\r\nDorian;Herten')
    assert cells(table) == [['Haddad; "Ami"', "Marl\nMitte"], ["Dorian", "Herten"]]
    assert [row.number for row in table.rows] == [2, 3]


async def test_titles_and_empty_rows_do_not_shift_the_numbers_of_rows():
    table = await read_table("liste.csv", b"Teilnehmerliste 2027;;\r\n\r\nVorname;Ort;\r\n;;\r\nAmira;Marl;\r\n")
    assert table.columns == ("Vorname", "Ort") and table.rows[0].number == 5


async def test_the_separator_a_file_names_itself_is_believed():
    table = await read_table("liste.csv", b"sep=|\r\nVorname|Ort\r\nAmira|Marl; Herten\r\n")
    assert cells(table) == [["Amira", "Marl; Herten"]] and table.rows[0].number == 3


async def test_what_begins_like_a_formula_is_text():
    formulas = ["=1+1", '=HYPERLINK("https://example.org")', "@SUM(A1)", "+49 2361 1", "-x"]
    table = await read_table("liste.csv", lines([["Vorname", "Ort"], *(["A", one] for one in formulas[2:])]).encode())
    assert [row.cell(1) for row in table.rows] == formulas[2:]
    table = await read_table("liste.xlsx", xlsx([["Vorname", "Ort"], *(["A", one] for one in formulas)]))
    assert [row.cell(1) for row in table.rows] == formulas


@pytest.mark.parametrize("write", [xlsx, ods])
async def test_numbers_of_a_workbook_look_as_they_were_typed(write):
    rows = [["Name", "Telefon", "PLZ", "Personen"], ["Amira", 49236112345678, 45657, 2.5], ["Dorian", "0171 55", 1, 2]]
    table = await read_table("liste", write(rows))
    assert cells(table) == [["Amira", "49236112345678", "45657", "2,5"], ["Dorian", "0171 55", "1", "2"]]


async def test_dates_of_a_workbook_are_german():
    table = await read_table("liste.xlsx", xlsx([["Name", "Tag"], ["A", (46399, DAY)], ["B", (46399.75, DAY)]]))
    assert [row.cell(1) for row in table.rows] == ["12.01.2027", "12.01.2027 18:00"]


async def test_a_workbook_keeps_its_row_numbers_and_right_to_left_names():
    table = await read_table("liste.ods", ods([[""], ["Liste"], ["Vorname", "Ort"], ["أميرة حداد", "مارل"], [""]]))
    assert cells(table) == [["أميرة حداد", "مارل"]] and table.rows[0].number == 4 and table.sheet == ""


async def test_of_several_sheets_the_first_that_holds_something_is_taken_and_named():
    table = await read_table("liste.xlsx", xlsx([], Kita=PEOPLE, Schule=[["x", "y"], ["1", "2"]]))
    assert table.sheet == "Kita" and table.columns == ("Vorname", "Telefon")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n;;\r\n", "file_empty"),
        (b"Vorname;Ort\r\n", "only_headings"),
        (xlsx([]), "file_empty"),
        (b"%PDF-1.7 \xff\xfe", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_table"),
        (b"<html><table>", "not_a_table"),
        (b"Name;Ort\r\n\0\1\2", "not_a_table"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "not_a_table"),
        (COMPOUND + "Workbook".encode("utf-16-le"), "old_workbook"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (ods(PEOPLE, "<encryption-data/>"), "encrypted"),
        (packed({"word/document.xml": "<w/>"}), "not_a_table"),
        (packed({"xl/workbook.xml": "<workbook"}), "damaged"),
        (xlsx(PEOPLE)[:-40], "damaged"),
        (b"PK\x03\x04" + b"x" * 500, "damaged"),
        ("Name;Ort\r\nJürgen;\x81".encode("latin-1"), "wrong_encoding"),
        (b"\xff\xfeN\0a", "wrong_encoding"),
        (b'Name;Ort\r\n"Amira;Marl\r\nDorian;Herten\r\n', "damaged"),
        (b"x" * (LARGEST_FILE + 1), "file_too_large"),
        (b"Name;Ort\r\n" + b"a;b\r\n" * (MOST_ROWS + 1), "too_many_rows"),
        (b";".join([b"x"] * (MOST_COLUMNS + 1)) + b"\r\nAmira", "too_many_columns"),
    ],
)  # fmt: skip
async def test_a_file_that_cannot_be_taken_says_why(content, code):
    assert await refusal(content) == code


async def test_the_largest_list_is_read():
    table = await read_table("liste.csv", b"Name;Ort\r\n" + b"a;b\r\n" * MOST_ROWS)
    assert len(table.rows) == MOST_ROWS and table.rows[-1].number == MOST_ROWS + 1


async def test_ten_kilobytes_that_unpack_to_two_hundred_megabytes_are_refused():
    part = BytesIO()
    with ZipFile(part, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 1_100_000)
        archive.filelist += archive.filelist * 190  # the same bytes under many entries
    assert len(part.getvalue()) < 20_000
    assert await refusal(part.getvalue()) == "unpacks_too_large"


async def test_a_part_that_is_far_too_large_is_refused_before_it_is_unpacked():
    content = packed({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * 200_000_000})
    assert len(content) < 250_000 and await refusal(content) == "unpacks_too_large"


async def test_many_parts_made_of_the_same_bytes_are_refused():
    assert await refusal(packed({f"xl/{n}.xml": " " for n in range(300)})) == "unpacks_too_large"


async def test_a_directory_that_lies_about_sizes_gains_nothing():
    big = packed({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * 200_000_000})
    size = struct.pack("<I", 200_000_000)
    assert big.count(size) == 2  # in front of the part and in the directory
    assert await refusal(big.replace(size, struct.pack("<I", 1000))) == "damaged"


async def test_two_cells_at_both_ends_of_a_sheet_do_not_take_the_memory():
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    bomb = sheet_part([["Name", "Ort"]]).replace("</sheetData>", cell)
    with ZipFile(BytesIO(xlsx(PEOPLE))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert await refusal(packed({**parts, "xl/worksheets/sheet1.xml": bomb})) == "too_much_work"


async def test_more_text_than_any_list_holds_is_refused():
    long = " ".join(map(str, range(8000)))
    assert await refusal(xlsx([["Name", "Ort"], *[["Amira", long]] * 260])) == "too_much_work"
