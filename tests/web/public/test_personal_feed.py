"""One's own calendar over HTTP: what is in it, who gets it, and what happens once it is taken back or in trouble."""

from dataclasses import replace
from datetime import timedelta

import pytest
from httpx import AsyncClient

from events.accounts.actions import add_staff, disable_staff
from events.accounts.feeds import feed_of
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.feed_addresses import feed_address, feed_token
from events.kit.translation import speaking
from events.privacy.erasing import erase_booking
from events.programme.actions import add_trainer, cancel_date, mark_called_off
from events.programme.tables import EventDate
from events.registration.actions import cancel_booking, confirm_address
from events.registration.tables import Booking
from tests.factories import make_event
from tests.outbox import mails_to, text_of
from tests.people import ADMIN_MAIL, AMIRA, DORIAN
from tests.registration.stories import confirmed, signed_up, stranger
from tests.web.public.calendars import entries, path, states
from tests.web.public.own import path_of, path_of_person, people_of, together
from tests.web.public.typing import words


async def test_a_place_is_confirmed_and_waiting_is_tentative(client: AsyncClient) -> None:
    sure, full = await make_event("Sicher"), await make_event("Voll", capacity=1, starts_in=timedelta(days=20))
    await confirmed(full, who=stranger(1))
    receipt = await confirmed(sure, full)
    answer = await client.get(path("feed", receipt.booking))
    assert states(answer) == [("Sicher", "CONFIRMED"), ("Warteliste: Voll", "TENTATIVE")]
    for one in entries(answer):
        assert one["TRANSP"] == "OPAQUE" and "ORGANIZER" in one and "ATTENDEE" not in one
    text = answer.content.replace(b"\r\n ", b"")
    assert b"METHOD:PUBLISH" in text and b"/anmeldung/" not in text and b"persoenlich" not in text
    assert AMIRA.email.encode() not in text and b"Amira" not in text


async def test_requested_and_offered_places_say_what_they_are(client: AsyncClient) -> None:
    asked = await make_event("Auf Anfrage", policy={"approval": True})
    receipt = await confirmed(asked)
    assert states(await client.get(path("feed", receipt.booking))) == [("Angefragt: Auf Anfrage", "TENTATIVE")]


async def test_what_is_cancelled_stays_as_cancelled_with_the_sequence_of_the_mail(client: AsyncClient) -> None:
    gone, off = await make_event("Absage"), await make_event("Sturm", starts_in=timedelta(days=20))
    course = await make_event("Kurs", dates=2, starts_in=timedelta(days=30))
    receipt = await confirmed(gone, off, course)
    feed = path("feed", receipt.booking)
    before = {str(one["UID"]): one["SEQUENCE"] for one in entries(await client.get(feed))}
    await mark_called_off(off.id, {"de": "Sturm"}, by=SYSTEM, now=now())
    await cancel_date(course.dates[1].id, by=SYSTEM, now=now())
    await cancel_booking(receipt.booking, by=SYSTEM, now=now())
    assert states(await client.get(feed)) == [
        ("ABGESAGT: Absage", "CANCELLED"),
        ("ABGESAGT: Sturm", "CANCELLED"),
        ("ABGESAGT: Kurs (Teil 1 von 2)", "CANCELLED"),
        ("ABGESAGT: Kurs (Teil 2 von 2)", "CANCELLED"),
    ]
    after = {str(one["UID"]): one["SEQUENCE"] for one in entries(await client.get(feed))}
    assert before.keys() == after.keys() and all(after[uid] > before[uid] for uid in before)


async def test_signing_up_again_is_said_by_one_calendar_only(client: AsyncClient) -> None:
    event = await make_event("Abend")
    first = await confirmed(event)
    await cancel_booking(first.booking, by=SYSTEM, now=now())
    second = await confirmed(event)
    assert states(await client.get(path("feed", first.booking))) == []
    (one,) = entries(await client.get(path("feed", second.booking)))
    assert (one["STATUS"], one["SEQUENCE"]) == ("CONFIRMED", 2)


async def test_the_way_into_an_online_room_is_for_confirmed_people_only(client: AsyncClient) -> None:
    event = await make_event("Online", online=True, capacity=1)
    await EventDate.update({EventDate.join_link: "https://raum.example.org/x"}).where(EventDate.event == event.id)
    sure, waiting = await confirmed(event), await confirmed(event, who=stranger(1))
    assert b"raum.example.org" in (await client.get(path("feed", sure.booking))).content
    assert b"raum.example.org" not in (await client.get(path("feed", waiting.booking))).content
    await cancel_booking(sure.booking, by=SYSTEM, now=now())
    assert b"raum.example.org" not in (await client.get(path("feed", sure.booking))).content


