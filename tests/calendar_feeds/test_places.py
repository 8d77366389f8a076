"""How each status, and several people in one event, look in their calendar."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from events.calendar_feeds.places import Place, own_entries, places_of
from events.kit.clock import now
from events.programme.actions import cancel_date
from events.registration.status import STATUSES
from events.registration.tables import Registration
from tests.factories import make_event, seen
from tests.registration.stories import BERND

EVENT, FIRST = uuid4(), datetime.fromisoformat("2026-11-01T12:00:00+00:00")
LATER = FIRST + timedelta(days=1)

SHOWN = {
    "confirmed": ("Abend", "CONFIRMED"),
    "offered": ("Platz angeboten: Abend", "TENTATIVE"),
    "requested": ("Angefragt: Abend", "TENTATIVE"),
    "waiting": ("Warteliste: Abend", "TENTATIVE"),
    "declined": ("ABGESAGT: Abend", "CANCELLED"),
    "cancelled": ("ABGESAGT: Abend", "CANCELLED"),
    "lapsed": ("ABGESAGT: Abend", "CANCELLED"),
}


def one(status: str, at: datetime) -> Registration:
    ids = {"booking": uuid4(), "participant": uuid4(), "event": EVENT}
    return Registration(**ids, status=status, registered_at=at, changed_at=at, queue_number=1, person_key="")


@pytest.mark.parametrize("status", STATUSES)
async def test_every_status_is_shown_as_what_it_is_and_an_unproven_one_not_at_all(db: None, status: str) -> None:
    event = await make_event("Abend")
    place = places_of([one(status, FIRST)]).get(EVENT)
    if place is None:
        assert status == "unconfirmed"
        return
    ((_, entry),) = own_entries(event, place, {}, "de", "KI")
    assert ((entry.summary, entry.status), entry.transparent) == (SHOWN[status], False)


def test_of_several_people_the_best_counts_and_the_latest_change() -> None:
    both = places_of([one("cancelled", LATER), one("waiting", FIRST)])
    assert both == {EVENT: Place("waiting", FIRST, LATER)}
    assert places_of([one("waiting", FIRST), one("confirmed", FIRST)])[EVENT].status == "confirmed"


async def test_the_sequence_is_never_lower_than_what_was_mailed(db: None) -> None:
    event = await make_event("Abend")
    (date,) = event.dates
    for sent, said in ((0, date.sequence), (7, 7)):
        ((_, entry),) = own_entries(event, Place("confirmed", FIRST, FIRST), {date.id: sent}, "de", "KI")
        assert entry.sequence == said and entry.changed_at == date.content_changed_at


async def test_a_date_that_was_cancelled_before_they_signed_up_was_never_theirs(db: None) -> None:
    event = await make_event("Kurs", dates=2)
    moment = now()
    await cancel_date(event.dates[0].id, by=BERND, now=moment)
    event, before, after = await seen(event.id), moment - timedelta(hours=1), moment + timedelta(hours=1)
    early = own_entries(event, Place("confirmed", before, before), {}, "de", "KI")
    late = own_entries(event, Place("confirmed", after, after), {}, "de", "KI")
    assert [entry.status for _, entry in early] == ["CANCELLED", "CONFIRMED"]
    assert [entry.status for _, entry in late] == ["CONFIRMED"]
