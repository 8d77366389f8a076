"""Files that people hand in: which are taken, and where their bytes lie."""

import stat

import pytest

from events.kit import uploads
from events.kit.form_values import Wrong
from events.kit.refusals import NotFound
from events.kit.uploads import LARGEST, checked
from events.settings import settings

PDF = b"%PDF-1.7\n..."
PNG = b"\x89PNG\r\n\x1a\n..."
JPEG = b"\xff\xd8\xff\xe0..."


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Vereinbarung.pdf", PDF, "application/pdf"),
        ("VEREINBARUNG.PDF", PDF, "application/pdf"),
        ("seite 1.png", PNG, "image/png"),
        ("seite.jpg", JPEG, "image/jpeg"),
        ("seite.jpeg", JPEG, "image/jpeg"),
    ],
)
def test_scans_and_pictures_are_taken(name: str, content: bytes, kind: str) -> None:
    upload = checked(name, content)
    assert (upload.name, upload.content_type, upload.content) == (name, kind, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("seite.html", b"<script>alert(1)</script>"),
        ("seite.pdf", b"<script>alert(1)</script>"),
        ("seite.pdf", PNG),
        ("seite.png", PDF),
        ("seite.svg", PNG),
        ("seite.pdf.exe", PDF),
        ("seite", PDF),
        (".pdf", PDF),
        ("seite.pdf", b" " + PDF),
    ],
)
def test_ending_and_content_must_both_fit(name: str, content: bytes) -> None:
    with pytest.raises(Wrong, match="PDF-, PNG- oder JPEG-Datei"):
        checked(name, content)


def test_nothing_empty_and_nothing_huge() -> None:
    with pytest.raises(Wrong, match="leer"):
        checked("leer.pdf", b"")
    assert checked("voll.pdf", PDF.ljust(LARGEST)).content_type == "application/pdf"
    with pytest.raises(Wrong, match="10 MB"):
        checked("voll.pdf", PDF.ljust(LARGEST + 1))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\Bernd\\Scan.pdf", "Scan.pdf"),
        ("../../secret-key.pdf", "secret-key.pdf"),
        ("Zeile\r\nSet-Cookie: x.pdf", "Zeile Set-Cookie: x.pdf"),
        (f"{'ä' * 300}.pdf", f"{'ä' * 156}.pdf"),
    ],
)
def test_a_name_is_one_line_without_folders_and_not_endless(sent: str, kept: str) -> None:
    assert checked(sent, PDF).name == kept


async def test_bytes_come_back_as_they_went_until_they_are_removed() -> None:
    stored_as = await uploads.keep(PDF)
    assert await uploads.read(stored_as) == PDF
    await uploads.remove(stored_as)
    with pytest.raises(NotFound):
        await uploads.read(stored_as)
    await uploads.remove(stored_as)


async def test_they_lie_for_us_alone_and_under_names_nobody_chose() -> None:
    first, second = await uploads.keep(PDF), await uploads.keep(PDF)
    folder = settings().data / "uploads"
    assert first != second and not any("." in path.name for path in folder.iterdir())
    assert stat.S_IMODE((folder / first).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["../secret-key", "secret-key", "/etc/passwd", "", "0" * 31, "A" * 32, "0" * 32 + "\n"]
)
async def test_no_other_file_can_be_read_or_removed(name: str) -> None:
    (settings().data / "secret-key").write_text("bleibt")
    with pytest.raises(NotFound):
        await uploads.read(name)
    await uploads.remove(name)
    assert (settings().data / "secret-key").read_text() == "bleibt"
