"""A person asks the office: what is stored over all domains, as data, and erased as far as it may be."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.attendance.tables import SheetScan
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.clock import BERLIN
from events.kit.refusals import NotFound, Refusal, Refused
from events.office.tables import InstanceFact
from events.privacy.asking import Asked, Match, matches
from events.privacy.at_address import Entry, entries_at, erase_at
from events.privacy.clock_work import LOG
from events.privacy.erasing import erase_booking, erase_participant
from events.privacy.own_data import OwnData, own_data
from events.privacy.own_json import as_json


@dataclass(frozen=True)
class Stored:
    """`scans`: signed sheets of dates they were registered for, where their name may stand on paper."""

    asked: Asked
    found: tuple[tuple[Match, OwnData], ...]
    entries: tuple[Entry, ...]
    scans: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.found or self.entries)


@dataclass(frozen=True)
class ErasedOnRequest:
    """How many sign-ups (whole bookings or single people) and entries under the address went, and why others not."""

    sign_ups: int
    entries: int
    left: tuple[Refusal, ...]


async def stored_about(asked: Asked, now: datetime) -> Stored:
    """As `asked` is; about ten statements for each sign-up."""
    found = tuple([(one, await own_data(one.booking_id, one.participant_id)) for one in await matches(asked)])
    events = {registration.event.id for _one, own in found for registration in own.registrations}
    return Stored(asked, found, tuple(await entries_at(asked.email, now)), await _scans(list(events)))


async def data_given(asked: Asked, *, by: Actor, now: datetime) -> Stored:
    """The same, and that somebody took it along stands in the log: how much, never who it is about."""
    stored = await stored_about(asked, now)
    facts: dict[str, object] = {"sign_ups": len(stored.found), "entries": len(stored.entries)}
    await note(entry("data_given", InstanceFact, id=LOG, by=by, now=now, facts=facts))
    return stored


def content(stored: Stored, now: datetime) -> dict[str, Any]:
    """Everything, for JSON or a page to read. German keys as in the file people get themselves."""
    return {
        "stand": now.astimezone(BERLIN).isoformat(timespec="seconds"),
        "anmeldevorgaenge": [json.loads(as_json(own, now)) for _match, own in stored.found],
        "unter_der_adresse": [
            {"art": one.kind, "angabe": one.what, "seit": _moment(one.since), "bleibt_weil": one.kept}
            for one in stored.entries
        ],
        "unterschriebene_listen": stored.scans,
    }


async def erase_on_request(
    asked: Asked, reason: str, *, address_too: bool, by: Actor, now: datetime
) -> ErasedOnRequest:
    """Each booking is a transaction of its own; places that are still ahead are given back with a mail.

    `address_too`: also what `entries_at` the address. The reason is kept with the numbers and must name nobody.
    """
    left: list[Refusal] = []
    sign_ups = 0
    for one in await matches(asked):
        reasons = await _erase(one, by, now)
        left += reasons
        sign_ups += not reasons
    entries = await erase_at(asked.email, by=by, now=now) if address_too and asked.email else 0
    facts: dict[str, object] = {"sign_ups": sign_ups, "entries": entries, "waiting": len(left)}
    await note(entry("erased_on_request", InstanceFact, id=LOG, by=by, now=now, facts=facts, reason=reason))
    return ErasedOnRequest(sign_ups, entries, tuple(left))


async def _erase(one: Match, by: Actor, now: datetime) -> list[Refusal]:
    try:
        if one.participant_id is None:
            await erase_booking(one.booking_id, by=by, now=now)
        else:
            await erase_participant(one.participant_id, by=by, now=now)
    except Refused as refused:
        return list(refused.reasons)
    except NotFound:  # somebody else was faster
        return []
    return []


async def _scans(events: list[UUID]) -> int:
    return await SheetScan.count().where(SheetScan.event_date.event.is_in(events)) if events else 0


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(BERLIN).isoformat(timespec="seconds") if moment else None
