"""Tells the office which steps for action are due soon or overdue: one mail for all of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from events.kit.clock import BERLIN
from events.kit.database import transaction
from events.kit.translation import SOURCE, localized
from events.mail.actions import queue
from events.mail.composing import ComposedMail, compose
from events.office.queries import office
from events.office.views import OfficeView
from events.outcomes.queries import OutcomeView, pending_until
from events.outcomes.rules import TOLD_AHEAD, is_to_be_told
from events.outcomes.tables import Outcome
from events.settings import settings

KIND = "outcome_due"
ABOUT = "office:outcomes"
FROM = time(8)
"""In Berlin; not at night."""


async def remind_of_outcomes(*, now: datetime) -> int:
    """At most one mail a day to the office's mailbox. How many steps it tells of."""
    local = now.astimezone(BERLIN)
    if local.time() < FROM:
        return 0
    due = [one for one in await pending_until(local.date() + TOLD_AHEAD) if _is_due(one, local.date())]
    if due:
        mail = _mail(due, await office(), local.date())
        async with transaction():
            # Another process may do the same at this moment: the mail is unique by its day.
            await queue(mail, now=now)
            await Outcome.update(reminded_at=now).where(Outcome.id.is_in([one.id for one in due]))
    return len(due)


def _is_due(one: OutcomeView, today: date) -> bool:
    told = one.reminded_at.astimezone(BERLIN).date() if one.reminded_at else None
    return one.details.due_on is not None and is_to_be_told(one.details.due_on, told, today)


def _mail(due: Sequence[OutcomeView], sender: OfficeView, today: date) -> ComposedMail:
    base = f"{settings().base_url}/team/ergebnisse"
    return compose(
        KIND,
        to=sender.email,
        language=SOURCE,
        about=ABOUT,
        sequence=today.toordinal(),
        context={
            "office": sender,
            "steps": [_told(one, today, f"{base}/{one.id}") for one in due],
            "link": f"{base}?frist=naechste",
        },
        priority=3,
    )


def _told(one: OutcomeView, today: date, address: str) -> Mapping[str, object]:
    return {
        "step": one.details.step,
        "title": localized(one.event.title, SOURCE).text,
        "responsible": one.details.responsible,
        "due_on": one.details.due_on,
        "is_overdue": one.is_overdue(today),
        "address": address,
    }
