"""Mails as `.eml` files in a folder, where no mail server is set: every mail program opens them."""

import asyncio
import os
from pathlib import Path

from events.kit.clock import BERLIN
from events.kit.text import slugify
from events.mail.rules import Stage
from events.mail.transport import Letter, NotDelivered


class FolderTransport:
    """One file a mail, whole or not at all; the same mail again replaces its file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def send(self, letter: Letter) -> str:
        path = self.folder / file_name(letter)
        try:
            await asyncio.to_thread(_write, path, letter.content)
        except OSError as error:
            raise NotDelivered(Stage.CONNECTION, None, error.strerror or "") from error
        return path.name

    async def close(self) -> None:
        """Nothing is open between two mails."""


def file_name(letter: Letter) -> str:
    """As in `20270112-173000-confirmation-<id>.eml`: sorts by the time it was queued, in Berlin's clock."""
    queued = letter.created_at.astimezone(BERLIN).strftime("%Y%m%d-%H%M%S")
    return f"{queued}-{slugify(letter.kind)}-{letter.id}.eml"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
