from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from events.kit.database import queries_so_far
from events.programme import actions
from events.programme.details import QuotaDetails
from events.programme.queries import (
    Filters,
    date_with_event,
    event_by_id,
    event_by_slug,
    events_between,
    events_by_ids,
    filter_choices,
    organisations,
    programmes,
    quotas_of,
    series_by_slug,
    unpublished,
    upcoming,
    venues,
)
from events.programme.trainers import is_trainer_of
from tests.programme.offers import (
    BERND,
    LATER,
    NOW,
    a_draft,
    a_programme,
    a_series,
    a_venue,
    an_event,
    an_organisation,
    evening,
    many_events,
    on,
)

ALL = Filters()


async def titles(filters: Filters = ALL, now: datetime = NOW) -> list[str]:
    return [event.title["de"] for event in await upcoming(filters, now)]


async def test_the_next_event_comes_first_and_termin_folgt_last(db: None) -> None:
    programme = await a_programme()
    await an_event(programme, "Ohne Termin")
    await an_event(programme, "Später", evening(3))
    await an_event(programme, "Bald", evening(0))
    await a_draft(programme, "Entwurf", evening(1))
    assert await titles() == ["Bald", "Später", "Ohne Termin"]


async def test_a_running_event_takes_the_place_of_its_next_date(db: None) -> None:
    programme = await a_programme()
    await an_event(programme, "Kurs", evening(0), evening(4))
    await an_event(programme, "Abend", evening(2))
    assert await titles() == ["Kurs", "Abend"]
    assert await titles(now=evening(1).start) == ["Abend", "Kurs"]
    assert await titles(now=evening(4).end) == []


async def test_called_off_events_stay_until_their_time_is_over(db: None) -> None:
    programme = await a_programme()
    id, without = await an_event(programme, "Abend", evening()), await an_event(programme, "Ohne Termin")
    for each in (id, without):
        await actions.mark_called_off(each, {"de": "Krank"}, by=BERND, now=NOW)
    assert await titles() == ["Abend"]
    assert await titles(now=evening().end) == []


async def test_only_public_events_are_listed_and_the_others_open_by_their_address(db: None) -> None:
    programme, care = await a_programme(), await a_programme("Pflege", visibility="hidden")
    await an_event(programme, "Offen", evening())
    await an_event(programme, "Geladen", evening(), policy={"visibility": "invited_only"})
    await an_event(care, "Versteckt", evening())
    await an_event(care, "Gezeigt", evening(1), policy={"visibility": "public"})
    await a_draft(programme, "Entwurf", evening())
    assert await titles() == ["Offen", "Gezeigt"]
    assert await event_by_slug("geladen") and await event_by_slug("versteckt")
    assert await event_by_slug("entwurf") is None and await event_by_slug("nie") is None


async def test_each_filter_finds_its_events_and_nonsense_finds_none(db: None) -> None:
    first, second = await a_programme("Griffbereit"), await a_programme("Rucksack")
    series = await a_series(first, "Abende")
    herten = await a_venue("Rathaus", "Herten")
    tr = {"languages": ("tr",), "audiences": ("parents",)}
    await an_event(first, "Eins", evening(0, herten), series_id=series, **tr)
    await an_event(second, "Zwei", on(date(2027, 2, 2)))
    for found in (
        Filters(programm="griffbereit"),
        Filters(reihe="abende"),
        Filters(stadt="HERTEN"),
        Filters(sprache="tr"),
        Filters(zielgruppe="parents"),
        Filters(monat="2027-01"),
        Filters(suche="rathaus eins"),
    ):
        assert await titles(found) == ["Eins"], found
    assert await titles(Filters(sprache="de")) == ["Eins", "Zwei"]
    assert await titles(Filters(programm="rucksack", monat="2027-02")) == ["Zwei"]
    for nonsense in (
        Filters(programm="x"),
        Filters(reihe="x"),
        Filters(stadt="x"),
        Filters(sprache="x"),
        Filters(zielgruppe="x"),
        Filters(monat="2027-13"),
        Filters(suche="%"),
        Filters(suche="_"),
        Filters(programm="griffbereit", monat="2027-02"),
    ):
        assert await titles(nonsense) == [], nonsense


async def test_the_search_does_not_mind_marks_capitals_and_order(db: None) -> None:
    programme = await a_programme()
    await an_event(programme, "Gespräch mit Şükrü", evening(), summary={"de": "Über 100 % Einsatz"})
    for words in ("sukru", "ŞÜKRÜ", "mit gesprach", "Gespräch  Şükrü", "demokratie", "100 %", "uber"):
        assert await titles(Filters(suche=words)) == ["Gespräch mit Şükrü"], words
    assert await titles(Filters(suche="gesprach suleyman")) == []


async def test_the_month_is_that_of_berlin(db: None) -> None:
    start = datetime(2027, 1, 31, 23, 30, tzinfo=UTC)  # 0:30 on 1 February
    late = replace(evening(), start=start, end=start + timedelta(hours=2))
    await an_event(await a_programme(), "Nachtschicht", late)
    assert await titles(Filters(monat="2027-02")) == ["Nachtschicht"]
    assert await titles(Filters(monat="2027-01")) == []


