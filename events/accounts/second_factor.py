"""A second factor as authenticator apps make it (TOTP, RFC 6238), and codes on paper for the day the phone is lost.

The secret is derived from the key of the installation and stored nowhere; the version of the account makes it new.
"""

import hashlib
import hmac
import secrets
from base64 import b32encode
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pyotp

from events.accounts.actions import SECOND_STEP, drop_second_factor, open_session, throttle
from events.accounts.own import prove_password
from events.accounts.queries import staff_by_id
from events.accounts.rules import why_not_switch_off_code
from events.accounts.tables import RecoveryCode, StaffMember, StaffSession
from events.accounts.throttle import forget
from events.accounts.tokens import holder, use_up
from events.history.actions import entry, note
from events.kit.actor import staff
from events.kit.database import transaction
from events.kit.links import SHORT_CODE_SIGNS, hash_token
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.settings import settings

TRIES = (5, timedelta(minutes=15))
"""With three codes valid at a time, guessing for a year finds one with less than even odds.

Tries of who signs in and of who is signed in are counted apart: whoever knows only the password and guesses codes
cannot keep the owner from switching it off.
"""

NEARBY = (0, -1, 1)
"""The code of now, the one before (typed slowly), the one after (a clock that is ahead)."""

RECOVERY_CODES = 10
_LENGTH = 16  # signs, 71 bits: too many to try even for somebody who has the hashes


async def secret_of(staff_id: UUID) -> str:
    """For setting it up. Raises NotFound once it is switched on: nobody sees it again then."""
    row = await StaffMember.select().where(StaffMember.id == staff_id).first()
    if row is None or row["totp_since"]:
        raise NotFound
    return _secret(staff_id, row["totp_version"])


async def setup_address(staff_id: UUID, email: str, issuer: str) -> str:
    """What the QR code says (`otpauth://…`). Raises NotFound as `secret_of`."""
    return pyotp.TOTP(await secret_of(staff_id)).provisioning_uri(name=email, issuer_name=issuer)


async def switch_on(staff_id: UUID, code: str, password: str, here: UUID, now: datetime) -> list[str]:
    """Recovery codes, told this once. Ends all other sign-ins, which were opened without it. Raises Refused.

    `password`: of those who have one, so that nobody locks them out from a screen they left open.
    """
    await secret_of(staff_id)
    member = await staff_by_id(staff_id)
    if member is not None and member.has_password:
        await prove_password(staff_id, password, now)
    await throttle(f"second-factor-own:{staff_id}", TRIES, now)
    codes = ["".join(secrets.choice(SHORT_CODE_SIGNS) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)]
    async with transaction():
        if not await _accepts(staff_id, code, now):
            raise Refused(Refusal("wrong_code"))
        await StaffMember.update({"totp_since": now}).where(StaffMember.id == staff_id)
        await StaffSession.delete().where((StaffSession.staff == staff_id) & (StaffSession.id != here))
        await RecoveryCode.insert(
            *[RecoveryCode(id=uuid4(), staff=staff_id, code_hash=hash_token(one)) for one in codes]
        )
        await note(entry("second_factor_on", StaffMember, id=staff_id, by=staff(staff_id), now=now))
    await forget(f"second-factor-own:{staff_id}")
    return ["-".join(one[start : start + 4] for start in range(0, _LENGTH, 4)) for one in codes]


async def switch_off(staff_id: UUID, role: str, code: str, now: datetime) -> None:
    """By themselves, with a code. Raises Refused."""
    refuse_if(why_not_switch_off_code(role, settings().require_totp))
    await throttle(f"second-factor-own:{staff_id}", TRIES, now)
    async with transaction():
        if not await _is_proven(staff_id, code, now):
            raise Refused(Refusal("wrong_code"))
        await drop_second_factor(staff_id, by=staff(staff_id), now=now)


async def may_give_code(token: str, now: datetime) -> bool:
    """Whether the password was given a short while ago."""
    return await holder(token.removeprefix(SECOND_STEP), "second_factor", now) is not None


async def finish_sign_in(token: str, code: str, now: datetime, device: str = "") -> str:
    """A fresh session's token. Raises Refused; `sign_in_over` when the password has to be given again."""
    pending = token.removeprefix(SECOND_STEP)
    staff_id = await holder(pending, "second_factor", now)
    if staff_id is None:
        raise Refused(Refusal("sign_in_over"))
    await throttle(f"second-factor:{staff_id}", TRIES, now)
    async with transaction():
        if not await _is_proven(staff_id, code, now):
            raise Refused(Refusal("wrong_code"))
        if await use_up(pending, "second_factor", now) is None:
            raise Refused(Refusal("sign_in_over"))
        session = await open_session(staff_id, now, device=device)
    await forget(f"second-factor:{staff_id}")
    return session


async def codes_left(staff_id: UUID) -> int:
    return int(await RecoveryCode.count().where(RecoveryCode.staff == staff_id))


async def _is_proven(staff_id: UUID, code: str, now: datetime) -> bool:
    signs = "".join(code.split()).replace("-", "").upper()
    if len(signs) != _LENGTH:
        return await _accepts(staff_id, signs, now)
    where = (RecoveryCode.staff == staff_id) & (RecoveryCode.code_hash == hash_token(signs))
    if not await RecoveryCode.delete().where(where).returning(RecoveryCode.id):
        return False
    await note(entry("recovery_code_used", StaffMember, id=staff_id, by=staff(staff_id), now=now))
    return True


async def _accepts(staff_id: UUID, code: str, now: datetime) -> bool:
    """Once: the step it belongs to must be later than that of the last accepted one, decided in one statement."""
    row = await StaffMember.select(StaffMember.totp_version).where(StaffMember.id == staff_id).first()
    app = pyotp.TOTP(_secret(staff_id, row["totp_version"] if row else 0))
    step = app.timecode(now)
    typed = "".join(code.split()).encode()
    matching = [step + near for near in NEARBY if hmac.compare_digest(app.generate_otp(step + near).encode(), typed)]
    if not matching:
        return False
    where = (StaffMember.id == staff_id) & (StaffMember.totp_step < matching[0])
    return bool(await StaffMember.update({"totp_step": matching[0]}).where(where).returning(StaffMember.id))


def _secret(staff_id: UUID, version: int) -> str:
    message = b"second-factor" + staff_id.bytes + version.to_bytes(8, "big")
    return b32encode(hmac.new(settings().secret_key.encode(), message, hashlib.sha256).digest()[:20]).decode()
