"""What sending needs to know of a way mails go out: a letter is handed over, or `NotDelivered` says how far it came."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from events.kit.text import one_line
from events.mail.rules import Stage

LONGEST_REPLY = 300
_ADDRESS = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")


@dataclass(frozen=True)
class Letter:
    """Final bytes to one recipient; never serialised anew."""

    id: UUID
    kind: str
    sender: str
    recipient: str
    content: bytes
    created_at: datetime


class NotDelivered(Exception):
    """The server refused, or (code None) did not answer."""

    def __init__(self, stage: Stage, code: int | None, text: str) -> None:
        super().__init__(stage.value, code)
        self.stage = stage
        self.code = code
        self.text = text

    @property
    def reply(self) -> str:
        """What may be kept and shown: one line, without addresses."""
        return anonymous(f"{self.code or ''} {self.text}")


class Transport(Protocol):
    async def send(self, letter: Letter) -> str:
        """Hands the letter over and gives the answer in words. Raises NotDelivered."""

    async def close(self) -> None:
        """Ends what is open; a failure here is no failure of any mail."""


def anonymous(reply: str) -> str:
    return _ADDRESS.sub("<…>", one_line(reply))[:LONGEST_REPLY]
