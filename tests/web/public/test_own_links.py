"""Whose link opens what: the contact's everybody, a named person's their own; reading, taking along and erasing it."""

import json
from dataclasses import replace
from datetime import timedelta

from httpx import AsyncClient

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.programme.actions import mark_called_off
from events.programme.tables import Question
from events.registration.signup import GivenAnswer
from events.registration.tables import Booking
from tests.factories import make_event
from tests.outbox import kinds_to
from tests.people import AMIRA, DORIAN
from tests.registration.stories import confirmed, only, statuses
from tests.web.public.own import details, path_of, path_of_person, people_of, registrations_of, stored, together
from tests.web.public.typing import words

COLLEAGUE = replace(DORIAN, email="")


async def test_the_page_lists_every_event_by_its_start_with_what_was_answered(client: AsyncClient) -> None:
    late = await make_event("Abend zwei", starts_in=timedelta(days=20))
    early = await make_event("Abend eins", starts_in=timedelta(days=10))
    off = await make_event("Abend drei", starts_in=timedelta(days=30))
    question = Question(event=late.id, kind="text", text=json.dumps({"de": "Was essen Sie?"}), purpose="Planung")
    await Question.insert(question)
    path = path_of(
        await confirmed(late, early, off, who=replace(AMIRA, answers=(GivenAnswer(question.id, text="Suppe"),)))
    )
    await mark_called_off(off.id, {"de": "Sturm"}, by=SYSTEM, now=now())
    shown = words(await client.get(path))
    assert shown.index("Abend eins") < shown.index("Abend zwei") < shown.index("Abend drei")
    assert "Was essen Sie? Suppe" in shown
    assert "Diese Veranstaltung ist abgesagt." in shown.partition("Abend drei")[2]


async def test_everybody_with_an_own_address_sees_and_changes_their_own_rows_only(client: AsyncClient) -> None:
    event = await make_event(capacity=5)
    receipt = await together([replace(AMIRA, email=""), DORIAN], event)
    amira, dorian = await people_of(receipt)
    path = path_of_person(dorian)
    shown = words(await client.get(path))
    assert "Amira Haddad hat Sie angemeldet." in shown and "Dorian Weiß" in shown and AMIRA.email not in shown
    hers = next(one for one in await registrations_of(receipt) if one.participant == amira.id)
    assert (await client.post(f"{path}/absagen", data={"registration": str(hers.id)})).status_code == 404
    assert (await client.post(f"{path}/aendern", data=details(amira, given_name="X"))).status_code == 404
    assert (await client.post(f"{path}/aendern", data={"language": "tr"})).status_code == 404
    for way in ("bestaetigen", "dazu"):
        assert (await client.post(f"{path}/{way}", data={"events": str(event.id)})).status_code == 404
    assert (await client.post(f"{path}/absagen")).status_code == 303
    assert {one.participant: one.status for one in await registrations_of(receipt)} == {
        amira.id: "confirmed",
        dorian.id: "cancelled",
    }


async def test_the_contact_sees_everybody(client: AsyncClient) -> None:
    receipt = await together([replace(AMIRA, email=""), COLLEAGUE], await make_event(capacity=5))
    shown = await client.get(path_of(receipt))
    assert "Amira Haddad, Dorian Weiß" in words(shown)
    assert shown.text.count('name="registration"') == 2


async def test_that_is_not_me_cancels_and_erases(client: AsyncClient) -> None:
    event = await make_event(capacity=5)
    receipt = await together([replace(AMIRA, email=""), DORIAN], event)
    _, dorian = await people_of(receipt)
    path = path_of_person(dorian)
    assert "Das bin ich nicht" in words(await client.get(path))
    answer = await client.post(f"{path}/nicht-ich")
    assert answer.status_code == 303
    assert "Ihre Daten sind gelöscht." in words(await client.get(answer.headers["location"]))
    assert (await client.get(path)).status_code == 410
    assert [one.given_name for one in await people_of(receipt)] == ["Amira", ""]
    assert sorted(await statuses(event)) == ["cancelled", "confirmed"]
    assert (await client.post(f"{path_of(receipt)}/nicht-ich")).status_code == 404
    left = words(await client.get(path_of(receipt)))
    assert "Amira Haddad" in left and "abgesagt" not in left


async def test_everything_stored_can_be_read_and_taken_along(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event("Pflege zu Hause"))
    shown = words(await client.get(f"{path_of(receipt)}/daten"))
    for word in ("Amira Haddad", "Herten", "02361 111111", "Pflege zu Hause", "Anmeldebestätigung", "Gespeichert:"):
        assert word in shown
    file = await client.get(f"{path_of(receipt)}/daten.json")
    assert file.headers["content-type"] == "application/json; charset=utf-8"
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.json()["personen"][0]["name"] == "Amira Haddad"


async def test_after_erasing_the_link_is_gone(client: AsyncClient) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    path = path_of(receipt)
    answer = await client.post(f"{path}/loeschen")
    assert answer.status_code == 303
    assert "Ihre Daten sind gelöscht." in words(await client.get(answer.headers["location"]))
    for way in ("", "/daten", "/daten.json", "/aendern"):
        assert (await client.get(f"{path}{way}")).status_code == 410
    assert await statuses(event) == ["cancelled"]
    assert await kinds_to(AMIRA.email) != []  # the news of the cancellation waits to be sent


async def test_opening_any_of_the_pages_changes_nothing(client: AsyncClient) -> None:
    event = await make_event(policy={"max_party": 3})
    receipt = await confirmed(event)
    path, before = path_of(receipt), await only(receipt)
    ways = ("", "/aendern", f"/aendern?anmeldung={before.id}", f"/vertretung?anmeldung={before.id}", "/daten")
    for way in (*ways, "/daten.json"):
        assert (await client.get(f"{path}{way}")).status_code == 200
    for way in ("loeschen", "absagen", "nicht-ich", "annehmen", "ablehnen", "dazu", "bestaetigen"):
        assert (await client.get(f"{path}/{way}")).status_code == 405
    after = await only(receipt)
    assert (after.status, after.party, after.changed_at) == (before.status, before.party, before.changed_at)


async def test_tampered_and_renewed_links_open_none_of_it(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    path = path_of(receipt)
    tampered = path[:-1] + ("A" if path[-1] != "A" else "B")
    for way in ("/aendern", "/daten", "/daten.json"):
        assert (await client.get(f"{tampered}{way}")).status_code == 404
    for way in ("/aendern", "/loeschen", "/dazu", "/nicht-ich"):
        assert (await client.post(f"{tampered}{way}")).status_code == 404
    await Booking.update({Booking.link_version: 2}, force=True)
    assert (await client.get(f"{path}/daten")).status_code == 410
    assert (await client.post(f"{path}/loeschen")).status_code == 410
    assert (await stored(receipt)).given_name == "Amira"
