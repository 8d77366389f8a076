"""Whom a mailing goes to: a choice of people as the mailing keeps it, and the addresses behind it at this moment."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from events.invitations.mailings.audience_rows import Reached, contact_rows, registered_rows
from events.kit.addresses import address_key, mail_address
from events.kit.text import fold
from events.kit.translation import LANGUAGES, SOURCE
from events.mail.opt_outs import opted_out
from events.mail.undeliverable import undeliverable_among

Source = Literal["events", "series", "programme", "contacts"]
Why = Literal["opted_out", "undeliverable", "no_address"]


@dataclass(frozen=True)
class Audience:
    """`ids` are those of events, of one series or programme, or of the programmes contacts want to hear of.

    An empty narrowing means all. `ends_after`: only events that are not over then, or have no date yet.
    """

    source: Source
    ids: tuple[UUID, ...]
    statuses: tuple[str, ...] = ("confirmed",)
    cities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()  # of the organisation
    languages: tuple[str, ...] = ()  # of the booking, or of the contact
    ends_after: datetime | None = None

    @property
    def event_id(self) -> UUID | None:
        """The event, when it is about a single one."""
        return self.ids[0] if self.source == "events" and len(self.ids) == 1 else None


@dataclass(frozen=True)
class MailingRecipient:
    """One address, as the outbox writes it. `name` is empty when several people share it, `event_slug` when
    they are in several of the events or in none."""

    address: str
    name: str
    language: str
    event_slug: str = ""


@dataclass(frozen=True)
class LeftOut:
    """Somebody who was meant and gets no mail."""

    name: str
    address: str
    why: Why


@dataclass(frozen=True)
class Reachable:
    recipients: tuple[MailingRecipient, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """Left out, by why."""
        return Counter(one.why for one in self.left_out)


def as_json(audience: Audience) -> str:
    return msgspec.json.encode(audience).decode()


def from_json(text: str) -> Audience | None:
    """None for a mailing that was not written by the office."""
    return msgspec.json.decode(text, type=Audience) if text not in ("", "{}") else None


async def recipients(audience: Audience) -> list[MailingRecipient]:
    return list((await reachable(audience)).recipients)


async def reachable(audience: Audience) -> Reachable:
    """The addresses, each once, in the order of sign-up; three statements for up to 500 of them.

    Only addresses that were proven; less those that want no mailings or are known to be bad.
    """
    found = [one for one in await _meant(audience) if _is_wanted(one, audience)]
    by_key: dict[str, list[Reached]] = {}
    unreached: list[LeftOut] = []
    for one in found:
        if mail_address(one.email):
            by_key.setdefault(address_key(one.email), []).append(one)
        else:
            unreached.append(LeftOut(one.name, "", "no_address"))
    merged = [_merged(people) for people in by_key.values()]
    kept, barred = await _sorted_out(merged)
    return Reachable(tuple(kept), (*barred, *_once(unreached)))


async def _meant(audience: Audience) -> list[Reached]:
    if not audience.ids:
        return []
    if audience.source == "contacts":
        return await contact_rows(audience.ids)
    return await registered_rows(audience.source, audience.ids, audience.statuses, audience.ends_after)


def _is_wanted(one: Reached, audience: Audience) -> bool:
    """Cities are compared as typed by people: "herten " is Herten."""
    return (
        (not audience.cities or fold(one.city) in {fold(city) for city in audience.cities})
        and (not audience.kinds or one.kind in audience.kinds)
        and (not audience.languages or _spoken(one.language) in audience.languages)
    )


def _merged(people: list[Reached]) -> MailingRecipient:
    """One mail for all behind an address, which then names nobody."""
    first = people[0]
    names = {fold(one.name): one.name for one in people if one.name}
    slugs = {one.event_slug for one in people}
    return MailingRecipient(
        address=mail_address(first.email) or "",
        name=next(iter(names.values())) if len(names) == 1 and all(one.name for one in people) else "",
        language=_spoken(first.language),
        event_slug=first.event_slug if len(slugs) == 1 else "",
    )


async def _sorted_out(merged: list[MailingRecipient]) -> tuple[list[MailingRecipient], list[LeftOut]]:
    addresses = [one.address for one in merged]
    want_nothing, bad = await opted_out(addresses), await undeliverable_among(addresses)
    barred: list[LeftOut] = []
    for one in merged:
        if one.address in want_nothing:
            barred.append(LeftOut(one.name, one.address, "opted_out"))
        elif one.address in bad:
            barred.append(LeftOut(one.name, one.address, "undeliverable"))
    gone = {one.address for one in barred}
    return [one for one in merged if one.address not in gone], barred


def _once(unreached: Iterable[LeftOut]) -> list[LeftOut]:
    """Whoever is in several of the events is one person; the nameless are not known to be."""
    named = {fold(one.name): one for one in unreached if one.name}
    return [*named.values(), *(one for one in unreached if not one.name)]


def _spoken(language: str) -> str:
    """A language we no longer offer is German."""
    return language if language in LANGUAGES else SOURCE