async def test_an_unproven_address_gets_an_empty_calendar(client: AsyncClient) -> None:
    receipt = await signed_up(await make_event())
    assert entries(await client.get(path("feed", receipt.booking))) == []
    shown = await client.get(path_of(receipt))
    assert "Adresse Ihres persönlichen Kalenders" not in shown.text


async def test_the_contact_has_everybody_and_a_person_their_own_only(client: AsyncClient) -> None:
    both, one = await make_event("Beide"), await make_event("Weitere", starts_in=timedelta(days=20))
    receipt = await together([replace(AMIRA, email=""), DORIAN], both, one)
    amira, dorian = await people_of(receipt)
    await client.post(f"{path_of_person(dorian)}/absagen")
    assert [status for _, status in states(await client.get(path("feed", receipt.booking)))] == ["CONFIRMED"] * 2
    own = await client.get(path("participant-feed", dorian.id))
    assert [status for _, status in states(own)] == ["CANCELLED"] * 2
    assert len(entries(await client.get(path("participant-feed", amira.id)))) == 2


async def test_who_shares_a_mailbox_keeps_the_date_when_only_one_cancels(client: AsyncClient) -> None:
    event = await make_event("Abend")
    receipt = await together([replace(AMIRA, email=""), replace(DORIAN, email="")], event)
    booking = await Booking.objects().get(Booking.id == receipt.booking)
    assert booking is not None
    amira, _ = await people_of(receipt)
    await cancel_booking(receipt.booking, participant=amira.id, by=SYSTEM, now=now())
    last = (await mails_to(AMIRA.email, "cancelled"))[-1]
    assert not [part for part in last.walk() if "calendar" in part.get_content_type()]
    assert states(await client.get(path("feed", receipt.booking))) == [("Abend", "CONFIRMED")]


