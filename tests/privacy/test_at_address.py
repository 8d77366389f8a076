"""What lies at an address beside sign-ups goes with who asks for it, also out of an old backup, and says why not."""

from datetime import timedelta
from uuid import uuid4

from events.invitations.inviting import Invitee, add_invitations
from events.invitations.tables import Invitation
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.privacy.after_restore import erase_again
from events.privacy.asking import Asked
from events.privacy.at_address import entries_at
from events.privacy.on_request import erase_on_request
from events.programme.partner_actions import ask_partner
from events.programme.sharing import add_partner
from events.programme.tables import EventPartner
from events.registration.date_wishes import wish_for_date
from events.registration.tables import DateWish
from events.topics.actions import back_topic, edit_topic, propose_topic
from events.topics.queries import topic_by_id
from events.topics.tables import TopicProposal, TopicVoice
from events.topics.voices import voices_at
from tests.attendance.story import held_event
from tests.factories import make_event, make_organisation

DAY = timedelta(days=1)
AMIRA = "amira@example.org"


async def make_topic(answered: bool):
    """Proposed by somebody else; Amira stands behind it as well."""
    id = uuid4()
    await propose_topic(id, "Ganztag", "", "cem@example.org", "de", now=now())
    await TopicProposal.update({TopicProposal.status: "open"}).where(TopicProposal.id == id)
    await back_topic(id, AMIRA, "de", now=now())
    await TopicVoice.update({TopicVoice.proven_at: now()}).where(TopicVoice.topic == id)
    if answered:
        seen = (await topic_by_id(id)).changed_at
        await edit_topic(id, "Ganztag", "", "Leider nicht.", "declined", seen, by=SYSTEM, now=now())
    return id


async def test_an_answered_topic_keeps_counting_a_voice_that_is_nobodys(db):
    open_one, answered = await make_topic(answered=False), await make_topic(answered=True)
    assert len(await voices_at("Amira@Example.org")) == 2
    await erase_on_request(Asked(AMIRA), "Antrag", address_too=True, by=SYSTEM, now=now())
    assert await voices_at(AMIRA) == [] and len(await voices_at("cem@example.org")) == 2
    assert ((await topic_by_id(open_one)).voices, (await topic_by_id(answered)).voices) == (1, 2)


async def test_who_counts_for_a_partner_stays_while_that_lasts_and_is_told_why(db):
    host = await make_organisation("Stadt Herten", "administration")
    for event in (await held_event(starts_in=-30 * DAY), await make_event()):
        await add_partner(event.id, host, "host", by=SYSTEM, now=now())
        row = await EventPartner.select(EventPartner.id).where(EventPartner.event == event.id).first()
        await ask_partner(row["id"], "Amira", AMIRA, "de", by=SYSTEM, now=now() - 31 * DAY)
    assert [bool(one.kept) for one in await entries_at(AMIRA, now()) if one.kind == "Kooperationspartner"] == [
        False,
        True,
    ]
    await erase_on_request(Asked(AMIRA), "Antrag", address_too=True, by=SYSTEM, now=now())
    [left] = [one for one in await entries_at(AMIRA, now()) if one.kind == "Kooperationspartner"]
    assert "dort eine andere eintragen" in left.kept


async def test_what_was_erased_at_an_address_does_not_come_back_with_an_old_backup(db):
    event, undated = await make_event(), await make_event("Termin folgt", dates=0)
    await add_invitations(event.id, [Invitee(AMIRA), Invitee("cem@example.org")], by=SYSTEM, now=now())
    await wish_for_date(undated.id, AMIRA, "de", now=now())
    await make_topic(answered=False)
    tables = (Invitation, DateWish, TopicVoice)
    backup = [await table.objects() for table in tables]
    await erase_on_request(Asked(AMIRA), "Antrag", address_too=True, by=SYSTEM, now=now())
    for table, rows in zip(tables, backup, strict=True):
        await table.delete(force=True)
        await table.insert(*rows)
    assert await erase_again(now()) == 3
    assert [await table.count() for table in tables] == [1, 0, 1]
    assert await erase_again(now()) == 0
