"""Asks institutions for the reports their groups owe: one mail for all of them, and once more 14 days later."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from events.groups.institutions import InstitutionPage, institution_address, institutions_by_ids
from events.groups.queries import GroupView, overdue_reports
from events.groups.rules import last_reminder
from events.kit.addresses import mail_address
from events.kit.clock import BERLIN
from events.kit.database import transaction
from events.kit.translation import SOURCE
from events.mail.actions import queue
from events.mail.composing import ComposedMail, compose
from events.mail.tables import OutgoingMail
from events.office.queries import office
from events.office.views import OfficeView

KIND = "group_report_due"
FROM = time(8)
"""In Berlin; not at night."""


@dataclass(frozen=True)
class Owed:
    """What one institution is written about; `sequence` is the day of its latest reminder, as an ordinal."""

    institution: InstitutionPage
    groups: Sequence[GroupView]
    sequence: int


async def remind_of_reports(*, now: datetime) -> int:
    """Writes to every contact with a running link. How many mails; two statements while no report is overdue."""
    local = now.astimezone(BERLIN)
    overdue = await overdue_reports(local.date()) if local.time() >= FROM else []
    owed = await _owed(overdue, local.date()) if overdue else []
    if not owed:
        return 0
    sender = await office()
    async with transaction():
        # Another process may do the same at this moment: a mail is unique by its sequence.
        await queue(*[_mail(one, sender) for one in owed], now=now)
    return len(owed)


async def _owed(overdue: Collection[GroupView], day: date) -> list[Owed]:
    """Reminders the institution has not had: those of a later day than its last mail was about."""
    reminders: dict[UUID, list[tuple[int, GroupView]]] = defaultdict(list)
    for group in overdue:
        reminder = last_reminder(group.report_due_on, day) if group.report_due_on else None
        if reminder is not None:
            reminders[group.institution_id].append((reminder.toordinal(), group))
    institutions = [one for one in (await institutions_by_ids(reminders)).values() if one.is_open]
    told = await _told(institutions)
    found = []
    for one in institutions:
        new = [(reminder, group) for reminder, group in reminders[one.id] if reminder > told.get(one.id, 0)]
        if new:
            found.append(Owed(one, [group for _, group in new], max(reminder for reminder, _ in new)))
    return found


async def _told(institutions: Collection[InstitutionPage]) -> Mapping[UUID, int]:
    """The sequence of the last mail to the contact of today; who was never written to is missing."""
    if not institutions:
        return {}
    rows = await OutgoingMail.select(OutgoingMail.about, OutgoingMail.sequence, OutgoingMail.recipient).where(
        (OutgoingMail.kind == KIND) & OutgoingMail.about.is_in([_about(one) for one in institutions])
    )
    by_contact = {(_about(one), mail_address(one.contact_email)): one.id for one in institutions}
    last: dict[UUID, int] = {}
    for row in rows:
        id = by_contact.get((row["about"], row["recipient"]))
        if id is not None:
            last[id] = max(last.get(id, 0), row["sequence"])
    return last


def _about(institution: InstitutionPage) -> str:
    return f"organisation:{institution.id}"


def _mail(owed: Owed, sender: OfficeView) -> ComposedMail:
    institution = owed.institution
    return compose(
        KIND,
        to=institution.contact_email,
        language=SOURCE,
        about=_about(institution),
        sequence=owed.sequence,
        context={
            "office": sender,
            "name": institution.contact_name,
            "organisation": institution.name,
            "groups": owed.groups,
            "link": institution_address(institution.id, institution.link_version),
        },
        priority=3,
    )
