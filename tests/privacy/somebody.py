"""A person with an unmistakable name who leaves traces wherever the program keeps any, in an order left to chance."""

import random
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import UUID, uuid4

from events.certificates.actions import issue
from events.contacts.actions import join_list, prove_contact, take_off_list
from events.contacts.details import ContactDetails
from events.contacts.tables import Contact
from events.invitations.inviting import Invitee, add_invitations
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import Refused
from events.kit.text import fold
from events.mail.forgetting import forget_what_was_sent
from events.mail.tables import OutgoingMail
from events.mail.undeliverable import note_undeliverable
from events.piccolo_app import APP_CONFIG
from events.programme.partner_actions import ask_partner
from events.programme.queries import EventView
from events.programme.sharing import add_partner
from events.programme.tables import EventPartner
from events.registration.actions import cancel_booking, confirm_address, register
from events.registration.changing import correct_person
from events.registration.date_wishes import wish_for_date
from events.registration.signup import GivenAnswer, Person, SignUp
from events.registration.tables import Participant, Registration
from events.topics.actions import back_topic, propose_topic
from events.topics.tables import TopicProposal, TopicVoice
from tests.attendance.story import record, sign_up, was
from tests.factories import make_event, make_organisation
from tests.registration.questioning import make_question

MARK = "zzyzx"
ADDRESS = "Zara.Zzyzx@example.org"
ZARA = Person(
    "Zara", "Zzyzx", ADDRESS, phone="02361 778899", organisation_name="Zzyzx e. V.", city="Herten", needs=("ramp",)
)
COMPANION = Person("Cem", "Kaya", "cem@example.org")


class Somebody:
    """`past` events take place without them as well; whatever else they need is made by `begin`."""

    def __init__(self, chance: random.Random, past: list[EventView]) -> None:
        self.chance, self.past = chance, past

    async def begin(self) -> "Somebody":
        self.coming = [await make_event(f"Kommt {day}", starts_in=timedelta(days=day)) for day in (10, 20, 30)]
        self.undated = await make_event("Termin folgt", dates=0)
        question = await make_question(self.coming[0], "text", "Was ist Ihnen wichtig?")
        self.answer = GivenAnswer(question.id, text="Zzyzx")
        host = await make_organisation("Stadt Herten", "administration")
        await add_partner(self.past[0].id, host, "host", by=SYSTEM, now=now())
        return self

    async def does_something(self) -> None:
        steps = [
            self.signs_up, self.signs_up, self.came, self.is_corrected, self.cancels, self.is_invited, self.wishes,
            self.proposes, self.backs, self.joins, self.bounces, self.counts,
        ]  # fmt: skip
        with suppress(Refused):
            await self.chance.choice(steps)()

    async def signs_up(self) -> None:
        event = self.chance.choice(self.coming)
        zara = ZARA if event.id != self.coming[0].id else Person(**{**vars(ZARA), "answers": (self.answer,)})
        people = (zara, COMPANION) if self.chance.random() < 0.3 else (zara,)
        receipt = await register(
            SignUp((event.id,), people, self.typed(), submission=str(uuid4())), by=SYSTEM, now=now()
        )
        if self.chance.random() < 0.6:
            await confirm_address(receipt.booking, by=SYSTEM, now=now())

    async def came(self) -> None:
        """To an event that is over; a certificate may have been issued."""
        event = self.chance.choice(self.past)
        ids = await sign_up(event, *self.chance.choice([[ZARA], [ZARA, COMPANION]]), contact=self.typed())
        for date in event.dates:
            await record(date.id, was(ids[0], self.chance.choice(["present", "absent"])))
        await issue(event.id, by=SYSTEM, now=now())

    async def is_corrected(self) -> None:
        for id in await self.own_participants():
            await correct_person(id, Person(**{**vars(ZARA), "given_name": "Zzyzx"}), by=SYSTEM, now=now())

    async def cancels(self) -> None:
        rows = await Registration.select(Registration.booking).where(
            Registration.participant.is_in(await self.own_participants() or [uuid4()])
        )
        if rows:
            await cancel_booking(self.chance.choice(rows)["booking"], by=SYSTEM, now=now())

    async def is_invited(self) -> None:
        event = self.chance.choice(self.coming)
        held = now() + timedelta(days=3) if self.chance.random() < 0.5 else None
        invitee = Invitee(self.typed(), "Zara", "Zzyzx", places=self.chance.randint(1, 2))
        await add_invitations(event.id, [invitee], hold_until=held, by=SYSTEM, now=now())

    async def wishes(self) -> None:
        await wish_for_date(self.undated.id, self.typed(), "de", now=now())

    async def proposes(self) -> None:
        await propose_topic(uuid4(), "Zzyzx", "", self.typed(), "de", now=now())

    async def backs(self) -> None:
        """Somebody else's; theirs stays when this voice goes."""
        id = uuid4()
        await propose_topic(id, "Ganztag", "", COMPANION.email, "de", now=now())
        await TopicProposal.update({TopicProposal.status: "open"}).where(TopicProposal.id == id)
        await back_topic(id, self.typed(), "de", now=now())

    async def joins(self) -> None:
        details = ContactDetails((self.past[0].programme_id,), "de", "Zara Zzyzx", "Zzyzx e. V.", "Herten")
        await join_list(self.typed(), details, now=now())
        row = await Contact.select(Contact.id).first()
        if row and self.chance.random() < 0.7:
            await prove_contact(row["id"], now=now())
        if row and self.chance.random() < 0.2:
            await take_off_list(row["id"], by=SYSTEM, now=now())

    async def bounces(self) -> None:
        await note_undeliverable(self.typed(), "550 unknown", None, now())

    async def counts(self) -> None:
        """For a partner of an event that is over; its numbers were entered long ago."""
        [row] = await EventPartner.select(EventPartner.id)
        await ask_partner(row["id"], "Zara Zzyzx", self.typed(), "de", by=SYSTEM, now=now() - timedelta(days=30))

    async def own_participants(self) -> list[UUID]:
        rows = await Participant.select(Participant.id).where(Participant.family_name == "Zzyzx")
        return [row["id"] for row in rows]

    def typed(self) -> str:
        return self.chance.choice([ADDRESS, ADDRESS.lower()])


async def everything_is_sent() -> None:
    """The last mails have reached them, and what is left of these went."""
    sent = {OutgoingMail.status: "sent", OutgoingMail.sent_at: now()}
    await OutgoingMail.update(sent).where(OutgoingMail.status == "queued")
    await forget_what_was_sent()


async def voices_of_others() -> int:
    return await TopicVoice.count().where(TopicVoice.email == COMPANION.email)


async def tables_with(mark: str) -> AsyncIterator[str]:
    """Once for each row it stands in, whatever the column, texts of mails included."""
    for table in APP_CONFIG.table_classes:
        for row in await table.select():
            if any(mark in fold(_text(value)) for value in row.values()):
                yield table._meta.tablename


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    mail = message_from_bytes(value, policy=policy.default)
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return " ".join([str(mail.items()), *map(str, parts)])
