"""The upcoming events as they stand in the files of `texts/`: what they are, and in which week from the first day."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Literal

import msgspec

FOLDER = Path(__file__).parent / "texts"
WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")

Weekday = Literal["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
Texts = dict[str, str]


class OptionPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: Texts
    places: int | None = None


class QuestionPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`only_if` is the number of an earlier question of the event that was answered with yes."""

    kind: str
    text: Texts
    purpose: str
    required: bool = False
    keep_days: int = 90
    only_if: int | None = None
    options: tuple[OptionPlan, ...] = ()


class EventPlan(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """`weeks` count from the first day of the demo; no weeks is "Termin folgt". Times are those of Europe/Berlin.

    `first_of_month` makes that many events on the first `weekday` of a month. `moved_room` is where the event went
    after it was published. `quota_places` are kept for each administration until week `quota_release_week`.
    """

    key: str
    programme: str
    format: str
    title: Texts
    summary: Texts
    description: Texts
    series: str = ""
    venue: str = ""
    online: str = ""
    room: str = ""
    moved_room: str = ""
    weeks: tuple[int, ...] = ()
    weekday: Weekday = "Mo"
    first_of_month: int = 0
    start: time = time(9)
    end: time = time(12)
    break_minutes: int = 0
    capacity: int | None = None
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    policy: dict[str, bool | str | int] = {}
    partners: tuple[tuple[str, str], ...] = ()
    called_off: Texts = {}
    questions: tuple[QuestionPlan, ...] = ()
    quota_places: int = 0
    quota_release_week: int = 0

    @property
    def weekday_number(self) -> int:
        return WEEKDAYS.index(self.weekday)


class EventFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    event: tuple[EventPlan, ...]


def event_plans() -> Iterator[EventPlan]:
    """In the order of the files and of what stands in them."""
    for path in sorted(FOLDER.glob("*.toml")):
        yield from msgspec.toml.decode(path.read_bytes(), type=EventFile).event
