"""What can happen to a mailing: written, changed, started, paused, resumed, stopped. Each is one transaction.

Pausing and stopping hold for mailings of every kind; the mails that are being handed to a server just then still go.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.history.actions import entry, note
from events.invitations.mailings.audiences import Audience, as_json, reachable
from events.invitations.mailings.rules import (
    WRITTEN_BY_THE_OFFICE,
    Progress,
    WrittenText,
    why_not_pause,
    why_not_resume,
    why_not_start,
    why_not_stop,
    why_not_write,
)
from events.invitations.mailings.standing_still import STANDING_STILL, STOPPED, given_up, in_no_hands
from events.invitations.mailings.views import MailingView, mailing_by_id, progress_of
from events.invitations.unsent_invitations import take_back_unsent
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.kit.translation import SOURCE
from events.mail.tables import Mailing, OutgoingMail

__all__ = [
    "delete_mailing",
    "edit_mailing",
    "pause_mailing",
    "progress_of",
    "resume_mailing",
    "start_mailing",
    "stop_mailing",
    "write_mailing",
]


async def write_mailing(
    audience: Audience,
    texts: Mapping[str, WrittenText] | None = None,
    *,
    greets: bool = True,
    by: Actor,
    now: datetime,
) -> UUID:
    """A draft to these people, with or without a text yet. `greets`: each mail begins by naming its reader."""
    id = uuid4()
    row = Mailing(
        _written(audience, texts or {}, greets),
        id=id,
        kind=WRITTEN_BY_THE_OFFICE,
        about=id,
        status="draft",
        created_at=now,
        staff=by.id,
    )
    async with transaction():
        await Mailing.insert(row)
        await note(entry("created", Mailing, id=id, by=by, now=now, context=audience.event_id))
    return id


async def edit_mailing(
    id: UUID,
    *,
    audience: Audience | None = None,
    texts: Mapping[str, WrittenText] | None = None,
    greets: bool | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Changes what is given of a draft. Raises NotFound, Refused once it was started."""
    async with transaction():
        found = await _locked(id)
        refuse_if(why_not_write(found.status))
        values = _written(
            audience or _audience_of(found),
            found.texts if texts is None else texts,
            found.greets if greets is None else greets,
        )
        await Mailing.update(values).where(Mailing.id == id)
        await note(entry("edited", Mailing, id=id, by=by, now=now, context=_event_of(found)))


async def delete_mailing(id: UUID, *, by: Actor, now: datetime) -> None:
    """Only a draft. Raises NotFound, Refused."""
    async with transaction():
        found = await _locked(id)
        refuse_if(why_not_write(found.status))
        await Mailing.delete().where(Mailing.id == id)
        await note(entry("draft_deleted", Mailing, id=id, by=by, now=now, context=_event_of(found)))


async def start_mailing(id: UUID, *, expected: int | None = None, by: Actor, now: datetime) -> None:
    """The clock writes the mails from now on. A second time changes nothing. Raises NotFound, Refused.

    `expected` recipients were promised to whoever starts it: with another number it is refused.
    """
    async with transaction():
        found = await _locked(id)
        if found.status != "draft":
            refuse_if(Refusal("mailing_stopped") if found.status == "stopped" else None)
            return
        count = len((await reachable(_audience_of(found))).recipients)
        refuse_if(why_not_start(found.texts, count))
        if expected not in (None, count):
            raise Refused(Refusal("recipients_changed", {"n": count}))
        facts = json.dumps({"greets": found.greets, "recipients": count})
        await _move(found, "queued", {Mailing.started_at: now, Mailing.facts: facts})
        details = {"recipients": count}
        await note(entry("mailing_started", Mailing, id=id, by=by, now=now, context=_event_of(found), facts=details))


async def pause_mailing(id: UUID, *, by: Actor, now: datetime) -> None:
    """Nothing more of it is written or sent until it is resumed. Raises NotFound, Refused when all is sent."""
    async with transaction():
        found, progress = await _in_progress(id)
        if found.status == "paused":
            return
        refuse_if(why_not_pause(progress))
        await _move(found, "paused")
        await OutgoingMail.update(STANDING_STILL).where(_unsent(found, now, "queued"))
        await note(entry("paused", Mailing, id=id, by=by, now=now, context=_event_of(found)))


async def resume_mailing(id: UUID, *, by: Actor, now: datetime) -> None:
    """Goes on where it was. Raises NotFound, Refused when it was stopped or never started."""
    async with transaction():
        found, progress = await _in_progress(id)
        refuse_if(why_not_resume(progress))
        if found.status != "paused":
            return
        await _move(found, "expanded" if await _is_written(id) else "queued")
        values: dict[Any, Any] = {OutgoingMail.status: "queued", OutgoingMail.due_at: now}
        await OutgoingMail.update(values).where(_unsent(found, now, "paused"))
        await note(entry("resumed", Mailing, id=id, by=by, now=now, context=_event_of(found)))


async def stop_mailing(id: UUID, *, by: Actor, now: datetime) -> None:
    """For good: what is not sent yet never will be. Raises NotFound, Refused for news of a change."""
    async with transaction():
        found, progress = await _in_progress(id)
        refuse_if(None if found.status == "stopped" else why_not_stop(found.kind, progress))
        if found.status == "stopped":
            return
        await _move(found, "stopped")
        await OutgoingMail.update(given_up(now)).where(_unsent(found, now, "queued", "paused"))
        await take_back_unsent(id, STOPPED)
        await note(entry("mailing_stopped", Mailing, id=id, by=by, now=now, context=_event_of(found)))


async def _locked(id: UUID) -> MailingView:
    """With its row held until the transaction ends: the clock writes its mails under the same lock."""
    await Mailing.raw("UPDATE mailing SET status = status WHERE id = {}", id)
    found = await mailing_by_id(id)
    if found is None:
        raise NotFound
    return found


async def _in_progress(id: UUID) -> tuple[MailingView, Progress]:
    return await _locked(id), (await progress_of([id]))[id]


async def _move(found: MailingView, status: str, values: dict[Any, Any] | None = None) -> None:
    await Mailing.update({Mailing.status: status, **(values or {})}).where(Mailing.id == found.id)


async def _is_written(id: UUID) -> bool:
    """Whether all mails were in the outbox before it was paused: then nobody who came later is added."""
    return await Mailing.exists().where((Mailing.id == id) & Mailing.expanded_at.is_not_null())


def _unsent(found: MailingView, now: datetime, *statuses: str) -> Any:
    """Not those a worker is sending at this moment."""
    return (OutgoingMail.mailing == found.id) & OutgoingMail.status.is_in(list(statuses)) & in_no_hands(now)


def _written(audience: Audience, texts: Mapping[str, WrittenText], greets: bool) -> dict[Any, Any]:
    kept = {code: asdict(text) for code, text in texts.items()}
    return {
        Mailing.title: texts[SOURCE].subject if SOURCE in texts else "",
        Mailing.texts: json.dumps(kept, ensure_ascii=False),
        Mailing.audience: as_json(audience),
        Mailing.facts: json.dumps({"greets": greets}),
    }


def _audience_of(found: MailingView) -> Audience:
    """Raises NotFound for one the office did not write: there is nothing to change about it."""
    if found.audience is None:
        raise NotFound
    return found.audience


def _event_of(found: MailingView) -> UUID | None:
    """In whose history it stands too."""
    return found.audience.event_id if found.audience else found.about
