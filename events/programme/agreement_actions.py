"""What can happen to a cooperation agreement. Each action is one transaction with its history."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from events.history.actions import entry, note
from events.kit import uploads
from events.kit.actor import Actor
from events.kit.clock import BERLIN
from events.kit.database import transaction
from events.kit.refusals import NotFound, refuse_if
from events.kit.uploads import Upload
from events.programme.agreement_rules import AgreementDetails, said, why_not_beside, why_not_end, why_not_span
from events.programme.agreements import AgreementView, agreement_by_id, agreements_of
from events.programme.tables import Agreement, AgreementFile, Organisation

FILES_FOR = timedelta(days=10 * 365)
"""After the end, as long as funders may look into the papers."""


async def create_agreement(details: AgreementDetails, *, by: Actor, now: datetime) -> UUID:
    """Raises NotFound for an unknown organisation, Refused."""
    async with transaction():
        await _check(details, None)
        row = Agreement(id=uuid4(), created_at=now, **_columns(details))
        await Agreement.insert(row)
        await note(entry("created", row, by=by, now=now))
    return row.id


async def edit_agreement(agreement_id: UUID, details: AgreementDetails, *, by: Actor, now: datetime) -> None:
    """Raises NotFound, Refused."""
    async with transaction():
        await _check(details, agreement_id)
        before = await _found(agreement_id)
        values = _columns(details)
        changed = sorted(name for name, value in asdict(details).items() if getattr(before, name) != value)
        if not changed:
            return
        await Agreement.update(**values).where(Agreement.id == agreement_id)
        await note(entry("edited", Agreement, id=agreement_id, by=by, now=now, facts={"changed": changed}))


async def end_agreement(agreement_id: UUID, last_day: date, *, by: Actor, now: datetime, reason: str = "") -> None:
    """It is valid up to and on the last day, and no longer than before. Raises NotFound, Refused."""
    async with transaction():
        before = await _found(agreement_id)
        refuse_if(why_not_end(before, last_day, now.astimezone(BERLIN).date()))
        await Agreement.update({Agreement.ends_on: last_day}).where(Agreement.id == agreement_id)
        facts = {"last_day": said(last_day)}
        await note(entry("ended", Agreement, id=agreement_id, by=by, now=now, facts=facts, reason=reason))


async def add_file(agreement_id: UUID, upload: Upload, *, by: Actor, now: datetime) -> UUID:
    """A signed copy. Raises NotFound."""
    stored_as = await uploads.keep(upload.content)
    try:
        async with transaction():
            await _found(agreement_id)
            row = AgreementFile(
                id=uuid4(),
                agreement=agreement_id,
                name=upload.name,
                content_type=upload.content_type,
                size=len(upload.content),
                stored_as=stored_as,
                added_at=now,
            )
            await AgreementFile.insert(row)
            await note(entry("file_added", Agreement, id=agreement_id, by=by, now=now))
    except BaseException:
        await uploads.remove(stored_as)
        raise
    return row.id


async def remove_file(agreement_id: UUID, file_id: UUID, *, by: Actor, now: datetime) -> None:
    """The bytes go for good once the row has gone. Raises NotFound."""
    async with transaction():
        this = (AgreementFile.id == file_id) & (AgreementFile.agreement == agreement_id)
        gone = await AgreementFile.delete().where(this).returning(AgreementFile.stored_as)
        if not gone:
            raise NotFound
        await note(entry("file_removed", Agreement, id=agreement_id, by=by, now=now))
    await uploads.remove(gone[0]["stored_as"])


async def old_files(now: datetime) -> Sequence[UUID]:
    """Of agreements that ended so long ago that nobody looks into their papers any more."""
    day = now.astimezone(BERLIN).date()
    rows = await AgreementFile.select(AgreementFile.id).where(AgreementFile.agreement.ends_on <= day - FILES_FOR)
    return [row["id"] for row in rows]


async def remove_files(ids: Sequence[UUID]) -> None:
    """In a transaction, by the clock. First the bytes: what is cut off in between is done by the next night."""
    these = AgreementFile.id.is_in(list(ids))
    for row in await AgreementFile.select(AgreementFile.stored_as).where(these):
        await uploads.remove(row["stored_as"])
    await AgreementFile.delete().where(these)


async def _check(details: AgreementDetails, own: UUID | None) -> None:
    """Under a lock of the organisation's row: of two people who enter the same at once, the second is refused."""
    same = Organisation.id == details.organisation_id
    locked = await Organisation.update({Organisation.city: Organisation.city}).where(same).returning(Organisation.id)
    if not locked:
        raise NotFound
    others = [one for one in await agreements_of(details.organisation_id) if one.id != own]
    refuse_if(why_not_span(details.starts_on, details.ends_on), *(why_not_beside(details, other) for other in others))


async def _found(agreement_id: UUID) -> AgreementView:
    found = await agreement_by_id(agreement_id)
    if found is None:
        raise NotFound
    return found


def _columns(details: AgreementDetails) -> dict[str, Any]:
    return {
        "organisation": details.organisation_id,
        "programme": details.programme_id,
        "starts_on": details.starts_on,
        "ends_on": details.ends_on,
        "note": details.note,
    }
