"""Whoever reads the outbox reads what was written, and opens nobody's page."""

from email.message import EmailMessage

import pytest

from events.mail.reading import letter_in
from tests.web.strangers import OPENED_BY

TOKEN = "lvW2ttxNTiCjayB9bEdAHxirJUZEqIOUBhdJQzaQXi0"
FOR_EVERYBODY = {"/vorschau/"}  # the office hands it out itself


def read(text: str) -> str:
    mail = EmailMessage()
    mail["Subject"] = "Ihr Link"
    mail.set_content(text)
    return letter_in(mail.as_bytes()).text


@pytest.mark.parametrize("prefix", sorted(set(OPENED_BY) - FOR_EVERYBODY))
def test_a_link_that_opens_somebodys_page_is_cut_off(prefix: str) -> None:
    for language in ("", "/ar") if not prefix.startswith("/team/") else ("",):
        assert TOKEN not in read(f"Bitte öffnen:\nhttps://example.org{language}{prefix}{TOKEN}?antwort=ja\n")


def test_an_address_for_everybody_stays_whole() -> None:
    address = "https://example.org/veranstaltungen/zweisprachig-aufwachsen-in-herten"
    assert address in read(f"Mehr dazu: {address}\n")
