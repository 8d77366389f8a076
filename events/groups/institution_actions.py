"""What can happen to an institution's link: its contact is set, it is mailed, renewed, ended. All in the history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from events.groups.institutions import InstitutionPage, institution_address, institution_by_id
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.addresses import mail_address
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused
from events.kit.translation import SOURCE
from events.mail.actions import queue
from events.mail.composing import ComposedMail, compose
from events.mail.tables import OutgoingMail
from events.office.queries import office
from events.programme.tables import Organisation

KIND = "institution_link"


async def set_contact(organisation_id: UUID, name: str, email: str, *, by: Actor, now: datetime) -> None:
    """Who gets the link; mails nothing. With another address than before, or none, a link that was sent answers 410.

    Raises NotFound, Refused.
    """
    address = mail_address(email) if email.strip() else ""
    if address is None:
        raise Refused(Refusal("not_an_address"))
    async with transaction():
        known = await _locked(organisation_id)
        values: dict[Any, Any] = {Organisation.contact_name: name.strip(), Organisation.contact_email: address}
        wanted = {"contact_name": name.strip(), "contact_email": address}
        changed = [field for field, value in wanted.items() if getattr(known, field) != value]
        if not changed:
            return
        if "contact_email" in changed:
            values |= {Organisation.link_sent_at: None, Organisation.link_ended_at: None}
            values[Organisation.link_version] = known.link_version + (known.sent_at is not None)
        await _save(known.id, values)
        await note(entry("edited", Organisation, id=known.id, by=by, now=now, facts={"changed": changed}))


async def send_institution_link(organisation_id: UUID, *, by: Actor, now: datetime) -> None:
    """The same link again, if it was sent before. Raises NotFound, Refused."""
    async with transaction():
        known = await _locked(organisation_id)
        if known.ended_at is not None:
            raise Refused(Refusal("institution_link_ended"))
        await _send(known, {}, "link_sent", by, now)


async def renew_institution_link(organisation_id: UUID, *, by: Actor, now: datetime) -> None:
    """The old one answers 410 from now on; the new one is mailed, after an end too. Raises NotFound, Refused."""
    async with transaction():
        known = await _locked(organisation_id)
        values: dict[Any, Any] = {Organisation.link_version: known.link_version + 1, Organisation.link_ended_at: None}
        await _send(known, values, "link_renewed", by, now)


async def end_institution_link(organisation_id: UUID, *, by: Actor, now: datetime) -> None:
    """At once. What was reported stays. Raises NotFound."""
    async with transaction():
        known = await _locked(organisation_id)
        if known.ended_at is None:
            await _save(known.id, {Organisation.link_ended_at: now})
            await note(entry("access_ended", Organisation, id=known.id, by=by, now=now))


async def _send(known: InstitutionPage, values: dict[Any, Any], verb: str, by: Actor, now: datetime) -> None:
    if not known.contact_email:
        raise Refused(Refusal("institution_without_contact"))
    await _save(known.id, {**values, Organisation.link_sent_at: now})
    await note(entry(verb, Organisation, id=known.id, by=by, now=now))
    await queue(await _mail(await _found(known.id)), now=now)


async def _mail(institution: InstitutionPage) -> ComposedMail:
    about = f"organisation:{institution.id}"
    return compose(
        KIND,
        to=institution.contact_email,
        language=SOURCE,
        about=about,
        sequence=await OutgoingMail.count().where(OutgoingMail.kind == KIND, OutgoingMail.about == about),
        context={
            "office": await office(),
            "name": institution.contact_name,
            "organisation": institution.name,
            "link": institution_address(institution.id, institution.link_version),
        },
    )


async def _save(id: UUID, values: dict[Any, Any]) -> None:
    await Organisation.update(values).where(Organisation.id == id)


async def _locked(id: UUID) -> InstitutionPage:
    """Of two who press a button at once, the second sees what the first did. Raises NotFound."""
    await _save(id, {Organisation.city: Organisation.city})
    return await _found(id)


async def _found(id: UUID) -> InstitutionPage:
    institution = await institution_by_id(id)
    if institution is None:
        raise NotFound
    return institution
