from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from events.kit.refusals import NotFound, Refused
from events.office.actions import set_office
from events.office.views import OfficeView
from events.programme import actions
from events.programme.details import VenueDetails
from events.programme.queries import event_by_id
from events.programme.tables import EventDate
from events.programme.upkeep import refresh_entries
from events.programme.views import DateView
from tests.programme.offers import BERND, LATER, NOW, a_draft, a_programme, a_venue, about, an_event, evening, on


async def dates_of(event_id: UUID) -> tuple[DateView, ...]:
    event = await event_by_id(event_id)
    assert event is not None
    return event.dates


def component(day: DateView, language: str = "de") -> dict[str, str]:
    lines = day.entries[language].replace("\r\n ", "").splitlines()
    return {name.partition(";")[0]: value for name, _, value in (line.partition(":") for line in lines)}


async def test_an_entry_says_what_when_where_and_where_to_read_more(db: None) -> None:
    programme = await a_programme()
    id = await an_event(
        programme, "Werkstatt", evening(0, await a_venue()), languages=("tr",), summary={"de": "Ein Abend für alle."}
    )
    (day,) = await dates_of(id)
    said = component(day)
    assert said["SUMMARY"] == "Werkstatt" and said["STATUS"] == "CONFIRMED" and said["TRANSP"] == "TRANSPARENT"
    assert said["LOCATION"] == r"Bürgerhaus Süd\, Körnerplatz 2\, 45661 Recklinghausen"
    assert said["URL"] == "http://testserver.local/veranstaltungen/werkstatt"
    assert said["DESCRIPTION"].startswith("Ein Abend für alle.") and said["URL"] in said["DESCRIPTION"]
    assert said["CATEGORIES"] == "Demokratie leben,Fortbildung,Recklinghausen,Deutsch,Türkisch"
    assert said["ORGANIZER"] == "mailto:ki@example.org"
    assert component(day, "tr")["URL"] == "http://testserver.local/tr/veranstaltungen/werkstatt"
    assert day.uid.endswith("@teilnahme.invalid") and day.sequence == 0


async def test_join_links_never_get_into_public_entries(db: None) -> None:
    online = replace(on(date(2027, 1, 12)), join_link="https://video.example.org/geheim")
    id = await an_event(await a_programme(), "Online-Abend", online)
    (day,) = await dates_of(id)
    assert day.join_link and component(day)["LOCATION"] == "Online"
    assert all("geheim" not in text for text in day.entries.values())


async def test_a_moved_date_keeps_its_uid_and_gets_the_next_sequence(db: None) -> None:
    venue = await a_venue()
    id = await an_event(await a_programme(), "Abend", evening(0, venue))
    (before,) = await dates_of(id)
    await actions.change_date(before.id, evening(1, venue), by=BERND, now=LATER)
    (after,) = await dates_of(id)
    assert (after.uid, after.sequence, after.content_changed_at) == (before.uid, 1, LATER)
    assert component(after)["SEQUENCE"] == "1" and component(after)["DTSTART"] == "20270119T173000"
    event = await event_by_id(id)
    assert event is not None and event.starts_at == evening(1).start


async def test_a_new_place_or_title_counts_too_but_a_new_summary_does_not(db: None) -> None:
    programme = await a_programme()
    id = await an_event(programme, "Abend", evening(0, await a_venue()))
    (day,) = await dates_of(id)
    await actions.change_date(day.id, evening(0, await a_venue("Rathaus", "Herten")), by=BERND, now=NOW)
    await actions.edit_event(id, about(programme, "Anderer Abend"), by=BERND, now=NOW)
    (named,) = await dates_of(id)
    assert named.sequence == 2
    summary = about(programme, "Anderer Abend", summary={"de": "Mit Tee."})
    await actions.edit_event(id, summary, by=BERND, now=LATER)
    (told,) = await dates_of(id)
    assert told.sequence == 2 and told.content_changed_at == LATER and "Mit Tee." in component(told)["DESCRIPTION"]


async def test_what_calendars_do_not_say_changes_nothing_in_them(db: None) -> None:
    programme = await a_programme()
    id = await an_event(programme, "Abend", evening())
    before = await dates_of(id)
    await actions.change_date(before[0].id, replace(evening(), break_minutes=10), by=BERND, now=LATER)
    await actions.edit_event(id, about(programme, "Abend", hints=("free",)), by=BERND, now=LATER)
    (after,) = await dates_of(id)
    assert after == replace(before[0], break_minutes=10)


async def test_nobody_saw_the_draft_so_its_changes_are_not_counted(db: None) -> None:
    programme = await a_programme()
    id = await a_draft(programme, "Abend", evening())
    (day,) = await dates_of(id)
    await actions.change_date(day.id, evening(2), by=BERND, now=NOW)
    await actions.publish_event(id, by=BERND, now=LATER)
    (published,) = await dates_of(id)
    assert published.sequence == 0 and published.content_changed_at == LATER


