"""The second factor: asked for after the password, accepted once, replaced by paper when the phone is lost."""

import asyncio
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from events.accounts import actions
from events.accounts.second_factor import (
    codes_left,
    finish_sign_in,
    may_give_code,
    secret_of,
    switch_off,
    switch_on,
)
from events.accounts.tables import RecoveryCode, StaffMember, StaffSession
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.refusals import NotFound, Refused
from tests.people import BERND_MAIL, PASSWORD

NOW = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
HOME = "192.0.2.7"
STEP = timedelta(seconds=30)


class App:
    """The one on Bernd's phone."""

    def __init__(self, id, secret):
        self.id, self.totp = id, pyotp.TOTP(secret)

    def code(self, at):
        return self.totp.at(at)


async def bernd():
    id = await actions.add_staff(BERND_MAIL, "Bernd", "organiser", PASSWORD, by=SYSTEM, now=NOW)
    return App(id, await secret_of(id))


async def here(token):
    view = await actions.session_of(token, NOW)
    return view.session_id


async def with_code():
    """Bernd's app and his recovery codes."""
    return await with_code_of((await bernd()).id)


async def with_code_of(id):
    app = App(id, await secret_of(id))
    token = await actions.sign_in(BERND_MAIL, PASSWORD, HOME, NOW)
    return app, await switch_on(app.id, app.code(NOW), PASSWORD, await here(token), NOW)


async def given_password(now=LATER):
    return await actions.sign_in(BERND_MAIL, PASSWORD, HOME, now)


async def refused(action):
    with pytest.raises(Refused) as caught:
        await action
    return caught.value.reasons[0].code


async def test_before_the_code_there_is_no_session(db):
    app, _codes = await with_code()
    pending = await given_password()
    assert actions.awaits_code(pending) and await may_give_code(pending, LATER)
    assert await actions.session_of(pending, LATER) is None
    assert await actions.session_of(pending.removeprefix(actions.SECOND_STEP), LATER) is None
    token = await finish_sign_in(pending, app.code(LATER), LATER, "Firefox")
    view = await actions.session_of(token, LATER)
    assert view and view.has_second_factor and not await may_give_code(pending, LATER)
    assert await refused(finish_sign_in(pending, app.code(LATER + STEP), LATER + STEP)) == "sign_in_over"


async def test_a_code_is_never_accepted_twice_nor_one_from_before_it(db):
    app, _codes = await with_code()
    first, second = await given_password(), await given_password()
    assert await refused(finish_sign_in(first, app.code(LATER), LATER)) == "sign_in_over"  # the newer one replaced it
    assert await finish_sign_in(second, app.code(LATER), LATER)
    third = await given_password()
    for moment in (LATER, LATER - STEP):
        assert await refused(finish_sign_in(third, app.code(moment), LATER)) == "wrong_code"
    assert await finish_sign_in(third, app.code(LATER + STEP), LATER + STEP)


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (1, True), (2, False), (2**20, False)])
async def test_a_clock_may_be_wrong_by_half_a_minute_and_no_more(db, steps, is_taken):
    app, _codes = await with_code()
    pending, code = await given_password(), app.code(LATER + steps * STEP)
    if is_taken:
        assert await finish_sign_in(pending, code, LATER)
        assert await refused(finish_sign_in(await given_password(), code, LATER)) == "wrong_code"
    else:
        assert await refused(finish_sign_in(pending, code, LATER)) == "wrong_code"


async def test_of_two_at_once_with_the_same_code_one_gets_in(db):
    app, codes = await with_code()
    for code in (app.code(LATER), codes[0]):
        pending = await given_password()
        tries = [finish_sign_in(pending, code, LATER) for _ in range(3)]
        answers = await asyncio.gather(*tries, return_exceptions=True)
        assert len([one for one in answers if isinstance(one, str)]) == 1
        assert all(isinstance(one, str | Refused) for one in answers)


async def test_half_a_sign_in_ends_with_the_password_and_with_the_account(db):
    app, _codes = await with_code()
    before = await given_password()
    await actions.set_password(BERND_MAIL, "ganz andere Wörter hier", by=SYSTEM, now=LATER)
    assert await refused(finish_sign_in(before, app.code(LATER), LATER)) == "sign_in_over"
    before = await actions.sign_in(BERND_MAIL, "ganz andere Wörter hier", HOME, LATER)
    await actions.disable_staff(BERND_MAIL, by=SYSTEM, now=LATER)
    assert await refused(finish_sign_in(before, app.code(LATER), LATER)) == "sign_in_over"


async def test_the_code_it_was_switched_on_with_signs_nobody_in(db):
    app, _codes = await with_code()
    pending = await given_password(NOW)
    assert await refused(finish_sign_in(pending, app.code(NOW), NOW)) == "wrong_code"


