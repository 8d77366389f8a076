"""Forms into structs: all errors at once, nothing lost, nothing raised."""

import enum
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import FormMultiDict
from msgspec import Meta

from events.kit.forms import EmailAddress, MultilineText, PhoneNumber, Ticked, parse_form, rows, typed
from events.kit.translation import speaking

ID = "11111111-2222-3333-4444-555555555555"
REQUIRED = "Bitte füllen Sie dieses Feld aus."
CHOOSE = "Bitte wählen Sie eine der angebotenen Möglichkeiten."


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class SignUp(msgspec.Struct, kw_only=True):
    name: Annotated[str, Meta(min_length=2, max_length=10)]
    email: EmailAddress
    phone: PhoneNumber | None = None
    party: Annotated[int, Meta(ge=1, le=6)] = 1
    remarks: MultilineText = ""
    consent: Ticked
    interpreter: bool = True
    childcare: bool | None = None
    events: list[UUID]
    language: Literal["de", "tr"] = "de"
    colour: Colour = Colour.RED
    starts: datetime | None = None
    day: date | None = None
    clock: time | None = None
    hours: Decimal | None = None
    share: Annotated[float, Meta(gt=0, lt=1)] | None = None
    at_least: Annotated[int, Meta(ge=5)] | None = None
    number: int | None = None
    postcode: Annotated[str, Meta(pattern=r"^\d{5}$", extra={"hint": "Fünf Ziffern, bitte."})] | None = None
    picks: Annotated[list[int], Meta(min_length=2, max_length=3)] = []
    pair: tuple[str, ...] = ()


FILLED = {"name": "Amira", "email": "amira@example.org", "consent": "on", "events": ID}


def form(**fields: Any) -> FormMultiDict:
    pairs = [(name, value) for name, values in fields.items() for value in _listed(values)]
    return FormMultiDict(pairs)


def _listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]


def read(**fields: Any) -> SignUp:
    filled, errors = parse_form(SignUp, form(**{**FILLED, **fields}))
    assert errors == {}
    assert filled is not None
    return filled


def error(**fields: Any) -> str:
    """The message at the one field that is wrong."""
    filled, errors = parse_form(SignUp, form(**{**FILLED, **fields}))
    assert filled is None
    assert list(errors) == list(fields)
    return errors[next(iter(fields))]


def test_empty_fields_take_their_defaults() -> None:
    found = read(party="", phone=" ", language="", starts="", number="")
    assert (found.party, found.phone, found.language, found.starts, found.number) == (1, None, "de", None, None)
    assert found.events == [UUID(ID)]


def test_every_mistake_is_told_at_once() -> None:
    filled, errors = parse_form(SignUp, form(name="A", email="amira", party="9", starts="gestern"))
    assert filled is None
    assert list(errors) == ["name", "email", "party", "consent", "events", "starts"]


def test_an_empty_form_names_what_is_required() -> None:
    assert parse_form(SignUp, form()) == (
        None,
        {
            "name": REQUIRED,
            "email": REQUIRED,
            "consent": "Bitte setzen Sie hier ein Häkchen.",
            "events": "Bitte wählen Sie mindestens eine Möglichkeit.",
        },
    )


def test_messages_are_said_in_the_language_of_the_page() -> None:
    with speaking("en"):
        assert error(name="") == "Please fill in this field."
    with speaking("ar"):
        assert error(name="") == "يرجى ملء هذا الحقل."


def test_text_is_stripped_normalised_and_rid_of_control_characters() -> None:
    assert read(name=" Jose\u0301\x00\t ").name == "José"


@pytest.mark.parametrize("name", ["Amira\r\nBcc", "Ami\nra", "Ami\rra", "Ami\u2028ra"])
def test_a_line_break_in_a_single_line_is_an_error(name: str) -> None:
    assert error(name=name) == "Bitte schreiben Sie hier alles in eine Zeile."


def test_a_line_break_in_an_address_is_an_error() -> None:
    assert error(email="amira@example.org\r\nBcc: x@example.org") == "Bitte schreiben Sie hier alles in eine Zeile."


def test_a_multiline_text_keeps_its_lines() -> None:
    assert read(remarks="eins\r\nzwei\rdrei\n").remarks == "eins\nzwei\ndrei"


def test_lengths_are_limited_with_and_without_a_limit_of_the_field() -> None:
    assert error(name="A") == "Bitte mindestens 2 Zeichen."
    assert error(name="A" * 11) == "Bitte höchstens 10 Zeichen, es sind 11."
    assert error(pair="A" * 501) == "Bitte höchstens 500 Zeichen, es sind 501."
    assert error(remarks="A" * 20_001) == "Bitte höchstens 20000 Zeichen, es sind 20001."


def test_a_pattern_may_bring_its_own_hint() -> None:
    assert read(postcode="51465").postcode == "51465"
    assert error(postcode="5146") == "Fünf Ziffern, bitte."


def test_addresses_and_phone_numbers_are_checked() -> None:
    found = read(email=" Amira@Bücher.example ", phone="+49 (0)221 / 4710-123")
    assert (found.email, found.phone) == ("Amira@xn--bcher-kva.example", "+49 (0)221 / 4710-123")
    assert read(phone="٠٢٢١ ٤٧١٠١٢٣").phone == "0221 4710123"
    assert error(email="amira@example") == "Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel name@example.org."
    for wrong in ("112x", "1234", "0" * 16, "abc", "+-+-+12345"):
        assert error(phone=wrong) == "Bitte geben Sie eine Telefonnummer an, zum Beispiel 0221 4710123."


