"""Who offers an event together with us and hears of its changes: those who lead it, partners who enter its numbers."""

from dataclasses import dataclass
from datetime import datetime

from events.accounts.trainer_access import Account, accounts
from events.kit.addresses import mail_address
from events.kit.translation import SOURCE
from events.programme.partners import PartnerLink, partner_address, partner_links
from events.programme.queries import EventView
from events.programme.trainer_links import trainer_address
from events.programme.trainers import Charge, charges_for
from events.settings import settings


@dataclass(frozen=True)
class Leading:
    """`email` as the outbox writes it; `link` opens what they do for the event."""

    email: str
    name: str
    language: str
    link: str


async def leading_by_address(event: EventView, now: datetime) -> dict[str, Leading]:
    """By address, each once. Nobody for a draft: what is still being planned changes often."""
    if not event.is_reachable:
        return {}
    charges = [one for one in await charges_for(event) if one.is_running(now)]
    people = await accounts({one.staff_id for one in charges})
    partners = [one for one in await partner_links(event.id) if one.is_running(event, now)]
    found = [_partner(one) for one in partners]
    found += [_leader(one, people[one.staff_id], event) for one in charges if _is_active(people.get(one.staff_id))]
    return {address: one for one in found if (address := mail_address(one.email))}


def _is_active(person: Account | None) -> bool:
    return person is not None and person.active


def _leader(charge: Charge, person: Account, event: EventView) -> Leading:
    """Trainers have no password: their own link signs them in."""
    page = f"/team/veranstaltungen/{event.id}"
    link = trainer_address(charge.id, charge.link_version) if person.signs_in_by_link else settings().base_url + page
    return Leading(person.email, person.name, SOURCE, link)


def _partner(one: PartnerLink) -> Leading:
    return Leading(
        one.contact_email, one.contact_name, one.language, partner_address(one.id, one.link_version, one.language)
    )
