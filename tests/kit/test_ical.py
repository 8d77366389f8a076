"""Entries and feeds: right hours, stable bytes, hostile text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from events.kit.ical import ZONE, Entry, calendar, entry_text, opaque, with_status
from events.kit.itip import cancel, publish, request
from tests.kit.calendar_samples import ENTRY, SUMMER, unfolded, values

FEED = {
    "name": "Veranstaltungen; alle",
    "description": "Alles, was offen ist",
    "url": "https://termine.example.org/",
    "source": "https://termine.example.org/kalender.ics?stadt=Overath",
    "changed_at": ENTRY.changed_at,
}
HOSTILE = st.text(max_size=200, alphabet=st.characters(exclude_categories=[])) | st.sampled_from(
    [
        "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
        '";,\\:^n',
        "👩\u200d🏫" * 40,
        "\u202eمرحبا\u200f",
        "ä" * 200,
        "a\rb\x0bc\u2028d",
        "",
    ]
)


def parsed(calendar_bytes: bytes) -> list[Event]:
    found = Calendar.from_ical(calendar_bytes)
    assert isinstance(found, Calendar)
    assert not found.errors
    return list(found.events)


def feed(*entries: Entry, **changes: Any) -> bytes:
    return calendar([entry_text(entry) for entry in entries], **{**FEED, **changes})


def test_an_entry_holds_what_calendars_need() -> None:
    assert unfolded(entry_text(ENTRY)) == [
        "BEGIN:VEVENT",
        "SUMMARY:Mehrsprachigkeit\\; Teil 1\\, Grundlagen",
        "DTSTART;TZID=Europe/Berlin:20270112T173000",
        "DTEND;TZID=Europe/Berlin:20270112T203000",
        "DTSTAMP:20261101T090000Z",
        "UID:7d1c@termine.example.org",
        "SEQUENCE:2",
        "CATEGORIES:Sprache,Bergisch Gladbach\\, Mitte",
        "DESCRIPTION:Für Fachkräfte.\\nhttps://termine.example.org/veranstaltungen/mehrsprachigkeit",
        "GEO:50.98;7.12",
        "LAST-MODIFIED:20261101T090000Z",
        "LOCATION:Kreishaus\\, Am Rübezahlwald 7\\, 51469 Bergisch Gladbach",
        "ORGANIZER;CN=Integrationszentrum:mailto:team@example.org",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "URL:https://termine.example.org/veranstaltungen/mehrsprachigkeit",
        "END:VEVENT",
    ]


def test_what_is_empty_is_left_out() -> None:
    bare = replace(ENTRY, description="", location=" ", geo=None, url="", categories=(" ",), organizer_name="")
    names = {re.split("[:;]", line)[0] for line in unfolded(entry_text(bare))}
    assert not names & {"DESCRIPTION", "LOCATION", "GEO", "URL", "CATEGORIES"}
    assert values(entry_text(bare), "ORGANIZER") == ["mailto:team@example.org"]


def test_the_same_entry_gives_the_same_bytes() -> None:
    assert entry_text(ENTRY) == entry_text(replace(ENTRY))
    assert feed(ENTRY, SUMMER) == feed(ENTRY, SUMMER)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        entry_text(replace(ENTRY, start=ENTRY.start.replace(tzinfo=None)))


def test_a_personal_calendar_takes_the_time_and_shows_waiting_as_tentative() -> None:
    text = entry_text(with_status(opaque(ENTRY), "TENTATIVE"))
    assert (values(text, "TRANSP"), values(text, "STATUS")) == (["OPAQUE"], ["TENTATIVE"])
    assert values(text, "UID") == values(entry_text(ENTRY), "UID")


def test_the_zone_is_the_constant_one() -> None:
    assert ZONE.split("\r\n") == [
        *("BEGIN:VTIMEZONE", "TZID:Europe/Berlin"),
        *("BEGIN:DAYLIGHT", "DTSTART:19810329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
        *("TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT"),
        *("BEGIN:STANDARD", "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
        *("TZNAME:CET", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE", ""),
    ]


def by_the_zone_text(wall: datetime) -> datetime:
    """The UTC moment a client finds that believes nothing but the rules in our VTIMEZONE."""
    onsets = sorted(onset for onset in zone_onsets(wall.year) if onset[0] <= wall)
    return (wall - onsets[-1][1]).replace(tzinfo=UTC)


def zone_onsets(year: int) -> Iterator[tuple[datetime, timedelta]]:
    for part in ("DAYLIGHT", "STANDARD"):
        block = ZONE.split(f"BEGIN:{part}")[1]
        month = int(re.findall(r"BYMONTH=(\d+);BYDAY=-1SU", block)[0])
        hour = int(re.findall(r"DTSTART:\d{8}T(\d\d)", block)[0])
        offset = timedelta(hours=int(re.findall(r"TZOFFSETTO:\+(\d\d)", block)[0]))
        for at in (year - 1, year):
            last = date(at, month, 31)
            sunday = last - timedelta(days=(last.weekday() + 1) % 7)
            yield datetime.combine(sunday, time(hour)), offset


@pytest.mark.parametrize("day", [date(2027, 1, 1) + timedelta(days=9 * step) for step in range(80)])
def test_every_date_of_the_year_is_at_the_right_hour(day: date) -> None:
    start = datetime(day.year, day.month, day.day, 15, 30, tzinfo=UTC)
    text = entry_text(replace(ENTRY, start=start, end=start + timedelta(hours=2)))
    [wall] = values(text, "DTSTART")
    assert by_the_zone_text(datetime.fromisoformat(wall)) == start


def test_libraries_read_summer_and_winter_dates_at_the_same_hour() -> None:
    assert [f"{event.start:%H:%M}" for event in parsed(feed(ENTRY, SUMMER))] == ["17:30", "17:30"]
    assert [event.start for event in parsed(feed(ENTRY, SUMMER))] == [ENTRY.start, SUMMER.start]


def test_a_feed_says_who_it_is_and_how_often_to_ask() -> None:
    head = unfolded(feed(ENTRY).split(b"BEGIN:VTIMEZONE")[0])
    assert head == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Teilnahme//Veranstaltungskalender//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "DESCRIPTION:Alles\\, was offen ist",
        "X-WR-CALDESC:Alles\\, was offen ist",
        "NAME:Veranstaltungen\\; alle",
        "X-WR-CALNAME:Veranstaltungen\\; alle",
        "COLOR:teal",
        "LAST-MODIFIED:20261101T090000Z",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "SOURCE;VALUE=URI:https://termine.example.org/kalender.ics?stadt=Overath",
        "URL:https://termine.example.org/",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:Europe/Berlin",
    ]


def test_a_feed_has_no_uid_of_its_own_and_no_attendee() -> None:
    text = feed(ENTRY, SUMMER)
    assert values(text, "UID") == [ENTRY.uid, SUMMER.uid]
    assert b"ATTENDEE" not in text
    assert len(values(text, "ORGANIZER")) == 2
    assert text.count(b"BEGIN:VTIMEZONE") == 1


def test_an_empty_feed_is_still_a_calendar() -> None:
    assert parsed(feed()) == []
    assert feed().endswith(b"END:VTIMEZONE\r\nEND:VCALENDAR\r\n")


def test_addresses_in_feeds_are_ascii_and_cannot_break_the_line() -> None:
    text = feed(source="https://termine.example.org/kalender.ics?stadt=Rösrath\r\nX:1 2")
    assert values(text, "SOURCE") == ["https://termine.example.org/kalender.ics?stadt=R%C3%B6srath%20X:1%202"]


@given(text=HOSTILE, other=HOSTILE)
def test_no_text_breaks_an_entry(text: str, other: str) -> None:
    hostile = replace(
        ENTRY,
        summary=text,
        description=other,
        location=text,
        categories=(text, other),
        url=other,
        organizer_name=text,
        organizer_mail=other,
        uid=text,
    )
    written = entry_text(hostile)
    check_lines(written)
    documents = (feed(hostile, ENTRY), request(hostile, other, text), cancel(hostile, text, other), publish([hostile]))
    for document in documents:
        check_lines(document.decode())
        assert all(event.start == ENTRY.start for event in parsed(document))
    assert len(parsed(documents[0])) == 2


def check_lines(text: str) -> None:
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
        assert not re.search("[\r\n\x00-\x08\x0b-\x1f\x7f]", line)
    assert text.count("\r\nBEGIN:VEVENT") <= 2
    names = {re.split("[:;]", line)[0] for line in unfolded(text)}
    assert all(re.fullmatch("[A-Z-]+", name) for name in names)


@given(HOSTILE, HOSTILE)
def test_no_text_breaks_the_head_of_a_feed(text: str, other: str) -> None:
    document = feed(ENTRY, name=text, description=other, url=text, source=other)
    check_lines(document.decode())
    assert len(parsed(document)) == 1


@given(st.text(alphabet='abc;,\\:"n\n äß😀', max_size=200))
def test_escaped_text_is_read_back_as_it_was(text: str) -> None:
    [event] = parsed(feed(replace(ENTRY, description=f"x{text}x")))
    assert str(event["DESCRIPTION"]) == f"x{text}x"
