"""What can happen to a partner's link: its contact is set, it is mailed, renewed, ended. Each one is in the history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.addresses import mail_address
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused
from events.kit.translation import localized
from events.mail.actions import queue
from events.mail.composing import ComposedMail, compose
from events.mail.queries import mails_about
from events.office.queries import office
from events.programme.partners import PartnerLink, partner_address, partner_by_id
from events.programme.queries import EventView, event_by_id
from events.programme.tables import EventPartner

KIND = "partner_asked"


async def ask_partner(
    id: UUID, contact_name: str, contact_email: str, language: str, *, by: Actor, now: datetime, notify: bool = True
) -> None:
    """Says who enters the numbers and mails the link; another address than before gets a link of its own.

    Opens an ended link again. Raises NotFound, Refused.
    """
    address = mail_address(contact_email)
    if address is None:
        raise Refused(Refusal("not_an_address"))
    async with transaction():
        known = await _known(id)
        version = known.link_version + (known.asked_at is not None and known.contact_email != address)
        values: dict[Any, Any] = {
            EventPartner.contact_name: contact_name.strip(),
            EventPartner.contact_email: address,
            EventPartner.language: language,
            EventPartner.link_version: version,
            EventPartner.ended_at: None,
        }
        await _send(known, values, "link_sent", by, now, notify)


async def send_partner_link(id: UUID, *, by: Actor, now: datetime) -> None:
    """The same link again. Raises NotFound, Refused."""
    async with transaction():
        await _send(await _known(id), {}, "link_sent", by, now)


async def renew_partner_link(id: UUID, *, by: Actor, now: datetime) -> None:
    """The old one answers 410 from now on; the new one is mailed. Raises NotFound, Refused."""
    async with transaction():
        known = await _known(id)
        values: dict[Any, Any] = {EventPartner.link_version: known.link_version + 1}
        await _send(known, values, "link_renewed", by, now)


async def end_partner_link(id: UUID, *, by: Actor, now: datetime) -> None:
    """At once. The numbers stay. Raises NotFound."""
    async with transaction():
        known = await _known(id)
        if known.ended_at is None:
            await EventPartner.update({EventPartner.ended_at: now}).where(EventPartner.id == id)
            await _note("access_ended", known, by, now)


async def _send(
    known: PartnerLink, values: dict[Any, Any], verb: str, by: Actor, now: datetime, notify: bool = True
) -> None:
    await EventPartner.update({**values, EventPartner.asked_at: now}).where(EventPartner.id == known.id)
    partner, event = await _known(known.id), await event_by_id(known.event_id)
    if event is None:
        raise NotFound
    if not partner.contact_email:
        raise Refused(Refusal("no_contact"))
    if not partner.is_running(event, now):
        raise Refused(Refusal("partner_link_over"))
    await _note(verb, partner, by, now)
    if notify:
        await queue(await _mail(partner, event), now=now)


async def _mail(partner: PartnerLink, event: EventView) -> ComposedMail:
    about = f"event_partner:{partner.id}"
    return compose(
        KIND,
        to=partner.contact_email,
        language=partner.language,
        about=about,
        sequence=len(await mails_about(about)),
        context={
            "office": await office(),
            "name": partner.contact_name,
            "organisation": partner.name,
            "event": event,
            "title": localized(event.title, partner.language).text,
            "link": partner_address(partner.id, partner.link_version, partner.language),
        },
        useful_until=partner.ends_at(event),
    )


async def _note(verb: str, partner: PartnerLink, by: Actor, now: datetime) -> None:
    facts = {"organisation": partner.organisation_id, "organisation_name": partner.name}
    await note(entry(verb, EventPartner, id=partner.id, by=by, now=now, context=partner.event_id, facts=facts))


async def _known(id: UUID) -> PartnerLink:
    partner = await partner_by_id(id)
    if partner is None:
        raise NotFound
    return partner