async def test_programs_get_it_privately_and_only_when_it_is_new(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    feed = path("feed", receipt.booking)
    answer = await client.get(feed, headers={"accept-encoding": "gzip", "accept": "text/html"})
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert (answer.headers["x-robots-tag"], answer.headers["referrer-policy"]) == ("noindex", "no-referrer")
    for unwanted in ("content-encoding", "set-cookie", "vary", "location", "last-modified"):
        assert unwanted not in answer.headers
    head = await client.head(feed)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", answer.headers["etag"])
    for known in (answer.headers["etag"], f'W/{answer.headers["etag"]}, "x"', "*"):
        again = await client.get(feed, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
    assert (await client.get(feed)).content == answer.content
    await cancel_booking(receipt.booking, by=SYSTEM, now=now())
    assert (await client.get(feed, headers={"if-none-match": answer.headers["etag"]})).status_code == 200


async def test_it_speaks_the_language_of_its_address(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event({"de": "Aufwachsen", "tr": "Büyümek"}))
    feed = path("feed", receipt.booking)
    assert "Büyümek" in (await client.get(f"/tr{feed}")).text
    assert "Aufwachsen" in (await client.get(feed)).text
    assert f"/tr{feed}" in (await client.get(f"/tr{path_of(receipt)}")).text


async def test_a_new_address_ends_the_old_one(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    own, old = path_of(receipt), path("feed", receipt.booking)
    answer = await client.post(f"{own}/kalender/neue-adresse")
    assert answer.status_code == 303
    shown = await client.get(answer.headers["location"])
    assert "Ihr Kalender hat eine neue Adresse." in words(shown) and path("feed", receipt.booking, 2) in shown.text
    assert (await client.get(old)).status_code == 410
    assert (await client.get(path("feed", receipt.booking, 2))).status_code == 200
    assert (await client.get(path("feed", receipt.booking, 3))).status_code == 404


async def test_switched_off_no_address_opens_it_until_it_is_on_again(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    own, feed = path_of(receipt), path("feed", receipt.booking)
    assert (await client.post(f"{own}/kalender/abschalten")).status_code == 303
    assert (await client.get(feed)).status_code == 410
    shown = await client.get(own)
    assert "Wieder einschalten" in words(shown) and "feed-address" not in shown.text
    assert (await client.post(f"{own}/kalender/einschalten")).status_code == 303
    assert (await client.get(feed)).status_code == 200


async def test_a_person_switches_off_only_their_own(client: AsyncClient) -> None:
    receipt = await together([replace(AMIRA, email=""), DORIAN], await make_event())
    _, dorian = await people_of(receipt)
    await client.post(f"{path_of_person(dorian)}/kalender/abschalten")
    assert (await client.get(path("participant-feed", dorian.id))).status_code == 410
    assert (await client.get(path("feed", receipt.booking))).status_code == 200


@pytest.mark.parametrize("way", ["neue-adresse", "abschalten", "einschalten"])
async def test_only_ones_own_link_changes_the_calendar(client: AsyncClient, way: str) -> None:
    receipt = await confirmed(await make_event())
    feed = feed_token("feed", receipt.booking, 1)
    for token in (feed, "A" * 43, "x"):
        assert (await client.post(f"/anmeldung/{token}/kalender/{way}")).status_code == 404
    assert (await client.get(f"{path_of(receipt)}/kalender/{way}")).status_code == 405
    assert (await client.get(path("feed", receipt.booking))).status_code == 200


async def test_what_we_never_gave_out_is_not_found(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    own_link = path_of(receipt).rpartition("/")[2]
    right = feed_token("feed", receipt.booking, 1)
    made_up = ("x", "A" * 43, own_link, feed_token("participant-feed", receipt.booking, 1), right[:-1], "ä" * 20)
    for token in made_up:
        answer = await client.get(f"/kalender/persoenlich/{token}.ics")
        assert answer.status_code == 404 and answer.headers["cache-control"] == "private, no-cache"
    assert (await client.get(f"/kalender/persoenlich/{right}")).status_code == 404
    assert (await client.get(f"/anmeldung/{right}")).status_code == 404


async def test_after_erasing_it_is_gone(client: AsyncClient) -> None:
    receipt = await confirmed(await make_event())
    await erase_booking(receipt.booking, by=SYSTEM, now=now())
    assert (await client.get(path("feed", receipt.booking))).status_code == 410


async def test_the_mail_about_several_dates_names_the_calendar_and_that_about_one_does_not(client: AsyncClient) -> None:
    several = await confirmed(await make_event("Kurs", dates=3))
    address = feed_address("feed", several.booking, 1, "de")
    assert address in text_of((await mails_to(AMIRA.email, "confirmation"))[0]).splitlines()
    await confirmed(await make_event("Abend"), who=stranger(1))
    assert "/kalender/" not in text_of((await mails_to("gast1@example.org", "confirmation"))[0])


@pytest.mark.parametrize("language", ["en", "tr", "ar"])
async def test_the_line_in_the_mail_leads_to_the_calendar_in_its_language(client: AsyncClient, language: str) -> None:
    with speaking(language):
        receipt = await signed_up(await make_event("Kurs", dates=2), language=language)
    await confirm_address(receipt.booking, by=SYSTEM, now=now())
    lines = text_of((await mails_to(AMIRA.email, "confirmation"))[0]).splitlines()
    place = lines.index(feed_address("feed", receipt.booking, 1, language))
    assert lines[place - 1].endswith(":") and "abonnieren" not in lines[place - 1]


async def test_trainers_have_their_own_dates_and_the_office_all_that_are_published(client: AsyncClient) -> None:
    led = await make_event("Geleitet", online=True)
    await EventDate.update({EventDate.join_link: "https://raum.example.org/x"}).where(EventDate.event == led.id)
    await make_event("Geladen", policy={"visibility": "invited_only"}, starts_in=timedelta(days=20))
    await make_event("Entwurf", published=False)
    off = await make_event("Abgesagt", called_off=True, starts_in=timedelta(days=30))
    trainer = await add_staff("trainer@example.org", "Tarek", "trainer", by=SYSTEM, now=now())
    for event in (led, off):
        await add_trainer(trainer, event_id=event.id, by=SYSTEM, now=now())
    answer = await client.get(path("staff-feed", trainer))
    assert states(answer) == [("Geleitet", "CONFIRMED"), ("ABGESAGT: Abgesagt", "CANCELLED")]
    assert entries(answer)[0]["TRANSP"] == "OPAQUE" and b"raum.example.org" in answer.content
    bernd = await add_staff("bernd@example.org", "Bernd", "organiser", by=SYSTEM, now=now())
    answer = await client.get(path("staff-feed", bernd))
    assert [name for name, _ in states(answer)] == ["Geleitet", "Geladen", "ABGESAGT: Abgesagt"]
    assert entries(answer)[0]["TRANSP"] == "TRANSPARENT" and b"raum.example.org" not in answer.content


async def test_who_does_not_work_here_any_more_has_no_calendar(client: AsyncClient) -> None:
    await add_staff(ADMIN_MAIL, "Admin", "admin", by=SYSTEM, now=now())
    bernd = await add_staff("bernd@example.org", "Bernd", "organiser", by=SYSTEM, now=now())
    feed = (await feed_of(bernd)).address.removeprefix("http://testserver.local")
    assert (await client.get(feed)).status_code == 200
    await disable_staff("bernd@example.org", by=SYSTEM, now=now())
    assert (await client.get(feed)).status_code == 410
