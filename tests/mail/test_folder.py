"""Mails as files, where no server is set."""

from pathlib import Path
from uuid import UUID

import pytest

from events.mail.folder import FolderTransport, file_name
from events.mail.rules import Stage
from events.mail.sending import deliver_due
from events.mail.transport import Letter, NotDelivered
from tests.mail.letters import NOW, a_queued_mail, row_of

LETTER = Letter(UUID(int=7), "confirmation", "ki@example.org", "amira@example.org", b"Subject: Hallo\r\n\r\n", NOW)


def test_file_names_sort_by_time_and_say_what_they_are() -> None:
    assert file_name(LETTER) == f"20270112-173000-confirmation-{LETTER.id}.eml"


async def test_the_same_mail_again_replaces_its_file(tmp_path: Path) -> None:
    folder = FolderTransport(tmp_path / "mail")
    await folder.send(LETTER)
    await folder.send(LETTER)
    (file,) = (tmp_path / "mail").iterdir()
    assert file.read_bytes() == LETTER.content


async def test_a_folder_that_cannot_be_written_is_a_server_that_is_away(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(NotDelivered) as trouble:
        await FolderTransport(tmp_path / "mail").send(LETTER)
    assert (trouble.value.stage, trouble.value.code) == (Stage.CONNECTION, None)


async def test_what_is_queued_becomes_a_file(db: None, tmp_path: Path) -> None:
    mail = await a_queued_mail()
    done = await deliver_due(FolderTransport(tmp_path), now_fn=lambda: NOW)
    (file,) = tmp_path.iterdir()
    assert done.sent == 1
    assert file.read_bytes() == mail.content
    assert (await row_of(mail))["status"] == "sent"
