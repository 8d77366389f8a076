"""Languages, catalogues and the wording of dates."""

from datetime import UTC, date, datetime, timedelta

import pytest

from events.kit.catalogues import FOLDER, catalogue
from events.kit.translation import (
    LANGUAGES,
    N_,
    Localized,
    current_language,
    day,
    day_and_time,
    gettext,
    localized,
    ngettext,
    pgettext,
    span,
    speaking,
    time_of_day,
)

REQUIRED = "Bitte füllen Sie dieses Feld aus."
WINTER = datetime(2027, 1, 12, 16, 30, tzinfo=UTC)
SUMMER = datetime(2027, 7, 12, 15, 30, tzinfo=UTC)


def test_german_is_spoken_until_another_language_is_chosen() -> None:
    assert current_language() == "de"
    with speaking("en"):
        assert current_language() == "en"
        assert gettext(REQUIRED) == "Please fill in this field."
    assert gettext(REQUIRED) == REQUIRED


def test_the_language_is_given_back_after_an_error() -> None:
    with pytest.raises(RuntimeError), speaking("tr"):
        raise RuntimeError
    assert current_language() == "de"


def test_a_language_we_do_not_offer_is_german() -> None:
    with speaking("../../etc"):
        assert current_language() == "de"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_catalogue_holds_is_said_in_german(language: str) -> None:
    with speaking(language):
        assert gettext("Das steht in keinem Katalog.") == "Das steht in keinem Katalog."
        assert pgettext("irgendwo", "Auch das nicht.") == "Auch das nicht."
        assert ngettext("%(n)s Kuchen zu wenig", "%(n)s Kuchen zu viel", 3) == "3 Kuchen zu viel"


def test_german_plurals_treat_none_like_many() -> None:
    assert [ngettext("ein Platz", "%(n)s Plätze", n) for n in (0, 1, 2)] == ["0 Plätze", "ein Platz", "2 Plätze"]


def test_values_are_filled_in_only_where_some_are_given() -> None:
    assert gettext("100 % sicher") == "100 % sicher"
    assert gettext("%(name)s kommt", name="Amira") == "Amira kommt"


def test_marking_changes_nothing() -> None:
    assert N_("Termin") == "Termin"


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "de"])
def test_every_offered_language_has_its_catalogue(language: str) -> None:
    assert (FOLDER / language / "LC_MESSAGES" / "messages.po").is_file()
    assert catalogue(language).gettext(REQUIRED) != REQUIRED


def test_a_text_of_the_office_falls_back_to_german_and_says_so() -> None:
    texts = {"de": "Elternabend", "tr": "Veli toplantısı", "en": "  "}
    assert localized(texts, "tr") == Localized("Veli toplantısı", "tr")
    assert localized(texts, "en") == Localized("Elternabend", "de")
    with speaking("ar"):
        assert localized(texts | {"ar": "أمسية"}).dir == "rtl"
        assert localized(texts).dir == "ltr"
    assert str(localized({})) == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Dienstag, 12. Januar 2027, 17:30–20:30 Uhr"),
        ("en", "Tuesday, 12 January 2027, 17:30–20:30"),
        ("tr", "12 Ocak 2027 Salı, saat 17:30–20:30"),
        ("ar", "الثلاثاء، 12 يناير 2027، الساعة \u206617:30\u2060–\u206020:30\u2069"),
    ],
)
def test_a_span_is_worded_in_each_language(language: str, words: str) -> None:
    with speaking(language):
        assert span(WINTER, WINTER + timedelta(hours=3)) == words


def test_times_are_those_of_berlin_in_winter_and_summer() -> None:
    assert (time_of_day(WINTER), time_of_day(SUMMER)) == ("17:30", "17:30")
    assert day_and_time(SUMMER) == "Montag, 12. Juli 2027, 17:30 Uhr"


def test_a_moment_after_midnight_in_berlin_belongs_to_the_next_day() -> None:
    assert day(datetime(2027, 1, 12, 23, 30, tzinfo=UTC)) == "Mittwoch, 13. Januar 2027"
    assert day(date(2027, 1, 12)) == "Dienstag, 12. Januar 2027"


def test_a_span_over_midnight_names_both_days() -> None:
    assert span(WINTER, WINTER + timedelta(hours=12)) == (
        "Dienstag, 12. Januar 2027, 17:30 Uhr bis Mittwoch, 13. Januar 2027, 05:30 Uhr"
    )
