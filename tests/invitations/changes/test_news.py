"""Good news: a date is fixed for those who asked, a series grows for those who booked it."""

import asyncio
from datetime import time, timedelta
from uuid import UUID, uuid4

from events.invitations.actions import add_date, call_off_event, edit_event, publish_event
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import SYSTEM, person, staff
from events.kit.clock import berlin, now, today
from events.mail.tables import Mailing
from events.programme.details import DateDetails, EventDetails
from events.programme.queries import EventView
from events.registration.actions import cancel_booking, confirm_address, register
from events.registration.date_wishes import confirm_wish, wish_behind, wish_for_date
from events.registration.queries import registrations_of
from events.registration.signup import Person, Receipt, SignUp
from events.registration.tables import DateWish
from tests.factories import make_event, make_series, seen
from tests.outbox import kinds_to, mails_to, text_of

BERND = staff(uuid4())


async def wished(event: EventView, email: str = "amira@example.org", language: str = "de", proven: bool = True) -> None:
    await wish_for_date(event.id, email, language, now=now())
    if proven:
        link = text_of((await mails_to(email, "date_wish"))[-1]).partition("/bescheid/")[2].split()[0]
        await confirm_wish(await wish_behind(link), now=now())


async def fix_date(event: EventView, weeks: int = 1) -> None:
    start = berlin(today() + timedelta(weeks=weeks), time(18))
    details = DateDetails(start, start + timedelta(hours=2), is_online=True)
    await add_date(event.id, details, by=BERND, now=now())


async def booked(series: UUID, *events: EventView, email: str = "amira@example.org", prove: bool = True) -> Receipt:
    sign_up = SignUp(tuple(one.id for one in events), (Person("Amira"),), email, series=series)
    receipt = await register(sign_up, by=SYSTEM, now=now())
    if prove:
        await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    return receipt


async def a_new_one(series: UUID | None, title: str = "Noch ein Abend") -> EventView:
    event = await make_event(title, series=series, published=False)
    await publish_event(event.id, by=BERND, now=now())
    return await seen(event.id)


def details_of(event: EventView, series: UUID | None) -> EventDetails:
    return EventDetails(event.programme_id, event.title, series_id=series, capacity=event.capacity)


async def test_the_first_date_is_told_once_and_the_address_is_gone(db: None) -> None:
    event = await make_event(dates=0)
    await wished(event)
    await wished(event, "ayse@example.org", "tr")
    await fix_date(event)
    assert await expand_mailings(now=now()) == 2
    mail = (await mails_to("amira@example.org", "date_fixed"))[0]
    assert mail["Subject"].startswith("Der Termin steht fest")
    assert f"/veranstaltungen/{event.slug}/anmeldung" in text_of(mail)
    assert f"/tr/veranstaltungen/{event.slug}/anmeldung" in text_of(
        (await mails_to("ayse@example.org", "date_fixed"))[0]
    )
    assert await DateWish.count() == 0
    await fix_date(event, weeks=2)
    await Mailing.update({Mailing.status: "queued"}, force=True)
    assert await expand_mailings(now=now()) == 0


async def test_who_never_proved_the_address_is_not_told(db: None) -> None:
    event = await make_event(dates=0)
    await wished(event, proven=False)
    await fix_date(event)
    assert await expand_mailings(now=now()) == 0 and await Mailing.count() == 0


async def test_who_confirms_after_the_date_was_fixed_is_told_by_the_page_not_by_mail(db: None) -> None:
    event = await make_event(dates=0)
    await wished(event, proven=False)
    await fix_date(event)
    link = text_of((await mails_to("amira@example.org"))[0]).partition("/bescheid/")[2].split()[0]
    await confirm_wish(await wish_behind(link), now=now())
    assert not (await wish_behind(link)).is_proven
    assert await expand_mailings(now=now()) == 0


