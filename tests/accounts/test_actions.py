"""Staff sign in, stay signed in for a while, and are let out again."""

from datetime import UTC, datetime, timedelta

import pytest

from events.accounts import actions
from events.accounts.passwords import hash_password, is_password
from events.accounts.queries import all_staff, staff_by_email
from events.accounts.tables import StaffMember, StaffSession
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.refusals import Refused

NOW = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
PASSWORD = "vier bunte Vögel singen"
HOME = "192.0.2.7"


async def add_bernd(password=PASSWORD, role="organiser"):
    return await actions.add_staff("Bernd@Example.org", "Bernd", role, password, by=SYSTEM, now=NOW)


async def try_in(password, ip=HOME, now=NOW, email="bernd@example.org"):
    with pytest.raises(Refused) as caught:
        await actions.sign_in(email, password, ip, now)
    return caught.value.reasons[0]


async def test_bernd_signs_in_whatever_the_case_of_his_address(db):
    await add_bernd()
    token = await actions.sign_in(" BERND@example.org", PASSWORD, HOME, NOW)
    view = await actions.session_of(token, NOW)
    assert view is not None and (view.name, view.role) == ("Bernd", "organiser")


async def test_only_hashes_are_stored(db, real_passwords: None):
    await add_bernd()
    token = await actions.sign_in("bernd@example.org", PASSWORD, HOME, NOW)
    stored = await StaffSession.select().first()
    member = await StaffMember.select().first()
    assert token not in str(stored) and PASSWORD not in str(member)
    assert member["password_hash"].startswith("$argon2id$v=19$m=47104,t=1,p=1$")


async def test_each_sign_in_has_its_own_token(db):
    await add_bernd()
    tokens = {await actions.sign_in("bernd@example.org", PASSWORD, HOME, NOW) for _ in range(2)}
    assert len(tokens) == 2


async def test_unknown_disabled_and_wrong_are_refused_alike(db):
    await add_bernd(role="admin")
    await actions.add_staff("carla@example.org", "Carla", "reader", PASSWORD, by=SYSTEM, now=NOW)
    await actions.add_staff("neu@example.org", "Neu", "reader", by=SYSTEM, now=NOW)
    await actions.disable_staff("carla@example.org", by=SYSTEM, now=NOW)
    answers = {
        (await try_in("falsch falsch falsch")).code,
        (await try_in(PASSWORD, email="dorian@example.org")).code,
        (await try_in(PASSWORD, email="carla@example.org")).code,
        (await try_in("", email="neu@example.org")).code,
    }
    assert answers == {"wrong_sign_in"}


async def test_a_made_up_token_is_nobody(db):
    assert await actions.session_of("x" * 32, NOW) is None


async def test_a_sign_in_ends_when_it_is_not_used(db):
    await add_bernd()
    token = await actions.sign_in("bernd@example.org", PASSWORD, HOME, NOW)
    assert await actions.session_of(token, NOW + timedelta(hours=7))
    assert await actions.session_of(token, NOW + timedelta(hours=14))
    assert await actions.session_of(token, NOW + timedelta(hours=23)) is None


async def test_a_sign_in_ends_after_seven_days_however_much_it_is_used(db):
    await add_bernd()
    token = await actions.sign_in("bernd@example.org", PASSWORD, HOME, NOW)
    for hours in range(0, 7 * 24 + 1, 6):
        assert await actions.session_of(token, NOW + timedelta(hours=hours))
    assert await actions.session_of(token, NOW + timedelta(days=7, hours=1)) is None
    await actions.sweep_sessions(NOW + timedelta(days=7, hours=1))
    assert await StaffSession.count() == 0


async def test_signing_out_ends_this_sign_in_only(db):
    await add_bernd()
    tokens = [await actions.sign_in("bernd@example.org", PASSWORD, HOME, NOW) for _ in range(2)]
    await actions.sign_out(tokens[0])
    assert await actions.session_of(tokens[0], NOW) is None
    assert await actions.session_of(tokens[1], NOW)


@pytest.mark.parametrize("end", ["disable", "password"])
async def test_disabling_or_a_new_password_ends_all_sign_ins(db, end):
    await add_bernd()
    token = await actions.sign_in("bernd@example.org", PASSWORD, HOME, NOW)
    if end == "disable":
        await actions.disable_staff("bernd@example.org", by=SYSTEM, now=NOW)
    else:
        await actions.set_password("bernd@example.org", "ganz andere Wörter hier", by=SYSTEM, now=NOW)
    assert await actions.session_of(token, NOW) is None


async def test_many_tries_have_to_wait_and_then_go_on(db):
    await add_bernd()
    for _ in range(10):
        assert (await try_in("falsch falsch")).code == "wrong_sign_in"
    refusal = await try_in(PASSWORD)
    assert refusal.code == "too_many_tries" and 0 < refusal.facts["seconds"] <= 901
    later = NOW + timedelta(minutes=16)
    assert await actions.sign_in("bernd@example.org", PASSWORD, HOME, later)


async def test_tries_from_elsewhere_do_not_lock_bernd_out_for_long(db):
    await add_bernd()
    for number in range(10):
        await try_in("falsch falsch", ip=f"198.51.{number}.1")
    assert (await try_in(PASSWORD)).facts["seconds"] <= 61
    assert await actions.sign_in("bernd@example.org", PASSWORD, HOME, NOW + timedelta(seconds=61))


async def test_a_successful_sign_in_forgets_the_tries(db):
    await add_bernd()
    for minute in range(12):
        now = NOW + timedelta(minutes=minute)
        await try_in("falsch falsch", now=now)
        await actions.sign_in("bernd@example.org", PASSWORD, HOME, now)


async def test_an_unknown_address_is_throttled_like_a_known_one(db):
    for _ in range(10):
        await try_in("falsch falsch", email="dorian@example.org")
    assert (await try_in("falsch falsch", email="dorian@example.org")).code == "too_many_tries"


@pytest.mark.parametrize(
    ("email", "role", "password", "reason"),
    [
        ("bernd@example.org", "organiser", None, "address_taken"),
        ("dorian@example.org", "visitor", None, "unknown_role"),
        ("dorian", "reader", None, "not_an_address"),
        ("dorian@example.org", "reader", "kurz", "password_too_short"),
    ],
)
async def test_who_cannot_be_added_is_not(db, email, role, password, reason):
    await add_bernd()
    with pytest.raises(Refused) as caught:
        await actions.add_staff(email, "Dorian", role, password, by=SYSTEM, now=NOW)
    assert caught.value.reasons[0].code == reason
    assert len(await all_staff()) == 1


async def test_the_last_admin_is_not_disabled(db):
    await add_bernd(role="admin")
    with pytest.raises(Refused):
        await actions.disable_staff("bernd@example.org", by=SYSTEM, now=NOW)
    found = await staff_by_email("bernd@example.org")
    assert found is not None and found.active


async def test_the_history_says_who_was_let_in_and_no_password(db):
    await add_bernd(role="reader")
    await actions.set_password("bernd@example.org", "ganz andere Wörter hier", by=SYSTEM, now=NOW)
    await actions.disable_staff("bernd@example.org", by=SYSTEM, now=NOW)
    told = await HistoryEntry.select().order_by(HistoryEntry.verb)
    assert [row["verb"] for row in told] == ["added", "disabled", "password_set"]
    assert "Wörter" not in str(told) and "example.org" not in str(told)


async def test_a_broken_stored_hash_lets_nobody_in():
    assert not await is_password("x", "not a hash")
    assert not await is_password("", "")
    assert await is_password("Größe", await hash_password("Größe"))
