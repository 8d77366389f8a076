"""Appointments as iCalendar text (RFC 5545, RFC 7986): one entry to VEVENT, stored entries to a feed.

What goes into mails is in `itip`. The same entry always gives the same bytes, so texts can be stored and compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vText, vUri

from events.kit.clock import BERLIN
from events.kit.text import clean, one_line

PRODID = "-//Teilnahme//Veranstaltungskalender//DE"
REFRESH = timedelta(hours=1)

# Constant and with plain rules: the RDATE lists that libraries make of the time zone database let Thunderbird and
# others show every summer event an hour late.
ZONE = "\r\n".join(
    (
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:DAYLIGHT",
        "DTSTART:19810329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    )
)

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True)
class Entry:
    """One date as calendars see it. Texts may hold anything; they are cleaned and escaped when rendered.

    `uid` is stored once and the same everywhere; `sequence` and `changed_at` grow only with the content. `summary` is
    shown as it is: the one who cancels puts "ABGESAGT: " before it. `geo` is latitude, longitude.
    """

    uid: str
    sequence: int
    changed_at: datetime
    start: datetime
    end: datetime
    summary: str
    organizer_name: str
    organizer_mail: str
    description: str = ""
    location: str = ""
    geo: tuple[float, float] | None = None
    url: str = ""
    categories: tuple[str, ...] = ()
    status: Status = "CONFIRMED"
    transparent: bool = True


def opaque(entry: Entry) -> Entry:
    """For one person's own calendar: the time is taken."""
    return replace(entry, transparent=False)


def with_status(entry: Entry, status: Status) -> Entry:
    """For one person's own calendar: waiting is TENTATIVE."""
    return replace(entry, status=status)


def entry_text(entry: Entry) -> str:
    """The VEVENT, lines ended by CRLF and folded at 75 octets; raises ValueError for times without a zone."""
    return component_text(event_component(entry))


def event_component(entry: Entry) -> Event:
    event = Event()
    event.add("uid", one_line(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _aware(entry.changed_at).astimezone(UTC))
    event.add("last-modified", _aware(entry.changed_at).astimezone(UTC))
    event.add("dtstart", _aware(entry.start).astimezone(BERLIN))
    event.add("dtend", _aware(entry.end).astimezone(BERLIN))
    event.add("summary", one_line(entry.summary))
    event.add("status", entry.status)
    event.add("transp", "TRANSPARENT" if entry.transparent else "OPAQUE")
    event.add("organizer", mailbox(entry.organizer_mail, entry.organizer_name))
    _add_what_is_there(event, entry)
    return event


def _add_what_is_there(event: Event, entry: Entry) -> None:
    if description := clean(entry.description):
        event.add("description", description)
    if location := one_line(entry.location):
        event.add("location", location)
    if entry.geo:
        event.add("geo", entry.geo)
    if entry.url:
        event.add("url", _uri(entry.url))
    if categories := [name for name in map(one_line, entry.categories) if name]:
        event.add("categories", categories)


def mailbox(mail: str, name: str) -> vCalAddress:
    """A calendar user address; quotes and carets leave the name, for few programs read RFC 6868."""
    address = vCalAddress(f"mailto:{''.join(one_line(mail).split())}")
    if shown := one_line(name.replace('"', "'").replace("^", " ")):
        address.params["CN"] = vText(shown)
    return address


def calendar(
    entries: Iterable[str],
    *,
    name: str,
    description: str,
    url: str,
    source: str = "",
    changed_at: datetime,
    color: str = "teal",
) -> bytes:
    """A feed of stored VEVENT texts (METHOD:PUBLISH). `source` is its own address, unless that is a secret; `color` a
    CSS colour name.

    The calendar has no UID: vdirsyncer would take the whole feed for one item.
    """
    head = Calendar()
    # The library does not know some of these properties and escapes them only as vText.
    head.add("name", vText(one_line(name)))
    head.add("x-wr-calname", vText(one_line(name)))
    head.add("description", clean(description))
    head.add("x-wr-caldesc", vText(clean(description)))
    head.add("url", _uri(url))
    if source:
        head.add("source", _uri(source), {"VALUE": "URI"})
    head.add("color", vText(one_line(color)))
    head.add("last-modified", _aware(changed_at).astimezone(UTC))
    # Without both of these Nextcloud asks again only after a week.
    head.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    head.add("x-published-ttl", "PT1H")
    head.add("x-wr-timezone", BERLIN.key)
    return wrapped("PUBLISH", entries, head)


def wrapped(method: str, entries: Iterable[str], head: Calendar | None = None) -> bytes:
    """VEVENT texts with zone and method around them, and the further properties of `head`."""
    head = head or Calendar()
    head.add("version", "2.0")
    head.add("prodid", PRODID)
    head.add("calscale", "GREGORIAN")
    head.add("method", method)
    end = "END:VCALENDAR\r\n"
    return "".join((component_text(head).removesuffix(end), ZONE, *entries, end)).encode()


def component_text(component: Event | Calendar) -> str:
    text: bytes = component.to_ical(sorted=True)
    return text.decode()


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment


def _uri(address: str) -> vUri:
    return vUri(quote(one_line(address), safe=":/?#[]@!$&'()*+,;=%~"))
