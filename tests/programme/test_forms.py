"""What staff type about events and dates becomes details for the actions, or errors at the fields."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from litestar.datastructures import FormMultiDict

from events.programme.forms import event_values, read_date, read_event
from events.programme.policy import FIELDS
from tests.programme.test_rules import DRAFT

PROGRAMME = str(uuid4())
VENUE = str(uuid4())


def event_form(**changed):
    return FormMultiDict({"title": "Lebenskunde", "programme": PROGRAMME, **changed}.items())


def date_form(**changed):
    values = {"day": "2027-03-02", "starts": "17:30", "ends": "20:30", "venue": VENUE, **changed}
    return FormMultiDict(values.items())


def test_texts_are_kept_by_language_and_empty_ones_left_out():
    details, errors = read_event(event_form(**{"tr-title": "Hayat bilgisi", "ar-title": " "}), {})
    assert not errors and details.title == {"de": "Lebenskunde", "tr": "Hayat bilgisi"}
    assert details.summary == {}


def test_a_rule_left_empty_is_that_of_the_programme():
    details, _ = read_event(event_form(visibility="", needs_email="0", sign_up_until_days="3"), {})
    assert details.policy == {"needs_email": False, "sign_up_until_hours": 72}


def test_rules_are_stored_as_the_policy_knows_them():
    typed = {
        "approval": "1", "request_holds_place": "0", "waiting_list": "offer", "cut_off_hours": "24", "max_people": "3",
        "minimum": "8", "decide_minimum_days": "14", "agreement": "required", "capacity": "20",
    }  # fmt: skip
    details, errors = read_event(event_form(**typed), {})
    assert not errors and details.policy == {
        "approval": True, "request_holds_place": False, "waiting_list": "offer", "cut_off_hours": 24, "max_people": 3,
        "minimum": 8, "decide_minimum_hours": 336, "agreement": "required",
    }  # fmt: skip
    assert set(details.policy) <= FIELDS


def test_rules_stand_in_the_form_as_they_were_typed():
    typed = {"approval": "0", "minimum": "0", "decide_minimum_days": "7", "agreement": "not_needed", "max_people": "1"}
    details, _ = read_event(event_form(**typed), {})
    shown = event_values(DRAFT, details.policy)
    assert {name: shown[name] for name in typed} == typed


def test_no_minimum_is_larger_than_the_room():
    details, errors = read_event(event_form(minimum="21", capacity="20"), {})
    assert details is None and list(errors) == ["minimum"]
    assert read_event(event_form(minimum="20", capacity="20"), {})[0] is not None
    assert read_event(event_form(minimum="21"), {})[0] is not None


def test_rules_that_no_field_shows_stay_and_those_that_a_field_shows_can_be_taken_back():
    details, _ = read_event(event_form(), {"dimensions": ["people"], "visibility": "hidden", "minimum": 8})
    assert details.policy == {"dimensions": ["people"]}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"programme": "x"}, "programme"),
        ({"capacity": "-1"}, "capacity"),
        ({"max_party": "0"}, "max_party"),
        ({"visibility": "secret"}, "visibility"),
        ({"waiting_list": "perhaps"}, "waiting_list"),
        ({"agreement": "maybe"}, "agreement"),
        ({"max_people": "0"}, "max_people"),
        ({"cut_off_hours": "-1"}, "cut_off_hours"),
        ({"decide_minimum_days": "366"}, "decide_minimum_days"),
        ({"en-title": "x" * 161}, "en-title"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(wrong, field):
    details, errors = read_event(event_form(**wrong), {})
    assert details is None and list(errors) == [field]


def test_a_date_is_meant_by_the_clocks_in_berlin():
    details, place, errors = read_date(date_form())
    assert not errors and place is None
    assert details.start == datetime(2027, 3, 2, 16, 30, tzinfo=UTC)
    assert (details.end - details.start).total_seconds() == 3 * 3600


def test_a_date_online_needs_no_place():
    details, _place, errors = read_date(date_form(venue="", is_online="on", join_link="https://meet.example.org/x"))
    assert not errors and details.is_online and details.venue_id is None


def test_a_date_may_bring_its_own_place():
    details, place, errors = read_date(date_form(**{"venue": "", "new-venue-name": "Bürgerhaus Süd"}))
    assert not errors and details is not None
    assert place is not None and place.name == "Bürgerhaus Süd"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"venue": ""}, "venue"),
        ({"ends": "17:30"}, "ends"),
        ({"break_minutes": "180"}, "break_minutes"),
        ({"new-venue-city": "Herten"}, "new-venue-name"),
        ({"new-venue-name": "x" * 161}, "new-venue-name"),
    ],
)
def test_a_date_that_cannot_be_is_told_at_its_field(wrong, field):
    details, _place, errors = read_date(date_form(**wrong))
    assert details is None and list(errors) == [field]
