"""One of each thing that has a page behind the sign-in, made for tests that open every page."""

import json
from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID, uuid4

from events.accounts.actions import add_staff
from events.accounts.queries import staff_by_email
from events.attendance.sheets.scans import add_scan
from events.certificates.numbers import name_check, new_number
from events.certificates.tables import Certificate
from events.contacts.actions import add_contact
from events.contacts.details import ContactDetails
from events.evidence.beside import FundedEntry, enter_funded_units
from events.groups.actions import open_group, report_group
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
from events.kit.clock import now
from events.kit.uploads import checked
from events.mail.tables import Mailing, OutgoingMail, UndeliverableAddress
from events.outcomes.actions import add_outcome
from events.outcomes.rules import OutcomeDetails
from events.programme.actions import add_partner
from events.programme.agreement_actions import add_file, create_agreement
from events.programme.agreement_rules import AgreementDetails
from events.programme.details import QuestionDetails
from events.programme.partner_actions import ask_partner
from events.programme.partners import partner_links
from events.programme.queries import EventView
from events.programme.question_actions import add_question
from events.programme.trainer_actions import name_trainer
from events.registration.actions import register
from events.registration.imports.kept import keep_draft
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from events.topics.actions import propose_topic
from events.topics.tables import TopicVoice
from tests.factories import make_event, make_organisation, make_series, make_venue
from tests.inviting import prepared
from tests.web.staff.conftest import NOW

VERA = Person("Vera", "Novak", "vera@example.org")

Maker = Callable[[EventView], Awaitable[UUID]]


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


async def a_scan(event: EventView) -> UUID:
    scan = checked("Liste.pdf", b"%PDF-1.7")
    return await add_scan(event.dates[0].id, scan, date(2030, 1, 1), by=SYSTEM, now=NOW)


async def a_mail_rule(event: EventView) -> UUID:
    found = (await rules_for(event))["reminder"]
    if found.origin == "event" and found.rules:
        return found.rules[0].id
    return await add_mail_rule(MailRuleDetails("reminder", days_before=5), event_id=event.id, by=SYSTEM, now=NOW)


async def a_question(event: EventView) -> UUID:
    details = QuestionDetails("yes_no", {"de": "Essen Sie mit?"}, purpose="Damit es für alle reicht.")
    return await add_question(event.id, details, by=SYSTEM, now=NOW)


async def a_trainer(event: EventView) -> UUID:
    return await name_trainer(event.id, "Tanja Fuchs", f"{uuid4().hex}@example.org", by=SYSTEM, now=now())


async def a_partner(event: EventView) -> UUID:
    """Who was asked for numbers."""
    await add_partner(event.id, await make_organisation(), "host", by=SYSTEM, now=now())
    partner = (await partner_links(event.id))[-1]
    await ask_partner(partner.id, "Derya", "derya@example.org", "tr", by=SYSTEM, now=now())
    return partner.id


async def a_call(registration_id: UUID) -> UUID:
    mailing = Mailing(id=uuid4(), kind="called_off", about=uuid4(), facts="{}", created_at=NOW)
    await Mailing.insert(mailing)
    call = Call(id=uuid4(), mailing=mailing.id, registration=registration_id, created_at=NOW)
    await Call.insert(call)
    return call.id


async def a_funded_unit() -> UUID:
    entry = FundedEntry("KOMM-AN NRW", 2027, f"Räume {uuid4()}", applied=4)
    return (await enter_funded_units([entry], by=SYSTEM, now=NOW))[0]


async def a_certificate(event: EventView) -> UUID:
    """Of somebody who was never registered: enough for every page."""
    number = new_number()
    facts = {
        "title": {"de": "Griffbereit"},
        "programme": "",
        "funding": "",
        "place": "",
        "dates": [],
        "of": 1,
        "minutes": 90,
    }
    row = Certificate(
        id=uuid4(), number=number, programme=event.programme_id, event=event.id, given_name="Elif", language="de",
        name_check=name_check(number, "Elif", ""), facts=json.dumps(facts), issued_at=NOW,
    )  # fmt: skip
    await Certificate.insert(row)
    return row.id


