"""Who does something: a member of staff, a person or an organisation by its own link, or the system by the clock."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    kind: Literal["staff", "person", "organisation", "system"]
    id: UUID | None = None

    def __str__(self) -> str:
        """As it stands in the history: `staff:<id>`, `person:<booking id>`, `organisation:<id>` or `system`."""
        return self.kind if self.id is None else f"{self.kind}:{self.id}"


SYSTEM = Actor("system")


def staff(id: UUID) -> Actor:
    return Actor("staff", id)


def person(booking: UUID) -> Actor:
    return Actor("person", booking)


def organisation(id: UUID) -> Actor:
    """Somebody who has the link of that organisation."""
    return Actor("organisation", id)
