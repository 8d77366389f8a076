"""Loads the demo: all of it in one transaction, once per database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from events.demo.agreements import load_agreements
from events.demo.certificates import load_certificates
from events.demo.contacts import load_contacts
from events.demo.feedback import load_feedback
from events.demo.frame import load_frame
from events.demo.funding import load_funding
from events.demo.groups import load_groups
from events.demo.history import load_history
from events.demo.invitations import load_invitations
from events.demo.known import Known
from events.demo.office import load_office, load_staff, sign_in_file
from events.demo.outcomes import load_outcomes
from events.demo.partners import load_partners
from events.demo.running_groups import load_running_groups
from events.demo.sign_ups import load_sign_ups
from events.demo.trainers import load_trainers
from events.demo.upcoming import load_changes, load_upcoming
from events.kit.actor import staff
from events.kit.clock import BERLIN
from events.kit.database import transaction
from events.kit.refusals import Refusal, Refused
from events.office.actions import set_fact
from events.office.queries import fact
from events.programme.tables import Event
from events.registration.tables import Registration

FIRST_DAY = "demo_first_day"
BEGINNING = datetime(2013, 9, 2, 8, tzinfo=UTC)
"""Since then the programmes, venues and organisations are on file; the first events were planned after it."""


@dataclass(frozen=True)
class DemoReport:
    """`is_new` tells whether this run loaded anything. `sign_in` names the file with the demo's password."""

    first_day: date
    is_new: bool
    events: int
    registrations: int
    sign_in: Path


async def load_demo(*, now: datetime) -> DemoReport:
    """Fills an empty database; one that holds the demo already stays as it is. No mail is queued.

    Raises Refused (words in `demo.wording`) when the database holds other events.
    """
    async with transaction():
        first_day = await fact(FIRST_DAY)
        if first_day is None:
            if await Event.exists():
                raise Refused(Refusal("other_events"))
            await _load(now)
            await set_fact(FIRST_DAY, now.astimezone(BERLIN).date().isoformat())
    return DemoReport(
        first_day=date.fromisoformat(first_day) if first_day else now.astimezone(BERLIN).date(),
        is_new=first_day is None,
        events=await Event.count(),
        registrations=await Registration.count(),
        sign_in=sign_in_file(),
    )


async def _load(now: datetime) -> None:
    await load_office(now=now)
    people = await load_staff(now=now)
    known = Known(by=staff(people["organiser"]))
    await load_frame(known, past=BEGINNING, now=now)
    await load_agreements(known, signed=BEGINNING, now=now)
    await load_history(known)
    await load_certificates(known)
    await load_feedback(known)
    await load_outcomes(known, now=now)
    await load_groups(known)
    await load_running_groups(known, now=now)
    await load_funding(known, now=now)
    ids = await load_upcoming(known, now=now)
    await load_sign_ups(ids, known, now=now)
    await load_invitations(ids, known, now=now)
    await load_changes(ids, known, now=now)
    await load_partners(ids, known, now=now)
    await load_contacts(known, now=now)
    await load_trainers(ids, people["trainer"], known, now=now)
