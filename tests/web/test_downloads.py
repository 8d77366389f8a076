"""The name of a file is typed by people, and stands in a header."""

import pytest

from events.web.downloads import attachment, download


@pytest.mark.parametrize(
    "name",
    [
        'Liste"; filename="böse.html',
        "a\r\nSet-Cookie: team=x.pdf",
        "../../etc/passwd",
        "a\0b.pdf",
        "\u202efdp.exe",
        ".pdf",
        "",
    ],
)
def test_no_name_adds_a_header_or_leaves_its_quotes(name: str) -> None:
    header = attachment(name)
    assert header.isascii() and header.isprintable() and "/" not in header
    assert header.count('"') == 2 and header.count(";") == 2


def test_a_name_with_umlauts_arrives_whole_and_is_saved_not_shown() -> None:
    answer = download(b"%PDF-", "Vereinbarung Köln.pdf", "application/pdf")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"vereinbarung-koeln.pdf\"; filename*=UTF-8''Vereinbarung%20K%C3%B6ln.pdf"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
