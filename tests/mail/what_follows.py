"""Mails that no sign-up causes: steps for action that are due, groups that report, a trial."""

from datetime import time, timedelta
from uuid import UUID, uuid4

from events.accounts.actions import add_staff
from events.accounts.managing import invite_staff
from events.accounts.password_links import ask_for_link
from events.groups.actions import open_group
from events.groups.institution_actions import send_institution_link, set_contact
from events.groups.reminding import remind_of_reports
from events.kit.actor import staff
from events.kit.clock import berlin, now, today
from events.mail.trial import send_trial
from events.office.queries import office
from events.outcomes.actions import add_outcome
from events.outcomes.reminding import remind_of_outcomes
from events.outcomes.rules import OutcomeDetails
from events.topics.actions import edit_topic, propose_topic, prove_voice
from events.topics.queries import topic_by_id, voice_address, voice_behind
from events.topics.tables import TopicVoice
from tests.factories import make_event, make_organisation, make_programme
from tests.people import PASSWORD

BERND = staff(UUID(int=1))
DAY = timedelta(days=1)


async def agreed_on_steps(_language: str) -> None:
    """outcome_due."""
    event = await make_event("Werkstatt", starts_in=-2 * DAY)
    details = OutcomeDetails(field="Erziehung", step="Leitbild schreiben", responsible="Jugendamt", due_on=today())
    await add_outcome(event.id, uuid4(), details, by=BERND, now=now())
    await remind_of_outcomes(now=berlin(today(), time(9)))


async def a_group_that_reports(_language: str) -> None:
    """institution_link, group_report_due."""
    kita, begun = await make_organisation("Kita Sonne"), today() - 200 * DAY
    await set_contact(kita, "Vera", "vera@example.org", by=BERND, now=now())
    await send_institution_link(kita, by=BERND, now=now())
    await open_group(await make_programme(), kita, "Bären", begun, agreement="historic", by=BERND, now=now())
    await remind_of_reports(now=berlin(today(), time(9)))


async def trying_it_out(_language: str) -> None:
    """trial."""
    await send_trial("bernd@example.org", BERND.id or UUID(int=0), "Bernd", await office(), now())


async def joining_the_team(_language: str) -> None:
    """staff_invited, password_reset."""
    await invite_staff("neu@example.org", "Nele", "organiser", invited_by="Bernd", by=BERND, now=now())
    await add_staff("bernd@example.org", "Bernd", "organiser", PASSWORD, by=BERND, now=now())
    await ask_for_link("bernd@example.org", "192.0.2.7", now())


async def a_topic_that_is_planned(language: str) -> None:
    """topic_confirm, topic_answered."""
    id, event = uuid4(), await make_event("Mietrecht")
    await propose_topic(uuid4(), "Elternabende", "", "vera@example.org", language, now=now())
    await propose_topic(id, "Mietrecht", "", "vera@example.org", language, now=now(), notify=False)
    voice = await TopicVoice.objects().get(TopicVoice.topic == id)
    assert voice is not None
    token = voice_address(voice.id, voice.link_version, language).rpartition("/")[2]
    await prove_voice(await voice_behind(token), now=now())
    topic = await topic_by_id(id)
    assert topic is not None
    await edit_topic(id, topic.title, "", "", "planned", topic.changed_at, by=BERND, now=now(), event_id=event.id)
