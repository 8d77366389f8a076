"""One of each thing that has a page behind the sign-in, made for tests that open every page."""

from uuid import UUID, uuid4

from events.accounts.queries import staff_by_email
from events.contacts.actions import add_contact
from events.contacts.details import ContactDetails
from events.invitations.addresses.checking import guessed
from events.invitations.inviting import Invitee
from events.invitations.mailings.audiences import Audience
from events.invitations.mailings.rules import WrittenText
from events.invitations.mailings.writing import write_mailing
from events.invitations.reminders.actions import add_mail_rule
from events.invitations.reminders.in_force import rules_for
from events.invitations.reminders.rules import MailRuleDetails
from events.invitations.tables import Call
from events.kit.actor import SYSTEM
from events.kit.uploads import checked
from events.mail.tables import Mailing, OutgoingMail, UndeliverableAddress
from events.programme.agreement_actions import add_file, create_agreement
from events.programme.agreement_rules import AgreementDetails
from events.programme.details import QuestionDetails
from events.programme.queries import EventView
from events.programme.question_actions import add_question
from events.registration.imports.kept import keep_draft
from tests.factories import make_organisation
from tests.inviting import prepared
from tests.web.staff.conftest import NOW


async def a_failed_mail() -> UUID:
    mail = OutgoingMail(
        id=uuid4(), kind="confirmation", about=f"booking:{uuid4()}", recipient="amira@example.org", status="held",
        message_id="<1@example.org>", sender="", content=b"-", due_at=NOW, created_at=NOW, lease_holder="", reply="",
    )  # fmt: skip
    await OutgoingMail.insert(mail)
    return mail.id


async def a_mailing(event: EventView) -> UUID:
    texts = {"de": WrittenText("Bitte Stifte mitbringen", "Bis bald.")}
    return await write_mailing(Audience("events", (event.id,)), texts, by=SYSTEM, now=NOW)


async def a_bad_address() -> UUID:
    row = UndeliverableAddress(id=uuid4(), address=f"{uuid4()}@example.org", reply="550 5.1.1", since=NOW)
    await UndeliverableAddress.insert(row)
    return row.id


async def an_agreement(event: EventView) -> UUID:
    details = AgreementDetails(await make_organisation(), event.programme_id, NOW.date())
    return await create_agreement(details, by=SYSTEM, now=NOW)


async def a_file(agreement_id: UUID) -> UUID:
    return await add_file(agreement_id, checked("Vertrag.pdf", b"%PDF-1.7"), by=SYSTEM, now=NOW)


async def a_mail_rule(event: EventView) -> UUID:
    found = (await rules_for(event))["reminder"]
    if found.origin == "event" and found.rules:
        return found.rules[0].id
    return await add_mail_rule(MailRuleDetails("reminder", days_before=5), event_id=event.id, by=SYSTEM, now=NOW)


async def a_question(event: EventView) -> UUID:
    details = QuestionDetails("yes_no", {"de": "Essen Sie mit?"}, purpose="Damit es für alle reicht.")
    return await add_question(event.id, details, by=SYSTEM, now=NOW)


async def a_call(registration_id: UUID) -> UUID:
    mailing = Mailing(id=uuid4(), kind="called_off", about=uuid4(), facts="{}", created_at=NOW)
    await Mailing.insert(mailing)
    call = Call(id=uuid4(), mailing=mailing.id, registration=registration_id, created_at=NOW)
    await Call.insert(call)
    return call.id


async def a_contact(event: EventView) -> UUID:
    details = ContactDetails((event.programme_id,), name="Amira Haddad")
    return await add_contact(f"{uuid4().hex}@example.org", details, NOW.date(), by=SYSTEM, now=NOW)


async def a_draft(event: EventView) -> UUID:
    organiser = await staff_by_email("organiser@example.org")
    content = b"Vorname;E-Mail\r\nElif;elif@example.org"
    return await keep_draft(event.id, organiser.id if organiser else uuid4(), "liste.csv", content, now=NOW)


async def a_list_of_addresses(event: EventView) -> UUID:
    organiser = await staff_by_email("organiser@example.org")
    return await keep_draft(
        event.id, organiser.id if organiser else uuid4(), "adressen.csv", b"E-Mail\r\nelif@example.org", now=NOW,
        purpose="invitations", guess=guessed,
    )  # fmt: skip


async def an_invitation(event: EventView) -> UUID:
    (one,) = await prepared(event, Invitee(f"{uuid4().hex}@example.org", "Elif"))
    return one.id
