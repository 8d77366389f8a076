"""One of each thing that has a page behind the sign-in, made for tests that open every page."""

from uuid import UUID, uuid4

from events.accounts.queries import staff_by_email
from events.invitations.tables import Call
from events.kit.actor import SYSTEM
from events.kit.uploads import checked
from events.mail.tables import Mailing, OutgoingMail
from events.programme.agreement_actions import add_file, create_agreement
from events.programme.agreement_rules import AgreementDetails
from events.programme.details import QuestionDetails
from events.programme.queries import EventView
from events.programme.question_actions import add_question
from events.registration.imports.drafts import keep_draft
from tests.factories import make_organisation
from tests.web.staff.conftest import NOW


async def a_failed_mail() -> UUID:
    mail = OutgoingMail(
        id=uuid4(), kind="confirmation", about=f"booking:{uuid4()}", recipient="amira@example.org", status="held",
        message_id="<1@example.org>", sender="", content=b"-", due_at=NOW, created_at=NOW, lease_holder="", reply="",
    )  # fmt: skip
    await OutgoingMail.insert(mail)
    return mail.id


async def an_agreement(event: EventView) -> UUID:
    details = AgreementDetails(await make_organisation(), event.programme_id, NOW.date())
    return await create_agreement(details, by=SYSTEM, now=NOW)


async def a_file(agreement_id: UUID) -> UUID:
    return await add_file(agreement_id, checked("Vertrag.pdf", b"%PDF-1.7"), by=SYSTEM, now=NOW)


async def a_question(event: EventView) -> UUID:
    details = QuestionDetails("yes_no", {"de": "Essen Sie mit?"}, purpose="Damit es für alle reicht.")
    return await add_question(event.id, details, by=SYSTEM, now=NOW)


async def a_call(registration_id: UUID) -> UUID:
    mailing = Mailing(id=uuid4(), kind="called_off", about=uuid4(), facts="{}", created_at=NOW)
    await Mailing.insert(mailing)
    call = Call(id=uuid4(), mailing=mailing.id, registration=registration_id, created_at=NOW)
    await Call.insert(call)
    return call.id


async def a_draft(event: EventView) -> UUID:
    organiser = await staff_by_email("organiser@example.org")
    content = b"Vorname;E-Mail\r\nElif;elif@example.org"
    return await keep_draft(event.id, organiser.id if organiser else uuid4(), "liste.csv", content, now=NOW)
