"""Which state of a mailing may follow which, and why one cannot be started, paused or stopped. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from events.kit.refusals import Refusal
from events.kit.translation import SOURCE

Status = Literal["draft", "queued", "paused", "stopped", "expanded"]
STATUSES: tuple[Status, ...] = get_args(Status)

MOVES: dict[Status, frozenset[Status]] = {
    "draft": frozenset({"queued"}),
    "queued": frozenset({"paused", "stopped", "expanded"}),
    "paused": frozenset({"queued", "expanded", "stopped"}),
    # All mails are written, but not all are sent.
    "expanded": frozenset({"paused", "stopped"}),
    "stopped": frozenset(),
}

WRITTEN_BY_THE_OFFICE = "message"
BULK = (WRITTEN_BY_THE_OFFICE, "invitation", "invitation_reminder")
"""Kinds that may be stopped for good. All others are news of a change: people rely on hearing of it."""


@dataclass(frozen=True)
class WrittenText:
    subject: str
    body: str  # Markdown


@dataclass(frozen=True)
class Progress:
    """Mails of one mailing. `recipients` is how many it is to reach; before they are written, an expectation."""

    recipients: int
    queued: int
    sent: int
    failed: int
    held: int
    paused: int
    status: str

    @property
    def unwritten(self) -> int:
        """Recipients whose mail is still to be written."""
        written = self.queued + self.sent + self.failed + self.held + self.paused
        return max(0, self.recipients - written) if self.status in ("queued", "paused") else 0

    @property
    def waiting(self) -> int:
        return self.queued + self.paused + self.unwritten

    @property
    def is_over(self) -> bool:
        """Nothing will be sent any more; what is held waits for a decision of its own."""
        return self.status == "stopped" or (self.status == "expanded" and not self.queued)


def why_not_write(status: str) -> Refusal | None:
    return None if status == "draft" else Refusal("mailing_frozen")


def why_not_start(texts: Mapping[str, WrittenText], recipients: int) -> Refusal | None:
    if SOURCE not in texts:
        return Refusal("nothing_written")
    return None if recipients else Refusal("nobody_to_write_to")


def why_not_pause(progress: Progress) -> Refusal | None:
    if progress.status == "draft":
        return Refusal("mailing_not_started")
    if progress.status == "stopped":
        return Refusal("mailing_stopped")
    return Refusal("mailing_over") if progress.is_over else None


def why_not_resume(progress: Progress) -> Refusal | None:
    if progress.status == "draft":
        return Refusal("mailing_not_started")
    return Refusal("mailing_stopped") if progress.status == "stopped" else None


def why_not_stop(kind: str, progress: Progress) -> Refusal | None:
    if kind not in BULK:
        return Refusal("news_not_stoppable")
    return why_not_pause(progress)
