"""Calendar parts of mails: request, cancel, publish."""

from dataclasses import replace

import pytest
from icalendar import Calendar, Event

from events.kit.itip import cancel, publish, request
from tests.kit.calendar_samples import ENTRY, SUMMER, unfolded, values


def only_event(document: bytes) -> Event:
    [event] = Calendar.from_ical(document).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_a_request_names_one_attendee_who_has_accepted() -> None:
    document = request(ENTRY, "amira@example.org", "Amira Yılmaz")
    assert values(document, "METHOD") == ["REQUEST"]
    [line] = [line for line in unfolded(document) if line.startswith("ATTENDEE")]
    assert line == (
        'ATTENDEE;CN="Amira Yılmaz";CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE'
        ":mailto:amira@example.org"
    )
    assert values(document, "ORGANIZER") == ["mailto:team@example.org"]
    assert (values(document, "STATUS"), values(document, "TRANSP")) == (["CONFIRMED"], ["OPAQUE"])


def test_a_cancellation_is_a_cancel_of_the_same_uid() -> None:
    document = cancel(replace(ENTRY, sequence=3), "amira@example.org", "Amira")
    assert values(document, "METHOD") == ["CANCEL"]
    assert values(document, "STATUS") == ["CANCELLED"]
    event = only_event(document)
    assert (event["UID"], event["SEQUENCE"]) == (ENTRY.uid, 3)
    assert event["ATTENDEE"] == "mailto:amira@example.org"


def test_a_file_of_several_dates_names_nobody_and_takes_the_time() -> None:
    document = publish([ENTRY, SUMMER])
    assert values(document, "METHOD") == ["PUBLISH"]
    assert values(document, "UID") == [ENTRY.uid, SUMMER.uid]
    assert values(document, "TRANSP") == ["OPAQUE", "OPAQUE"]
    assert b"ATTENDEE" not in document
    assert document.count(b"BEGIN:VTIMEZONE") == 1


@pytest.mark.parametrize("name", ['Amira "Ami" Yılmaz', "Amira^Yılmaz", "Yılmaz, Amira; Kita: Sonne\r\nX-EVIL:1"])
def test_a_name_stays_inside_its_parameter(name: str) -> None:
    document = request(ENTRY, "amira@example.org\r\nX-EVIL:1", name)
    assert not [line for line in unfolded(document) if line.startswith("X-EVIL")]
    assert b"^" not in document
    assert "Yılmaz" in only_event(document)["ATTENDEE"].params["CN"]


def test_no_name_gives_no_empty_parameter() -> None:
    assert b"CN=;" not in request(ENTRY, "amira@example.org", "")
