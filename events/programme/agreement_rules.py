"""Why a cooperation agreement may not be as it was typed. Plain values only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from events.kit.refusals import Refusal
from events.programme.agreements import AgreementView


@dataclass(frozen=True)
class AgreementDetails:
    """Both days are included; no `ends_on` is until it is ended."""

    organisation_id: UUID
    programme_id: UUID
    starts_on: date
    ends_on: date | None = None
    note: str = ""


def why_not_span(starts_on: date, ends_on: date | None) -> Refusal | None:
    ends_too_early = ends_on is not None and ends_on < starts_on
    return Refusal("agreement_ends_too_early") if ends_too_early else None


def why_not_end(before: AgreementView, last_day: date, today: date) -> Refusal | None:
    if before.is_over(today):
        return Refusal("agreement_is_over")
    if before.ends_on is not None and last_day > before.ends_on:
        return Refusal("agreement_ends_sooner", {"end": said(before.ends_on)})
    return why_not_span(before.starts_on, last_day)


def why_not_beside(details: AgreementDetails, other: AgreementView) -> Refusal | None:
    """Of the same body and programme two agreements never hold on the same day."""
    is_after = other.ends_on is not None and details.starts_on > other.ends_on
    is_before = details.ends_on is not None and details.ends_on < other.starts_on
    if other.programme_id != details.programme_id or is_after or is_before:
        return None
    if other.ends_on is None:
        return Refusal("agreement_overlaps_open", {"start": said(other.starts_on)})
    return Refusal("agreement_overlaps", {"start": said(other.starts_on), "end": said(other.ends_on)})


def said(day: date) -> str:
    return f"{day:%d.%m.%Y}"
