"""Forms about mail: what the address of the outbox's page says, and why the sending is paused."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from events.mail.outbox_list import Wanted

Status = Literal["held", "failed", "queued", "paused", "sent"]


class OutboxSearchForm(Struct):
    stand: Status | None = None
    art: Annotated[str, Meta(max_length=40)] = ""
    von: date | None = None
    bis: date | None = None
    suche: Annotated[str, Meta(max_length=320)] = ""
    rundmail: UUID | None = None

    def wanted(self) -> Wanted:
        return Wanted(self.stand or "", self.art, self.von, self.bis, self.suche, self.rundmail)


class DecisionForm(Struct):
    """What becomes of several mails; `everyone`: of all that are held and meet the filters."""

    decision: Literal["senden", "verwerfen"]
    mails: list[UUID] = []
    everyone: bool = False
    confirmed: Literal["ja", "zurueck"] | None = None


class PauseForm(Struct):
    reason: Annotated[str, Meta(min_length=3, max_length=200)]
