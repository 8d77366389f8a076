from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from events.calendar_feeds.feeds import event_feed, feed
from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.programme import actions
from events.programme.listing import Filters
from events.programme.queries import event_by_id
from events.programme.tables import EventDate
from events.registration.actions import register
from events.registration.signup import Person, SignUp
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
    many_events,
)

ALL = Filters()
AFTER = evening().end


def summaries(content: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")]


async def told(filters: Filters = ALL, **more: Any) -> list[str]:
    found = await feed(filters, **{"language": "de", "now": NOW, **more})
    return summaries(found.content)


async def test_the_feed_holds_public_dates_only_in_order(db: None) -> None:
    programme = await a_programme()
    await an_event(programme, "Zweiter", evening(1))
    await an_event(programme, "Erster", evening(0), evening(2))
    await an_event(programme, "Geladen", evening(0), policy={"visibility": "invited_only"})
    await an_event(programme, "Versteckt", evening(0), policy={"visibility": "hidden"})
    await an_event(programme, "Ohne Termin")
    await a_draft(programme, "Entwurf", evening(0))
    assert await told() == ["Erster (Teil 1 von 2)", "Zweiter", "Erster (Teil 2 von 2)"]


async def test_it_calls_itself_what_it_holds_and_has_no_uid_of_its_own(db: None) -> None:
    programme = await a_programme("Griffbereit")
    await a_series(programme, "Abende")
    filters = Filters(
        programm="griffbereit", reihe="abende", stadt="Herten", sprache="tr", monat="2027-01", suche="a;b"
    )
    found = await feed(filters, language="en", cancelled=False, now=NOW)
    head = Calendar.from_ical(found.content)
    assert "UID" not in head and head["METHOD"] == "PUBLISH"
    assert head["NAME"] == head["X-WR-CALNAME"] and str(head["NAME"]).replace("\\", "") == found.name
    assert all(part in found.name for part in ("Griffbereit", "Abende", "Herten", "January 2027", "a;b"))
    query = "programm=griffbereit&reihe=abende&stadt=Herten&sprache=tr&monat=2027-01&suche=a%3Bb&abgesagt=0"
    assert head["SOURCE"] == f"http://testserver.local/en/kalender.ics?{query}"
    assert head["URL"] == f"http://testserver.local/en/?{query}"
    everything = await feed(ALL, language="de", now=NOW)
    assert everything.name == "Veranstaltungen: Kommunales Integrationszentrum Kreis Recklinghausen"


async def test_while_nothing_changes_the_bytes_and_the_tag_stay(db: None) -> None:
    programme = await a_programme()
    id = await an_event(programme, "Abend", evening())
    first = await feed(ALL, language="de", now=NOW)
    again = await feed(ALL, language="de", now=LATER + timedelta(days=3))
    assert first == again and first.last_modified == NOW
    assert first.etag.startswith('"') and first.etag.endswith('"')
    await actions.edit_event(id, about(programme, "Anderer Abend"), by=BERND, now=LATER)
    changed = await feed(ALL, language="de", now=LATER)
    assert changed.etag != first.etag and changed.last_modified == LATER


async def test_an_empty_calendar_is_a_calendar_and_always_the_same(db: None) -> None:
    found = await feed(Filters(programm="nie"), language="de", now=NOW)
    assert summaries(found.content) == []
    assert found == await feed(Filters(programm="nie"), language="de", now=LATER)


async def test_dates_stay_sixty_days_and_cancelled_ones_thirty(db: None) -> None:
    programme = await a_programme()
    await an_event(programme, "Abend", evening())
    off = await an_event(programme, "Sturm", evening())
    await actions.mark_called_off(off, {"de": "Sturm"}, by=BERND, now=NOW)
    kurs = await an_event(programme, "Kurs", evening())
    event = await event_by_id(kurs)
    assert event is not None
    await actions.cancel_date(event.dates[0].id, by=BERND, now=NOW)
    gone = {"ABGESAGT: Sturm", "ABGESAGT: Kurs"}
    assert set(await told(now=AFTER + timedelta(days=29))) == {"Abend", *gone}
    assert await told(now=AFTER + timedelta(days=31)) == ["Abend"]
    assert await told(now=AFTER + timedelta(days=59)) == ["Abend"]
    assert await told(now=AFTER + timedelta(days=61)) == []
    assert await told(cancelled=False) == ["Abend"]


async def test_a_cancelled_date_does_not_drop_out_of_its_citys_calendar(db: None) -> None:
    id = await an_event(await a_programme(), "Abend", evening(0, await a_venue("Rathaus", "Herten")))
    event = await event_by_id(id)
    assert event is not None
    await actions.cancel_date(event.dates[0].id, by=BERND, now=NOW)
    assert await told(Filters(stadt="Herten", monat="2027-01")) == ["ABGESAGT: Abend"]
    assert await told(Filters(stadt="Datteln")) == []


async def test_filters_narrow_the_feed_as_they_narrow_the_list(db: None) -> None:
    first, second = await a_programme("Griffbereit"), await a_programme("Rucksack")
    await an_event(first, "Eins", evening(0), languages=("tr",))
    await an_event(second, "Zwei", evening(1), audiences=("parents",))
    assert await told(Filters(programm="griffbereit")) == ["Eins"]
    assert await told(Filters(sprache="tr")) == ["Eins"]
    assert await told(Filters(zielgruppe="parents")) == ["Zwei"]
    assert await told(Filters(suche="zwei rucksack")) == ["Zwei"]
    for nonsense in (Filters(stadt="x"), Filters(monat="x"), Filters(sprache="x")):
        assert await told(nonsense) == []


async def test_full_events_leave_the_feed_of_free_places(db: None) -> None:
    programme = await a_programme()
    full = await an_event(programme, "Klein", evening(), capacity=1)
    await an_event(programme, "Groß", evening(1))
    off = await an_event(programme, "Abgesagt", evening(2))
    await actions.mark_called_off(off, {}, by=BERND, now=NOW)
    assert await told(Filters(frei=True)) == ["Klein", "Groß"]
    amira = Person(given_name="Amira", family_name="Haddad", email="amira@example.org")
    await register(SignUp((full,), (amira,), "amira@example.org"), by=SYSTEM, now=NOW, notify=False)
    assert await told(Filters(frei=True)) == ["Groß"]


async def test_each_language_has_its_own_texts_and_addresses(db: None) -> None:
    programme = await a_programme()
    id = await an_event(programme, "Abend", evening())
    both = about(programme)
    await actions.edit_event(id, type(both)(programme, {"de": "Abend", "tr": "Akşam"}), by=BERND, now=NOW)
    assert await told(language="tr") == ["Akşam"]
    assert await told(language="ar") == ["Abend"]
    content = (await feed(ALL, language="tr", now=NOW)).content
    assert b"http://testserver.local/tr/veranstaltungen/abend" in content.replace(b"\r\n ", b"")


@pytest.mark.parametrize("broken", ["[]", '{"de": "BEGIN:VEVENT"}', '{"de": 7}', "{}"])
async def test_a_broken_entry_is_left_out_and_the_others_stay(db: None, broken: str) -> None:
    programme = await a_programme()
    id = await an_event(programme, "Kaputt", evening())
    await an_event(programme, "Heil", evening(1))
    await EventDate.update({EventDate.entries: broken}).where(EventDate.event == id)
    assert await told() == ["Heil"]


async def test_one_event_is_a_calendar_of_its_own(db: None) -> None:
    programme = await a_programme(visibility="hidden")
    await an_event(programme, "Kurs", evening(0), evening(1))
    await a_draft(programme, "Entwurf", evening())
    found = await event_feed("kurs", language="de")
    assert found is not None and found.name == "Kurs"
    assert summaries(found.content) == ["Kurs (Teil 1 von 2)", "Kurs (Teil 2 von 2)"]
    assert str(Calendar.from_ical(found.content)["SOURCE"]).endswith("/veranstaltungen/kurs.ics")
    assert await event_feed("entwurf", language="de") is None
    assert await event_feed("nie", language="de") is None


async def test_a_feed_of_thirty_asks_no_more_than_a_feed_of_one(db: None) -> None:
    programme = await a_programme()

    async def asked() -> int:
        before = queries_so_far()
        await feed(ALL, language="de", now=NOW)
        return queries_so_far() - before

    await many_events(programme, 1)
    for_one = await asked()
    await many_events(programme, 29)
    assert await asked() == for_one == 3