async def a_group(event: EventView) -> UUID:
    """That has reported once."""
    day, kita = NOW.date(), await make_organisation()
    id = await open_group(event.programme_id, kita, "Bären", day, agreement="historic", by=SYSTEM, now=NOW)
    await report_group(id, day, 7, 8, ("tr",), by=SYSTEM, now=NOW)
    return id


async def a_topic() -> UUID:
    """Wished for and proven."""
    id = uuid4()
    await propose_topic(id, "Mietrecht", "", f"{id}@example.org", "de", now=NOW)
    await TopicVoice.update({TopicVoice.proven_at: NOW}).where(TopicVoice.topic == id)
    return id


async def an_outcome(event: EventView) -> UUID:
    id, details = uuid4(), OutcomeDetails(field="Erziehung", step="Beraten", responsible="Stadt Marl")
    await add_outcome(event.id, id, details, by=SYSTEM, now=NOW)
    return id


async def a_staff_member() -> UUID:
    return await add_staff(f"{uuid4().hex}@example.org", "Selma", "reader", by=SYSTEM, now=NOW)


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


async def _first_registration(event: EventView) -> UUID:
    return (await registrations_of(event.id))[0].id


async def _first_participant(event: EventView) -> UUID:
    return (await registrations_of(event.id))[0].participant_id


async def _another_participant(_event: EventView) -> UUID:
    other = await make_event()
    await register(SignUp((other.id,), (VERA,), VERA.email, source="office"), by=SYSTEM, now=now())
    return (await registrations_of(other.id))[0].participant_id


async def _its_call(event: EventView) -> UUID:
    return await a_call(await _first_registration(event))


def _of_any(make: Callable[[], Awaitable[UUID]]) -> Maker:
    async def made(_event: EventView) -> UUID:
        return await make()

    return made


MAKERS: dict[str, Maker] = {
    "registration_id": _first_registration,
    "other_id": _another_participant,
    "participant_id": _first_participant,
    "mailing_id": a_mailing,
    "mail_id": _of_any(a_failed_mail),
    "address_id": _of_any(a_bad_address),
    "call_id": _its_call,
    "contact_id": a_contact,
    "organisation_id": _of_any(make_organisation),
    "draft_id": a_draft,
    "list_id": a_list_of_addresses,
    "invitation_id": an_invitation,
    "agreement_id": an_agreement,
    "rule_id": a_mail_rule,
    "question_id": a_question,
    "trainer_id": a_trainer,
    "partner_id": a_partner,
    "scan_id": a_scan,
    "certificate_id": a_certificate,
    "outcome_id": an_outcome,
    "topic_id": _of_any(a_topic),
    "group_id": a_group,
    "venue_id": _of_any(make_venue),
    "series_id": _of_any(make_series),
    "staff_id": _of_any(a_staff_member),
    "unit_id": _of_any(a_funded_unit),
}
"""What stands in a path behind the sign-in, by the name of the parameter."""


async def parameters(event: EventView, path: str = "") -> dict[str, str]:
    """Values for the parameters of `path`, for all there are when none is given."""
    wanted = [name for name in MAKERS if not path or name in path or (name == "agreement_id" and "file_id" in path)]
    made = {name: await MAKERS[name](event) for name in wanted}
    if not path or "file_id" in path:
        made["file_id"] = await a_file(made["agreement_id"])
    fixed: dict[str, object] = {"event_id": event.id, "event_date_id": event.dates[0].id, "record_id": event.id}
    fixed |= {"slug": "impressum" if "/einstellungen/" in path else event.programme_slug}
    return {name: str(value) for name, value in (fixed | made).items()} | {"kind": "event", "mail_kind": "moved"}
