"""Kept pages: two seconds, one render at a time, anonymous only."""

import asyncio

from httpx import AsyncClient

from events.kit.database import queries_so_far
from events.web import caching
from events.web.answers import Answer
from events.web.caching import KeptPages
from tests.factories import make_event
from tests.web.conftest import Hand

KEY = ("/", b"", None)


async def test_the_second_visitor_costs_no_query(client: AsyncClient, clock: Hand) -> None:
    event = await make_event()
    for path in ("/", f"/veranstaltungen/{event.slug}", "/kalender.ics", "/kalender", "/impressum"):
        first = await client.get(path)
        before = queries_so_far()
        second = await client.get(path)
        assert queries_so_far() == before
        assert (second.status_code, second.content) == (200, first.content)


async def test_a_kept_page_is_at_most_two_seconds_old(client: AsyncClient, clock: Hand) -> None:
    await client.get("/")
    await make_event("Neu im Programm")
    clock.seconds = 1.9
    assert "Neu im Programm" not in (await client.get("/")).text
    clock.seconds = 2.0
    assert "Neu im Programm" in (await client.get("/")).text


async def test_the_team_sees_changes_at_once(client: AsyncClient, clock: Hand) -> None:
    await client.get("/")
    await make_event("Neu im Programm")
    assert "Neu im Programm" in (await client.get("/", headers={"cookie": "team=x"})).text
    assert "Neu im Programm" not in (await client.get("/", headers={"cookie": "other=x"})).text


async def test_filters_languages_and_offers_do_not_mix(client: AsyncClient, clock: Hand) -> None:
    await make_event("Grundkurs")
    assert "Grundkurs" in (await client.get("/")).text
    assert "Grundkurs" not in (await client.get("/?stadt=Nirgendwo")).text
    assert 'lang="ar"' in (await client.get("/ar/")).text.partition("<body>")[0]
    offered = (await client.get("/", headers={"accept-language": "tr"})).text
    assert 'class="offer"' in offered
    assert 'class="offer"' not in (await client.get("/")).text


async def test_a_sign_up_form_is_never_kept(client: AsyncClient, clock: Hand) -> None:
    event = await make_event()
    path = f"/veranstaltungen/{event.slug}/anmeldung"
    first = (await client.get(path)).text
    assert (await client.get(path)).text != first


async def test_what_is_missing_is_not_kept(client: AsyncClient, clock: Hand) -> None:
    assert (await client.get("/veranstaltungen/spaeter")).status_code == 404
    event = await make_event("Später")
    assert event.slug == "spaeter"
    assert (await client.get("/veranstaltungen/spaeter")).status_code == 200


async def test_many_visitors_at_once_are_one_render() -> None:
    kept, renders, go = KeptPages(), [], asyncio.Event()

    async def render() -> Answer:
        renders.append(1)
        await go.wait()
        return Answer(200, [], b"page")

    visitors = [asyncio.create_task(kept.rendered(KEY, render, lasting=False)) for _ in range(50)]
    await asyncio.sleep(0)
    visitors[0].cancel()  # the one for whom it began leaves
    go.set()
    answers = await asyncio.gather(*visitors[1:])
    assert len(renders) == 1
    assert {answer.body for answer in answers} == {b"page"}


async def test_answers_that_set_a_cookie_or_failed_are_not_kept() -> None:
    for answer in (Answer(200, [(b"set-cookie", b"a=b")], b"x"), Answer(503, [], b"x"), Answer(404, [], b"x")):
        kept = KeptPages()
        assert await kept.rendered(KEY, _giving(answer), lasting=False) is answer
        assert kept.fresh(KEY) is None


async def test_what_is_kept_stays_within_its_bounds() -> None:
    kept = KeptPages()
    large = b"x" * (caching.LARGEST // 4)
    for number in range(10):
        await kept.rendered(("/", b"%d" % number, None), _giving(Answer(200, [], large)), lasting=False)
    present = [number for number in range(10) if kept.fresh(("/", b"%d" % number, None))]
    assert present == [6, 7, 8, 9]


async def test_an_old_page_leaves_its_memory_to_the_next_but_a_feed_stays_for_bad_times() -> None:
    hand = Hand()
    kept, feed, trouble = KeptPages(hand), ("/kalender.ics", b"", None), Answer(503, [], b"")
    good = Answer(200, [], b"BEGIN:VCALENDAR")
    await kept.rendered(feed, _giving(good), lasting=True)
    await kept.rendered(KEY, _giving(Answer(200, [], b"old")), lasting=False)
    hand.seconds = 2.0
    await kept.rendered(("/en/", b"", None), _giving(Answer(200, [], b"new")), lasting=False)
    assert kept.size == len(good.body) + len(b"new")
    assert await kept.rendered(feed, _giving(trouble), lasting=True) is good
    assert await kept.rendered(KEY, _giving(trouble), lasting=False) is trouble


def _giving(answer: Answer):
    async def render() -> Answer:
        return answer

    return render
