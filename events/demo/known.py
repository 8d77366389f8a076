"""What the demo has already loaded: the ids behind the keys of its data, and who loads."""

from dataclasses import dataclass, field
from uuid import UUID

from events.kit.actor import Actor

Ids = dict[str, UUID]


@dataclass(frozen=True)
class Known:
    by: Actor
    programmes: Ids = field(default_factory=dict)
    series: Ids = field(default_factory=dict)
    venues: Ids = field(default_factory=dict)
    organisations: Ids = field(default_factory=dict)
