"""What the office adds to mails: written on a page, seen in each mail of that kind, in no other."""

import pytest

from events.history.queries import history_of
from events.kit.actor import SYSTEM
from events.kit.translation import LANGUAGES
from events.mail.occasions import OCCASIONS
from events.mail.wording import KINDS
from events.office.actions import set_mail_paragraph
from events.office.queries import office
from events.office.tables import MailParagraph
from events.office.views import LONGEST_PARAGRAPH
from events.web.staff.mail_samples import sample
from tests.factories import make_event
from tests.outbox import mails_to, text_of
from tests.people import AMIRA
from tests.registration.stories import confirmed
from tests.source_tree import PROJECT
from tests.web.staff.conftest import NOW

HERE = "/team/mailtexte"
FILES = {path.name.removesuffix(".subject.txt") for path in (PROJECT / "templates" / "mail").glob("*.subject.txt")}


async def save(browser, kind="confirmation", **texts):
    return await (await browser("organiser")).post(f"{HERE}/{kind}", data=texts)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_kind_can_be_looked_at_with_its_paragraph(db, language):
    for kind in sorted(FILES):
        await set_mail_paragraph(kind, {"de": f"Absatz <{kind}>"}, by=SYSTEM, now=NOW)
    sender = await office()
    for kind in sorted(FILES):
        texts = sample(kind, language, sender, NOW)
        assert f"Absatz <{kind}>" in texts.plain and texts.plain.count("Absatz <") == 1
        assert f"Absatz &lt;{kind}&gt;" in texts.html
        assert ('<p class="added" lang="de" dir="auto">' in texts.html) == (language != "de")


def test_every_kind_has_a_name_and_an_occasion():
    assert OCCASIONS.keys() == KINDS.keys() == FILES


def test_the_page_about_mails_says_the_same():
    text = (PROJECT / "docs" / "mails.md").read_text(encoding="utf-8")
    explained = [line for line in text.splitlines() if line.startswith("| `")]
    assert explained == [
        f"| `{kind}` | {KINDS[kind]} | {one.when} | {one.to} |" for kind, one in sorted(OCCASIONS.items())
    ]


async def test_the_list_names_every_kind_and_what_is_written(browser):
    await save(browser, **{"de-text": "Parken Sie im Hof.", "ar-text": "موقف"})
    page = (await (await browser("organiser")).get(HERE)).text
    assert all(name in page for name in KINDS.values())
    assert f"Deutsch, {LANGUAGES['ar'].name}" in page


async def test_a_paragraph_stands_in_the_mail_in_its_language(browser):
    assert (await save(browser, **{"de-text": "Parken Sie im Hof.\r\n\r\nBis bald!"})).headers["location"] == (
        f"{HERE}?meldung=gespeichert"
    )
    await confirmed(await make_event())
    (mail,) = await mails_to(AMIRA.email, "confirmation")
    assert "\n\nParken Sie im Hof.\n\nBis bald!\n\nDiese Mail wurde automatisch" in text_of(mail)
    assert "Parken Sie im Hof.<br><br>Bis bald!</p>" in mail.get_body(("html",)).get_content()
    (first,) = await mails_to(AMIRA.email, "confirm_address")
    assert "Parken" not in text_of(first)


async def test_an_emptied_paragraph_is_gone_and_history_knows(browser):
    await save(browser, **{"de-text": "Parken Sie im Hof."})
    await save(browser, **{"de-text": " "})
    assert not (await office()).paragraphs["confirmation"]
    row = await MailParagraph.objects().first()
    assert sorted(line.facts["languages"] for line in await history_of("mail_paragraph", row.id)) == [[], ["de"]]


async def test_the_page_of_a_kind_shows_the_mail_in_the_chosen_language(browser):
    await save(browser, kind="moved", **{"ar-text": "موقف"})
    page = (await (await browser("organiser")).get(f"{HERE}/moved?sprache=ar")).text
    assert '<div class="letter" lang="ar" dir="rtl">' in page and page.count("موقف") == 2


async def test_too_long_a_text_is_shown_again_with_the_reason(browser):
    answer = await save(browser, **{"tr-text": "x" * (LONGEST_PARAGRAPH + 1), "de-text": "Gut."})
    assert answer.status_code == 422 and "x" * LONGEST_PARAGRAPH in answer.text and "Gut." in answer.text
    assert await MailParagraph.count() == 0


async def test_no_action_takes_too_long_a_text(db):
    with pytest.raises(ValueError, match="too long"):
        await set_mail_paragraph("moved", {"de": "x" * (LONGEST_PARAGRAPH + 1)}, by=SYSTEM, now=NOW)


async def test_the_same_text_again_changes_nothing(db):
    for _time in range(2):
        await set_mail_paragraph("moved", {"de": "Bis bald."}, by=SYSTEM, now=NOW)
    row = await MailParagraph.objects().first()
    assert row is not None and len(await history_of("mail_paragraph", row.id)) == 1


async def test_an_unknown_kind_is_not_found(browser):
    client = await browser("organiser")
    assert (await client.get(f"{HERE}/layout")).status_code == 404
    assert (await client.post(f"{HERE}/nie", data={})).status_code == 404
