"""Changing one's own booking: each button does one thing, offers only what will work, and touches nobody else."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from httpx import AsyncClient

from events.kit.actor import person
from events.kit.clock import now
from events.kit.database import queries_so_far
from events.programme.queries import EventView
from events.registration.actions import cancel_booking
from events.registration.queries import booking_of, registrations_of
from events.registration.signup import Receipt
from events.registration.spam import OTHERS_A_DAY
from events.registration.tables import Registration
from tests.factories import make_event, make_organisation, make_series
from tests.outbox import kinds_to
from tests.people import AMIRA, DORIAN
from tests.registration.stories import confirmed, only, signed_up, statuses, stranger
from tests.web.public.own import details, own_path, path_of, people_of, stored, together
from tests.web.public.typing import words


async def test_somebody_corrects_their_details(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    one = await stored(receipt)
    form = await client.get(f"{path_of(receipt)}/aendern")
    assert 'value="Amira"' in form.text and 'value="02361 111111"' in form.text
    sent = details(one, given_name="Amina", phone="", organization="Kita Mondschein", needs="childcare")
    answer = await client.post(f"{path_of(receipt)}/aendern", data=sent)
    assert answer.status_code == 303
    assert "Ihre Änderung ist gespeichert." in words(await client.get(answer.headers["location"]))
    after = await stored(receipt)
    assert (after.given_name, after.phone, after.organisation_name) == ("Amina", "", "Kita Mondschein")
    assert after.needs == '["childcare"]' and after.city == "Herten"


async def test_an_organisation_of_our_list_stays_while_its_name_is_left_as_it_was(client: AsyncClient) -> None:
    known = await make_organisation("Kita Regenbogen")
    receipt = await confirmed(await make_event(), who=replace(AMIRA, organisation=known))
    path, one = f"{path_of(receipt)}/aendern", await stored(receipt)
    assert 'value="Kita Regenbogen"' in (await client.get(path)).text
    await client.post(path, data=details(one, organization="Kita Regenbogen", city="Marl"))
    assert ((await stored(receipt)).organisation, (await stored(receipt)).city) == (known, "Marl")
    await client.post(path, data=details(one, organization="Kita Mondschein"))
    after = await stored(receipt)
    assert (after.organisation, after.organisation_name) == (None, "Kita Mondschein")


async def test_a_wrong_correction_is_told_at_its_field_and_nothing_typed_is_lost(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    sent = details(await stored(receipt), given_name="", phone="keins", city="Marl")
    answer = await client.post(f"{path_of(receipt)}/aendern", data=sent)
    assert answer.status_code == 422
    assert 'href="#f-given_name"' in answer.text and 'value="keins"' in answer.text and 'value="Marl"' in answer.text
    assert (await stored(receipt)).given_name == "Amira"


async def test_the_language_of_the_mails_is_changed(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    assert (await client.post(f"{path_of(receipt)}/aendern", data={"language": "tr"})).status_code == 303
    booking = await booking_of(receipt.booking)
    assert booking is not None and booking.language == "tr"
    assert (await client.post(f"{path_of(receipt)}/aendern", data={"language": "xx"})).status_code == 404


async def test_a_party_grows_only_into_free_seats(client: AsyncClient) -> None:
    event = await make_event(capacity=4, policy={"max_party": 6})
    receipt = await confirmed(event)
    await confirmed(event, who=stranger(1, party=2))
    path, id = path_of(receipt), (await only(receipt)).id
    assert f"/aendern?anmeldung={id}" in (await client.get(path)).text
    assert 'value="1"' in (await client.get(f"{path}/aendern?anmeldung={id}")).text
    grown = await client.post(f"{path}/aendern", data={"registration": str(id), "party": "2"})
    assert grown.status_code == 303 and (await only(receipt)).party == 2
    refused = await client.post(f"{path}/aendern", data={"registration": str(id), "party": "3"})
    assert refused.status_code == 409 and (await only(receipt)).party == 2
    wrong = await client.post(f"{path}/aendern", data={"registration": str(id), "party": "viele"})
    assert wrong.status_code == 422 and 'value="viele"' in wrong.text


async def test_seats_that_are_given_back_go_to_who_waits(client: AsyncClient) -> None:
    event = await make_event(capacity=2, policy={"max_party": 6})
    receipt = await confirmed(event, who=replace(AMIRA, party=2))
    await confirmed(event, who=DORIAN)
    id = (await only(receipt)).id
    await client.post(f"{path_of(receipt)}/aendern", data={"registration": str(id), "party": "1"})
    assert await statuses(event) == ["confirmed", "confirmed"]


async def test_a_party_is_not_offered_where_everybody_comes_alone(client: AsyncClient) -> None:
    path = await own_path(await make_event())
    assert "Personenzahl ändern" not in (await client.get(path)).text


async def test_another_person_comes_in_the_same_seat(client: AsyncClient) -> None:
    event = await make_event(capacity=1)
    receipt = await confirmed(event)
    await confirmed(event, who=stranger(1))
    path, id = path_of(receipt), (await only(receipt)).id
    assert (await client.get(f"{path}/vertretung?anmeldung={id}")).status_code == 200
    sent = {"registration": str(id), "given_name": "Selma", "email": "selma@example.org"}
    answer = await client.post(f"{path}/vertretung", data=sent)
    assert answer.status_code == 303
    shown = words(await client.get(answer.headers["location"]))
    assert "Den Platz hat jetzt die andere Person." in shown and "Selma" in shown
    assert sorted(await statuses(event)) == ["cancelled", "confirmed", "waiting"]


async def test_a_substitute_needs_a_name(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    sent = {"registration": str((await only(receipt)).id), "city": "Marl"}
    answer = await client.post(f"{path_of(receipt)}/vertretung", data=sent)
    assert answer.status_code == 422 and 'value="Marl"' in answer.text


async def test_an_own_page_is_no_way_to_mail_everybody(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    path = path_of(receipt)
    answers = []
    for number in range(OTHERS_A_DAY + 1):
        active = next(one for one in await registrations_of((await only(receipt)).event) if one.status == "confirmed")
        sent = {"registration": str(active.id), "given_name": "Selma", "email": f"n{number}@example.org"}
        answers.append(await client.post(f"{path}/vertretung", data=sent))
    assert [one.status_code for one in answers] == [303] * OTHERS_A_DAY + [429]
    assert "Das waren zu viele Versuche." in answers[-1].text and answers[-1].headers["retry-after"].isdigit()
    assert await kinds_to(f"n{OTHERS_A_DAY}@example.org") == []


@pytest.mark.parametrize("name", ["Gewinn https://example.org", "www.example.org", "example.org/gewinn abholen"])
async def test_a_name_is_no_place_for_advertisements(client: AsyncClient, name: str) -> None:
    receipt = await confirmed(await make_event())
    sent = {"registration": str((await only(receipt)).id), "given_name": name, "email": "selma@example.org"}
    answer = await client.post(f"{path_of(receipt)}/vertretung", data=sent)
    assert answer.status_code == 422 and "nur einen Namen an, keine Internetadresse" in answer.text
    assert await kinds_to("selma@example.org") == []


async def test_who_waits_has_no_seat_to_hand_on(client: AsyncClient) -> None:
    event = await make_event(capacity=1)
    await confirmed(event, who=DORIAN)
    receipt = await confirmed(event)
    path, id = path_of(receipt), (await only(receipt)).id
    assert "/vertretung" not in (await client.get(path)).text
    assert (await client.get(f"{path}/vertretung?anmeldung={id}")).status_code == 409
    sent = {"registration": str(id), "given_name": "Selma"}
    assert (await client.post(f"{path}/vertretung", data=sent)).status_code == 409


async def test_who_waits_sees_the_rank_and_leaves_the_queue_by_one_button(client: AsyncClient) -> None:
    event = await make_event(capacity=1)
    await confirmed(event, who=DORIAN)
    receipt = await confirmed(event)
    shown = words(await client.get(path_of(receipt)))
    assert "Ihr Platz auf der Warteliste: 1" in shown and "Von der Warteliste gehen" in shown
    sent = {"registration": str((await only(receipt)).id)}
    assert (await client.post(f"{path_of(receipt)}/absagen", data=sent)).status_code == 303
    assert await statuses(event) == ["confirmed", "cancelled"]


async def offered(event: EventView) -> Receipt:
    """Amira waited, and now has to answer."""
    first = await confirmed(event, who=DORIAN)
    receipt = await confirmed(event)
    await cancel_booking(first.booking, by=person(first.booking), now=now())
    assert (await only(receipt)).status == "offered"
    return receipt


@pytest.mark.parametrize(
    ("way", "status", "notice"),
    [("annehmen", "confirmed", "Der Platz gehört Ihnen."), ("ablehnen", "cancelled", "Danke für die Nachricht.")],
)
async def test_an_offered_place_is_answered_by_a_button(
    client: AsyncClient, way: str, status: str, notice: str
) -> None:
    receipt = await offered(await make_event(capacity=1, policy={"waiting_list": "offer"}))
    assert "Bitte antworten Sie bis" in words(await client.get(path_of(receipt)))
    answer = await client.post(f"{path_of(receipt)}/{way}", data={"registration": str((await only(receipt)).id)})
    assert answer.status_code == 303 and (await only(receipt)).status == status
    assert notice in words(await client.get(answer.headers["location"]))


async def test_an_offer_that_is_over_cannot_be_accepted(client: AsyncClient) -> None:
    receipt = await offered(await make_event(capacity=1, policy={"waiting_list": "offer"}))
    await Registration.update({Registration.hold_until: now() - timedelta(minutes=1)}, force=True)
    sent = {"registration": str((await only(receipt)).id)}
    assert (await client.post(f"{path_of(receipt)}/annehmen", data=sent)).status_code == 409


async def test_further_dates_of_the_series_are_added_by_one_button(client: AsyncClient) -> None:
    series = await make_series("Lebenskunde")
    first, second = await make_event("Abend eins", series=series), await make_event("Abend zwei", series=series)
    draft = await make_event("Abend drei", series=series, published=False)
    receipt = await together([AMIRA], first, series=series)
    shown = await client.get(path_of(receipt))
    assert f'value="{second.id}"' in shown.text and f'value="{draft.id}"' not in shown.text
    assert f'value="{first.id}"' not in shown.text
    answer = await client.post(f"{path_of(receipt)}/dazu", data={"events": str(second.id)})
    assert answer.status_code == 303
    assert await statuses(second) == ["confirmed"]
    assert "Weitere Termine dieser Reihe" not in words(await client.get(path_of(receipt)))


async def test_only_dates_of_the_booked_series_are_added(client: AsyncClient) -> None:
    series = await make_series("Lebenskunde")
    receipt = await together([AMIRA], await make_event("Abend eins", series=series), series=series)
    elsewhere = await make_event("Etwas anderes")
    answer = await client.post(f"{path_of(receipt)}/dazu", data={"events": str(elsewhere.id)})
    assert answer.status_code == 409 and await statuses(elsewhere) == []
    nothing = await client.post(f"{path_of(receipt)}/dazu", data={})
    assert nothing.status_code == 422


async def test_an_unproven_booking_adds_nothing(client: AsyncClient) -> None:
    series = await make_series("Lebenskunde")
    first, second = await make_event("Abend eins", series=series), await make_event("Abend zwei", series=series)
    receipt = await signed_up(first, series=series)
    assert "/dazu" not in (await client.get(path_of(receipt))).text
    answer = await client.post(f"{path_of(receipt)}/dazu", data={"events": str(second.id)})
    assert answer.status_code == 409 and await statuses(second) == []


async def test_the_deadline_is_told_and_kept(client: AsyncClient) -> None:
    in_time = await own_path(await make_event("Früh genug", policy={"cancel_until_hours": 24}))
    assert "Absagen können Sie bis" in words(await client.get(in_time))
    event = await make_event("Zu spät", policy={"cancel_until_hours": 24 * 30, "max_party": 3})
    late = await own_path(event, who=DORIAN)
    shown = await client.get(late)
    assert "Die Frist zum Absagen ist vorbei." in words(shown) and "/absagen" not in shown.text
    assert (await client.post(f"{late}/absagen")).status_code == 409
    assert await statuses(event) == ["confirmed"]


async def test_what_belongs_to_others_is_not_found(client: AsyncClient) -> None:
    event = await make_event(policy={"max_party": 6})
    receipt, foreign = await confirmed(event), await confirmed(event, who=DORIAN)
    path, theirs = path_of(receipt), str((await only(foreign)).id)
    for id in (theirs, str(uuid4()), "unsinn", ""):
        for way in ("annehmen", "ablehnen", "aendern", "vertretung"):
            sent = {"registration": id, "party": "2", "given_name": "X"}
            assert (await client.post(f"{path}/{way}", data=sent)).status_code == 404
    someone = (await people_of(foreign))[0]
    assert (await client.post(f"{path}/aendern", data=details(someone, given_name="X"))).status_code == 404
    assert (await client.get(f"{path}/aendern?person={someone.id}")).status_code == 404
    assert (await client.get(f"{path}/aendern?anmeldung={theirs}")).status_code == 404
    assert (await client.get(f"{path}/vertretung?anmeldung={theirs}")).status_code == 404
    assert (await stored(foreign)).given_name == "Dorian"
    assert await statuses(event) == ["confirmed", "confirmed"]


async def test_thirty_events_are_shown_with_as_many_questions_to_the_database_as_one(client: AsyncClient) -> None:
    series = await make_series("Lebenskunde")
    evenings = [
        await make_event(f"Abend {number}", series=series, starts_in=timedelta(days=number)) for number in range(1, 31)
    ]
    counted = []
    for path in (
        path_of(await together([AMIRA], *evenings[:1], series=series)),
        path_of(await together([DORIAN], *evenings, contact=DORIAN.email, series=series)),
    ):
        for way in ("", "/daten"):
            await client.get(f"{path}{way}")
            before = queries_so_far()
            assert (await client.get(f"{path}{way}")).status_code == 200
            counted.append(queries_so_far() - before)
    assert counted[:2] == counted[2:]
