"""What staff may type about certificates: the rule, a corrected name, the reason why one is ended."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from events.certificates.rules import LONGEST_REASON, Requirement
from events.kit.forms import Form, Name
from events.programme.policy import CertificateRule

Reason = Annotated[str, Meta(min_length=1, max_length=LONGEST_REASON)]


class RuleForm(Struct):
    """`also` are the ticks: excused dates count, other runs count."""

    kind: CertificateRule
    least: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    also: list[Literal["excused", "across"]] = []
    scope: Literal["event", "programme"] = "event"

    @property
    def requirement(self) -> Requirement:
        return Requirement(self.kind, self.least or 0, "excused" in self.also, "across" in self.also)


class CorrectionForm(Struct):
    reason: Reason
    given_name: Name = ""
    family_name: Name = ""


class WithdrawalForm(Struct):
    reason: Reason


def chosen(sent: Form, name: str) -> list[UUID] | None:
    """The ids a button sent; None where it means all of them. What is no id means nobody."""
    texts = [str(text) for text in sent.getall(name, [])]
    return [found for text in texts if (found := _uuid(text))] if texts else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