def test_numbers_are_read_and_limited() -> None:
    found = read(party=" 3 ", hours="1,5", share="0.25", number="-7", at_least="٥")
    assert (found.party, found.hours, found.share, found.number, found.at_least) == (3, Decimal("1.5"), 0.25, -7, 5)
    assert error(party="0") == error(party="7") == "Bitte geben Sie eine Zahl von 1 bis 6 an."
    assert error(at_least="4") == "Bitte geben Sie eine Zahl ab 5 an."
    assert error(number="2147483648") == "Bitte geben Sie eine Zahl bis 2147483647 an."
    assert error(share="1") == "Bitte geben Sie eine Zahl von 0 bis 1 an."
    for wrong in ("1e3", "1_000", "3,5", "null", "9" * 5000):
        assert error(party=wrong) == "Bitte geben Sie eine ganze Zahl an, zum Beispiel 12."
    for wrong in ("nan", "inf", "1.000,5"):
        assert error(hours=wrong) == "Bitte geben Sie eine Zahl an, zum Beispiel 1,5."


def test_wall_clock_times_of_berlin_become_utc() -> None:
    assert read(starts="2027-01-12T17:30").starts == datetime(2027, 1, 12, 16, 30, tzinfo=UTC)
    assert read(starts="2027-07-12T17:30:00").starts == datetime(2027, 7, 12, 15, 30, tzinfo=UTC)
    assert read(starts="12.07.2027 17.30").starts == datetime(2027, 7, 12, 15, 30, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_an_error_and_a_doubled_one_is_the_first() -> None:
    assert error(starts="2027-03-28T02:30").startswith("Diese Uhrzeit gibt es an dem Tag nicht")
    assert read(starts="2027-10-31T02:30").starts == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_days_and_times_are_read_in_both_spellings() -> None:
    assert read(day="2027-01-12").day == read(day="12.1.2027").day == read(day="12. 01. 2027").day == date(2027, 1, 12)
    assert read(clock="17:30").clock == read(clock="17.30 Uhr").clock == time(17, 30)
    assert error(day="2027-02-29") == "Diesen Tag gibt es nicht. Bitte prüfen Sie das Datum."
    assert error(day="0001-01-01") == error(day="2200-01-01") == "Bitte ein Jahr von 1900 bis 2199 angeben."
    assert error(day="morgen") == "Bitte geben Sie ein Datum an, zum Beispiel 12.01.2027."
    assert error(clock="25:00") == error(clock="halb") == "Bitte geben Sie eine Uhrzeit an, zum Beispiel 17:30."
    assert error(starts="2027-01-12") == "Bitte geben Sie Datum und Uhrzeit an, zum Beispiel 12.01.2027 17:30."


def test_a_missing_checkbox_is_false_and_a_ticked_one_true() -> None:
    assert read().interpreter is False
    assert read(interpreter="on").interpreter is True
    assert read(interpreter=["0", "1"]).interpreter is True
    assert [read(childcare=said).childcare for said in ("", "1", "0", "nein")] == [None, True, False, False]
    assert error(consent="0") == "Bitte setzen Sie hier ein Häkchen."


def test_only_what_was_offered_can_be_chosen() -> None:
    assert read(language="tr").language == "tr"
    assert read(colour="blue").colour is Colour.BLUE
    assert error(language="xx") == error(colour="RED") == error(events="17") == CHOOSE
    assert error(events=[ID, "17"]) == CHOOSE


def test_lists_hold_all_values_and_their_number_is_limited() -> None:
    assert read(picks=["3", "", "1"]).picks == [3, 1]
    assert read(pair=["a", "b"]).pair == ("a", "b")
    assert error(picks=["1"]) == "Bitte wählen Sie mindestens 2."
    assert error(picks=["1", "2", "3", "4"]) == "Bitte wählen Sie höchstens 3."


def test_what_is_chosen_twice_is_chosen_once() -> None:
    assert read(events=[ID] * 3000).events == [UUID(ID)]
    assert error(picks=["1", "1"]) == "Bitte wählen Sie mindestens 2."


def test_an_endless_text_is_refused_before_it_is_read() -> None:
    assert error(name="x" * 80_001) == "Bitte höchstens 10 Zeichen, es sind 80001."
    assert error(party="9" * 80_001) == "Bitte höchstens 500 Zeichen, es sind 80001."
    assert error(remarks=" " * 80_001) == "Bitte höchstens 20000 Zeichen, es sind 80001."


def test_the_last_of_several_values_counts() -> None:
    assert read(party=["2", "4"]).party == 4
    assert read(party=["2", ""]).party == 1


def test_files_and_unknown_fields_are_left_alone() -> None:
    assert read(name=[object(), "Amira"], role="admin").name == "Amira"


def test_repeated_parts_are_read_one_by_one_with_their_prefix() -> None:
    class Person(msgspec.Struct):
        given_name: str

    sent = form(**{"people-2-given_name": "", "people-0-given_name": "Amira", "people-x-given_name": "", "people": "1"})
    assert rows(sent, "people") == ["people-0-", "people-2-"]
    assert rows(form(**{f"people-{'9' * 5000}-given_name": "", "people-²-given_name": ""}), "people") == []
    assert parse_form(Person, sent, "people-0-") == (Person("Amira"), {})
    assert parse_form(Person, sent, "people-2-") == (None, {"people-2-given_name": REQUIRED})


def test_what_was_typed_comes_back_unchanged() -> None:
    sent = form(name=" A\r\n", picks=["1", "x"], file=object())
    assert typed(sent) == {"name": [" A\r\n"], "picks": ["1", "x"], "file": []}


@given(st.dictionaries(st.sampled_from(SignUp.__struct_fields__), st.lists(st.text(), max_size=3)))
def test_nothing_typed_makes_it_raise(fields: dict[str, list[str]]) -> None:
    filled, errors = parse_form(SignUp, form(**fields))
    assert (filled is None) == bool(errors)
    assert all(errors.values())
