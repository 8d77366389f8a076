"""People we work with, and traces of contact, go after a time of their own; what is still needed stays."""

import json
from datetime import timedelta

from events.accounts.actions import add_staff
from events.accounts.managing import disable
from events.accounts.tables import StaffMember
from events.attendance.sheets.scans import add_scan
from events.feedback.questions import Question, stored
from events.feedback.tables import Feedback, FeedbackForm, FeedbackRound, LecturerReview
from events.groups.institution_actions import set_contact
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from events.kit.uploads import all_kept, checked
from events.mail.tables import OutgoingMail, UndeliverableAddress
from events.privacy.clock_work import erase_due
from events.privacy.retention import due
from events.privacy.work_contacts import NO_NAME
from events.programme.agreement_actions import add_file, create_agreement
from events.programme.agreement_rules import AgreementDetails
from events.programme.partner_actions import ask_partner
from events.programme.sharing import add_partner, add_trainer
from events.programme.tables import Agreement, EventPartner, EventTrainer, Organisation
from events.topics.actions import back_topic, propose_topic
from events.topics.tables import TopicProposal, TopicVoice
from tests.attendance.story import held_event
from tests.factories import make_event, make_organisation, make_programme

DAY = timedelta(days=1)
YEAR = 365 * DAY


async def found_at(moment):
    return {name: len(keys) for name, keys in (await due(moment)).by_age.items()}


async def test_who_counted_for_a_partner_goes_with_the_names_of_the_event(db):
    event = await held_event()
    host, coming = await make_organisation("Moschee Marl", "association"), await make_event()
    for one in (event, coming):
        await add_partner(one.id, host, "host", by=SYSTEM, now=now())
        row = await EventPartner.select(EventPartner.id).where(EventPartner.event == one.id).first()
        await ask_partner(row["id"], "Vera Blum", "vera@example.org", "de", by=SYSTEM, now=now())
    later = event.ends_at + 90 * DAY
    assert "partner_contacts" not in await found_at(later - timedelta(seconds=1))
    assert (await erase_due(by=SYSTEM, now=later)).by_age == {"partner_contacts": 1}
    left = await EventPartner.select(EventPartner.event, EventPartner.contact_name).order_by(EventPartner.contact_name)
    assert [(row["event"], row["contact_name"]) for row in left] == [(event.id, ""), (coming.id, "Vera Blum")]
    assert await OutgoingMail.count() == 1


async def test_an_institution_is_known_by_name_until_nothing_was_done_with_it_for_two_years(db):
    busy, idle = await make_organisation("Kita Nord"), await make_organisation("Kita Süd")
    for one in (busy, idle):
        await set_contact(one, "Vera Blum", "vera@example.org", by=SYSTEM, now=now())
    await add_partner((await make_event(starts_in=600 * DAY)).id, busy, "host", by=SYSTEM, now=now())
    assert await found_at(now() + 2 * YEAR - DAY) == {}
    erased = await erase_due(by=SYSTEM, now=now() + 2 * YEAR + DAY)
    assert erased.by_age["institution_contacts"] == 1
    rows = await Organisation.select(Organisation.id, Organisation.contact_email)
    assert {row["id"]: row["contact_email"] for row in rows} == {busy: "vera@example.org", idle: ""}


async def test_signed_papers_go_with_their_bytes_on_their_day_and_the_log_counts_them(db):
    event, body = await held_event(), await make_organisation("Trägerverein Marl")
    day = today()
    paper, others = checked("Unterschrieben.pdf", b"%PDF-1.7"), len(all_kept())
    await add_scan(event.dates[0].id, paper, day + DAY, by=SYSTEM, now=now())
    for programme, last_day in (("Griffbereit", day), ("Rucksack KiTa", None)):
        details = AgreementDetails(body, await make_programme(programme), day - YEAR, last_day)
        await add_file(await create_agreement(details, by=SYSTEM, now=now()), paper, by=SYSTEM, now=now())
    assert len(all_kept()) - others == 3 and "scans" not in await found_at(now() + DAY)
    erased = await erase_due(by=SYSTEM, now=now() + 2 * DAY)
    assert erased.by_age["scans"] == 1 and len(all_kept()) - others == 2
    assert "agreement_files" not in await found_at(now() + 10 * YEAR - DAY)
    assert (await erase_due(by=SYSTEM, now=now() + 10 * YEAR + DAY)).by_age["agreement_files"] == 1
    assert len(all_kept()) - others == 1 and await Agreement.count() == 2


