"""What the mails before and after a date say to one address; also as a sample, for the office to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from events.invitations.mailings.messages import body_html, with_links
from events.invitations.reminders.rules import MailRuleDetails
from events.kit.markdown import as_text
from events.kit.translation import localized
from events.mail.rendering import Texts, rendered
from events.office.queries import office
from events.office.views import OfficeView
from events.programme.entries import address_of
from events.programme.queries import DateView, EventView
from events.registration.change_rules import why_not_cancel
from events.registration.recipients import Recipient
from events.registration.tables import Registration
from events.registration.wording import status_word

CANCELLING = "absagen"
"""The part of the own page with the button, and the parameter that opens it for one event."""

SAMPLE_NAME = "Maria Muster"


@dataclass(frozen=True)
class Seat:
    """One registration of the event, with the way to its own page."""

    name: str
    status: str
    party: int
    link: str
    may_cancel: bool


def seat_of(one: Registration, to: Recipient, event: EventView, now: datetime) -> Seat:
    link = f"{to.link}?{CANCELLING}={event.id}#{CANCELLING}"
    return Seat(to.name, one.status, one.party, link, why_not_cancel(event, one.status, now) is None)


def dated_context(
    event: EventView,
    date: DateView,
    seats: Sequence[Seat],
    texts: Mapping[str, str],
    language: str,
    sender: OfficeView,
) -> dict[str, object]:
    """What templates/mail/reminder.* and follow_up.* need. `texts`: the rule's paragraph by language."""
    text = localized(texts, language)
    number, parts = event.part(date)
    return {
        "office": sender,
        "name": seats[0].name if len(seats) == 1 else "",
        "title": localized(event.title, language).text,
        "address": address_of(event, language),
        "date": date,
        "number": number,
        "parts": parts,
        "access": localized(date.access, language),
        "seats": seats,
        "buttons": _buttons(seats),
        "has_place": any(one.status == "confirmed" for one in seats),
        "status_word": status_word,
        "text": text,
        "message": body_html(text.text) if text.text else Markup(""),
        "message_text": as_text(with_links(text.text)),
    }


async def sample(details: MailRuleDetails, event: EventView, date: DateView, language: str, status: str) -> Texts:
    """The mail as somebody with this status would get it; its button leads to the event, where nothing happens."""
    seat = Seat(SAMPLE_NAME, status, 1, address_of(event, language), may_cancel=True)
    context = dated_context(event, date, [seat], details.texts, language, await office())
    return rendered(details.kind, language, context)


def _buttons(seats: Sequence[Seat]) -> list[tuple[str, str]]:
    """One for each own page on which something can be given back, with the names behind it."""
    names: dict[str, list[str]] = {}
    for one in seats:
        if one.may_cancel:
            names.setdefault(one.link, []).append(one.name)
    return [(", ".join(filter(None, named)), link) for link, named in names.items()]