async def test_a_date_that_comes_while_it_is_off_is_told_when_it_takes_place_after_all(db: None) -> None:
    event = await make_event(dates=0)
    await wished(event)
    await call_off_event(event.id, {}, by=BERND, now=now(), notify=False)
    await fix_date(event)
    assert await expand_mailings(now=now()) == 0
    await publish_event(event.id, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 1


async def test_an_event_without_sign_up_leads_to_its_page(db: None) -> None:
    event = await make_event(dates=0, policy={"sign_up": False})
    await wished(event)
    await fix_date(event)
    await expand_mailings(now=now())
    text = text_of((await mails_to("amira@example.org", "date_fixed"))[0])
    assert "Zur Veranstaltung" in text and f"{event.slug}/anmeldung" not in text


async def test_a_new_evening_is_told_to_those_who_booked_the_series(db: None) -> None:
    series = await make_series("Lebenskunde")
    first = await make_event("Erster Abend", series=series)
    await booked(series, first)
    await booked(series, first, email="wanda@example.org", prove=False)
    event = await a_new_one(series)
    assert await expand_mailings(now=now()) == 1
    mail = (await mails_to("amira@example.org", "series_grown"))[0]
    assert "Noch ein Abend" in mail["Subject"] and "„Lebenskunde“" in text_of(mail)
    assert "/anmeldung/" in text_of(mail) and "/bestaetigen" not in text_of(mail)
    assert await registrations_of(event.id) == []


async def test_a_single_booking_a_cancelled_one_and_one_that_has_it_already_hear_nothing(db: None) -> None:
    series = await make_series()
    first, second = await make_event(series=series), await make_event("Zweiter", series=series)
    single = SignUp((first.id,), (Person("Dorian"),), "dorian@example.org", source="office")
    await register(single, by=BERND, now=now())
    gone = await booked(series, first, email="gone@example.org")
    await cancel_booking(gone.booking, by=BERND, now=now())
    await booked(series, first, second, email="both@example.org")
    await call_off_event(second.id, {}, by=BERND, now=now(), notify=False)
    await publish_event(second.id, by=BERND, now=now())
    assert await Mailing.count() == 0


async def test_two_bookings_of_one_address_get_one_mail(db: None) -> None:
    series = await make_series()
    await booked(series, await make_event("Erster", series=series))
    await booked(series, await make_event("Zweiter", series=series))
    await a_new_one(series)
    await expand_mailings(now=now())
    assert (await kinds_to("amira@example.org")).count("series_grown") == 1


async def test_an_event_moved_into_the_series_is_news_and_is_told_once(db: None) -> None:
    series = await make_series()
    await booked(series, await make_event(series=series))
    event = await make_event("Von woanders")
    for wanted in (series, None, series):
        await edit_event(event.id, details_of(event, wanted), by=BERND, now=now())
        await expand_mailings(now=now())
    assert (await kinds_to("amira@example.org")).count("series_grown") == 1


async def test_an_event_without_a_date_is_news_only_when_it_has_one(db: None) -> None:
    series = await make_series()
    await booked(series, await make_event(series=series))
    event = await make_event("Termin folgt", series=series, dates=0, published=False)
    await publish_event(event.id, dates_to_follow=True, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 0
    await fix_date(event)
    assert await expand_mailings(now=now()) == 1


async def test_taking_an_event_out_of_a_series_leaves_registrations_as_they_are(db: None) -> None:
    series = await make_series()
    first, second = await make_event(series=series), await make_event("Zweiter", series=series)
    await booked(series, first, second)
    before = await registrations_of(second.id)
    await edit_event(second.id, details_of(second, None), by=BERND, now=now())
    assert (await seen(second.id)).series_id is None
    assert await registrations_of(second.id) == before and before[0].status == "confirmed"
    assert await expand_mailings(now=now()) == 0


async def test_whoever_proves_the_address_while_the_date_is_fixed_is_told_or_sees_it(db: None) -> None:
    event = await make_event(dates=0)
    addresses = [f"gast{n}@example.org" for n in range(8)]
    links = []
    for address in addresses:
        await wished(event, address, proven=False)
        links.append(text_of((await mails_to(address))[0]).partition("/bescheid/")[2].split()[0])
    found = [await wish_behind(link) for link in links]
    await asyncio.gather(*(confirm_wish(one, now=now()) for one in found[:4]), fix_date(event),
                         *(confirm_wish(one, now=now()) for one in found[4:]))  # fmt: skip
    proven = await DateWish.count().where(DateWish.proven_at.is_not_null())
    assert await expand_mailings(now=now()) == proven
    assert not await DateWish.exists().where(DateWish.proven_at.is_not_null())
