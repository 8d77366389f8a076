"""Mails about one's own account: the invitation and the link to a new password. In German, like the team's pages."""

from datetime import datetime
from uuid import UUID

from events.accounts.queries import StaffRow
from events.accounts.rules import TOKENS, TokenKind
from events.accounts.tokens import new_token
from events.accounts.wording import ROLE_NAMES
from events.kit.translation import SOURCE
from events.mail.actions import queue
from events.mail.composing import compose
from events.mail.queries import mails_about
from events.office.queries import office
from events.settings import settings

ADDRESSES: dict[TokenKind, str] = {"invitation": "/team/einladung", "password": "/team/kennwort"}
_KINDS: dict[TokenKind, str] = {"invitation": "staff_invited", "password": "password_reset"}


async def queue_link(member: StaffRow, kind: TokenKind, now: datetime, invited_by: str = "") -> None:
    """With a new token; the link of an earlier mail of this kind opens nothing any more. Inside a transaction."""
    about = about_account(member.id)
    mail = compose(
        _KINDS[kind],
        to=member.email,
        language=SOURCE,
        about=about,
        sequence=len(await mails_about(about)),
        context={
            "office": await office(),
            "name": member.name,
            "invited_by": invited_by,
            "role": ROLE_NAMES[member.role],
            "link": f"{settings().base_url}{ADDRESSES[kind]}/{await new_token(member.id, kind, now)}",
            "ends_at": now + TOKENS[kind],
        },
        priority=0,
        useful_until=now + TOKENS[kind],
    )
    await queue(mail, now=now)


def about_account(id: UUID) -> str:
    return f"staff_member:{id}"
