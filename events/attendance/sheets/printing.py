"""Prints lists and tally sheets: gathers what goes on them and has them typeset."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from events.accounts.trainer_access import accounts
from events.attendance.facts import DateFacts
from events.attendance.queries import facts_of
from events.attendance.roster import Attendee, attendees
from events.attendance.sheets.lists import EMPTY_ROWS, Heading, list_data
from events.attendance.sheets.tallies import tally_data
from events.kit import documents
from events.kit.text import fold
from events.office.queries import office
from events.programme.queries import date_with_event
from events.programme.trainers import charges_for
from events.programme.views import DateView, EventView

Kind = Literal["liste", "leer", "zaehlbogen"]
"""With names, with empty rows only, or to count heads."""

EMPTY_SHEET = 20
"""Rows of a list without names."""


def usual_kind(event: EventView) -> Kind:
    """Where nobody signs up, or nobody has to say who they are, people are counted and no names are passed round."""
    return "liste" if event.policy.sign_up and event.policy.needs_email else "zaehlbogen"


async def printed(
    event: EventView, dates: Sequence[DateView], kind: Kind | None = None, empty_rows: int | None = None
) -> bytes:
    """One document about these dates of the event, side by side. Raises `documents.CannotPrint`."""
    return await documents.pdf("sheet", await sheet_data(event, dates, kind or usual_kind(event), empty_rows))


async def sheet_data(
    event: EventView, dates: Sequence[DateView], kind: Kind, empty_rows: int | None = None
) -> dict[str, object]:
    heading = Heading((await office()).name, await leaders_of(event, dates[0].start))
    if kind == "zaehlbogen":
        return tally_data(event, dates, heading)
    people = await _people(event, dates) if kind == "liste" else ()
    usual = EMPTY_ROWS if kind == "liste" else EMPTY_SHEET
    return list_data(event, dates, people, heading, usual if empty_rows is None else empty_rows)


async def list_for_mail(date_id: UUID) -> tuple[str, bytes] | None:
    """Name and bytes of the sheet of one date; None when it cannot be printed."""
    found = await date_with_event(date_id)
    if found is None:
        return None
    date, event = found
    try:
        return file_name(event, usual_kind(event)), await printed(event, [date])
    except (documents.CannotPrint, OSError):
        return None


def file_name(event: EventView, kind: Kind) -> str:
    return f"{'zaehlbogen' if kind == 'zaehlbogen' else 'teilnahmeliste'}-{event.slug}.pdf"


async def leaders_of(event: EventView, at: datetime) -> list[str]:
    """Who is in charge of the event or its series at that moment, by name."""
    in_charge = {one.staff_id for one in await charges_for(event) if one.is_running(at)}
    return sorted({one.name for one in (await accounts(in_charge)).values()}, key=fold)


async def _people(event: EventView, dates: Sequence[DateView]) -> tuple[Attendee, ...]:
    """As the roll call lists them; who came to any of several dates stands on their common list."""
    facts = list((await facts_of({one.id: event.id for one in dates})).values())
    marks = tuple(mark for one in facts for mark in one.marks)
    return attendees(DateFacts(marks, (), facts[0].listed if facts else ()))
