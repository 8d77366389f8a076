"""Folding, slugs, single lines, CSV cells and JSON in HTML."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.kit.text import clean, csv_safe, fold, is_found, jsonld, one_line, slugify


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("Şükrü", "sukru"),
        ("İstanbul", "istanbul"),
        ("IŞIK ışık", "isik isik"),
        ("Groß", "GROSS"),
        ("Łódź", "lodz"),
        ("  Bergisch\n Gladbach ", "bergisch gladbach"),
        ("مُحَمَّد", "محمد"),
        ("علی", "علي"),
        ("José", "Jose\u0301"),
        ("Zwi\u00adschen\u200bruf", "zwischenruf"),
    ],
)
def test_spellings_that_mean_the_same_fold_to_the_same(typed: str, searched: str) -> None:
    assert fold(typed) == fold(searched)


@pytest.mark.parametrize("typed", ["Müller", "mueller", "MÜLLER", "Mu\u0308ller"])
def test_umlauts_are_found_in_both_german_spellings(typed: str) -> None:
    assert is_found(f"anna {typed}", "Anna Müller") and is_found(typed, "Anna Mueller")
    assert is_found("muller", "Anna Müller") and not is_found("mueller", "Anna Miller") and is_found("Groß", "GROSS")


def test_different_names_stay_different() -> None:
    assert len({fold(name) for name in ("Amira", "Bernd", "محمد", "Олена", "李")}) == 5


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Übergänge größer denken: Kita & Schule", "uebergaenge-groesser-denken-kita-schule"),
        ("A\u0308rger", "aerger"),
        ("Çay, Şeker", "cay-seker"),
        ("  --  ", ""),
        ("مساء", ""),
        ("a" * 100, "a" * 80),
        ("Wort " * 40, "-".join(["wort"] * 16)),
    ],
)
def test_a_slug_is_plain_ascii_and_cut_between_words(title: str, slug: str) -> None:
    assert slugify(title) == slug
    assert len(slug) <= 80


def test_one_line_is_one_line() -> None:
    assert one_line(" Kita\r\n„Sonne“\t\x00 \u2028 Overath\x0b ") == "Kita „Sonne“ Overath"


def test_cleaning_keeps_line_breaks_and_joiners_but_nothing_harmful() -> None:
    assert clean("a\r\nb\rc\u2029d\x07\ud800\u202e\ufeff") == "a\nb\nc\nd"
    assert clean("می\u200cخواهم 👩\u200d🏫") == "می\u200cخواهم 👩\u200d🏫"


def test_no_letter_carries_more_marks_than_any_language_has() -> None:
    """Sorting them for NFC takes a time that grows with the square of their number."""
    assert len(clean("a" + "\u0301\u0316" * 30_000 + "b")) < 40
    assert clean("Nguye\u0302\u0303n") == "Nguy\u1ec5n"


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_cleaned_text_can_always_be_stored(text: str) -> None:
    assert "\x00" not in clean(text)
    clean(text).encode()
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize("cell", ["=1+1", "+49 221", "-1", "@SUM(A1)", "\tx", "\rx", "  =1+1", "＝1+1"])
def test_a_cell_that_begins_like_a_formula_is_disarmed(cell: str) -> None:
    assert csv_safe(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "written"), [("Amira", "Amira"), ("a=b", "a=b"), (-3, "-3"), (None, ""), ("", "")])
def test_other_cells_stay_as_they_are(cell: object, written: str) -> None:
    assert csv_safe(cell) == written


def test_json_cannot_leave_its_script_element() -> None:
    data = {"name": "</script><!-- & \u2028 Übung"}
    assert not set("<>&\u2028\u2029") & set(jsonld(data))
    assert json.loads(jsonld(data)) == data
    assert "Übung" in jsonld(data)
