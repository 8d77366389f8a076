"""The office reads its obligatory pages once a year, and is told what the law wants."""

from datetime import date, timedelta

import pytest

from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from events.kit.refusals import NotFound
from events.office.actions import set_office, set_page
from events.office.checking import bring_back, checked_pages, note_checked
from events.office.default_pages import SLUGS
from events.office.queries import page
from events.office.rules import is_to_be_checked, missing_parts
from events.office.views import OfficeView


def test_a_year_is_long_enough() -> None:
    day = date(2026, 1, 1)
    assert is_to_be_checked(None, day) and not is_to_be_checked(day, day + timedelta(days=365))
    assert is_to_be_checked(day, day + timedelta(days=366))


def test_what_no_word_points_to_is_named() -> None:
    assert set(missing_parts("impressum", "Kreis, Musterstraße 1")) == {
        "Telefonnummer oder E-Mail-Adresse", "Wer vertritt (Landrätin oder Landrat)",
    }  # fmt: skip
    assert list(missing_parts("einfache-sprache", "")) == []


async def test_the_texts_we_bring_have_every_part_and_wait_to_be_read(db: None) -> None:
    found = await checked_pages(today())
    assert [(one.page.slug, one.missing, one.is_own, one.is_due) for one in found] == [
        (slug, (), False, True) for slug in SLUGS
    ]
    await note_checked("impressum", by=SYSTEM, now=now())
    first = (await checked_pages(today()))[0]
    assert (first.checked_on, first.is_due) == (today(), False)
    assert (await checked_pages(today() + timedelta(days=366)))[0].is_due
    with pytest.raises(NotFound):
        await note_checked("erfunden", by=SYSTEM, now=now())


async def test_the_text_we_bring_can_be_had_back(db: None) -> None:
    before = await page("impressum")
    await set_page("impressum", {"de": "Impressum"}, {"de": "Wir"}, by=SYSTEM, now=now())
    first = (await checked_pages(today()))[0]
    assert first.is_own and len(first.missing) == 3
    await bring_back("impressum", by=SYSTEM, now=now())
    assert await page("impressum") == before
    with pytest.raises(NotFound):
        await bring_back("erfunden", by=SYSTEM, now=now())


async def test_another_name_of_the_office_stands_in_the_texts_we_bring(db: None) -> None:
    await set_office(OfficeView(name="KI Musterkreis"), by=SYSTEM, now=now())
    found = await page("impressum")
    assert found is not None and "KI Musterkreis" in found.body["de"]
