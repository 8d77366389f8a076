"""Who leads an event, or counts for a partner, must not stand before a locked door: they hear of changes as well."""

from datetime import timedelta

import pytest

from events.accounts.actions import add_staff
from events.invitations.actions import call_off_event, drop_date, move_date
from events.invitations.changes.affected import who_is_affected
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.programme.details import DateDetails
from events.programme.partner_actions import ask_partner
from events.programme.sharing import add_partner, add_trainer
from events.programme.tables import EventPartner
from tests.factories import make_event, make_organisation, make_series
from tests.invitations.story import BERND
from tests.outbox import kinds_to, mails_to, text_of
from tests.reminding import coming

pytestmark = pytest.mark.usefixtures("db")

TRUDE, VERA = "trude@example.org", "vera@example.org"


async def named(event, role="trainer", address=TRUDE, **whole_series):
    who = await add_staff(address, "Trude Thal", role, by=SYSTEM, now=now())
    await add_trainer(who, by=SYSTEM, now=now(), **(whole_series or {"event_id": event.id}))


async def asks_vera(event, language="de"):
    await add_partner(event.id, await make_organisation("Moschee Marl", "association"), "host", by=SYSTEM, now=now())
    row = await EventPartner.select(EventPartner.id).where(EventPartner.event == event.id).first()
    await ask_partner(row["id"], "Vera Blum", VERA, language, by=SYSTEM, now=now())


async def moves(date):
    later = DateDetails(date.start + timedelta(days=1), date.end + timedelta(days=1), venue_id=date.venue_id)
    await move_date(date.id, later, by=BERND, now=now())


async def test_the_trainer_and_the_partner_hear_that_it_is_off_each_once() -> None:
    event = await make_event("Sprachcafé")
    await named(event)
    await asks_vera(event, "tr")
    affected = await who_is_affected(event, now())
    assert (affected.leading, affected.mails, affected.is_anybody) == (2, 2, True)
    await call_off_event(event.id, {"de": "Der Saal ist gesperrt."}, by=BERND, now=now())
    await expand_mailings(now=now())
    assert await expand_mailings(now=now()) == 0
    (trude,), (vera,) = await mails_to(TRUDE, "called_off"), await mails_to(VERA, "called_off")
    assert "Guten Tag Trude Thal" in text_of(trude) and "Der Saal ist gesperrt." in text_of(trude)
    assert "weil Sie an der Veranstaltung mitwirken" in text_of(trude) and "Warteliste" not in text_of(trude)
    assert str(vera["Subject"]).startswith("İptal")


async def test_who_leads_the_series_hears_of_a_moved_and_a_dropped_date_with_the_own_link() -> None:
    series = await make_series("Lebenskunde")
    event = await make_event("Erster Abend", series=series, dates=2)
    await named(event, series_id=series)
    await moves(event.dates[0])
    await drop_date(event.dates[1].id, by=BERND, now=now())
    await expand_mailings(now=now())
    for kind in ("moved", "date_dropped"):
        (mail,) = await mails_to(TRUDE, kind)
        assert "/team/zugang/" in text_of(mail) and "weil Sie an der Veranstaltung mitwirken" in text_of(mail)


async def test_a_colleague_who_leads_gets_the_page_of_the_event_and_whoever_is_registered_too_one_mail() -> None:
    event = await make_event()
    await named(event, "organiser")
    await moves(event.dates[0])
    await expand_mailings(now=now())
    (mail,) = await mails_to(TRUDE, "moved")
    assert f"/team/veranstaltungen/{event.id}" in text_of(mail)
    await coming(event, email=TRUDE, at=now())
    assert (await who_is_affected(event, now())).leading == 0
    await call_off_event(event.id, {}, by=BERND, now=now())
    await expand_mailings(now=now())
    assert (await kinds_to(TRUDE)).count("called_off") == 1


async def test_nobody_is_told_of_a_draft_and_whose_access_has_ended_hears_nothing() -> None:
    draft, over = await make_event(published=False), await make_event("Vorbei")
    await named(draft)
    await moves(draft.dates[0])
    await named(over, address="uwe@example.org")
    much_later = over.dates[0].end + timedelta(days=15)
    assert not (await who_is_affected(draft, now())).is_anybody
    assert not (await who_is_affected(over, much_later)).is_anybody
    await expand_mailings(now=now())
    assert await mails_to(TRUDE) == []
