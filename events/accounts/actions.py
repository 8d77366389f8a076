"""What can happen to staff: added, given a password, signed in and out, disabled. Roles are in `rules`."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from events.accounts.passwords import hash_password, is_password
from events.accounts.queries import StaffView
from events.accounts.rules import ROLES, sees_only_own_events, why_not_disable, why_not_this_password
from events.accounts.tables import RecoveryCode, StaffMember, StaffSession, StaffToken
from events.accounts.throttle import forget, too_many
from events.accounts.tokens import forget_tokens, new_token
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.addresses import address_key, address_prefix, mail_address
from events.kit.database import is_unique_violation, transaction
from events.kit.links import hash_token, random_token
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
"""A sign-in ends after eight hours without use, and after seven days in any case."""

SEEN_EVERY = timedelta(minutes=5)
"""How exactly the last use is kept: a page costs no write each time."""

HERE = (10, timedelta(minutes=15))
"""Tries at one account from one network."""

BY_LINK = "link."
"""How tokens of sessions begin that a mailed link opened. Tokens of other sessions have no such sign in them."""

SECOND_STEP = "code."
"""How tokens begin that open nothing but the question for the second factor."""

NETWORK = (100, timedelta(minutes=15))
ACCOUNT = (10, timedelta(minutes=1))
"""Tries at one account from everywhere: so short that nobody can keep its owner out by trying."""


async def add_staff(email: str, name: str, role: str, password: str | None = None, *, by: Actor, now: datetime) -> UUID:
    """The new member's id; without a password they cannot sign in yet. Raises Refused."""
    address = mail_address(email)
    if role not in ROLES:
        raise Refused(Refusal("unknown_role"))
    if address is None:
        raise Refused(Refusal("not_an_address"))
    hashed = await _checked_hash(password, address) if password is not None else ""
    member = StaffMember(
        id=uuid4(), email=address_key(address), name=name.strip(), role=role, password_hash=hashed, created_at=now
    )
    try:
        async with transaction():
            await StaffMember.insert(member)
            await note(entry("added", member, by=by, now=now, facts={"role": role}))
    except Exception as error:
        if is_unique_violation(error):
            raise Refused(Refusal("address_taken")) from error
        raise
    return member.id


async def set_password(
    email: str, password: str, *, by: Actor, now: datetime, without_second_factor: bool = False
) -> None:
    """Ends all sign-ins of that person. Raises Refused."""
    member = await _member(email)
    async with transaction():
        await put_password(member["id"], password, by=by, now=now)
        if without_second_factor:
            await drop_second_factor(member["id"], by=by, now=now)


async def put_password(staff_id: UUID, password: str, *, by: Actor, now: datetime, keep: UUID | None = None) -> None:
    """Ends all sign-ins of that person but the session `keep`, and what was mailed for a new password.

    Raises NotFound and Refused.
    """
    member = await StaffMember.select(StaffMember.email).where(StaffMember.id == staff_id).first()
    if member is None:
        raise NotFound
    hashed = await _checked_hash(password, member["email"])
    async with transaction():
        await StaffMember.update({"password_hash": hashed}).where(StaffMember.id == staff_id)
        await end_sessions_of(staff_id, keep)
        await forget_tokens(staff_id)
        await note(entry("password_set", StaffMember, id=staff_id, by=by, now=now))


async def drop_second_factor(staff_id: UUID, *, by: Actor, now: datetime) -> None:
    """They sign in with the password alone, until they set up another. Raises NotFound."""
    off: dict[Any, Any] = {
        StaffMember.totp_since: None,
        StaffMember.totp_version: StaffMember.totp_version + 1,
        StaffMember.totp_step: 0,
    }
    async with transaction():
        if not await StaffMember.update(off).where(StaffMember.id == staff_id).returning(StaffMember.id):
            raise NotFound
        await RecoveryCode.delete().where(RecoveryCode.staff == staff_id)
        await note(entry("second_factor_off", StaffMember, id=staff_id, by=by, now=now))


async def disable_staff(email: str, *, by: Actor, now: datetime) -> None:
    """Ends all sign-ins and allows no new ones; the row stays for the history. Raises Refused."""
    async with transaction():
        others = await other_admins(email)
        member = await _member(email)
        refuse_if(why_not_disable(member["role"], others))
        await StaffMember.update({"active": False}).where(StaffMember.id == member["id"])
        await end_sessions_of(member["id"])
        await forget_tokens(member["id"])
        await note(entry("disabled", StaffMember, id=member["id"], by=by, now=now))


async def other_admins(email: str) -> int:
    """How many others may let people in and can sign in themselves. They are locked until the transaction ends: of
    two who disable each other in the same moment one is refused."""
    await StaffMember.update({"role": "admin"}).where(StaffMember.role == "admin")
    admins = await StaffMember.select().where((StaffMember.role == "admin") & StaffMember.active.eq(True))
    can_sign_in = [one for one in admins if one["password_hash"] or one["last_sign_in_at"]]
    return sum(one["email"] != address_key(email) for one in can_sign_in)


