"""What stands on lists and tally sheets: numbers, columns, empty rows, headings; and nothing else beside a name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from events.attendance.facts import Listed
from events.attendance.roster import Attendee
from events.attendance.sheets.keeping import kept_until, latest, proposed, why_not_keep_until
from events.attendance.sheets.lists import Heading, list_data
from events.attendance.sheets.tallies import tally_data
from events.programme.policy import Policy
from events.programme.views import DateView, EventView, PartnerView

START = datetime(2027, 3, 2, 16, 30, tzinfo=UTC)
OFFICE = Heading("Kommunales Integrationszentrum", ["Tanja Trainerin"])


def a_date(number=0, **changed):
    start = START + timedelta(weeks=number)
    usual = DateView(
        id=uuid4(), event_id=uuid4(), start=start, end=start + timedelta(hours=3), break_minutes=0, venue_id=None,
        venue_name="Kreishaus", room="Raum 1", street="Musterallee 1", postcode="45657", city="Recklinghausen",
        latitude=None, longitude=None, is_online=False, join_link="", cancelled=False, uid="", sequence=0,
        content_changed_at=start,
    )  # fmt: skip
    return replace(usual, **changed)


def an_event(*dates, **changed):
    usual = EventView(
        id=uuid4(), slug="lebenskunde", status="published", format="training", title={"de": "Lebenskunde"}, summary={},
        description={}, audiences=(), languages=("tr",), hints=(), capacity=20, policy=Policy(), programme_id=uuid4(),
        programme_slug="griffbereit", programme_name="Griffbereit", family="early_education", kind="other",
        funding="Landesprogramm NRW", series_id=None, series_slug=None, series_title=None, starts_at=START,
        ends_at=None, called_off_reason={}, changed_at=START, turn=0, dates=dates,
    )  # fmt: skip
    return replace(usual, **changed)


def listed(given_name, family_name="", party=1, organisation="", city="", **more):
    one = Listed(
        registration_id=uuid4(), status="confirmed", party=party, registered_at=START, given_name=given_name,
        family_name=family_name, email="amira@example.org", address_proven=True, phone="02361 1",
        organisation_name=organisation, is_known_organisation=False, city=city, role="parent", **more,
    )  # fmt: skip
    return Attendee(one.registration_id, one, None)


def sheet(people=(), dates=1, empty_rows=5, **changed):
    days = [a_date(number) for number in range(dates)]
    event = an_event(*days, **changed)
    return list_data(event, days, people, OFFICE, empty_rows)


def test_rows_are_numbered_like_the_roll_call_and_the_empty_ones_go_on():
    data = sheet([listed("Amira", "Haddad", organisation="Kita Regenbogen", city="Marl"), listed("Suryani", party=3)])
    assert [row["number"] for row in data["rows"]] == [1, 2, 3, 4, 5, 6, 7]
    assert data["rows"][0] == {"number": 1, "name": "Amira Haddad", "more": 0, "beside": ["Kita Regenbogen", "Marl"]}
    assert (data["rows"][1]["name"], data["rows"][1]["more"]) == ("Suryani", 2)
    assert [row["name"] for row in data["rows"][2:]] == [""] * 5
    assert len(sheet(empty_rows=0)["rows"]) == 0


def test_beside_a_name_stand_organisation_and_town_and_nothing_else():
    data = sheet([listed("Amira", "Haddad", organisation="Kita", city="Marl")])
    assert {key for row in data["rows"] for key in row} == {"number", "name", "more", "beside"}
    assert not {"amira@example.org", "02361 1", "parent"} & set(str(data["rows"]).replace("'", " ").split())


@pytest.mark.parametrize(
    ("dates", "columns"), [(1, [1]), (3, [3]), (5, [5]), (6, [3, 3]), (7, [4, 3]), (11, [4, 4, 3])]
)
def test_dates_stand_side_by_side_and_never_too_many_on_one_sheet(dates, columns):
    data = sheet(dates=dates)
    assert [len(some) for some in data["tables"]] == columns
    first = data["tables"][0][0]
    assert first["day"] == "Di. 2. März 2027" and first["time"] == "17:30–20:30"
    assert first["part"] == ("Termin 1" if dates > 1 else "")


def test_the_heading_names_who_pays_who_leads_when_and_where():
    data = sheet(partners=(PartnerView(uuid4(), "Stiftung", "funder", ""), PartnerView(uuid4(), "Kita", "host", "")))
    assert data["funders"] == ["Landesprogramm NRW", "Stiftung"]
    assert dict(data["facts"]) == {
        "Programm": "Griffbereit",
        "Termin": "Dienstag, 2. März 2027, 17:30–20:30 Uhr",
        "Ort": "Kreishaus, Raum 1, Musterallee 1, 45657 Recklinghausen",
        "Leitung": "Tanja Trainerin",
    }
    assert "31. Dezember 2032" in data["privacy"]
    assert data["short"] == "Lebenskunde · 2. März 2027"


def test_one_date_of_several_says_which_it_is():
    days = [a_date(0), a_date(1)]
    data = list_data(an_event(*days), days[1:], [], OFFICE, 0)
    assert "(Termin 2 von 2)" in dict(data["facts"])["Termin"]


def test_words_without_a_break_cannot_run_into_the_next_column():
    (row,) = sheet([listed("x" * 60)], empty_rows=0)["rows"]
    assert max(map(len, row["name"].split("\u200b"))) <= 22 and row["name"].replace("\u200b", "") == "x" * 60


def test_a_tally_sheet_asks_for_what_the_event_counts_and_has_no_room_for_names():
    day = a_date()
    data = tally_data(an_event(day, policy=Policy(dimensions=("people", "language"))), [day], OFFICE)
    groups = {group["name"]: group["values"] for group in data["groups"]}
    assert groups["Frauen, Männer, Kinder"] == ["Frauen", "Männer", "Divers oder ohne Angabe", "Kinder"]
    assert groups["Sprache"] == ["Deutsch", "Türkisch", "", ""]
    assert groups["Insgesamt"] == ["Alle zusammen"]
    assert "rows" not in data and "tables" not in data


@pytest.mark.parametrize(
    ("wished", "reason"),
    [
        (date(2027, 3, 1), "kept_until_past"),
        (date(2027, 3, 2), None),
        (date(2037, 12, 31), None),
        (date(2038, 1, 1), "scan_kept_too_long"),
    ],
)
def test_a_signed_list_is_kept_five_years_and_never_more_than_ten(wished, reason):
    day = date(2027, 3, 2)
    assert (kept_until(day), latest(day)) == (date(2032, 12, 31), date(2037, 12, 31))
    assert (proposed(day, date(2027, 3, 3)), proposed(day, date(2034, 5, 1))) == (
        date(2032, 12, 31),
        date(2034, 12, 31),
    )
    refusal = why_not_keep_until(wished, day, date(2027, 3, 2))
    assert (refusal.code if refusal else None) == reason
