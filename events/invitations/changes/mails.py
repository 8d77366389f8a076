"""The mails about a changed event: called off, moved, one date dropped; and good news: date fixed, series grown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from events.invitations.changes.leading import Leading
from events.invitations.changes.series_bookings import SeriesBooking
from events.invitations.invited import InvitationView, invitation_address
from events.kit.translation import localized
from events.mail.composing import Attachment, CalendarPart, ComposedMail, compose
from events.mail.tables import Mailing
from events.office.queries import office
from events.programme.entries import address_of
from events.programme.queries import DateView, EventView
from events.registration.calendar import please_note, please_remove
from events.registration.date_wishes import Wish
from events.registration.links import booking_address
from events.registration.queries import RegistrationView
from events.registration.rules import why_not_sign_up
from events.registration.threads import Threads, last_mail


async def change_mail(
    mailing: Mailing,
    event: EventView,
    date: DateView | None,
    facts: dict[str, Any],
    people: Sequence[RegistrationView],
    threads: Threads,
) -> ComposedMail:
    """To one address, for everybody registered with it. Only who has a place gets a calendar part."""
    first = people[0]
    part, files = await _calendar(mailing, event, date, people)
    about_them = {
        "name": first.name if len(people) == 1 else "",
        "has_place": any(one.status == "confirmed" for one in people),
        "is_invited": False,
        "is_leading": False,
        "link": booking_address(first.booking_id, first.link_version, first.language),
    }
    context = await _of_change(event, date, facts, first.language) | about_them
    follows = last_mail(threads, first.booking_id, first.email)
    return _change_mail(mailing, first.email, first.language, context, part, files, follows)


async def change_mail_to_invited(
    mailing: Mailing, event: EventView, date: DateView | None, facts: dict[str, Any], one: InvitationView
) -> ComposedMail:
    """To somebody who was asked to come and has not answered yet: nothing stands in their calendar."""
    about_them = {
        "name": one.name,
        "has_place": False,
        "is_invited": True,
        "is_leading": False,
        "link": invitation_address(one.id, one.link_version, one.language),
    }
    context = await _of_change(event, date, facts, one.language) | about_them
    return _change_mail(mailing, one.email, one.language, context)


async def change_mail_to_leading(
    mailing: Mailing, event: EventView, date: DateView | None, facts: dict[str, Any], one: Leading
) -> ComposedMail:
    """To somebody who leads the event or counts for a partner: the date stands in their own calendar, if anywhere."""
    about_them = {"name": one.name, "has_place": False, "is_invited": False, "is_leading": True, "link": one.link}
    context = await _of_change(event, date, facts, one.language) | about_them
    return _change_mail(mailing, one.email, one.language, context)


async def _of_change(
    event: EventView, date: DateView | None, facts: dict[str, Any], language: str
) -> dict[str, object]:
    return {
        "office": await office(),
        "event": event,
        "title": localized(event.title, language).text,
        "reason": localized(event.called_off_reason, language).text if event.called_off_reason else "",
        "date": date,
        "before": _before(facts),
        "address": address_of(event, language),
    }


def _change_mail(
    mailing: Mailing,
    to: str,
    language: str,
    context: dict[str, object],
    part: CalendarPart | None = None,
    files: Sequence[Attachment] = (),
    follows: str | None = None,
) -> ComposedMail:
    about = f"mailing:{mailing.id}"
    return compose(
        mailing.kind, to=to, language=language, about=about, context=context,
        calendar=part, attachments=files, mailing=mailing.id, priority=3, reference=follows,
    )  # fmt: skip


async def date_fixed_mail(mailing: Mailing, event: EventView, wish: Wish, now: datetime) -> ComposedMail:
    """With the way to the sign-up where one can sign up, else to the event."""
    address = address_of(event, wish.language)
    may_sign_up = why_not_sign_up(event, now) is None
    return compose(
        mailing.kind,
        to=wish.email,
        language=wish.language,
        about=f"mailing:{mailing.id}",
        context={
            "office": await office(),
            "event": event,
            "title": localized(event.title, wish.language).text,
            "address": address,
            "may_sign_up": may_sign_up,
            "link": f"{address}/anmeldung" if may_sign_up else address,
        },
        mailing=mailing.id,
        priority=3,
        useful_until=event.ends_at,
    )


async def series_grown_mail(mailing: Mailing, event: EventView, to: SeriesBooking, threads: Threads) -> ComposedMail:
    """Joining is a button on the own page: nobody is signed up by a mail."""
    return compose(
        mailing.kind,
        to=to.email,
        language=to.language,
        about=f"mailing:{mailing.id}",
        context={
            "office": await office(),
            "name": to.name,
            "event": event,
            "title": localized(event.title, to.language).text,
            "series": localized(event.series_title or {}, to.language).text,
            "address": address_of(event, to.language),
            "link": booking_address(to.booking_id, to.link_version, to.language),
        },
        mailing=mailing.id,
        priority=3,
        useful_until=event.starts_at,
        reference=last_mail(threads, to.booking_id, to.email),
    )


async def _calendar(
    mailing: Mailing, event: EventView, date: DateView | None, people: Sequence[RegistrationView]
) -> tuple[CalendarPart | None, list[Attachment]]:
    confirmed = [one for one in people if one.status == "confirmed"]
    if not confirmed:
        return None, []
    to = confirmed[0]
    if mailing.kind == "moved":
        return await please_note([event], to.email, to.name, to.language, only=date)
    return await please_remove([event], to.email, to.name, to.language, only=date)


def _before(facts: dict[str, Any]) -> dict[str, Any]:
    moments = {name: datetime.fromisoformat(facts[name]) for name in ("start", "end") if name in facts}
    return facts | moments
