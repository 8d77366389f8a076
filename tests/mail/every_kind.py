"""Every kind of mail, each brought about by what really causes it, in one language."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

from events.accounts.actions import add_staff
from events.attendance.actions import record_marks
from events.attendance.facts import Mark
from events.attendance.sheets.printing import list_for_mail
from events.certificates.actions import issue
from events.certificates.mailing import mail as mail_certificates
from events.contacts.actions import join_list, prove_contact
from events.contacts.details import ContactDetails
from events.contacts.links import contact_behind
from events.feedback.asking import ask
from events.feedback.rounds import open_round
from events.invitations.actions import add_date, call_off_event, drop_date, move_date, publish_event
from events.invitations.answers import delegate
from events.invitations.invited import invitations_of
from events.invitations.inviting import Invitee, add_invitations, remind_silent, send_invitations
from events.invitations.mailings.audiences import Audience
from events.invitations.mailings.expanding import expand_mailings
from events.invitations.mailings.rules import WrittenText
from events.invitations.mailings.writing import start_mailing, write_mailing
from events.invitations.reminders.actions import add_mail_rule
from events.invitations.reminders.due import queue_due_reminders
from events.invitations.reminders.rules import MailRuleDetails
from events.invitations.reminders.tomorrow import remind_trainers
from events.kit.actor import SYSTEM, person, staff
from events.kit.clock import now, standing_at
from events.kit.translation import speaking
from events.programme.actions import add_partner, add_trainer
from events.programme.details import DateDetails
from events.programme.partner_actions import ask_partner
from events.programme.partners import partner_links
from events.programme.queries import EventView
from events.programme.trainer_actions import name_trainer
from events.registration.actions import cancel_booking, confirm_address, register
from events.registration.changing import change_party, substitute_person
from events.registration.date_wishes import confirm_wish, wish_behind, wish_for_date
from events.registration.deciding import decline_registrations, put_on_waiting_list
from events.registration.own.links import send_my_links
from events.registration.queries import registrations_of
from events.registration.reminders import remind_of_confirming
from events.registration.signup import Person, Receipt, SignUp
from events.registration.waitlist import end_offers, tell_those_who_wait_on
from tests.factories import make_event, make_organisation, make_programme, make_series, make_venue
from tests.mail.what_follows import (
    a_group_that_reports,
    a_topic_that_is_planned,
    agreed_on_steps,
    joining_the_team,
    trying_it_out,
)
from tests.outbox import mails_to, text_of
from tests.people import PASSWORD
from tests.registration.stories import only

BERND = staff(uuid4())
DAY = timedelta(days=1)
SAID = {"de": "Bitte bringen Sie **Stifte** mit.\n\nMehr dazu: https://example.org/stifte", "ar": "**أقلام**"}

Story = Callable[[str], Awaitable[None]]


async def tell_all(language: str) -> None:
    """One event for each story, so that none disturbs another; of a kind of its own where rules are set."""
    for story in STORIES:
        await story(language)


async def coming(event: EventView, name: str, language: str, *, proven: bool = True, **more: object) -> Receipt:
    people = (Person(name, "Haddad", role="parent", **more),)  # type: ignore[arg-type]
    sign_up = SignUp((event.id,), people, f"{name.lower()}@example.org", language=language)
    receipt = await register(sign_up, by=SYSTEM, now=now())
    if proven:
        await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    return receipt


async def signing_up(language: str) -> None:
    """confirm_address, confirmation, already_registered, cancelled, confirm_reminder, registered_by, my_links."""
    event = await make_event("Griffbereit", dates=2)
    first = await coming(event, "Amira", language)
    await coming(event, "Amira", language)
    await coming(event, "Selma", language, proven=False)
    await remind_of_confirming(now=now() + 25 * timedelta(hours=1))
    people = (Person("Kemal"), Person("Leyla", email="leyla@example.org"))
    await register(
        SignUp((event.id,), people, "kemal@example.org", source="office", language=language), by=BERND, now=now()
    )
    with speaking(language):
        await send_my_links("amira@example.org", now=now())
    await cancel_booking(first.booking, by=person(first.booking), now=now())


async def waiting_in_line(language: str) -> None:
    """waiting, moved_up, back_to_waiting."""
    event = await make_event("Eltern-Café", capacity=1)
    first = await coming(event, "Bela", language)
    second = await coming(event, "Cem", language)
    await cancel_booking(first.booking, by=person(first.booking), now=now())
    await put_on_waiting_list((await only(second)).id, by=BERND, now=now(), reason="Verwechslung", notify=True)


async def waiting_in_vain(language: str) -> None:
    """no_place."""
    event = await make_event("Ausflug", capacity=1, starts_in=10 * DAY)
    for name in ("Doro", "Emre"):
        await coming(event, name, language)
    await tell_those_who_wait_on(now=event.dates[0].start - timedelta(hours=1))


async def being_offered(language: str) -> None:
    """place_offered, offer_over."""
    event = await make_event("Rucksack", capacity=1, policy={"waiting_list": "offer"})
    first = await coming(event, "Fadi", language)
    await coming(event, "Gül", language)
    await coming(event, "Hoda", language)
    await cancel_booking(first.booking, by=person(first.booking), now=now())
    await end_offers(now=now() + 4 * DAY)


async def asking_for_a_place(language: str) -> None:
    """requested, declined."""
    event = await make_event("Fortbildung", policy={"approval": True})
    asked = await coming(event, "Ilka", language)
    await decline_registrations([(await only(asked)).id], by=BERND, now=now(), message="Leider voll.\nBis bald.")


async def changing_ones_mind(language: str) -> None:
    """party_changed, substituted."""
    event = await make_event("Stadtrundgang", online=True, policy={"max_party": 4})
    receipt = await coming(event, "Jara", language)
    by = person(receipt.booking)
    await change_party((await only(receipt)).id, 3, by=by, now=now())
    await substitute_person((await only(receipt)).id, Person("Kira", email="kira@example.org"), by=by, now=now())


async def plans_that_change(language: str) -> None:
    """moved, date_dropped, called_off."""
    event = await make_event("Sprachcafé", dates=2)
    await coming(event, "Lale", language)
    before, dropped = event.dates
    where = await make_venue("Altes Rathaus", city="Herten")
    moved = DateDetails(before.start + DAY, before.end + DAY, venue_id=where, room="Saal 2")
    await move_date(before.id, moved, by=BERND, now=now())
    await expand_mailings(now=now())
    await drop_date(dropped.id, by=BERND, now=now())
    await expand_mailings(now=now())
    await call_off_event(event.id, {"de": "Die Referentin ist krank."}, by=BERND, now=now())
    await expand_mailings(now=now())


async def no_date_yet(language: str) -> None:
    """date_wish, date_fixed. Who is told is forgotten, so one more waits on."""
    await wish_for_date((await make_event("Leseabend", dates=0)).id, "mona@example.org", language, now=now())
    event = await make_event("Lesefest", dates=0)
    await wish_for_date(event.id, "mina@example.org", language, now=now())
    token = text_of((await mails_to("mina@example.org"))[-1]).partition("/bescheid/")[2].split()[0]
    await confirm_wish(await wish_behind(token), now=now())
    where = await make_venue("Bücherei")
    date = (await make_event("Vorlage")).dates[0]
    await add_date(event.id, DateDetails(date.start, date.end, venue_id=where), by=BERND, now=now())
    await expand_mailings(now=now())


async def a_series_that_grows(language: str) -> None:
    """series_grown."""
    series = await make_series("Lebenskunde")
    first = await make_event("Erster Abend", series=series)
    booked = SignUp(
        (first.id,), (Person("Nour"),), "nour@example.org", source="office", series=series, language=language
    )
    await register(booked, by=BERND, now=now())
    more = await make_event("Noch ein Abend", series=series, published=False)
    await publish_event(more.id, by=BERND, now=now())
    await expand_mailings(now=now())


async def joining_the_list(language: str) -> None:
    """list_confirm, list_known."""
    topic = await make_programme("Rucksack KiTa")
    await make_event("Auftakt", programme=topic)
    for _time in range(2):
        await join_list("oya@example.org", ContactDetails((topic,), language=language), now=now())
        token = text_of((await mails_to("oya@example.org"))[-1]).partition("/verteiler/")[2].split()[0]
        await prove_contact(await contact_behind(token), now=now())


async def writing_to_many(language: str) -> None:
    """message."""
    event = await make_event("Werkstatt")
    await coming(event, "Pari", language)
    texts = {code: WrittenText("Bitte Stifte mitbringen", text) for code, text in SAID.items()}
    mailing = await write_mailing(Audience("events", (event.id,)), texts, by=BERND, now=now())
    await start_mailing(mailing, by=BERND, now=now())
    await expand_mailings(now=now())


async def inviting(language: str) -> None:
    """invitation, invitation_reminder, delegate_asked."""
    event = await make_event("Fachtag", dates=2)
    guest = Invitee("quyen@example.org", "Quyen", "Tran", language=language)
    house = Invitee("kita@example.org", organisation_name="Kita Regenbogen", places=2, language=language)
    await add_invitations(event.id, [guest, house], hold_until=now() + 3 * DAY, by=BERND, now=now())
    await send_invitations(event.id, SAID, by=BERND, now=now())
    await expand_mailings(now=now())
    later = now() + timedelta(seconds=1)
    await remind_silent(event.id, {}, by=BERND, now=later)
    await expand_mailings(now=later)
    (one,) = [one for one in await invitations_of(event.id) if one.email == guest.email]
    await delegate(one.id, Person("Rosa", "Blum", "rosa@example.org"), by=person(one.id), now=now())


async def before_and_after(language: str) -> None:
    """reminder, follow_up, tomorrow."""
    programme = await make_programme("Vorlesen")
    event = await make_event("Vorlesestunde", programme=programme, online=True)
    await coming(event, "Sami", language)
    await add_mail_rule(MailRuleDetails("follow_up", texts=SAID), programme_id=programme, by=BERND, now=now())
    trainer = await add_staff("trainer@example.org", "Tanja", "trainer", PASSWORD, by=SYSTEM, now=now())
    await add_trainer(trainer, event_id=event.id, by=SYSTEM, now=now())
    start, end = event.dates[0].start, event.dates[0].end
    await remind_trainers(now=start - timedelta(hours=20), paper=list_for_mail)
    for moment in (start - timedelta(hours=54), end + timedelta(hours=38)):
        await queue_due_reminders(now=moment)
        await expand_mailings(now=moment)


async def with_others(language: str) -> None:
    """trainer_invited, partner_asked."""
    event = await make_event("Elterncafé", dates=2)
    await name_trainer(event.id, "Tarik Aslan", "tarik@example.org", by=BERND, now=now())
    await add_partner(event.id, await make_organisation("DITIB Herten", "community"), "host", by=BERND, now=now())
    (partner,) = await partner_links(event.id)
    await ask_partner(partner.id, "Derya", "derya@example.org", language, by=BERND, now=now())


async def certified(language: str) -> None:
    """certificate."""
    event = await make_event("Grundschulung", policy={"certificate": "all"})
    receipt = await coming(event, "Uta", language)
    after = event.dates[0].end + timedelta(hours=1)
    (one,) = [row for row in await registrations_of(event.id) if row.booking_id == receipt.booking]
    mark = Mark(id=uuid4(), subject=one.id, registration=one.id, mark="present")
    await record_marks(event.dates[0].id, [mark], by=BERND, now=after)
    await issue(event.id, by=BERND, now=after)
    await mail_certificates(event.id, by=BERND, now=after)


async def asked_how_it_was(language: str) -> None:
    """feedback_asked."""
    event = await make_event("Kochabend", starts_in=-2 * DAY)
    with standing_at(now() - 5 * DAY):
        await coming(event, "Vera", language)
    await open_round(event.id, by=BERND, now=now())
    await ask(event.id, now=now())


STORIES: tuple[Story, ...] = (
    signing_up,
    waiting_in_line,
    waiting_in_vain,
    being_offered,
    asking_for_a_place,
    changing_ones_mind,
    plans_that_change,
    no_date_yet,
    a_series_that_grows,
    joining_the_list,
    writing_to_many,
    inviting,
    before_and_after,
    with_others,
    certified,
    asked_how_it_was,
    agreed_on_steps,
    a_group_that_reports,
    a_topic_that_is_planned,
    trying_it_out,
    joining_the_team,
)
