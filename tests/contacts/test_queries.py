"""Which topics are offered, and what the office sees of the Verteiler."""

from datetime import timedelta

from events.contacts.actions import leave_list
from events.contacts.queries import all_topics, contacts, heads_by_topic, topics_offered, with_topics
from events.kit.clock import now
from events.mail.opt_outs import address_hash, opt_out
from tests.contacts.stories import confirmed, joined, make_topic
from tests.factories import make_event, make_programme


async def test_a_topic_is_a_programme_people_can_see_something_of(db: None) -> None:
    shown = await make_programme("Griffbereit")
    await make_event(programme=shown)
    await make_event(dates=0, programme=await make_programme("Folgt"))
    await make_event(starts_in=timedelta(days=-700), programme=await make_programme("Voriges Jahr"))
    await make_event(starts_in=timedelta(days=-800), programme=await make_programme("Lange her"))
    await make_event(published=False, programme=await make_programme("Entwurf"))
    await make_event(called_off=True, programme=await make_programme("Abgesagt"))
    await make_event(programme=await make_programme("Verborgen"), policy={"visibility": "hidden"})
    await make_event(programme=await make_programme("Geladen", policy={"visibility": "invited_only"}))
    await make_programme("Ohne alles")
    assert [one.name for one in await topics_offered(now())] == ["Folgt", "Griffbereit", "Voriges Jahr"]
    assert len(await all_topics()) == 9


async def test_only_who_gets_mailings_counts_for_a_topic(db: None) -> None:
    first, second, third = [await make_topic(name) for name in ("Griffbereit", "Pflege", "Ehrenamt")]
    await confirmed("a@example.org", [first, second])
    await confirmed("b@example.org", [first])
    await joined("wartet@example.org", [first])
    await leave_list(await confirmed("weg@example.org", [first]), now=now())
    await confirmed("nichts@example.org", [first, third])
    await opt_out(address_hash("nichts@example.org"), "mail", now=now())
    assert await heads_by_topic() == {first: 2, second: 1}


async def test_the_newest_come_first_and_a_topic_narrows_them(db: None) -> None:
    first, second = await make_topic("Griffbereit"), await make_topic("Pflege")
    await confirmed("a@example.org", [first], now() - timedelta(days=1))
    await confirmed("b@example.org", [first, second])
    everyone = await with_topics(await contacts())
    assert [(one.email, set(one.topics)) for one in everyone] == [
        ("b@example.org", {first, second}),
        ("a@example.org", {first}),
    ]
    assert [one.email for one in await contacts(second)] == ["b@example.org"]
    assert await with_topics([]) == []