async def test_trainers_and_closed_accounts_go_when_nobody_needs_them_and_their_review_stays(db):
    event, coming = await held_event(), await make_event(starts_in=600 * DAY)
    first = await add_staff("t@example.org", "Trude Thal", "trainer", by=SYSTEM, now=now())
    back = await add_staff("u@example.org", "Uwe Ulm", "trainer", by=SYSTEM, now=now())
    bernd = await add_staff("b@example.org", "Bernd Adler", "organiser", by=SYSTEM, now=now())
    await add_staff("c@example.org", "Carla Cohn", "reader", by=SYSTEM, now=now())
    for who, one in ((first, event), (back, event), (back, coming)):
        await add_trainer(who, by=SYSTEM, now=now(), event_id=one.id)
    review = LecturerReview(
        event=event.id, staff=first, name="Trude Thal", answers='{"a": "gut"}', changed_at=now(), signed_at=now()
    )
    await LecturerReview.insert(review)
    await disable(bernd, by=SYSTEM, now=now())
    assert "former_staff" not in await found_at(now() + 2 * YEAR - DAY)
    assert (await erase_due(by=SYSTEM, now=now() + 2 * YEAR + 20 * DAY)).by_age["former_staff"] == 1
    assert await StaffMember.count() == 3 and await EventTrainer.count() == 2
    assert (await LecturerReview.select())[0]["name"] == NO_NAME
    await erase_due(by=SYSTEM, now=now() + 3 * YEAR + DAY)
    left = await StaffMember.select(StaffMember.name).order_by(StaffMember.name)
    assert [row["name"] for row in left] == ["Carla Cohn", "Uwe Ulm"]


async def test_own_words_of_feedback_go_and_ratings_stay(db):
    event = await held_event()
    questions = (Question("rating", "good", {"de": "Wie war es?"}), Question("more", "text", {"de": "Was noch?"}))
    form = FeedbackForm(programme=event.programme_id, questions=stored(questions), created_at=now())
    await FeedbackForm.insert(form)
    round = FeedbackRound(event=event.id, form=form.id, opened_at=now(), closes_at=now())
    await FeedbackRound.insert(round)
    for answers in ({"rating": 4, "more": "Ich bin die mit dem roten Hut"}, {"rating": 5}):
        await Feedback.insert(Feedback(round=round.id, answers=json.dumps(answers), received_on=today()))
    assert await found_at(now() + 2 * YEAR - DAY) == {}
    erased = await erase_due(by=SYSTEM, now=now() + 2 * YEAR + DAY)
    assert erased.by_age == {"feedback_texts": 1}
    rows = await Feedback.select(Feedback.answers)
    assert sorted(row["answers"] for row in rows) == ['{"rating": 4}', '{"rating": 5}']


async def test_voices_nobody_answered_old_mails_and_bad_addresses_go(db):
    id = TopicProposal().id
    await propose_topic(id, "Ganztag", "", "amira@example.org", "de", now=now())
    await TopicProposal.update({TopicProposal.status: "open"}).where(TopicProposal.id == id)
    await back_topic(id, "cem@example.org", "de", now=now())
    await TopicVoice.update({TopicVoice.proven_at: now()}).where(TopicVoice.topic == id)
    await UndeliverableAddress.insert(UndeliverableAddress(address="weg@example.org", reply="550", since=now()))
    done = {OutgoingMail.status: "sent", OutgoingMail.sent_at: now(), OutgoingMail.content: None}
    await OutgoingMail.update(done).where(OutgoingMail.recipient == "cem@example.org")
    assert await found_at(now() + YEAR - DAY) == {}
    assert await found_at(now() + YEAR + DAY) == {"bad_addresses": 1, "mails": 1}  # what is still to be sent waits
    await erase_due(by=SYSTEM, now=now() + 2 * YEAR + DAY)
    voices = await TopicVoice.select()
    assert len(voices) == 2 and {row["email"] for row in voices} == {""}
    assert await OutgoingMail.count() == 1 and not await UndeliverableAddress.exists()


async def test_the_history_is_kept_for_ten_years_and_the_log_counts_what_went(db):
    await make_event()
    assert await HistoryEntry.exists() and "history" not in await found_at(now() + 10 * YEAR - DAY)
    erased = await erase_due(by=SYSTEM, now=now() + 10 * YEAR + DAY)
    [line] = await HistoryEntry.select()
    assert erased.by_age["history"] and json.loads(line["facts"])["history"] == erased.by_age["history"]
