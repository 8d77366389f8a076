"""Certificates of an event or a person, and who of an event may have one."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from events.attendance.facts import DateFacts
from events.attendance.people import identities
from events.attendance.queries import facts_of
from events.attendance.roster import Attendee, attendees
from events.certificates.rules import Part, Requirement, counted, why_not_certify
from events.certificates.tables import Certificate
from events.certificates.views import Candidate, CertificateView, certificate_view
from events.kit.clock import BERLIN
from events.programme.loading import load_events
from events.programme.queries import DateView, EventView
from events.programme.tables import Event
from events.registration.tables import Registration

Attended = Mapping[tuple[str, int], date]
"""By who somebody is and the number of the part: the day on which they attended it."""


async def certificates_of(event_id: UUID) -> list[CertificateView]:
    """The newest first, ended ones included."""
    rows = await Certificate.select().where(Certificate.event == event_id)
    return sorted(map(certificate_view, rows), key=lambda one: (one.issued_at, str(one.id)), reverse=True)


async def certificate_by_id(id: UUID) -> CertificateView | None:
    row = await Certificate.select().where(Certificate.id == id).first()
    return certificate_view(row) if row else None


async def certificate_by_number(number: str) -> CertificateView | None:
    row = await Certificate.select().where(Certificate.number == number).first()
    return certificate_view(row) if row else None


async def valid_certificates(registrations: Collection[UUID]) -> dict[UUID, CertificateView]:
    """By registration; those who have none are missing."""
    if not registrations:
        return {}
    rows = await Certificate.select().where(
        Certificate.registration.is_in(list(registrations)) & Certificate.ended_at.is_null()
    )
    return {row["registration"]: certificate_view(row) for row in rows}


async def certificates_for(registrations: Collection[UUID]) -> list[CertificateView]:
    """All that were ever issued to these people, the oldest first."""
    if not registrations:
        return []
    rows = await Certificate.select().where(Certificate.registration.is_in(list(registrations)))
    return sorted(map(certificate_view, rows), key=lambda one: (one.issued_at, str(one.id)))


async def candidates(event: EventView, now: datetime) -> list[Candidate]:
    """Everybody confirmed, by name. A fixed number of statements, one round more where runs make up for each other."""
    rule, dates = Requirement.of(event.policy), event.coming_dates
    facts = await facts_of({one.id: event.id for one in dates})
    elsewhere = await _attended_elsewhere(event) if rule.across_runs else {}
    rolls = {one.id: attendees(facts[one.id]) for one in dates}
    who = identities(rolls[dates[0].id]) if dates else {}
    confirmed = [one for one in facts[dates[0].id].listed if one.is_confirmed] if dates else []
    known = await valid_certificates([one.registration_id for one in confirmed])
    languages = await _languages(event.id)
    found = []
    for one in confirmed:
        identity = who.get(one.registration_id, "")
        parts = tuple(
            _part(
                number, day, facts[day.id], rolls[day.id], one.registration_id, elsewhere.get((identity, number)), now
            )
            for number, day in enumerate(dates, start=1)
        )
        found.append(
            Candidate(
                registration_id=one.registration_id, given_name=one.given_name, family_name=one.family_name,
                party=one.party, language=languages.get(one.registration_id, "de"),
                address=one.email if one.address_proven else "", parts=parts,
                counting=tuple(counted(parts, rule)),
                why_not=why_not_certify(parts, rule, f"{one.given_name} {one.family_name}", one.is_confirmed),
                certificate=known.get(one.registration_id),
            )
        )  # fmt: skip
    return found


def _part(
    number: int,
    day: DateView,
    facts: DateFacts,
    roll: Collection[Attendee],
    registration: UUID,
    made_up_on: date | None,
    now: datetime,
) -> Part:
    mark = next((one.mark.mark for one in roll if one.subject == registration and one.mark), None)
    return Part(
        number, day.start.astimezone(BERLIN).date(), day.minutes, day.end <= now, bool(facts.marks), mark, made_up_on
    )


async def _attended_elsewhere(event: EventView) -> Attended:
    """In the other runs: events of the same programme and format with as many dates. A part is the date of the same
    number, so that a missed second day is made up by another second day."""
    runs = [
        run
        for run in await load_events(Event.programme == event.programme_id, entries=False)
        if run.id != event.id and run.format == event.format and len(run.coming_dates) == len(event.coming_dates)
    ]
    facts = await facts_of({day.id: run.id for run in runs for day in run.coming_dates})
    found: dict[tuple[str, int], date] = {}
    for run in runs:
        for number, day in enumerate(run.coming_dates, start=1):
            people = attendees(facts[day.id])
            who = identities(people)
            for one in people:
                if one.is_present and one.subject in who:
                    found[who[one.subject], number] = day.start.astimezone(BERLIN).date()
    return found


async def _languages(event_id: UUID) -> dict[UUID, str]:
    rows = await Registration.select(Registration.id, Registration.booking.language).where(
        Registration.event == event_id
    )
    return defaultdict(str, {row["id"]: row["booking.language"] for row in rows})
