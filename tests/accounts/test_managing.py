"""Accounts are invited, changed, locked and opened; somebody who may let people in always remains."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from events.accounts import actions, managing
from events.accounts.own import change_password
from events.accounts.password_links import ask_for_link, behind_link, set_password_by_link
from events.accounts.queries import all_staff, staff_by_email
from events.accounts.tables import StaffSession, StaffToken
from events.accounts.tokens import sweep_tokens
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.refusals import Gone, Refused
from events.mail.tables import OutgoingMail
from tests.outbox import mails_to, text_of
from tests.people import ADMIN_MAIL, BERND_MAIL, CARLA_MAIL, PASSWORD

NOW = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
HOME = "192.0.2.7"
NEW = "ganz andere Wörter hier"


async def invited(email=CARLA_MAIL, role="reader"):
    return await managing.invite_staff(email, "Carla", role, invited_by="Ada", by=SYSTEM, now=NOW)


async def with_password(email, role):
    return await actions.add_staff(email, "Wer", role, PASSWORD, by=SYSTEM, now=NOW)


async def link_to(email, path):
    return text_of((await mails_to(email))[-1]).partition(f"/team/{path}/")[2].split()[0]


async def refused(action):
    with pytest.raises(Refused) as caught:
        await action
    return [one.code for one in caught.value.reasons]


async def test_carla_sets_her_first_password_by_the_link_of_the_invitation(db):
    await invited()
    token = await link_to(CARLA_MAIL, "einladung")
    assert token not in str(await StaffToken.select())
    assert await refused(set_password_by_link(token, "invitation", "kurz", NOW)) == ["password_too_short"]
    await set_password_by_link(token, "invitation", PASSWORD, NOW)
    assert await actions.sign_in(CARLA_MAIL, PASSWORD, HOME, NOW)
    with pytest.raises(Gone):
        await set_password_by_link(token, "invitation", NEW, NOW)


async def test_an_invitation_ends_after_seven_days_and_by_a_newer_one(db):
    carla = await invited()
    first = await link_to(CARLA_MAIL, "einladung")
    assert await behind_link(first, "invitation", NOW + timedelta(days=6))
    with pytest.raises(Gone):
        await behind_link(first, "invitation", NOW + timedelta(days=7))
    with pytest.raises(Gone):
        await behind_link(first, "password", NOW)
    await managing.send_password_link(carla, invited_by="Ada", by=SYSTEM, now=NOW)
    with pytest.raises(Gone):
        await behind_link(first, "invitation", NOW)
    assert await behind_link(await link_to(CARLA_MAIL, "einladung"), "invitation", NOW)
    await sweep_tokens(NOW + timedelta(days=8))
    assert await StaffToken.count() == 0


async def test_a_known_address_is_not_invited_again_and_gets_no_mail(db):
    await with_password(CARLA_MAIL, "reader")
    assert await refused(invited()) == ["address_taken"]
    assert await OutgoingMail.count() == 0


async def test_a_forgotten_password_is_set_anew_once_and_ends_every_session(db):
    await with_password(BERND_MAIL, "organiser")
    session = await actions.sign_in(BERND_MAIL, PASSWORD, HOME, NOW)
    await ask_for_link(" Bernd@Example.org", HOME, NOW)
    token = await link_to(BERND_MAIL, "kennwort")
    assert await actions.session_of(session, NOW)
    with pytest.raises(Gone):
        await behind_link(token, "password", NOW + timedelta(hours=2))
    await set_password_by_link(token, "password", NEW, NOW)
    assert await actions.session_of(session, NOW) is None
    assert await actions.sign_in(BERND_MAIL, NEW, HOME, NOW)
    with pytest.raises(Gone):
        await set_password_by_link(token, "password", PASSWORD, NOW)


async def test_a_link_from_before_the_password_was_changed_opens_nothing(db):
    id = await with_password(BERND_MAIL, "organiser")
    await ask_for_link(BERND_MAIL, HOME, NOW)
    token = await link_to(BERND_MAIL, "kennwort")
    here = await actions.session_of(await actions.sign_in(BERND_MAIL, PASSWORD, HOME, NOW), NOW)
    await change_password(id, PASSWORD, NEW, here.session_id, NOW)
    with pytest.raises(Gone):
        await set_password_by_link(token, "password", PASSWORD, NOW)
    assert await actions.sign_in(BERND_MAIL, NEW, HOME, NOW)


async def test_who_may_not_sign_in_gets_no_link_and_asking_goes_on_alike(db):
    await with_password(ADMIN_MAIL, "admin")
    bernd = await with_password(BERND_MAIL, "organiser")
    await actions.add_staff("trainer@example.org", "Tanja", "trainer", by=SYSTEM, now=NOW)
    await managing.disable(bernd, by=SYSTEM, now=NOW)
    for email in (BERND_MAIL, "dorian@example.org", "trainer@example.org"):
        await ask_for_link(email, HOME, NOW)
    assert await OutgoingMail.count() == 0


async def test_nobodys_mailbox_is_filled_by_asking(db):
    await with_password(BERND_MAIL, "organiser")
    for number in range(3):
        await ask_for_link(BERND_MAIL, f"198.51.{number}.1", NOW)
    assert await refused(ask_for_link(BERND_MAIL, "203.0.113.1", NOW)) == ["too_many_tries"]
    for _ in range(3):
        await ask_for_link("dorian@example.org", HOME, NOW)
    assert await refused(ask_for_link("dorian@example.org", HOME, NOW)) == ["too_many_tries"]
    assert len(await mails_to(BERND_MAIL)) == 3


async def test_a_disabled_persons_sessions_and_links_end_at_once(db):
    await with_password(ADMIN_MAIL, "admin")
    bernd = await with_password(BERND_MAIL, "organiser")
    session = await actions.sign_in(BERND_MAIL, PASSWORD, HOME, NOW)
    await ask_for_link(BERND_MAIL, HOME, NOW)
    await managing.disable(bernd, by=SYSTEM, now=NOW)
    assert await actions.session_of(session, NOW) is None
    with pytest.raises(Gone):
        await set_password_by_link(await link_to(BERND_MAIL, "kennwort"), "password", NEW, NOW)
    assert await refused(managing.send_password_link(bernd, invited_by="", by=SYSTEM, now=NOW)) == ["staff_disabled"]
    await managing.enable(bernd, by=SYSTEM, now=NOW)
    await managing.enable(bernd, by=SYSTEM, now=NOW)
    assert await actions.session_of(session, NOW) is None
    assert await actions.sign_in(BERND_MAIL, PASSWORD, HOME, NOW)
    verbs = [row["verb"] for row in await HistoryEntry.select() if row["about_id"] == bernd]
    assert sorted(verbs) == ["added", "disabled", "enabled", "password_link_sent"]


async def test_the_last_admin_is_neither_disabled_nor_given_another_role(db):
    ada = await with_password(ADMIN_MAIL, "admin")
    await invited(role="admin")
    assert await refused(managing.disable(ada, by=SYSTEM, now=NOW)) == ["last_admin"]
    assert await refused(managing.change_role(ada, "reader", by=SYSTEM, now=NOW)) == ["last_admin"]
    await set_password_by_link(await link_to(CARLA_MAIL, "einladung"), "invitation", PASSWORD, NOW)
    await managing.change_role(ada, "reader", by=SYSTEM, now=NOW)
    assert await refused(managing.change_role(ada, "chief", by=SYSTEM, now=NOW)) == ["unknown_role"]
    found = await staff_by_email(ADMIN_MAIL)
    assert found and found.role == "reader"


async def test_of_two_admins_who_disable_each_other_at_once_one_remains(db):
    ada, eve = await with_password(ADMIN_MAIL, "admin"), await with_password(BERND_MAIL, "admin")
    tries = [managing.disable(one, by=SYSTEM, now=NOW) for one in (ada, eve)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    assert sum(one.active for one in await all_staff()) == 1


async def test_a_new_role_counts_in_open_sessions_and_ending_them_ends_all(db):
    await with_password(ADMIN_MAIL, "admin")
    bernd = await with_password(BERND_MAIL, "organiser")
    session = await actions.sign_in(BERND_MAIL, PASSWORD, HOME, NOW)
    await managing.change_role(bernd, "reader", by=SYSTEM, now=NOW)
    view = await actions.session_of(session, NOW)
    assert view and view.role == "reader"
    await managing.end_all_sessions_of(bernd, by=SYSTEM, now=NOW)
    assert await actions.session_of(session, NOW) is None and await StaffSession.count() == 0
    (row,) = [row for row in await HistoryEntry.select() if row["verb"] == "role_changed"]
    assert '"organiser"' in row["facts"] and '"reader"' in row["facts"]
