"""Strange files among the reports of mails that came back: links, and names as long as they can be."""

from pathlib import Path

from events.contacts.actions import unsubscribe
from events.mail.bounces import take_in_reports
from tests.mail.letters import NOW, row_of
from tests.mail.reports import a_report
from tests.mail.test_bounces import a_sent_mail, folder, names

__all__ = ["folder"]


async def test_a_link_to_somewhere_else_is_not_followed(db: None, folder: Path, tmp_path: Path) -> None:
    mail = await a_sent_mail()
    (tmp_path / "elsewhere").write_bytes(a_report(mail))
    (folder / "0.eml").symlink_to(tmp_path / "elsewhere")
    assert await take_in_reports(unsubscribe, now=NOW) == 0
    assert (await row_of(mail))["status"] == "sent"


async def test_a_name_as_long_as_it_can_be_is_put_away(db: None, folder: Path) -> None:
    (folder / f"{'ü' * 125}.eml").write_bytes(a_report(await a_sent_mail()))
    (folder / f"{'😀' * 62}.eml").write_bytes(b"?")
    await take_in_reports(unsubscribe, now=NOW)
    assert not [path for path in folder.iterdir() if path.is_file()]
    assert (len(names(folder, "erledigt")), len(names(folder, "unlesbar"))) == (1, 1)