async def end_sessions_of(staff_id: UUID, keep: UUID | None = None) -> None:
    """A second factor that is not set up yet gets another secret: an ended session may have read the old one."""
    where = StaffSession.staff == staff_id
    await StaffSession.delete().where(where & (StaffSession.id != keep) if keep else where)
    renewed: dict[Any, Any] = {StaffMember.totp_version: StaffMember.totp_version + 1}
    await StaffMember.update(renewed).where((StaffMember.id == staff_id) & StaffMember.totp_since.is_null())


async def sign_in(email: str, password: str, ip: str, now: datetime, device: str = "") -> str:
    """A fresh session's token, or one for the second step (`awaits_code`). Raises Refused, alike for unknown, disabled
    and wrong, after the same time."""
    key = address_key(email)
    here = f"sign-in-here:{key}:{address_prefix(ip)}"
    await throttle(f"sign-in-network:{address_prefix(ip)}", NETWORK, now)
    await throttle(here, HERE, now)
    await throttle(f"sign-in-account:{key}", ACCOUNT, now)
    member = await StaffMember.select().where(StaffMember.email == key).first()
    stored = member["password_hash"] if member and member["active"] else ""
    if not await is_password(password, stored) or member is None:
        raise Refused(Refusal("wrong_sign_in"))
    await forget(here)
    return await next_step(member["id"], now, device)


async def next_step(staff_id: UUID, now: datetime, device: str = "") -> str:
    """Of somebody who has proven who they are, but for the second factor: as `sign_in`."""
    row = await StaffMember.select(StaffMember.totp_since).where(StaffMember.id == staff_id).first()
    if row and row["totp_since"]:
        return SECOND_STEP + await new_token(staff_id, "second_factor", now)
    return await open_session(staff_id, now, device=device)


def awaits_code(token: str) -> bool:
    return token.startswith(SECOND_STEP)


async def open_session(staff_id: UUID, now: datetime, by_link: bool = False, device: str = "") -> str:
    """Its token. Whoever calls this has proven who is there, with everything that is asked of them."""
    token = (BY_LINK if by_link else "") + random_token()
    session = StaffSession(
        id=uuid4(), staff=staff_id, token_hash=hash_token(token), created_at=now, last_seen_at=now, device=device
    )
    async with transaction():
        await StaffSession.insert(session)
        await StaffMember.update({"last_sign_in_at": now}).where(StaffMember.id == staff_id)
    return token


async def session_of(token: str, now: datetime) -> StaffView | None:
    """Who is signed in with this token; None when it is unknown or has ended."""
    session = await StaffSession.select(*_SESSION).where(StaffSession.token_hash == hash_token(token)).first()
    if session is None or not session["staff.active"]:
        return None
    by_link = token.startswith(BY_LINK)
    if by_link and not sees_only_own_events(session["staff.role"]):
        return None  # a trainer then, somebody with more rights since: they sign in with their password
    if now - session["last_seen_at"] > IDLE or now - session["created_at"] > LONGEST:
        return None
    if now - session["last_seen_at"] > SEEN_EVERY:
        await StaffSession.update({"last_seen_at": now}).where(StaffSession.id == session["id"])
    return StaffView(
        session["staff"],
        session["staff.name"],
        session["staff.email"],
        session["staff.role"],
        by_link,
        session["id"],
        session["staff.totp_since"] is not None,
    )


async def sign_out(token: str) -> None:
    await StaffSession.delete().where(StaffSession.token_hash == hash_token(token))


async def end_all_sessions() -> None:
    """Everybody signs in anew; links for passwords that are under way open nothing any more."""
    await StaffSession.delete(force=True)
    await StaffToken.delete(force=True)


async def sweep_sessions(now: datetime) -> None:
    """Removes ended sign-ins; for the nightly tidying."""
    await StaffSession.delete().where(
        (StaffSession.last_seen_at < now - IDLE) | (StaffSession.created_at < now - LONGEST)
    )


async def throttle(bucket: str, limit: tuple[int, timedelta], now: datetime) -> None:
    """Counts one try. Raises Refused when there were too many."""
    wait = await too_many(bucket, *limit, now)
    if wait is not None:
        raise Refused(Refusal("too_many_tries", {"seconds": wait}))


_SESSION = (
    StaffSession.id,
    StaffSession.staff,
    StaffSession.created_at,
    StaffSession.last_seen_at,
    StaffSession.staff.name,
    StaffSession.staff.email,
    StaffSession.staff.role,
    StaffSession.staff.active,
    StaffSession.staff.totp_since,
)


async def _member(email: str) -> dict[str, Any]:
    found = await StaffMember.select().where(StaffMember.email == address_key(email)).first()
    if found is None:
        raise Refused(Refusal("unknown_staff"))
    return found


async def _checked_hash(password: str, email: str) -> str:
    refuse_if(why_not_this_password(password, email))
    return await hash_password(password)
