import json
from datetime import date
from uuid import UUID, uuid4

import pytest

from events.history.tables import HistoryEntry
from events.kit.refusals import NotFound, Refused
from events.programme import actions
from events.programme.queries import event_by_id, event_by_slug
from events.programme.tables import Event
from events.programme.views import EventView
from tests.programme.offers import (
    BERND,
    LATER,
    NOW,
    a_draft,
    a_programme,
    a_series,
    a_venue,
    about,
    an_event,
    evening,
    on,
)


async def seen(id: UUID) -> EventView:
    event = await event_by_id(id)
    assert event is not None
    return event


async def test_a_draft_becomes_public_when_it_is_published(db: None) -> None:
    id = await a_draft(await a_programme(), "Eltern stärken", evening())
    assert await event_by_slug("eltern-staerken") is None
    await actions.publish_event(id, by=BERND, now=NOW)
    event = await event_by_slug("eltern-staerken")
    assert event is not None and event.is_listed and event.status == "published"
    assert (event.starts_at, event.ends_at) == (evening().start, evening().end)
    assert event.dates[0].minutes == 150


async def test_what_has_no_dates_is_published_only_when_the_office_says_termin_folgt(db: None) -> None:
    id = await a_draft(await a_programme())
    with pytest.raises(Refused) as refused:
        await actions.publish_event(id, by=BERND, now=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["no_dates"]
    assert (await seen(id)).status == "draft"
    await actions.publish_event(id, dates_to_follow=True, by=BERND, now=NOW)
    assert (await seen(id)).starts_at is None


async def test_a_title_that_is_taken_gets_year_and_month_into_its_address(db: None) -> None:
    programme = await a_programme()
    slugs = [(await seen(await an_event(programme, "Sprachcafé", evening()))).slug for _ in range(4)]
    assert slugs == ["sprachcafe", "sprachcafe-2027", "sprachcafe-2027-01", "sprachcafe-2"]


async def test_the_address_follows_the_title_until_publication_and_stays_then(db: None) -> None:
    programme = await a_programme()
    id = await a_draft(programme, "Erster Titel", evening())
    await actions.edit_event(id, about(programme, "Zweiter Titel"), by=BERND, now=NOW)
    assert (await seen(id)).slug == "zweiter-titel"
    await actions.publish_event(id, by=BERND, now=NOW)
    await actions.edit_event(id, about(programme, "Dritter Titel"), by=BERND, now=LATER)
    event = await seen(id)
    assert (event.slug, event.title, event.changed_at) == ("zweiter-titel", {"de": "Dritter Titel"}, LATER)


async def test_a_draft_whose_address_is_taken_gets_its_date_into_it_at_publication(db: None) -> None:
    programme = await a_programme()
    await an_event(programme, "Sprachcafé")
    id = await a_draft(programme, "Sprachcafé")
    assert (await seen(id)).slug == "sprachcafe-2"
    await actions.add_date(id, evening(), by=BERND, now=NOW)
    await actions.publish_event(id, by=BERND, now=NOW)
    assert (await seen(id)).slug == "sprachcafe-2027"


async def test_called_off_can_be_taken_back_and_a_draft_cannot_be_called_off(db: None) -> None:
    programme = await a_programme()
    id = await an_event(programme, "Abend", evening())
    await actions.mark_called_off(id, {"de": "Die Referentin ist krank."}, by=BERND, now=LATER)
    event = await seen(id)
    assert event.is_called_off and event.called_off_reason == {"de": "Die Referentin ist krank."}
    assert event.ends_at == evening().end  # so that lists know until when to show it
    with pytest.raises(Refused):
        await actions.mark_called_off(id, {}, by=BERND, now=LATER)
    await actions.publish_event(id, by=BERND, now=LATER)
    assert (await seen(id)).status == "published" and (await seen(id)).called_off_reason == {}
    with pytest.raises(Refused):
        await actions.publish_event(id, by=BERND, now=LATER)
    with pytest.raises(Refused):
        await actions.mark_called_off(await a_draft(programme), {}, by=BERND, now=LATER)


async def test_a_published_capacity_is_never_lowered_below_what_is_taken(db: None) -> None:
    programme = await a_programme()
    id = await an_event(programme, "Abend", evening(), capacity=20)
    fewer = about(programme, "Abend", capacity=10)
    with pytest.raises(ValueError, match="seats taken"):
        await actions.edit_event(id, fewer, by=BERND, now=LATER)
    with pytest.raises(Refused) as refused:
        await actions.edit_event(id, fewer, seats_taken=11, by=BERND, now=LATER)
    assert refused.value.reasons[0].code == "capacity_below_taken"
    assert (await seen(id)).capacity == 20
    await actions.edit_event(id, fewer, seats_taken=10, by=BERND, now=LATER)
    await actions.edit_event(id, about(programme, "Abend", capacity=30), by=BERND, now=LATER)
    await actions.edit_event(id, about(programme, "Abend"), by=BERND, now=LATER)
    assert (await seen(id)).capacity is None


async def test_an_edit_takes_the_seat_lock_and_one_that_changes_nothing_leaves_no_trace(db: None) -> None:
    programme = await a_programme()
    id = await an_event(programme, "Abend", evening())
    before, lines = await seen(id), await HistoryEntry.count()
    await actions.edit_event(id, about(programme, "Abend"), by=BERND, now=LATER)
    after = await seen(id)
    assert after.turn == before.turn + 1 and after.changed_at == before.changed_at
    assert await HistoryEntry.count() == lines


async def test_the_programme_stays_once_the_event_has_begun(db: None) -> None:
    programme, other = await a_programme(), await a_programme("Griffbereit")
    id = await an_event(programme, "Abend", evening())
    await actions.edit_event(id, about(other, "Abend"), by=BERND, now=LATER)
    with pytest.raises(Refused) as refused:
        await actions.edit_event(id, about(programme, "Abend"), by=BERND, now=evening().start)
    assert refused.value.reasons[0].code == "programme_fixed"


async def test_unknown_choices_are_refused_all_at_once_and_leave_nothing(db: None) -> None:
    programme = await a_programme()
    with pytest.raises(Refused) as refused:
        await a_draft(programme, " ", format="party", audiences=("cats",), policy={"colour": "red"}, capacity=-1)
    codes = [reason.code for reason in refused.value.reasons]
    assert codes == ["no_german_title", "unknown_choice", "unknown_choice", "unknown_policy", "capacity_negative"]
    with pytest.raises(NotFound):
        await actions.edit_event(uuid4(), about(programme), by=BERND, now=NOW)


async def test_every_step_stands_in_the_history_of_the_event(db: None) -> None:
    programme = await a_programme()
    id = await an_event(programme, "Abend", evening())
    await actions.edit_event(id, about(programme, "Abend", capacity=9), seats_taken=0, by=BERND, now=LATER)
    await actions.mark_called_off(id, {"de": "Sturm"}, by=BERND, now=LATER)
    rows = await HistoryEntry.select().where(HistoryEntry.context_id == id)
    told = {row["verb"]: row for row in rows}
    assert set(told) == {"created", "date_added", "published", "edited", "called_off"}
    assert json.loads(told["edited"]["facts"]) == {"changed": ["capacity"], "capacity": [None, 9]}
    assert told["called_off"]["reason"] == "Sturm"
    assert {row["actor"] for row in rows} == {str(BERND)}


async def test_what_does_not_work_out_leaves_no_half_event(db: None) -> None:
    programme = await a_programme()
    overnight = on(date(2027, 2, 2), 22, 4)
    with pytest.raises(Refused) as refused:
        await a_draft(programme, "Lange Nacht", evening(), overnight)
    assert refused.value.reasons[0].code == "over_night"
    assert await event_by_slug("lange-nacht") is None
    assert await HistoryEntry.exists().where(HistoryEntry.verb == "date_added") is False


async def test_the_texts_of_an_event_are_found_without_marks_and_capitals(db: None) -> None:
    programme = await a_programme("Griffbereit")
    series = await a_series(programme, "Frühling")
    venue = await a_venue("Şükrü-Haus", "Datteln")
    id = await an_event(programme, "Über Bücher", evening(0, venue), series_id=series)
    row = await Event.select().where(Event.id == id).first()
    assert row is not None
    assert all(
        word in row["search_text"] for word in ("uber bucher", "griffbereit", "sukru-haus", "datteln", "fruhling")
    )
