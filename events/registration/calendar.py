"""The calendar parts of mails about registrations, and the SEQUENCE each address has been sent (RFC 5546)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from events.kit import itip
from events.kit.ical import Entry
from events.mail.composing import Attachment, CalendarPart
from events.office.queries import office
from events.programme.entries import entry_of
from events.programme.queries import DateView, EventView
from events.registration.tables import Registration, SentEntry
from events.settings import settings

CALENDAR = "text/calendar"
ALL_DATES = "termine.ics"


async def please_note(
    events: Sequence[EventView], recipient: str, name: str, language: str, only: DateView | None = None
) -> tuple[CalendarPart | None, list[Attachment]]:
    """A REQUEST (or, where the operator wants it, a PUBLISH) for a single date; for several one file with all, which
    programs do not act on by themselves."""
    dates = [(event, one) for event in events for one in event.coming_dates if only is None or one.id == only.id]
    entries = await _numbered(dates, recipient, language)
    if len(entries) == 1:
        return _single(entries[0], recipient, name), []
    if not entries:
        return None, []
    return None, [Attachment(ALL_DATES, CALENDAR, itip.publish(entries))]


async def please_remove(
    events: Sequence[EventView], recipient: str, name: str, language: str, only: DateView | None = None
) -> tuple[CalendarPart | None, list[Attachment]]:
    """A CANCEL for each date this address was sent. Several cannot share a file (RFC 5546, 3.2.5: one UID).

    What takes place stays where somebody else with the same address still has a place.
    """
    stays = await expected([event.id for event in events if not event.is_called_off], recipient)
    gone = [one for event in events for one in event.dates if one.cancelled or event.id not in stays]
    sent = await sent_sequences(gone, recipient)
    meant = sent.keys() if only is None else sent.keys() & {only.id}
    dates = [(event, one) for event in events for one in event.dates if one.id in meant]
    entries = await _numbered(dates, recipient, language)
    files = [itip.cancel(entry, recipient, name) for entry in entries]
    if len(files) == 1:
        return CalendarPart("CANCEL", files[0]), []
    return None, [Attachment(f"absage-{number}.ics", CALENDAR, file) for number, file in enumerate(files, 1)]


async def expected(events: Collection[UUID], address: str) -> frozenset[UUID]:
    """In which of these events somebody who is written to at this address has a place."""
    if not events or not address:
        return frozenset()
    marks = ", ".join("{}" for _ in events)
    rows = await Registration.raw(
        "SELECT DISTINCT r.event AS event FROM registration r JOIN participant p ON p.id = r.participant "
        "JOIN booking b ON b.id = r.booking WHERE r.status = 'confirmed' "
        "AND lower(COALESCE(NULLIF(p.email, ''), b.contact_email)) = lower({}) "
        f"AND r.event IN ({marks})",
        address,
        *events,
    )
    return frozenset(UUID(str(row["event"])) for row in rows)


async def sent_sequences(dates: Iterable[DateView], recipient: str) -> dict[UUID, int]:
    """The last SEQUENCE this address was mailed about each date; dates it was never sent are missing."""
    ids = [one.id for one in dates]
    if not ids:
        return {}
    rows = await SentEntry.select(SentEntry.event_date, SentEntry.sequence).where(
        SentEntry.event_date.is_in(ids) & (SentEntry.recipient == recipient)
    )
    return {row["event_date"]: row["sequence"] for row in rows}


def _single(entry: Entry, recipient: str, name: str) -> CalendarPart:
    if settings().calendar_method == "PUBLISH":
        return CalendarPart("PUBLISH", itip.publish([entry]))
    return CalendarPart("REQUEST", itip.request(entry, recipient, name))


async def _numbered(dates: Sequence[tuple[EventView, DateView]], recipient: str, language: str) -> list[Entry]:
    """Entries whose SEQUENCE is higher than what the address got before, and remembers it."""
    sent = await sent_sequences([one for _, one in dates], recipient)
    numbers = {one.id: max(one.sequence, sent[one.id] + 1 if one.id in sent else 0) for _, one in dates}
    await _remember(numbers, recipient)
    name = (await office()).name if dates else ""
    return [replace(entry_of(event, one, language, name), sequence=numbers[one.id]) for event, one in dates]


async def _remember(numbers: dict[UUID, int], recipient: str) -> None:
    if not numbers:
        return
    marks = ", ".join("({}, {}, {}, {})" for _ in numbers)
    values = [part for date, number in numbers.items() for part in (uuid4(), date, recipient, number)]
    await SentEntry.raw(
        f"INSERT INTO sent_entry (id, event_date, recipient, sequence) VALUES {marks} "
        "ON CONFLICT (event_date, recipient) DO UPDATE SET sequence = excluded.sequence",
        *values,
    )
