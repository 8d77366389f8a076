"""How the invitations of an event stand, at a glance: what was answered, whom no mail reaches, who wants none."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.invitations.invited import InvitationView, invitations_of
from events.mail.opt_outs import opted_out
from events.mail.tables import Mailing
from events.mail.undeliverable import undeliverable_among

KINDS = ("invitation", "invitation_reminder")


@dataclass(frozen=True)
class Listed:
    """`is_unreachable`: a server refused the address for good. `wants_none`: invitations were unsubscribed."""

    view: InvitationView
    is_unreachable: bool
    wants_none: bool

    @property
    def may_be_mailed(self) -> bool:
        return not self.is_unreachable and not self.wants_none


@dataclass(frozen=True)
class Sent:
    """One mailing of invitations or reminders."""

    id: UUID
    kind: str
    created_at: datetime
    status: str
    facts: str

    @property
    def message(self) -> dict[str, str]:
        """What the office wrote, by language."""
        found: dict[str, str] = json.loads(self.facts).get("message", {})
        return found


GROUPS: Mapping[str, Callable[[Listed], bool]] = {
    "prepared": lambda one: one.view.status == "prepared",
    "invited": lambda one: one.view.status == "invited",
    "accepted": lambda one: one.view.status == "accepted",
    "declined": lambda one: one.view.status == "declined",
    "delegated": lambda one: one.view.status == "delegated",
    "unreachable": lambda one: one.is_unreachable and one.view.status in ("prepared", "invited"),
    "wants_none": lambda one: one.wants_none and one.view.status in ("prepared", "invited"),
    "withdrawn": lambda one: one.view.status == "withdrawn",
}
"""What a list may be narrowed down to; somebody unreachable is also without an answer."""


def _counts(one: Listed) -> bool:
    return one.view.status != "withdrawn"


@dataclass(frozen=True)
class Standing:
    rows: Sequence[Listed]

    def of(self, group: str) -> list[Listed]:
        """All that are not withdrawn where there is no such group."""
        fits = GROUPS.get(group, _counts)
        return [one for one in self.rows if fits(one)]

    @property
    def to_invite(self) -> list[InvitationView]:
        """Whom the next mail with invitations goes to."""
        return [one.view for one in self.of("prepared") if one.may_be_mailed]

    @property
    def to_remind(self) -> list[InvitationView]:
        return [one.view for one in self.of("invited") if one.may_be_mailed]

    @property
    def people_coming(self) -> int:
        """Confirmed by an invitation, a colleague who confirmed included."""
        return sum(one.view.seats.get("confirmed", 0) for one in self.rows)

    @property
    def unconfirmed_delegates(self) -> int:
        return sum(1 for one in self.of("delegated") if one.view.seats.get("unconfirmed"))

    @property
    def delegates_coming(self) -> int:
        return sum(1 for one in self.of("delegated") if one.view.seats.get("confirmed"))


async def standing_of(event_id: UUID) -> Standing:
    """The same number of statements for one and for hundreds."""
    views = await invitations_of(event_id)
    addresses = [one.email for one in views]
    unreachable, unwilling = await undeliverable_among(addresses), await opted_out(addresses)
    return Standing([Listed(one, one.email in unreachable, one.email in unwilling) for one in views])


async def sent_for(event_id: UUID) -> list[Sent]:
    """The newest first."""
    rows = (
        await Mailing.select(Mailing.id, Mailing.kind, Mailing.created_at, Mailing.status, Mailing.facts)
        .where((Mailing.about == event_id) & Mailing.kind.is_in(list(KINDS)))
        .order_by(Mailing.created_at, ascending=False)
    )
    return [Sent(**row) for row in rows]