@pytest.mark.parametrize("code", ["", "000", "abcdef", "１２３４５６", "9" * 40])
async def test_what_is_no_code_is_refused(db, code):
    await with_code()
    assert await refused(finish_sign_in(await given_password(), code, LATER)) == "wrong_code"


async def test_codes_are_not_guessed_by_trying(db):
    app, _codes = await with_code()
    for _ in range(5):
        assert await refused(finish_sign_in(await given_password(), "000000", LATER)) == "wrong_code"
    assert await refused(finish_sign_in(await given_password(), app.code(LATER), LATER)) == "too_many_tries"
    after = LATER + timedelta(minutes=16)
    assert await finish_sign_in(await given_password(after), app.code(after), after)


async def test_who_takes_too_long_gives_the_password_again(db):
    app, _codes = await with_code()
    pending, late = await given_password(), LATER + timedelta(minutes=10)
    assert not await may_give_code(pending, late)
    assert await refused(finish_sign_in(pending, app.code(late), late)) == "sign_in_over"


async def test_a_recovery_code_opens_once_however_it_is_typed(db):
    app, codes = await with_code()
    assert len(set(codes)) == 10 and codes[0] not in str(await RecoveryCode.select())
    assert await finish_sign_in(await given_password(), f" {codes[0].lower().replace('-', ' ')}", LATER)
    assert await refused(finish_sign_in(await given_password(), codes[0], LATER)) == "wrong_code"
    assert await codes_left(app.id) == 9
    assert "recovery_code_used" in str(await HistoryEntry.select(HistoryEntry.verb))


async def test_it_counts_only_after_a_right_code_and_ends_other_sessions(db):
    app = await bernd()
    elsewhere, token = await given_password(NOW), await given_password(NOW)
    assert await refused(switch_on(app.id, "000000", PASSWORD, await here(token), NOW)) == "wrong_code"
    assert await refused(switch_on(app.id, app.code(NOW), "geraten", await here(token), NOW)) == "wrong_old_password"
    assert not actions.awaits_code(await given_password(NOW)) and await RecoveryCode.count() == 0
    await switch_on(app.id, app.code(NOW), PASSWORD, await here(token), NOW)
    assert await actions.session_of(token, NOW) and await actions.session_of(elsewhere, NOW) is None
    with pytest.raises(NotFound):
        await secret_of(app.id)


async def test_switched_off_with_a_code_it_has_another_secret_afterwards(db):
    app, _codes = await with_code()
    assert await refused(switch_off(app.id, "organiser", "000000", LATER)) == "wrong_code"
    await switch_off(app.id, "organiser", app.code(LATER), LATER)
    assert not actions.awaits_code(await given_password())
    assert await secret_of(app.id) != app.totp.secret and await RecoveryCode.count() == 0


async def test_an_ended_session_knows_no_secret_that_is_set_up_later(db):
    app = await bernd()
    await actions.set_password(BERND_MAIL, PASSWORD, by=SYSTEM, now=LATER)
    assert await secret_of(app.id) != app.totp.secret
    app, _codes = await with_code_of(app.id)
    await actions.set_password(BERND_MAIL, PASSWORD, by=SYSTEM, now=LATER)
    assert await finish_sign_in(await given_password(LATER), app.code(LATER), LATER)


async def test_wrong_codes_of_a_stranger_do_not_keep_the_owner_from_switching_it_off(db):
    app, _codes = await with_code()
    pending = await given_password()
    for _try in range(6):
        await refused(finish_sign_in(pending, "000000", LATER))
    await switch_off(app.id, "organiser", app.code(LATER), LATER)
    assert not actions.awaits_code(await given_password())


async def test_an_admin_drops_it_for_somebody_who_lost_everything(db):
    app, codes = await with_code()
    pending = await given_password()
    await actions.drop_second_factor(app.id, by=SYSTEM, now=LATER)
    assert await refused(finish_sign_in(pending, codes[0], LATER)) == "wrong_code"
    assert not actions.awaits_code(await given_password())


async def test_the_command_line_lets_the_last_one_back_in(db):
    await with_code()
    await actions.set_password(BERND_MAIL, PASSWORD, by=SYSTEM, now=LATER)
    assert actions.awaits_code(await given_password())
    await actions.set_password(BERND_MAIL, PASSWORD, by=SYSTEM, now=LATER, without_second_factor=True)
    assert not actions.awaits_code(await given_password()) and await RecoveryCode.count() == 0


async def test_the_secret_is_nowhere_in_the_database(db):
    app, _codes = await with_code()
    assert app.totp.secret not in str(await StaffMember.select()) + str(await StaffSession.select())
