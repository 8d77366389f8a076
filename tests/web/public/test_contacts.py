"""The Verteiler in public: joining, proving, changing, leaving; and telling nothing about others."""

import json
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient, Response

from events.contacts.links import contact_token
from events.contacts.queries import consents_of, contacts
from events.contacts.tables import Contact
from events.kit.clock import now
from events.mail.opt_outs import address_hash, opt_out, opted_out, unsubscribe_token
from events.programme.tables import Event
from events.registration.spam import stamp
from tests.contacts.stories import AMIRA, confirmed, joined, make_topic, seen, token_of
from tests.outbox import kinds_to, mails_to, text_of
from tests.web.public.typing import words

STRANGER = "fremd@example.org"


async def send(client: AsyncClient, prefix: str = "", **changes: object) -> Response:
    topics = changes.pop("topics", None) or [str(await make_topic(f"Thema {uuid4().hex[:6]}"))]
    form = {"email": AMIRA, "language": prefix.strip("/") or "de", "consent": "on", "topics": topics,
            "rendered": stamp(now() - timedelta(seconds=20)), **changes}  # fmt: skip
    return await client.post(f"{prefix}/verteiler", data=form)


async def own_link(email: str = AMIRA) -> str:
    found = re.search(r"https?://[^/\s]+(\S*/verteiler/\S+)", text_of((await mails_to(email))[-1]))
    assert found is not None
    return found.group(1)


async def test_from_the_list_of_events_to_the_proof_and_back_out(client: AsyncClient) -> None:
    topic = await make_topic("Rucksack KiTa")
    assert 'href="/verteiler"' in (await client.get("/")).text
    form = await client.get("/verteiler")
    assert form.status_code == 200 and form.headers["cache-control"] == "no-store"
    assert "Rucksack KiTa" in form.text
    answer = await send(client, topics=[str(topic)], name="Amira Haddad")
    assert (answer.status_code, answer.headers["location"]) == (303, "/verteiler/eingang")
    assert "Wir haben Ihnen eine Mail geschickt." in words(await client.get("/verteiler/eingang"))
    link = await own_link()
    page = words(await client.get(link))
    assert "Rucksack KiTa" in page and "Amira Haddad" in page and "Ja, bitte eintragen" in page
    assert not await Contact.exists().where(Contact.proven_at.is_not_null())
    assert (await client.post(f"{link}/bestaetigen")).headers["location"] == link
    assert "Sie sind eingetragen." in words(await client.get(link))
    assert (await client.post(f"{link}/abmelden")).headers["location"] == "/verteiler/abgemeldet"
    assert "Sie sind nicht mehr eingetragen" in words(await client.get("/verteiler/abgemeldet"))
    assert "Sie sind abgemeldet." in words(await client.get(link))


async def test_the_answer_is_the_same_byte_for_byte_whether_the_address_is_known(client: AsyncClient) -> None:
    topic = [str(await make_topic())]
    unknown = await send(client, topics=topic)
    await client.post(f"{await own_link()}/bestaetigen")
    known = await send(client, topics=topic)
    await opt_out(address_hash(STRANGER), "click", now=now())
    unsubscribed = await send(client, topics=topic, email=STRANGER)
    answers = {(one.status_code, one.content, one.headers["location"]) for one in (unknown, known, unsubscribed)}
    assert len(answers) == 1
    assert await kinds_to(AMIRA) == ["list_confirm", "list_known"]
    receipts = {(await client.get("/verteiler/eingang")).content for _ in range(2)}
    assert len(receipts) == 1


async def test_a_stranger_changes_nothing_of_somebody_who_is_in_it(client: AsyncClient) -> None:
    id = await confirmed(name="Amira")
    before = await seen(id)
    await send(client, name="Fremde", email="AMIRA@example.org")
    assert await seen(id) == before


async def test_topics_and_details_are_changed_on_the_own_page(client: AsyncClient) -> None:
    first, second = await make_topic("Griffbereit"), await make_topic("Pflege")
    id = await confirmed(topics=[first])
    here = f"/verteiler/{await token_of()}"
    fields = {"topics": [str(second)], "language": "tr", "name": "", "city": "Marl"}
    answer = await client.post(f"{here}/aendern", data=fields)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{here}?gespeichert=1")
    assert "Gespeichert." in words(await client.get(answer.headers["location"]))
    found = await seen(id)
    assert (found.topics, found.language, found.city) == ((second,), "tr", "Marl")
    for wrong, field in (
        ({"topics": []}, "topics"),
        ({"topics": [str(uuid4())]}, "topics"),
        ({"language": "xx"}, "language"),
    ):
        answer = await client.post(f"{here}/aendern", data={**fields, **wrong, "name": "Bleibt stehen"})
        assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text and "Bleibt stehen" in answer.text
    assert await seen(id) == found


async def test_a_topic_that_is_not_offered_any_more_stays_theirs(client: AsyncClient) -> None:
    topic = await make_topic("Griffbereit")
    id = await confirmed(topics=[topic])
    here = f"/verteiler/{await token_of()}"
    await hide(topic)
    assert "Griffbereit" in words(await client.get(here))
    answer = await client.post(f"{here}/aendern", data={"topics": [str(topic)], "language": "de"})
    assert answer.status_code == 303 and (await seen(id)).topics == (topic,)
    assert "Zurzeit gibt es keine Themen." in words(await client.get("/verteiler"))
    assert (await send(client, topics=[str(topic)], email=STRANGER)).status_code == 422


async def hide(topic: UUID) -> None:
    """Takes everything of it back."""
    await Event.update({Event.status: "draft"}).where(Event.programme == topic)


