"""Documents: tagged, in their language, typed text stays text, and the site does not pay for them."""

import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from events.kit import documents
from events.kit.documents import CannotPrint, pdf, pdfs, picture, qr_code

SOURCE = """
#set document(title: d.title)
= #d.title
#isolated(d.name)
#table(columns: 2, table.header[Name][Tage], d.name, [3])
#qr(d.qr, "QR-Code")
"""


@pytest.fixture(autouse=True)
def source_of_this_test(tmp_path, monkeypatch):
    for name, text in (("sample", SOURCE), ("wrong", "#let")):
        (tmp_path / f"{name}.typ").write_text(text, encoding="utf-8")
    shared = (documents.SOURCES / "shared.typ").read_text(encoding="utf-8")
    (tmp_path / "shared.typ").write_text(shared, encoding="utf-8")
    monkeypatch.setattr(documents, "SOURCES", tmp_path)
    documents._source.cache_clear()
    yield
    documents._source.cache_clear()


def sample(name: str, language: str = "de") -> dict[str, str]:
    return {"lang": language, "title": "Liste", "name": name, "qr": qr_code("https://example.org/x")}


async def test_a_document_tells_screen_readers_its_title_language_and_parts():
    read = PdfReader(BytesIO(await pdf("sample", sample("Şükrü Яна مريم", "tr"))))
    root = read.trailer["/Root"]
    assert read.metadata is not None
    assert (read.metadata.title, root["/Lang"]) == ("Liste", "tr")
    assert root["/MarkInfo"]["/Marked"].value
    assert "Şükrü Яна" in read.pages[0].extract_text()


async def test_several_come_back_in_their_order():
    made = await pdfs("sample", [sample(f"Person {number}") for number in range(3)])
    assert [
        f"Person {number}" in PdfReader(BytesIO(one)).pages[0].extract_text() for number, one in enumerate(made)
    ] == [True] * 3


async def test_typed_text_is_never_code():
    name = '#panic("x") $1/0$ *fett* \\u{41} "]'
    assert '#panic("x")' in PdfReader(BytesIO(await pdf("sample", sample(name)))).pages[0].extract_text()


async def test_a_picture_is_a_picture():
    assert (await picture("sample", sample("Amira"))).startswith(b"\x89PNG")


async def test_a_source_that_fails_says_so_and_the_next_one_works():
    with pytest.raises(CannotPrint):
        await pdf("wrong", sample("Amira"))
    assert await pdf("sample", sample("Amira"))


def test_the_site_itself_never_loads_the_typesetter():
    assert "typst" not in sys.modules
