"""The mails the demo site wrote, as their recipients would open them."""

import asyncio
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path

from tests.servers import PATIENCE


async def next_mail(folder: Path, to: str, number: int) -> EmailMessage:
    """The mail with this number (from 1) to the address, as soon as the worker has written it."""
    return (await _awaited(folder, lambda mail: to in mail["To"], number))[number - 1]


async def mails_called(folder: Path, subject: str, number: int) -> list[EmailMessage]:
    """All mails of this subject, as soon as there are so many."""
    return await _awaited(folder, lambda mail: mail["Subject"] == subject, number)


async def _awaited(folder: Path, meant: Callable[[EmailMessage], bool], number: int) -> list[EmailMessage]:
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < deadline:
        mails = [mail for mail in _all(folder) if meant(mail)]
        if len(mails) >= number:
            return mails
        await asyncio.sleep(0.05)
    raise AssertionError(f"{number} mails never came")


def _all(folder: Path) -> list[EmailMessage]:
    return [_read(file) for file in sorted((folder / "mail").glob("*.eml"))]


@cache
def _read(file: Path) -> EmailMessage:
    """Once: a file is whole when it appears, and there may be thousands."""
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail
