"""Copying and repeating an event: what comes along, what does not, and that a second submit does nothing."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from events.invitations.copying import Repetition, copy_event, repeat_as_dates, repeat_as_events
from events.invitations.reminders.actions import add_mail_rule
from events.invitations.reminders.rules import MailRuleDetails
from events.invitations.tables import MailRule
from events.kit.actor import SYSTEM
from events.kit.clock import BERLIN, now
from events.kit.refusals import NotFound, Refused
from events.programme.actions import add_partner
from events.programme.copying import date_details
from events.programme.details import OptionDetails, QuestionDetails
from events.programme.overview import own_policy
from events.programme.partner_actions import ask_partner
from events.programme.partners import partner_links
from events.programme.queries import quotas_of
from events.programme.question_actions import add_question
from events.programme.questions import questions_of
from events.programme.repeating import shifted
from events.programme.tables import Event
from events.registration.actions import register
from events.registration.queries import registrations_of
from events.registration.signup import SignUp
from tests.factories import make_event, make_organisation, make_quota, make_series, seen
from tests.people import AMIRA

SOON = date(2030, 5, 7)


@pytest.fixture
async def event(db):
    texts = {"de": "Lebenskunde", "tr": "Hayat bilgisi"}
    return await make_event(texts, policy={"max_party": 4}, hints=("free",), dates=2)


def repetition(event, *days, **more):
    template = date_details(event.dates[0])
    return Repetition(uuid4(), template, tuple(days) or (SOON, SOON + timedelta(weeks=1)), **more)


async def test_a_copy_has_everything_but_the_people(event):
    kita = await make_organisation()
    by = {"by": SYSTEM, "now": now()}
    await make_quota(event.id, places=4, organisation=kita, release_at=event.starts_at - timedelta(days=3))
    await add_partner(event.id, kita, "host", **by)
    await ask_partner((await partner_links(event.id))[0].id, "Derya", "derya@example.org", "tr", **by)
    options = (OptionDetails({"de": "Gruppe A"}, 5), OptionDetails({"de": "Gruppe B"}))
    purpose = "Damit wir planen können."
    first = await add_question(
        event.id, QuestionDetails("choice", {"de": "Welche?"}, purpose=purpose, options=options), **by
    )
    chosen = str((await questions_of([event.id]))[event.id][0].options[0].id)
    follow_up = QuestionDetails("text", {"de": "Warum?"}, purpose=purpose, only_if=first, only_if_value=chosen)
    await add_question(event.id, follow_up, **by)
    await add_mail_rule(MailRuleDetails("reminder", days_before=5), event_id=event.id, **by)
    await register(SignUp((event.id,), (AMIRA,), AMIRA.email, source="office"), **by)
    new = uuid4()
    dates = shifted([date_details(one) for one in event.dates], SOON)
    await copy_event(event.id, new, "Lebenskunde", dates, **by)
    copy = await seen(new)
    assert copy.status == "draft" and copy.title == event.title and copy.hints == event.hints
    assert copy.slug != event.slug and await own_policy(new) == {"max_party": 4}
    assert [one.start.astimezone(BERLIN).date() for one in copy.dates] == [SOON, SOON + timedelta(weeks=1)]
    (quota,) = (await quotas_of([new]))[new]
    assert quota.places == 4 and copy.starts_at - quota.release_at == timedelta(days=3)
    (partner,) = await partner_links(new)
    assert (partner.name, partner.role) == ("Kita Regenbogen", "host") and partner.asked_at is None
    assert partner.contact_email == ""
    which, why = (await questions_of([new]))[new]
    assert why.only_if == which.id != first and why.only_if_value == str(which.options[0].id) != chosen
    assert [row["days_before"] for row in await MailRule.select().where(MailRule.event == new)] == [5]
    assert await registrations_of(new) == []


async def test_a_copy_sent_twice_is_one_copy(event):
    new = uuid4()
    for _ in range(2):
        await copy_event(event.id, new, "Noch einmal", (), by=SYSTEM, now=now())
    assert await Event.count() == 2
    with pytest.raises(NotFound):
        await copy_event(uuid4(), uuid4(), "Nichts", (), by=SYSTEM, now=now())


async def test_repeating_makes_single_events_of_a_new_series_once(event):
    wanted = repetition(event, series_title="Abende 2030")
    ids = await repeat_as_events(event.id, wanted, by=SYSTEM, now=now())
    assert await repeat_as_events(event.id, wanted, by=SYSTEM, now=now()) == ids
    first, second = [await seen(id) for id in ids]
    assert await Event.count() == 3 and first.slug != second.slug
    assert first.series_id == second.series_id and first.series_title == {"de": "Abende 2030"}
    assert len(first.dates) == 2 and second.starts_at.astimezone(BERLIN).date() == SOON + timedelta(weeks=1)


async def test_repeating_makes_dates_of_one_event_once(event):
    wanted = repetition(event)
    assert await repeat_as_dates(event.id, wanted, by=SYSTEM, now=now()) == 2
    assert await repeat_as_dates(event.id, wanted, by=SYSTEM, now=now()) == 0
    assert len((await seen(event.id)).dates) == 4


async def test_repeating_on_no_day_or_in_a_series_that_is_not_there_makes_nothing(event):
    nothing = Repetition(uuid4(), date_details(event.dates[0]), ())
    with pytest.raises(Refused):
        await repeat_as_dates(event.id, nothing, by=SYSTEM, now=now())
    series = await make_series()
    ids = await repeat_as_events(event.id, repetition(event, series_id=series), by=SYSTEM, now=now())
    assert (await seen(ids[0])).series_id == series
