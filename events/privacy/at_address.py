"""What is stored under a mail address apart from sign-ups: Verteiler, invitations, wishes, what mail servers said."""

from dataclasses import dataclass
from datetime import datetime
from json import loads
from typing import Any
from uuid import UUID

from piccolo.columns.combination import WhereRaw
from piccolo.custom_types import Combinable

from events.accounts.tables import StaffMember
from events.contacts.actions import erase_contacts_at
from events.contacts.queries import consents_of
from events.contacts.tables import Contact
from events.contacts.wording import WAYS
from events.invitations.tables import Invitation
from events.invitations.wording import STATUSES
from events.kit.actor import Actor
from events.kit.addresses import address_key
from events.kit.database import transaction
from events.kit.translation import N_, localized
from events.kit.translation import gettext as _
from events.mail.forgetting import forget_once_sent
from events.mail.opt_outs import address_hash
from events.mail.tables import OptOut, OutgoingMail, UndeliverableAddress
from events.mail.wording import kind_text
from events.privacy.left_at import erase_left_at, erase_voices_at
from events.privacy.work_contacts import forget_partner_contacts
from events.programme.partners import LINK_LASTS
from events.programme.tables import EventPartner, Organisation
from events.registration.tables import DateWish
from events.topics.tables import TopicVoice
from events.topics.voices import voices_at

ABOUT_SIGN_UPS = ("booking:", "participant:", "registration:", "forget:")
"""Mails about these go with what they are about."""

WORKING = N_("Ansprechperson einer laufenden Zusammenarbeit; dort eine andere eintragen.")
NONE = [UUID(int=0)]


@dataclass(frozen=True)
class Entry:
    """`since` is None where no moment is stored. `kept` says why it stays when everything else is erased."""

    kind: str
    what: str
    since: datetime | None
    kept: str = ""


async def entries_at(email: str, now: datetime) -> list[Entry]:
    """What goes first, then what stays."""
    if not email:
        return []
    found = [
        *await _contacts(email),
        *await _invitations(email),
        *await _wishes(email),
        *await _mails(email),
        *await _partners(email, now),
        *await _kept(email),
    ]
    return sorted(found, key=lambda one: bool(one.kept))


async def erase_at(email: str, *, by: Actor, now: datetime) -> int:
    """One transaction; how many entries went. What `entries_at` calls kept stays."""
    async with transaction():
        gone = [one for one in await entries_at(email, now) if not one.kept]
        await erase_contacts_at([email], by=by, now=now)
        await erase_left_at([email, *[row["address"] for row in await _refused(email)]], now)
        await erase_voices_at([email], now)
        if over := [id for id, _title, is_over in await _partners_at(email, now) if is_over]:
            await forget_partner_contacts(over)
        await forget_once_sent(_apart(email))
    return len(gone)


async def _contacts(email: str) -> list[Entry]:
    rows = await Contact.select().where(Contact.address_hash == address_hash(email))
    found = []
    for row in rows:
        said = ", ".join(part for part in (row["name"], row["organisation_name"], row["city"]) if part)
        found.append(Entry(_("Verteiler"), said or row["email"], row["created_at"]))
        for one in await consents_of(row["id"]):
            verb = _("Einwilligung") if one.given else _("Widerruf")
            found.append(Entry(verb, f"{one.text_version}, {_(WAYS[one.way])}", one.at))
    return found


async def _invitations(email: str) -> list[Entry]:
    invited = Invitation
    rows = await invited.select(invited.status, invited.created_at, invited.event.title.as_alias("title")).where(
        invited.address_key == address_key(email)
    )
    return [
        Entry(_("Einladung"), f"{_title(row['title'])} ({_(STATUSES[row['status']])})", row["created_at"])
        for row in rows
    ]


async def _wishes(email: str) -> list[Entry]:
    wish, voice = DateWish, TopicVoice
    dates = await wish.select(wish.created_at, wish.event.title.as_alias("title")).where(_is(email))
    ids = await voices_at(email)
    topics = await voice.select(voice.created_at, voice.topic.title.as_alias("title")).where(
        voice.id.is_in(ids or NONE)
    )
    return [
        *[Entry(_("Nachricht, sobald der Termin feststeht"), _title(row["title"]), row["created_at"]) for row in dates],
        *[Entry(_("Themenwunsch"), row["title"], row["created_at"]) for row in topics],
    ]


async def _mails(email: str) -> list[Entry]:
    rows = await OutgoingMail.select(OutgoingMail.kind, OutgoingMail.created_at).where(_apart(email))
    refused = await _refused(email)
    return [
        *[Entry(_("Mail ohne Anmeldung"), kind_text(row["kind"]), row["created_at"]) for row in rows],
        *[Entry(_("Nicht zustellbar"), row["reply"], row["since"]) for row in refused],
    ]


async def _kept(email: str) -> list[Entry]:
    opted_out = await OptOut.select(OptOut.created_at).where(OptOut.address_hash == address_hash(email))
    staff = await StaffMember.select(StaffMember.name, StaffMember.created_at).where(_is(email))
    bodies = await Organisation.select(Organisation.name).where(_is(email, "contact_email"))
    return [
        *[
            Entry(_("Will keine Rundmails"), _("nur als Prüfwert"), row["created_at"], _("Sonst kämen wieder welche."))
            for row in opted_out
        ],
        *[
            Entry(_("Zugang zum Team"), row["name"], row["created_at"], _("Arbeitet hier; der Zugang wird gesperrt."))
            for row in staff
        ],
        *[Entry(_("Organisation"), row["name"], None, _(WORKING)) for row in bodies],
    ]


async def _partners(email: str, now: datetime) -> list[Entry]:
    return [
        Entry(_("Kooperationspartner"), title, None, "" if is_over else _(WORKING))
        for _id, title, is_over in await _partners_at(email, now)
    ]


async def _partners_at(email: str, now: datetime) -> list[tuple[UUID, str, bool]]:
    """Its part in an event, the title, and whether there are no numbers to enter any more."""
    one = EventPartner
    event = one.event.title.as_alias("title"), one.event.ends_at.as_alias("ends_at")
    rows = await one.select(one.id, *event).where(_is(email, "contact_email"))
    return [
        (row["id"], _title(row["title"]), row["ends_at"] is not None and row["ends_at"] + LINK_LASTS <= now)
        for row in rows
    ]


async def _refused(email: str) -> list[dict[str, Any]]:
    one = UndeliverableAddress
    return await one.select(one.address, one.reply, one.since).where(_is(email, "address"))


def _is(email: str, column: str = "email") -> Combinable:
    """Whatever the case it was typed in. The column is named alone: every table here has but one of it."""
    return WhereRaw(f'LOWER("{column}") = {{}}', email.lower())


def _apart(email: str) -> Combinable:
    meant: Combinable = WhereRaw("LOWER(recipient) = {}", email.lower())
    for prefix in ABOUT_SIGN_UPS:
        meant = meant & OutgoingMail.about.not_like(f"{prefix}%")
    return meant


def _title(stored: str) -> str:
    return localized(loads(stored)).text
