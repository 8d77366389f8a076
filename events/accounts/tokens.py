"""Random tokens that are kept as hashes, for a short time and for one use: invitations, new passwords, second steps."""

from datetime import datetime
from uuid import UUID, uuid4

from piccolo.columns.combination import And

from events.accounts.rules import TOKENS, TokenKind
from events.accounts.tables import SignOnAttempt, StaffToken
from events.kit.links import hash_token, random_token


async def new_token(staff_id: UUID, kind: TokenKind, now: datetime) -> str:
    """Earlier ones of this kind end, so that only the newest mail opens anything."""
    token = random_token()
    await StaffToken.delete().where((StaffToken.staff == staff_id) & (StaffToken.kind == kind))
    await StaffToken.insert(
        StaffToken(id=uuid4(), staff=staff_id, kind=kind, token_hash=hash_token(token), ends_at=now + TOKENS[kind])
    )
    return token


async def holder(token: str, kind: TokenKind, now: datetime) -> UUID | None:
    """Whose it is, if it still opens something."""
    row = await StaffToken.select(StaffToken.staff).where(_valid(token, kind, now)).first()
    return row["staff"] if row else None


async def use_up(token: str, kind: TokenKind, now: datetime) -> UUID | None:
    """Whose it was; from two at once only one gets an answer. Inside a transaction."""
    row = await StaffToken.select(StaffToken.id, StaffToken.staff).where(_valid(token, kind, now)).first()
    if row is None:
        return None
    taken = await StaffToken.delete().where(StaffToken.id == row["id"]).returning(StaffToken.id)
    return row["staff"] if taken else None


async def forget_tokens(staff_id: UUID) -> None:
    """All of this person."""
    await StaffToken.delete().where(StaffToken.staff == staff_id)


async def sweep_tokens(now: datetime) -> None:
    """Removes those that open nothing any more; for the nightly tidying."""
    await StaffToken.delete().where(StaffToken.ends_at < now)
    await SignOnAttempt.delete().where(SignOnAttempt.ends_at < now)


def _valid(token: str, kind: TokenKind, now: datetime) -> And:
    """Tokens of a disabled person are deleted with their sessions."""
    return And(And(StaffToken.token_hash == hash_token(token), StaffToken.kind == kind), StaffToken.ends_at > now)
