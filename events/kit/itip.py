"""The calendar part of a mail to one person (RFC 5546): please note, please remove, and a file of several dates.

A later message about the same UID needs a higher `sequence` than the last one this person got; the caller keeps count.
"""

from collections.abc import Iterable

from icalendar import vText

from events.kit.ical import Entry, component_text, entry_text, event_component, mailbox, opaque, with_status, wrapped


def request(entry: Entry, attendee_mail: str, attendee_name: str) -> bytes:
    """METHOD:REQUEST for a place that is given already: accepted, no answer wanted. The mail must come from the
    organiser's address and go to the attendee's, or programs show no buttons."""
    return _to_one("REQUEST", opaque(entry), attendee_mail, attendee_name)


def cancel(entry: Entry, attendee_mail: str, attendee_name: str) -> bytes:
    """METHOD:CANCEL, which takes the date out; a REQUEST with STATUS:CANCELLED would leave it standing."""
    return _to_one("CANCEL", opaque(with_status(entry, "CANCELLED")), attendee_mail, attendee_name)


def publish(entries: Iterable[Entry]) -> bytes:
    """METHOD:PUBLISH, all dates in one file to be attached; names no attendee, the time of each is taken."""
    return wrapped("PUBLISH", [entry_text(opaque(entry)) for entry in entries])


def _to_one(method: str, entry: Entry, mail: str, name: str) -> bytes:
    attendee = mailbox(mail, name)
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    event = event_component(entry)
    event.add("attendee", attendee)
    return wrapped(method, [component_text(event)])
