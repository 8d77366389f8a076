"""The administrator sees who agreed to which text, when and how, and who took it back; others see nothing of it."""

from events.contacts.actions import add_contact, join_list, prove_contact, take_off_list
from events.contacts.details import ContactDetails
from events.contacts.tables import Contact
from events.contacts.wording import CONSENT_VERSION
from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from tests.factories import make_event

PATH = "/team/datenschutz/einwilligungen"


async def test_each_consent_is_told_and_exported_with_its_text_and_way(browser):
    admin = await browser("admin")
    assert "Noch keine Einwilligung" in (await admin.get(PATH)).text
    details = ContactDetails(((await make_event()).programme_id,), "de", "=Amira Haddad")
    await join_list("amira@example.org", details, now=now())
    assert "amira@example.org" not in (await admin.get(PATH)).text  # not proven, nothing agreed to
    row = await Contact.select(Contact.id).first()
    await prove_contact(row["id"], now=now())
    await take_off_list(row["id"], by=SYSTEM, now=now())
    await add_contact("cem@example.org", details, today(), by=SYSTEM, now=now())
    page = (await admin.get(PATH)).text
    assert "3 Zeilen" in page and CONSENT_VERSION in page and "auf Papier" in page and "beim Team" in page
    back = (await admin.get(f"{PATH}?was=zurueck")).text
    assert "1 Zeile" in back and "cem@example.org" not in back
    answer = await admin.get(f"{PATH}.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4 and "attachment" in answer.headers["content-disposition"]
    assert any(CONSENT_VERSION in line and "amira@example.org;'=Amira Haddad" in line for line in lines)
    bernd = await browser("organiser")
    assert {(await bernd.get(path)).status_code for path in (PATH, f"{PATH}.csv")} == {404}
