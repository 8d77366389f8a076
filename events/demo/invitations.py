"""Whom the demo has invited to its next workshop, and what they answered; no mails are queued."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from events.demo.history_administration import invited
from events.demo.known import Known
from events.demo.past import sign_up_person
from events.demo.places import KITAS
from events.demo.upcoming import EventIds
from events.invitations.answers import accept, decline, delegate
from events.invitations.asked_elsewhere import note_asked
from events.invitations.invited import InvitationView, invitation_by_id, invitations_of
from events.invitations.inviting import Invitee, add_invitations, withdraw_invitation
from events.kit.actor import person as themselves
from events.kit.text import slugify
from events.mail.opt_outs import address_hash, opt_out
from events.mail.undeliverable import note_undeliverable
from events.registration.actions import confirm_address
from events.registration.signup import Person

WORKSHOP = "werkstatt-erziehung"
WRITTEN = timedelta(days=20)
SECOND_THOUGHTS = timedelta(days=4)

PEOPLE, FIRST = 34, 8
INSTITUTIONS = KITAS[:6]
LANGUAGES = {3: "tr", 9: "ar", 14: "tr", 20: "en"}

ACCEPTED = range(11)
DECLINED = {
    11: "An dem Nachmittag ist unser Elternabend.",
    12: "",
    13: "Ich bin in der Woche im Urlaub.",
    14: "",
    15: "Wir sind gerade zu wenige im Team. Beim nächsten Mal sehr gern!",
}
CHANGED_THEIR_MIND = 16
DELEGATED = {
    17: Person("Svenja", "Lohmann", "svenja.lohmann.vertretung@example.org"),
    18: Person("Karim", "Nasser", "karim.nasser.vertretung@example.org"),
}
WITHDRAWN, UNREACHABLE, WANTS_NONE = 19, 20, 21
NOT_YET_ASKED = (32, 33)
COMING = {0: (Person("Jana", "Horáková"), Person("Todor", "Kolev")), 1: (Person("Meryem", "Sönmez"),)}
"""By institution; the others have not answered. The first two have places kept for them."""


async def load_invitations(ids: EventIds, known: Known, *, now: datetime) -> None:
    (event_id,) = ids[WORKSHOP]
    written = now - WRITTEN
    guests = [_invitee(number, known) for number in range(PEOPLE)]
    houses = [_house(number, known) for number in range(len(INSTITUTIONS))]
    await add_invitations(event_id, guests + houses[2:], by=known.by, now=written)
    until = now + timedelta(days=14)
    await add_invitations(event_id, houses[:2], hold_until=until, by=known.by, now=written)
    by_address = {one.email: one for one in await invitations_of(event_id)}
    people = [by_address[one.email] for one in guests]
    asked = [one.id for one in by_address.values() if one not in [people[number] for number in NOT_YET_ASKED]]
    await note_asked(event_id, asked, by=known.by, now=written)
    await _answer(people, known, written)
    for number, names in COMING.items():
        await _say_yes(by_address[houses[number].email], names, written + timedelta(days=2, hours=number))
    await _special_cases(people, known, written)
    await _send_colleagues(people, written + timedelta(days=3), now - timedelta(days=1))


async def _answer(people: list[InvitationView], known: Known, written: datetime) -> None:
    for number in ACCEPTED:
        somebody = replace(sign_up_person(invited(FIRST + number), known), email="")
        await _say_yes(people[number], (somebody,), written + timedelta(hours=5 + 7 * number))
    for number, reason in DECLINED.items():
        one = people[number]
        then = written + timedelta(hours=9 * number)
        await decline(one.id, reason, by=themselves(one.id), now=then, notify=False)
    changed = people[CHANGED_THEIR_MIND]
    then = written + timedelta(days=1)
    await decline(changed.id, "Leider keine Zeit.", by=themselves(changed.id), now=then, notify=False)
    somebody = replace(sign_up_person(invited(FIRST + CHANGED_THEIR_MIND), known), email="")
    await _say_yes(changed, (somebody,), then + SECOND_THOUGHTS)


async def _special_cases(people: list[InvitationView], known: Known, written: datetime) -> None:
    """An invitation taken back, an address that is wrong, somebody who wants none."""
    then = written + timedelta(days=3)
    await withdraw_invitation(people[WITHDRAWN].id, by=known.by, now=then)
    await note_undeliverable(people[UNREACHABLE].email, "550 5.1.1 no such user", None, written)
    await opt_out(address_hash(people[WANTS_NONE].email), "page", now=then)


async def _send_colleagues(people: list[InvitationView], first: datetime, second: datetime) -> None:
    """One has confirmed since, the other was asked a day ago."""
    for (number, colleague), then in zip(DELEGATED.items(), (first, second), strict=True):
        one = people[number]
        await delegate(one.id, colleague, by=themselves(one.id), now=then, notify=False)
    answered = await invitation_by_id(people[next(iter(DELEGATED))].id)
    if answered is not None and answered.booking_id is not None:
        booking = answered.booking_id
        await confirm_address(booking, by=themselves(booking), now=first + timedelta(hours=2), notify=False)


async def _say_yes(one: InvitationView, names: tuple[Person, ...], then: datetime) -> None:
    await accept(one.id, names, by=themselves(one.id), now=then, notify=False)


def _invitee(number: int, known: Known) -> Invitee:
    guest = invited(FIRST + number)
    organisation: UUID | None = known.organisations[guest.organisation] if guest.organisation else None
    language = LANGUAGES.get(number, "de")
    name = (guest.person.given_name, guest.person.family_name)
    return Invitee(guest.person.email, *name, organisation=organisation, language=language)


def _house(number: int, known: Known) -> Invitee:
    house = INSTITUTIONS[number]
    address = f"{slugify(house.name)}@example.org"
    return Invitee(address, organisation=known.organisations[house.key], places=2)
