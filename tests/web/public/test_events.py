"""The list of events and the page of one event."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from events.kit.actor import SYSTEM
from events.kit.clock import now, standing_at
from events.kit.database import queries_so_far
from events.programme.actions import add_partner, cancel_date
from events.registration.actions import register
from events.registration.signup import SignUp
from events.web.wrapper import Site
from tests.factories import make_event, make_organisation, make_programme, make_venue
from tests.people import AMIRA

NOON = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def standing_clock():
    with standing_at(NOON):
        yield


async def text(client: AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200
    return answer.text


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def data_of(page: str) -> dict[str, Any]:
    script = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    return json.loads(script) if script else {}


async def test_an_empty_list_says_so_calmly(client: AsyncClient) -> None:
    page = await text(client, "/")
    assert "Zurzeit sind keine Veranstaltungen geplant." in page


async def test_the_list_shows_what_is_coming_by_month(client: AsyncClient) -> None:
    await make_event("Im Februar", starts_in=timedelta(days=30))
    await make_event("Im Januar", starts_in=timedelta(days=3))
    await make_event("Irgendwann", dates=0)
    await make_event("Gewesen", starts_in=timedelta(days=-3))
    await make_event("Entwurf", published=False)
    await make_event("Geheim", policy={"visibility": "hidden"})
    await make_event("Nur auf Einladung", policy={"visibility": "invited_only"})
    page = main_of(await text(client, "/")).partition("</form>")[2]
    order = [
        "Januar 2027",
        "Im Januar",
        "Freitag, 15. Januar 2027",
        "Februar 2027",
        "Im Februar",
        "Termin folgt",
        "Irgendwann",
    ]
    places = [page.index(word) for word in order]
    assert places == sorted(places)
    assert not [word for word in ("Gewesen", "Entwurf", "Geheim", "Nur auf Einladung") if word in page]


@pytest.mark.parametrize(
    ("options", "badge"),
    [
        ({"capacity": 20}, "20 Plätze frei"),
        ({"capacity": 1}, "Noch 1 Platz frei"),
        ({"capacity": None}, "Plätze frei"),
        ({"capacity": 0}, "Warteliste"),
        ({"capacity": 0, "policy": {"waiting_list": "off"}}, "Ausgebucht"),
        ({"called_off": True}, "Abgesagt"),
        ({"dates": 0}, "Termin folgt"),
        ({"policy": {"sign_up": False}}, "Ohne Anmeldung"),
        ({"policy": {"sign_up_until_hours": 24 * 30}}, "Anmeldung geschlossen"),
    ],
)
async def test_one_badge_says_what_matters_first(client: AsyncClient, options: dict[str, Any], badge: str) -> None:
    event = await make_event(**options)
    for path in ("/", f"/veranstaltungen/{event.slug}"):
        assert f">{badge}</span>" in main_of(await text(client, path))


async def test_a_taken_place_is_no_longer_offered(client: AsyncClient) -> None:
    event = await make_event(capacity=2)
    await register(SignUp((event.id,), (AMIRA,), AMIRA.email), by=SYSTEM, now=now())
    assert "Noch 1 Platz frei" in await text(client, "/")


async def test_filters_narrow_the_list_and_stay_filled_in(client: AsyncClient) -> None:
    marl = await make_venue("Rathaus", city="Marl")
    lebenskunde = await make_programme("Lebenskunde", family="volunteers")
    await make_event("Im Rathaus", venue=marl, languages=("tr",), audiences=("parents",))
    await make_event("Für Ehrenamtliche", programme=lebenskunde, starts_in=timedelta(days=40))
    for query in (
        "stadt=Marl",
        "sprache=tr",
        "zielgruppe=parents",
        "monat=2027-01",
        "suche=rathaus",
        "programm=griffbereit",
    ):
        page = main_of(await text(client, f"/?{query}"))
        cards = page.partition('id="treffer"')[2]
        assert "Im Rathaus" in cards
        assert "Für Ehrenamtliche" not in cards
        assert "Alle anzeigen" in cards
        name, value = query.split("=")
        assert 'value="rathaus"' in page if name == "suche" else f'<option value="{value}"' in page


async def test_only_what_has_free_places_when_asked_for(client: AsyncClient) -> None:
    await make_event("Frei", capacity=3)
    await make_event("Voll", capacity=0)
    await make_event("Fällt aus", called_off=True)
    page = main_of(await text(client, "/?frei=1"))
    assert "Frei</a>" in page
    assert "Voll</a>" not in page
    assert "Fällt aus</a>" not in page


@pytest.mark.parametrize("query", ["stadt=Atlantis", "monat=abc", "sprache=xx", "programm=%3Cb%3E", "reihe=%27"])
async def test_filters_nobody_has_find_nothing_and_break_nothing(client: AsyncClient, query: str) -> None:
    await make_event("Grundkurs")
    page = await text(client, f"/?{query}")
    assert "<b>" not in page
    assert "Zurzeit gibt es hier nichts." in page


@pytest.mark.parametrize("query", ["seite=x", "seite=999999999", "seite=-1", "suche=%00", "unbekannt=1"])
async def test_what_is_no_filter_changes_nothing(client: AsyncClient, query: str) -> None:
    await make_event("Grundkurs")
    assert "Grundkurs" in await text(client, f"/?{query}")


async def test_long_lists_come_in_pages(client: AsyncClient) -> None:
    for number in range(51):
        await make_event(f"Kurs {number:02}", starts_in=timedelta(days=number + 2))
    first, second = await text(client, "/?stadt=Recklinghausen"), await text(client, "/?stadt=Recklinghausen&seite=2")
    assert "Kurs 49" in first and "Kurs 50" not in first
    assert "Kurs 50" in second and "Kurs 49" not in second
    assert "?stadt=Recklinghausen&amp;seite=2" in first


async def test_a_long_list_costs_no_more_queries_than_a_short_one(client: AsyncClient, site: Site) -> None:
    async def queries() -> int:
        site.kept_pages.clear()
        before = queries_so_far()
        await client.get("/?suche=kurs")
        return queries_so_far() - before

    await make_event("Kurs")
    await queries()
    with_one = await queries()
    for number in range(29):
        await make_event(f"Kurs {number}", dates=2)
    assert await queries() == with_one


async def test_an_event_says_everything_there_is_to_know(client: AsyncClient) -> None:
    partner = await make_organisation("Moscheegemeinde Herten", "community")
    event = await make_event(
        {"de": "Grundkurs"},
        dates=2,
        venue=await make_venue("Rathaus", city="Marl", access={"de": "Rampe links."}),
        summary={"de": "Für den Anfang."},
        description={"de": "## Inhalt\n\nViel **Praxis**."},
        audiences=("parents",),
        languages=("ar",),
        hints=("childcare",),
    )
    await add_partner(event.id, partner, "cooperation", by=SYSTEM, now=now())
    page = main_of(await text(client, f"/veranstaltungen/{event.slug}"))
    for words in (
        "Griffbereit",
        "Fortbildung",
        "Grundkurs",
        "Für den Anfang.",
        "Dienstag, 26. Januar 2027",
        "Dienstag, 2. Februar 2027",
        "Rathaus, Musterallee 1, 45657 Marl",
        "Rampe links.",
        "Eltern und Familien",
        "Deutsch",
        "Arabisch",
        "Mit Kinderbetreuung",
        "In Kooperation mit",
        "Moscheegemeinde Herten",
        "20 von 20 frei",
        "kostenfrei",
        "<h2>Inhalt</h2>",
        "<strong>Praxis</strong>",
        f'href="/veranstaltungen/{event.slug}/anmeldung"',
        f'href="/veranstaltungen/{event.slug}.ics"',
    ):
        assert words in page


async def test_an_online_event_keeps_its_link_for_those_who_take_part(client: AsyncClient) -> None:
    event = await make_event(online=True)
    page = await text(client, f"/veranstaltungen/{event.slug}")
    assert "Den Link bekommen Sie nach der Anmeldung." in page
    assert data_of(page)["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


async def test_who_cannot_sign_up_reads_why_and_what_else(client: AsyncClient) -> None:
    full = await make_event("Voll", capacity=0, policy={"waiting_list": "off"})
    closed = await make_event("Zu", policy={"sign_up_until_hours": 24 * 30})
    off = await make_event("Fällt aus", called_off=True)
    past = await make_event("Gewesen", starts_in=timedelta(days=-5))
    for event, reason, step in (
        (full, "Alle Plätze sind vergeben, und es gibt keine Warteliste.", "Schauen Sie in die Liste"),
        (closed, "Der Anmeldeschluss ist vorbei.", "Rufen Sie uns an."),
        (off, "Diese Veranstaltung ist abgesagt.", "Die Referentin ist erkrankt."),
        (past, "Diese Veranstaltung ist vorbei.", "Alle Veranstaltungen"),
    ):
        page = main_of(await text(client, f"/veranstaltungen/{event.slug}"))
        assert reason in page
        assert step in page
        assert f"{event.slug}/anmeldung" not in page


async def test_a_full_event_offers_its_waiting_list(client: AsyncClient) -> None:
    event = await make_event(capacity=0)
    assert "Auf die Warteliste" in await text(client, f"/veranstaltungen/{event.slug}")


async def test_a_date_that_was_dropped_is_crossed_out(client: AsyncClient) -> None:
    event = await make_event(dates=2)
    await cancel_date(event.dates[1].id, by=SYSTEM, now=now())
    page = main_of(await text(client, f"/veranstaltungen/{event.slug}"))
    assert "entfällt" in page.partition("<s>")[2]


async def test_drafts_are_not_found_and_hidden_events_not_indexed(client: AsyncClient) -> None:
    draft = await make_event("Entwurf", published=False)
    hidden = await make_event("Geheim", policy={"visibility": "hidden"})
    for ending in ("", ".ics"):
        assert (await client.get(f"/veranstaltungen/{draft.slug}{ending}")).status_code == 404
    assert '<meta name="robots" content="noindex">' in await text(client, f"/veranstaltungen/{hidden.slug}")


async def test_search_engines_read_when_where_and_whether(client: AsyncClient) -> None:
    coming = data_of(await text(client, f"/veranstaltungen/{(await make_event('Kurs', dates=2)).slug}"))
    assert coming["startDate"] == "2027-01-26T17:30:00+01:00"
    assert coming["eventStatus"] == "https://schema.org/EventScheduled"
    assert coming["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert coming["location"][0]["address"]["addressLocality"] == "Recklinghausen"
    assert (coming["offers"]["price"], coming["offers"]["availability"]) == ("0", "https://schema.org/InStock")
    assert len(coming["subEvent"]) == 2
    off = data_of(await text(client, f"/veranstaltungen/{(await make_event('Aus', called_off=True)).slug}"))
    assert off["eventStatus"] == "https://schema.org/EventCancelled"
    assert data_of(await text(client, f"/veranstaltungen/{(await make_event('Bald', dates=0)).slug}")) == {}


async def test_what_organisers_write_cannot_run(client: AsyncClient) -> None:
    attack = "</script><script>alert(1)</script>"
    event = await make_event({"de": f"Kurs {attack}"}, summary={"de": attack}, description={"de": attack})
    for path in ("/", f"/veranstaltungen/{event.slug}"):
        assert "<script>alert" not in await text(client, path)


async def test_german_text_in_another_language_says_that_it_is_german(client: AsyncClient) -> None:
    event = await make_event({"de": "Aufwachsen", "ar": "النشأة"}, summary={"de": "Nur auf Deutsch."})
    page = main_of(await text(client, f"/ar/veranstaltungen/{event.slug}"))
    assert '<h1 class="kern-heading-large">النشأة</h1>' in page
    assert 'lang="de" dir="auto">Nur auf Deutsch.' in page
    german = main_of(await text(client, f"/veranstaltungen/{event.slug}"))
    assert 'lang="de" dir="auto">Nur' not in german


async def test_one_event_as_a_calendar_file(client: AsyncClient) -> None:
    event = await make_event("Grundkurs")
    answer = await client.get(f"/veranstaltungen/{event.slug}.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.content.count(b"BEGIN:VEVENT") == 1
    assert b"SUMMARY:Grundkurs" in answer.content
