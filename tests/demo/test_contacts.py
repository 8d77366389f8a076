"""The demo's Verteiler."""

from collections import Counter

from events.contacts.actions import sweep_contacts
from events.contacts.queries import contacts, heads_by_topic, topics_offered, with_topics
from events.demo.load import DemoReport
from events.kit.clock import now
from events.mail.tables import OutgoingMail


async def test_sixty_people_of_several_languages_stand_in_it(demo: DemoReport) -> None:
    found = await with_topics(await contacts())
    assert Counter(one.status for one in found) == {"confirmed": 53, "pending": 3, "left": 4}
    assert {one.language for one in found} == {"de", "en", "tr", "ar"}
    assert all(one.email.endswith("@example.org") for one in found)
    assert all(bool(one.topics) == (one.status != "left") for one in found)
    assert sum(one.opted_out for one in found) == 1


async def test_every_topic_they_chose_is_offered(demo: DemoReport) -> None:
    offered = {one.id for one in await topics_offered(now())}
    heads = await heads_by_topic()
    assert heads.keys() <= offered and all(count >= 3 for count in heads.values())


async def test_the_clock_finds_nothing_to_delete_on_the_first_day_and_nobody_was_mailed(demo: DemoReport) -> None:
    await sweep_contacts(now())
    assert len(await contacts()) == 60
    assert await OutgoingMail.count() == 0
