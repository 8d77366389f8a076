"""Addresses of personal calendars, and what stands in one, for tests over HTTP."""

from httpx import Response
from icalendar import Calendar, Event

from events.kit.feed_addresses import feed_token


def path(purpose: str, id: object, version: int = 1) -> str:
    return f"/kalender/persoenlich/{feed_token(purpose, id, version)}.ics"  # type: ignore[arg-type]


def entries(answer: Response) -> list[Event]:
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def states(answer: Response) -> list[tuple[str, str]]:
    return [(str(one["SUMMARY"]), str(one["STATUS"])) for one in entries(answer)]
