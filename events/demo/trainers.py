"""Who leads the upcoming trainings. The lecturers have no password: a mailed link signs them in."""

from datetime import datetime
from uuid import UUID

from events.accounts.trainer_access import trainer_account
from events.demo.known import Known
from events.demo.timetable import SOONEST
from events.demo.upcoming import EventIds
from events.programme.actions import add_trainer
from events.programme.queries import event_by_id

LECTURERS = {
    "griffbereit-schulung": ("Sevda Aydın", "sevda.aydin@example.org"),
    "rucksack-kita-grundschulung": ("Marta Nowak", "marta.nowak@example.org"),
}


async def load_trainers(ids: EventIds, trainer: UUID, known: Known, *, now: datetime) -> None:
    """The trainer with a password leads the series of the soonest event; no mail is queued."""
    first = await event_by_id(ids[SOONEST][0])
    if first is not None:
        await add_trainer(trainer, series_id=first.series_id, by=known.by, now=now)
    for key, (name, email) in LECTURERS.items():
        account = await trainer_account(email, name, by=known.by, now=now)
        for event_id in ids[key]:
            await add_trainer(account.id, event_id=event_id, by=known.by, now=now)
