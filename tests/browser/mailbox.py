"""The mails the demo site wrote, as their recipients would open them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path

from tests.servers import PATIENCE


@dataclass(frozen=True)
class _Letter:
    """`to` and `subject` are taken from the mail once: it reads its lines anew whenever it is asked for one."""

    to: str
    subject: str
    mail: EmailMessage


async def next_mail(folder: Path, to: str, number: int) -> EmailMessage:
    """The mail with this number (from 1) to the address, as soon as the worker has written it."""
    return (await _awaited(folder, lambda letter: to in letter.to, number))[number - 1]


async def mails_called(folder: Path, subject: str, number: int) -> list[EmailMessage]:
    """All mails of this subject, as soon as there are so many."""
    return await _awaited(folder, lambda letter: letter.subject == subject, number)


async def _awaited(folder: Path, meant: Callable[[_Letter], bool], number: int) -> list[EmailMessage]:
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < deadline:
        mails = [letter.mail for letter in _all(folder) if meant(letter)]
        if len(mails) >= number:
            return mails
        await asyncio.sleep(0.05)
    raise AssertionError(f"{number} mails never came")


def _all(folder: Path) -> list[_Letter]:
    return [_read(file) for file in sorted((folder / "mail").glob("*.eml"))]


@cache
def _read(file: Path) -> _Letter:
    """Once: a file is whole when it appears, and there may be thousands."""
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return _Letter(str(mail["To"]), str(mail["Subject"]), mail)