async def test_a_cancelled_date_stays_and_says_so_and_the_others_keep_their_number(db: None) -> None:
    id = await an_event(await a_programme(), "Kurs", evening(0), evening(1), evening(2))
    _, second, third = await dates_of(id)
    await actions.cancel_date(second.id, by=BERND, now=LATER, reason="Sturm")
    first, cancelled, last = await dates_of(id)
    said = component(cancelled)
    assert said["SUMMARY"] == "ABGESAGT: Kurs (Teil 2 von 3)" and said["STATUS"] == "CANCELLED"
    assert (cancelled.uid, cancelled.sequence) == (second.uid, 1)
    assert last == third and component(first)["SUMMARY"] == "Kurs (Teil 1 von 3)"
    with pytest.raises(Refused):
        await actions.cancel_date(second.id, by=BERND, now=LATER)
    with pytest.raises(Refused):
        await actions.change_date(second.id, evening(4), by=BERND, now=LATER)


async def test_the_span_is_that_of_the_dates_that_take_place(db: None) -> None:
    id = await an_event(await a_programme(), "Kurs", evening(0), evening(1))
    first, second = await dates_of(id)
    await actions.cancel_date(first.id, by=BERND, now=LATER)
    event = await event_by_id(id)
    assert event is not None and (event.starts_at, event.ends_at) == (second.start, second.end)
    await actions.cancel_date(second.id, by=BERND, now=LATER)
    event = await event_by_id(id)
    assert event is not None and (event.starts_at, event.ends_at) == (None, None)


async def test_calling_off_and_taking_it_back_each_count(db: None) -> None:
    id = await an_event(await a_programme(), "Abend", evening())
    await actions.mark_called_off(id, {"de": "Wegen Krankheit."}, by=BERND, now=LATER)
    (day,) = await dates_of(id)
    said = component(day)
    assert (day.sequence, said["STATUS"], said["SUMMARY"]) == (1, "CANCELLED", "ABGESAGT: Abend")
    assert said["DESCRIPTION"].startswith("Wegen Krankheit.")
    await actions.publish_event(id, by=BERND, now=LATER)
    (day,) = await dates_of(id)
    assert (day.sequence, component(day)["STATUS"]) == (2, "CONFIRMED")


async def test_a_venue_that_moves_takes_its_dates_along(db: None) -> None:
    venue = await a_venue()
    id = await an_event(await a_programme(), "Abend", evening(0, venue), evening(1))
    there = VenueDetails("Bürgerhaus Nord", "Markt 1", "45711", "Datteln")
    await actions.edit_venue(venue, there, by=BERND, now=LATER)
    moved, online = await dates_of(id)
    assert (moved.sequence, moved.city, online.sequence) == (1, "Datteln", 0)
    assert "Markt 1" in component(moved)["LOCATION"]
    with pytest.raises(NotFound):
        await actions.edit_venue(uuid4(), there, by=BERND, now=LATER)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(evening(), end=evening().start), "end_before_start"),
        (replace(evening(), break_minutes=180), "breaks_too_long"),
        (replace(evening(), end=evening().start + timedelta(days=2)), "over_night"),
    ],
)
async def test_a_date_that_cannot_be_is_refused(db: None, wrong: object, code: str) -> None:
    id = await a_draft(await a_programme())
    with pytest.raises(Refused) as refused:
        await actions.add_date(id, wrong, by=BERND, now=NOW)  # type: ignore[arg-type]
    assert refused.value.reasons[0].code == code
    assert await dates_of(id) == ()


async def test_a_date_belongs_to_an_event_that_exists(db: None) -> None:
    with pytest.raises(NotFound):
        await actions.add_date(uuid4(), evening(), by=BERND, now=NOW)
    with pytest.raises(NotFound):
        await actions.change_date(uuid4(), evening(), by=BERND, now=NOW)


async def test_entries_rendered_for_another_office_are_renewed_once(db: None) -> None:
    programme = await a_programme()
    ids = [await an_event(programme, f"Abend {number}", evening(number)) for number in range(3)]
    assert await refresh_entries(LATER) == 0
    await set_office(OfficeView(name="KI Kreis Unna"), by=BERND, now=LATER)
    assert await refresh_entries(LATER) == 3
    assert await refresh_entries(LATER) == 0
    (day,) = await dates_of(ids[0])
    assert "KI Kreis Unna" in day.entries["de"] and (day.sequence, day.content_changed_at) == (0, LATER)


async def test_an_older_fingerprint_over_the_same_words_leaves_the_stamp(db: None) -> None:
    id = await an_event(await a_programme(), "Abend", evening())
    await EventDate.update({EventDate.fingerprint: "older"}, force=True)
    assert await refresh_entries(LATER) == 1
    assert (await dates_of(id))[0].content_changed_at == NOW
