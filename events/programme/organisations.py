"""The organisations we work with: finding them, and changing one. Each action is one transaction with history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.kit.text import fold
from events.programme.agreements import line_of
from events.programme.details import OrganisationDetails
from events.programme.queries import organisations
from events.programme.tables import Organisation
from events.programme.views import OrganisationView
from events.programme.wording import ORGANISATION_KINDS


@dataclass(frozen=True)
class OrganisationSearch:
    """What is empty leaves nothing out. Every word of `text` stands in the name."""

    text: str = ""
    kind: str = ""
    parent_id: UUID | None = None
    city: str = ""

    @property
    def is_empty(self) -> bool:
        return self == OrganisationSearch()

    def finds(self, one: OrganisationView) -> bool:
        name = fold(one.name)
        return (
            all(word in name for word in fold(self.text).split())
            and self.kind in ("", one.kind)
            and self.parent_id in (None, one.parent_id)
            and self.city in ("", one.city)
        )


async def edit_organisation(organisation_id: UUID, details: OrganisationDetails, *, by: Actor, now: datetime) -> None:
    """Evidence keeps the name it was counted under. Raises NotFound, Refused."""
    async with transaction():
        await _lock(organisation_id, details.parent_id)
        everyone = {one.id: one for one in await organisations()}
        before = everyone.get(organisation_id)
        if before is None:
            raise NotFound
        refuse_if(*why_not_organisation(organisation_id, details, everyone))
        values = _columns(details)
        changed = [name for name in ("name", "kind", "parent", "city") if values[name] != _columns_of(before)[name]]
        if not changed:
            return
        await Organisation.update(**values).where(Organisation.id == organisation_id)
        facts: dict[str, object] = {"changed": changed}
        if "name" in changed:
            facts["name"] = [before.name, values["name"]]
        await note(entry("edited", Organisation, id=organisation_id, by=by, now=now, facts=facts))


def why_not_organisation(
    own: UUID, details: OrganisationDetails, everyone: Mapping[UUID, OrganisationView]
) -> Sequence[Refusal]:
    """All reasons. What belongs to an organisation cannot be the body of it."""
    reasons = [] if details.name.strip() else [Refusal("no_name")]
    if details.kind not in ORGANISATION_KINDS:
        reasons.append(Refusal("unknown_choice", {"value": details.kind}))
    if details.parent_id is not None and details.parent_id not in everyone:
        reasons.append(Refusal("unknown_choice", {"value": str(details.parent_id)}))
    elif details.parent_id in with_all_below(own, everyone):
        reasons.append(Refusal("body_of_itself"))
    return reasons


def with_all_below(own: UUID, everyone: Mapping[UUID, OrganisationView]) -> set[UUID]:
    """The organisation and all that belong to it, at any distance."""
    parents = {one.id: one.parent_id for one in everyone.values()}
    return {id for id in everyone if own in line_of(id, parents)}


def namesake(
    details: OrganisationDetails, everyone: Sequence[OrganisationView], own: UUID | None = None
) -> OrganisationView | None:
    """Another one of the same name in the same city, which is most likely the same one."""
    same = (fold(details.name), fold(details.city))
    return next((one for one in everyone if (fold(one.name), fold(one.city)) == same and one.id != own), None)


async def _lock(*ids: UUID | None) -> None:
    """Always in the same order, so that two people who make each the body of the other cannot both succeed."""
    for id in sorted({id for id in ids if id}):
        await Organisation.update({Organisation.city: Organisation.city}).where(Organisation.id == id)


def _columns(details: OrganisationDetails) -> dict[str, Any]:
    return {
        "name": details.name.strip(),
        "folded_name": fold(details.name),
        "kind": details.kind,
        "parent": details.parent_id,
        "city": details.city,
    }


def _columns_of(one: OrganisationView) -> dict[str, Any]:
    return _columns(OrganisationDetails(one.name, one.kind, one.city, one.parent_id))
