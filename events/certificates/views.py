"""Certificates as others see them: plain values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.certificates.numbers import grouped
from events.certificates.rules import Part
from events.kit.refusals import Refusal
from events.registration.signup import full_name


@dataclass(frozen=True)
class CertificateView:
    """`facts` are what was true when it was issued; `ending` is empty while it is valid."""

    id: UUID
    number: str
    event_id: UUID
    registration_id: UUID | None
    given_name: str
    family_name: str
    name_check: str
    language: str
    facts: Mapping[str, Any]
    issued_at: datetime
    mailed_at: datetime | None
    replaces: UUID | None
    ended_at: datetime | None
    ending: str
    reason: str

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def is_valid(self) -> bool:
        return self.ended_at is None

    @property
    def grouped_number(self) -> str:
        return grouped(self.number)


@dataclass(frozen=True)
class Candidate:
    """Somebody who takes part, how they attended, and why they may not have a certificate (yet)."""

    registration_id: UUID
    given_name: str
    family_name: str
    party: int
    language: str
    address: str  # empty where it is not proven
    parts: tuple[Part, ...]
    counting: tuple[Part, ...]  # dates that count
    why_not: Refusal | None
    certificate: CertificateView | None

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def excused(self) -> int:
        """Dates that count although they were missed."""
        return sum(part.how == "excused" for part in self.counting)

    @property
    def attended(self) -> int:
        return len(self.counting) - self.excused

    @property
    def is_mailable(self) -> bool:
        """It goes to a proven address of their own only; with a wrong name it is issued anew first."""
        return self.certificate is not None and bool(self.address) and not self.is_renamed

    @property
    def is_renamed(self) -> bool:
        """The registration has another name by now than the certificate; one that was corrected by hand is right."""
        known = self.certificate
        return known is not None and known.replaces is None and known.name != self.name


def certificate_view(row: Mapping[str, Any]) -> CertificateView:
    given = {name: row[name] for name in CertificateView.__dataclass_fields__ if name in row}
    return CertificateView(
        **given | {"facts": json.loads(row["facts"])}, event_id=row["event"], registration_id=row["registration"]
    )
