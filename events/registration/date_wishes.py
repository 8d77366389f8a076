"""People who want to hear when the date of an event is fixed ("Termin folgt"). Whom it tells, and when: invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from events.kit import links
from events.kit.database import transaction
from events.kit.refusals import Gone, NotFound
from events.kit.translation import language_prefix, localized
from events.mail.actions import forget, queue
from events.mail.composing import ComposedMail, compose
from events.mail.queries import mails_about
from events.office.queries import office
from events.programme.entries import address_of
from events.programme.locking import lock_events
from events.programme.queries import EventView, event_by_id
from events.registration.tables import DateWish
from events.settings import settings

PURPOSE = "date_wish"
KEPT, KEPT_UNPROVEN = timedelta(days=365), timedelta(days=7)


@dataclass(frozen=True)
class Wish:
    id: UUID
    event_id: UUID
    email: str
    language: str
    is_proven: bool


def may_wish(event: EventView) -> bool:
    """An event one can hear of, without a date so far."""
    is_open = event.status == "published" and event.policy.visibility != "invited_only"
    return is_open and not event.has_dates


async def wish_for_date(event_id: UUID, email: str, language: str, *, now: datetime) -> None:
    """Notes the address and mails it the link that proves it; each time anew, so that a lost mail can be had again.

    Says nothing about whether the address was known. Does nothing for an event that has a date. Raises NotFound.
    """
    async with transaction():
        event = await _locked(event_id)
        if not may_wish(event):
            return
        row = DateWish(event=event_id, email=email, language=language, created_at=now)
        await DateWish.insert(row).on_conflict(action="DO NOTHING")
        theirs = (DateWish.event == event_id) & (DateWish.email == email)
        # The week to prove it in begins anew.
        await DateWish.update({DateWish.created_at: now}).where(theirs & DateWish.proven_at.is_null())
        stored = await DateWish.objects().get(theirs)
        if stored is not None:
            await queue(await _mail(stored, event), now=now)


async def wish_behind(token: str) -> Wish:
    """Raises NotFound for what we never gave out or have deleted, and Gone for a link that was withdrawn."""
    given = links.read(token)
    row = await DateWish.objects().get(DateWish.id == given.id) if given else None
    if row is None:
        raise NotFound
    answer = links.check(settings().secret_key, PURPOSE, token, row.link_version)
    if answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
    return _wish(row)


async def confirm_wish(wish: Wish, *, now: datetime) -> None:
    """The address is proven: it will be told. Once a date is fixed there is nothing left to tell, the page says so."""
    async with transaction():
        if may_wish(await _locked(wish.event_id)):
            await DateWish.update({DateWish.proven_at: now}).where(
                (DateWish.id == wish.id) & DateWish.proven_at.is_null()
            )


async def take_back_wish(wish: Wish) -> None:
    """Deletes the address and the mails about it."""
    async with transaction():
        await delete_wishes([wish.id])
        await forget([_about(wish.id)])


async def proven_wishes(event_id: UUID, at_most: int) -> list[Wish]:
    """Those who are to be told, the longest-waiting first."""
    rows = (
        await DateWish.objects()
        .where((DateWish.event == event_id) & DateWish.proven_at.is_not_null())
        .order_by(DateWish.proven_at, DateWish.id)
        .limit(at_most)
    )
    return [_wish(row) for row in rows]


async def waiting_for_date(event_id: UUID) -> int:
    """How many will be told."""
    return int(await DateWish.count().where((DateWish.event == event_id) & DateWish.proven_at.is_not_null()))


async def delete_wishes(ids: Sequence[UUID]) -> None:
    """They were told, or do not want to be any more."""
    if ids:
        await DateWish.delete().where(DateWish.id.is_in(list(ids)))


async def sweep_wishes(now: datetime) -> None:
    """Deletes wishes of a year ago, and those whose address was not proven within a week. For the clock."""
    unproven = DateWish.proven_at.is_null() & (DateWish.created_at < now - KEPT_UNPROVEN)
    await DateWish.delete().where(unproven | (DateWish.created_at < now - KEPT))


def wish_address(id: UUID, version: int, language: str) -> str:
    token = links.derive(settings().secret_key, PURPOSE, id, version)
    return f"{settings().base_url}{language_prefix(language)}/bescheid/{token}"


async def _locked(event_id: UUID) -> EventView:
    """Under the event's lock, so that no first date is added while somebody still joins those to be told of it."""
    await lock_events([event_id])
    event = await event_by_id(event_id)
    if event is None:
        raise NotFound
    return event


async def _mail(stored: DateWish, event: EventView) -> ComposedMail:
    """With nothing that was typed: who typed the address may not be who reads it."""
    about = _about(stored.id)
    return compose(
        "date_wish",
        to=stored.email,
        language=stored.language,
        about=about,
        sequence=len(await mails_about(about)),
        context={
            "office": await office(),
            "title": localized(event.title, stored.language).text,
            "address": address_of(event, stored.language),
            "link": wish_address(stored.id, stored.link_version, stored.language),
        },
    )


def _about(id: UUID) -> str:
    return f"date_wish:{id}"


def _wish(row: DateWish) -> Wish:
    return Wish(row.id, row.event, row.email, row.language, row.proven_at is not None)
