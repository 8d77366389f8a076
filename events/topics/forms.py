"""What people type who wish for a topic or back one, and what the office answers."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from events.kit.forms import EmailAddress, MultilineText
from events.topics.queries import TopicView
from events.topics.rules import LONGEST_ANSWER, LONGEST_DETAILS, LONGEST_TITLE

Title = Annotated[str, Meta(min_length=5, max_length=LONGEST_TITLE)]
Details = Annotated[MultilineText, Meta(max_length=LONGEST_DETAILS)]


class BackForm(Struct, kw_only=True):
    """`rendered` and `website` are for the spam checks."""

    email: EmailAddress
    rendered: Annotated[str, Meta(max_length=200)] = ""
    website: Annotated[str, Meta(max_length=200)] = ""


class ProposeForm(BackForm, kw_only=True):
    """`id` is made with the page: the same form sent twice is one wish."""

    id: UUID
    title: Title
    details: Details = ""


class AnswerForm(Struct, kw_only=True):
    """`seen`: when what is edited was changed last, in milliseconds since 1970."""

    seen: Annotated[int, Meta(ge=0, le=10**14)] = 0
    title: Title
    details: Details = ""
    status: Literal["proposed", "open", "planned", "declined"]
    answer: Annotated[MultilineText, Meta(max_length=LONGEST_ANSWER)] = ""
    event: UUID | None = None

    @property
    def seen_at(self) -> datetime:
        return datetime.fromtimestamp(self.seen // 1000, UTC).replace(microsecond=self.seen % 1000 * 1000)


def answer_values(topic: TopicView) -> dict[str, Any]:
    return {
        "seen": str(milliseconds(topic.changed_at)), "title": topic.title, "details": topic.details,
        "status": topic.status, "answer": topic.answer, "event": str(topic.event.id) if topic.event else "",
    }  # fmt: skip


def milliseconds(moment: datetime) -> int:
    """Exactly: moments are kept in whole ones."""
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000
