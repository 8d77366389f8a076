"""Bernd writes a mailing, looks at it as somebody else gets it, and tries it on himself."""

import re

import pytest

from events.invitations.mailings.audiences import Audience
from events.invitations.mailings.rules import WrittenText
from events.invitations.mailings.views import mailing_by_id
from events.invitations.mailings.writing import write_mailing
from events.kit.actor import SYSTEM
from events.mail.opt_outs import address_hash
from events.mail.tables import OutgoingMail
from tests.factories import make_event
from tests.invitations.mailings.audience import TEXT, joined
from tests.web.staff.conftest import NOW

TYPED = {"de-subject": "Bitte Stifte mitbringen", "de-body": "Bitte bringen Sie **Stifte** mit.", "greets": "on"}
PATH = "/team/rundmails"


async def a_draft(*events, texts=TEXT):
    audience = Audience("events", tuple(event.id for event in events))
    return await write_mailing(audience, texts, by=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"de-subject": ""}, "de-subject"),
        ({"de-body": " "}, "de-body"),
        ({"de-subject": "Hallo\r\nBcc: alle@example.org"}, "de-subject"),
        ({"de-subject": "x" * 151}, "de-subject"),
        ({"de-body": "x" * 8001}, "de-body"),
        ({"de-body": "\n\n".join("> " * 20 + "x" for _ in range(180))}, "de-body"),
        ({"tr-subject": "Kalem"}, "tr-body"),
        ({"ar-body": "أقلام"}, "ar-subject"),
    ],
)
async def test_a_text_that_is_not_right_is_said_at_its_field_and_kept_as_typed(browser, wrong, field):
    bernd = await browser("organiser")
    id = await a_draft(await make_event(), texts={})
    answer = await bernd.post(f"{PATH}/{id}/text", data={**TYPED, **wrong})
    assert answer.status_code == 422 and f'id="f-{field}-error"' in answer.text
    assert "Stifte" in answer.text
    assert (await mailing_by_id(id)).texts == {}


async def test_texts_in_other_languages_are_kept_and_said_to_be_there_or_absent(browser):
    bernd = await browser("organiser")
    id = await a_draft(await make_event(), texts={})
    more = {"tr-subject": "Kalem getirin", "tr-body": "Lütfen."}
    await bernd.post(f"{PATH}/{id}/text", data={**TYPED, **more})
    page = (await bernd.get(f"{PATH}/{id}/text")).text
    assert "Türkçe: geschrieben" in page and "English: fehlt" in page and "Kalem getirin" in page
    await bernd.post(f"{PATH}/{id}/text", data={name: text for name, text in TYPED.items() if name != "greets"})
    found = await mailing_by_id(id)
    assert set(found.texts) == {"de"} and not found.greets


async def test_the_preview_shows_what_this_very_person_gets(browser):
    bernd = await browser("organiser")
    event = await make_event("Lesen lernen")
    await joined(event, "Amira", family_name="Yıldız", language="tr")
    await joined(event, "Bo", "bo@example.org", language="en")
    id = await a_draft(event, texts={**TEXT, "tr": WrittenText("Kalem getirin", "Lütfen **kalem** getirin.")})
    page = (await bernd.get(f"{PATH}/{id}/vorschau?an={address_hash('amira@example.org')}")).text
    assert "Kalem getirin" in page and "<strong>kalem</strong>" in page and "Amira Yıldız" in page
    assert f"/tr/veranstaltungen/{event.slug}" in page and 'lang="tr"' in page
    other = (await bernd.get(f"{PATH}/{id}/vorschau?an={address_hash('bo@example.org')}")).text
    assert "Guten Tag Bo," in other and "English fehlt noch, deshalb kommt die Mail auf Deutsch." in other


async def test_nobody_can_be_unsubscribed_from_the_preview(browser):
    bernd = await browser("organiser")
    event = await make_event()
    await joined(event)
    id = await a_draft(event)
    page = (await bernd.get(f"{PATH}/{id}/vorschau")).text
    assert "/abmelden/…" in page and not re.search(r"/abmelden/[A-Za-z0-9_-]{20}", page)


async def test_a_test_mail_goes_to_bernd_alone(browser):
    bernd = await browser("organiser")
    event = await make_event()
    await joined(event)
    id = await a_draft(event)
    answer = await bernd.post(f"{PATH}/{id}/test")
    assert "Testmail ist unterwegs" in (await bernd.get(answer.headers["location"])).text
    rows = await OutgoingMail.select(OutgoingMail.recipient, OutgoingMail.mailing)
    assert rows == [{"recipient": "organiser@example.org", "mailing": None}]


async def test_an_unwritten_draft_can_neither_be_looked_at_nor_tried_nor_sent(browser):
    bernd = await browser("organiser")
    event = await make_event()
    await joined(event)
    id = await a_draft(event, texts={})
    assert (await bernd.get(f"{PATH}/{id}/vorschau")).status_code == 409
    assert (await bernd.post(f"{PATH}/{id}/test")).status_code == 409
    answer = await bernd.post(f"{PATH}/{id}/senden", data={"expected": "1"})
    assert answer.status_code == 409 and "noch keinen deutschen Text" in answer.text
    assert await OutgoingMail.count() == 0


async def test_markup_in_names_and_texts_stays_text(browser):
    bernd = await browser("organiser")
    event = await make_event("<b>Fett</b>")
    await joined(event, "<script>alert(1)</script>")
    id = await a_draft(event, texts={"de": WrittenText("<img src=x>", "<script>alert(2)</script>")})
    for page in ("", "/vorschau", "/senden", "/empfaenger", "/text"):
        text = (await bernd.get(f"{PATH}/{id}{page}")).text
        assert "<script>alert" not in text and "<img src=x" not in text and "<b>Fett" not in text