async def test_who_is_not_proven_changes_nothing(client: AsyncClient) -> None:
    topic = await make_topic()
    id = await joined(topics=[topic])
    answer = await client.post(
        f"/verteiler/{await token_of()}/aendern", data={"topics": [str(topic)], "language": "tr"}
    )
    assert answer.status_code == 409 and "noch nicht bestätigt" in answer.text
    assert (await seen(id)).language == "de"


async def test_no_thanks_deletes_the_address_at_once(client: AsyncClient) -> None:
    await joined()
    here = f"/verteiler/{await token_of()}"
    assert (await client.post(f"{here}/abmelden")).headers["location"] == "/verteiler/abgemeldet"
    assert await Contact.count() == 0
    for answer in (await client.get(here), await client.post(f"{here}/bestaetigen")):
        assert answer.status_code == 404


async def test_reading_changes_nothing(client: AsyncClient) -> None:
    id = await joined()
    here, before = f"/verteiler/{await token_of()}", await seen(id)
    for path in ("", "/daten.json", "/bestaetigen", "/abmelden", "/aendern"):
        assert (await client.get(here + path)).status_code == (200 if path in ("", "/daten.json") else 405)
        await client.head(here + path)
    assert await seen(id) == before and await consents_of(id) == []


async def test_ones_own_data_come_as_a_file(client: AsyncClient) -> None:
    topic = await make_topic("Rucksack KiTa")
    await confirmed(topics=[topic], name="Amira Haddad", city="Herten")
    answer = await client.get(f"/verteiler/{await token_of()}/daten.json")
    assert answer.headers["cache-control"] == "no-store" and "attachment" in answer.headers["content-disposition"]
    own = json.loads(answer.content)
    assert (own["e_mail"], own["name"], own["stadt"], own["themen"]) == (
        AMIRA,
        "Amira Haddad",
        "Herten",
        ["Rucksack KiTa"],
    )
    assert [(one["erteilt"], one["fassung"]) for one in own["einwilligungen"]] == [(True, "verteiler-1")]


async def test_who_comes_back_is_told_what_comes_back_with_it(client: AsyncClient) -> None:
    await opt_out(address_hash(AMIRA), "click", now=now())
    await joined()
    here = f"/verteiler/{await token_of()}"
    assert "von allen Einladungen und Rundmails abgemeldet" in words(await client.get(here))
    await client.post(f"{here}/bestaetigen")
    assert not await opted_out([AMIRA])


async def test_the_own_page_leads_to_unsubscribing_from_everything(client: AsyncClient) -> None:
    await confirmed(language="tr")
    page = await client.get(f"/tr/verteiler/{await token_of()}")
    assert f'href="/tr/abmelden/{unsubscribe_token(AMIRA)}"' in page.text


@pytest.mark.parametrize("language", ["/en", "/tr", "/ar"])
async def test_each_language_keeps_to_itself_and_names_of_topics_say_they_are_german(
    client: AsyncClient, language: str
) -> None:
    topic = await make_topic("Rucksack KiTa")
    assert '<span lang="de" dir="auto">Rucksack KiTa</span>' in (await client.get(f"{language}/verteiler")).text
    answer = await send(client, language, topics=[str(topic)])
    assert answer.headers["location"] == f"{language}/verteiler/eingang"
    link = await own_link()
    assert link.startswith(f"{language}/verteiler/")
    assert (await client.post(f"{link}/bestaetigen")).headers["location"] == link
    page = (await client.get(link)).text
    assert "eingetragen" not in page and "abmelden" not in words(await client.get(link))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "amira@"}, "email"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "email"),
        ({"consent": ""}, "consent"),
        ({"topics": ["00000000-0000-0000-0000-000000000000"]}, "topics"),
        ({"topics": ["x"]}, "topics"),
        ({"language": "fa-AF"}, "language"),
        ({"name": "x" * 161}, "name"),
    ],
)
async def test_what_is_wrong_stands_by_its_field_and_nothing_is_lost(
    client: AsyncClient, wrong: dict[str, object], field: str
) -> None:
    await make_topic()
    answer = await send(client, city="Castrop-Rauxel", **wrong)
    assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text and "Castrop-Rauxel" in answer.text
    assert await contacts() == [] and await kinds_to(AMIRA) == []


async def test_programs_and_floods_are_stopped(client: AsyncClient) -> None:
    topics = [str(await make_topic())]
    assert (await send(client, topics=topics, website="https://example.org")).status_code == 422
    assert (await send(client, topics=topics, rendered=stamp(now()))).status_code == 422
    answers = [(await send(client, topics=topics)).status_code for _ in range(8)]
    assert answers[0] == 303 and answers[-1] == 429
    assert len(await kinds_to(AMIRA)) <= 6


async def test_a_withdrawn_link_says_so_and_a_made_up_one_leads_nowhere(client: AsyncClient) -> None:
    id = await joined()
    await Contact.update({Contact.link_version: 2}, force=True)
    here = f"/verteiler/{contact_token(id, 1)}"
    for made_up in (f"/verteiler/{contact_token(uuid4(), 1)}", "/verteiler/unsinn"):
        for path, expected in ((here, 410), (made_up, 404)):
            assert (await client.get(path)).status_code == expected
            assert (await client.get(f"{path}/daten.json")).status_code == expected
            for verb in ("bestaetigen", "aendern", "abmelden"):
                assert (await client.post(f"{path}/{verb}")).status_code == expected


async def test_what_comes_from_another_page_joins_nobody(client: AsyncClient) -> None:
    form = {"email": AMIRA, "language": "de", "consent": "on", "topics": [str(await make_topic())]}
    answer = await client.post("/verteiler", data=form, headers={"Origin": "https://example.org"})
    assert answer.status_code == 403 and await Contact.count() == 0