async def test_choices_are_what_can_be_found(db: None) -> None:
    first, second = await a_programme("Rucksack"), await a_programme("Griffbereit")
    await a_programme("Leer")
    series = await a_series(first, "Abende")
    await an_event(first, "Eins", evening(0, await a_venue("Rathaus", "Herten")), series_id=series, languages=("tr",))
    await an_event(second, "Zwei", on(date(2027, 2, 2)), audiences=("parents",))
    choices = await filter_choices(NOW)
    assert choices.programmes == (("griffbereit", "Griffbereit"), ("rucksack", "Rucksack"))
    assert choices.series == (("abende", {"de": "Abende"}),)
    assert (choices.cities, choices.languages, choices.audiences) == (("Herten",), ("tr",), ("parents",))
    assert choices.months == ("2027-01", "2027-02")


async def test_a_series_shows_its_public_events_in_order(db: None) -> None:
    programme = await a_programme()
    series = await a_series(programme, "Abende")
    await an_event(programme, "Zweiter", evening(1), series_id=series)
    await an_event(programme, "Erster", evening(0), series_id=series)
    await an_event(programme, "Geladen", evening(0), series_id=series, policy={"visibility": "invited_only"})
    await a_draft(programme, "Entwurf", evening(2), series_id=series)
    await a_series(programme, "Geheim", published=False)
    found = await series_by_slug("abende")
    assert found is not None and [event.title["de"] for event in found.events] == ["Erster", "Zweiter"]
    assert found.programme_name == "Demokratie leben"
    assert await series_by_slug("geheim") is None and await series_by_slug("nie") is None


async def test_lists_ask_the_same_number_of_queries_for_one_and_for_thirty(db: None) -> None:
    programme = await a_programme()

    async def asked() -> list[int]:
        counts = []
        ids = [event.id for event in await upcoming(Filters(), NOW)]
        for ask in (
            lambda: upcoming(Filters(suche="abend"), NOW),
            lambda: events_by_ids(ids),
            lambda: filter_choices(NOW),
            lambda: events_between(NOW, NOW + timedelta(days=900)),
            lambda: quotas_of(ids),
        ):
            before = queries_so_far()
            assert await ask()
            counts.append(queries_so_far() - before)
        return counts

    await many_events(programme, 1)
    for_one = await asked()
    await many_events(programme, 29)
    assert len(await upcoming(Filters(), NOW)) == 30
    assert await asked() == for_one == [3, 3, 3, 3, 1]


async def test_events_come_back_with_partners_in_the_order_asked(db: None) -> None:
    programme = await a_programme()
    ids = await many_events(programme, 3)
    found = await events_by_ids(ids[::-1])
    assert list(found) == ids[::-1]
    assert [partner.role for partner in found[ids[0]].partners] == ["cooperation"]
    await actions.remove_partner(ids[0], found[ids[0]].partners[0].organisation_id, "cooperation", by=BERND, now=LATER)
    event = await event_by_id(ids[0])
    assert event is not None and event.partners == ()
    assert await events_by_ids([]) == {}


async def test_staff_see_what_the_public_does_not(db: None) -> None:
    programme = await a_programme()
    draft = await a_draft(programme, "Entwurf", evening())
    await an_event(programme, "Abend", evening())
    assert [event.id for event in await unpublished()] == [draft]
    found = await events_between(evening().start, evening().end)
    assert [event.title["de"] for event in found] == ["Abend", "Entwurf"]
    assert await events_between(evening().end, evening(1).start) == []
    together = await date_with_event(found[0].dates[0].id)
    assert together is not None and together[1].id == found[0].id
    assert await date_with_event(draft) is None


async def test_a_quota_replaces_the_earlier_one_and_zero_removes_it(db: None) -> None:
    id, kita = await an_event(await a_programme(), "Abend", capacity=10), await an_organisation()
    await actions.set_quota(id, QuotaDetails(4, kita), by=BERND, now=NOW)
    await actions.set_quota(id, QuotaDetails(5, kita, release_at=LATER), by=BERND, now=NOW)
    await actions.set_quota(id, QuotaDetails(3, organisation_kind="body"), by=BERND, now=NOW)
    kept = (await quotas_of([id]))[id]
    assert {(quota.organisation_id, quota.organisation_kind, quota.places) for quota in kept} == {
        (kita, "", 5),
        (None, "body", 3),
    }
    await actions.set_quota(id, QuotaDetails(0, kita), by=BERND, now=NOW)
    assert [quota.organisation_kind for quota in (await quotas_of([id]))[id]] == ["body"]


async def test_trainers_see_their_event_or_series_until_their_time_is_over(db: None) -> None:
    programme = await a_programme()
    series = await a_series(programme)
    inside, other = await an_event(programme, "Eins", series_id=series), await an_event(programme, "Zwei")
    trainer, substitute = BERND.id, programme
    assert trainer is not None
    await actions.add_trainer(trainer, series_id=series, until=LATER, by=BERND, now=NOW)
    await actions.add_trainer(substitute, event_id=other, by=BERND, now=NOW)
    events = await events_by_ids([inside, other])
    assert await is_trainer_of(trainer, events[inside], NOW)
    assert not await is_trainer_of(trainer, events[inside], LATER)
    assert not await is_trainer_of(trainer, events[other], NOW)
    # While there is no date yet, nothing ends.
    assert await is_trainer_of(substitute, events[other], LATER + timedelta(days=999))
    assert not await is_trainer_of(substitute, events[inside], NOW)


async def test_directories_are_sorted_as_people_read_them(db: None) -> None:
    for name in ("Öko", "Zebra", "apfel"):
        await an_organisation(name)
        await a_venue(name)
    await a_programme()
    assert [found.name for found in await organisations()] == ["apfel", "Öko", "Zebra"]
    assert [found.name for found in await venues()] == ["apfel", "Öko", "Zebra"]
    assert [(found.slug, found.policy.needs_email) for found in await programmes()] == [("demokratie-leben", True)]
