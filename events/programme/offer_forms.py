"""What staff may type about venues, series and programmes, and what it means for the actions."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from events.kit.forms import Form, MultilineText, parse_form
from events.kit.translation import LANGUAGES, SOURCE
from events.kit.translation import gettext as _
from events.programme.details import ProgrammeDetails, SeriesDetails, VenueDetails
from events.programme.offered import ProgrammeRow, SeriesRow
from events.programme.policy import CertificateRule, Dimension
from events.programme.policy_forms import SIGN_UP_RULES, PolicyForm, policy_values
from events.programme.views import Texts, VenueView

Name = Annotated[str, Meta(min_length=1, max_length=160)]
Short = Annotated[str, Meta(max_length=120)]
Line = Annotated[str, Meta(max_length=300)]
Long = Annotated[MultilineText, Meta(max_length=6000)]

LONGEST_KEPT = 15 * 365
"""Days. No funding line asks for proof any longer."""

TEXTS = ("title", "summary", "description")

_FURTHER_RULES = (
    "certificate", "certificate_least", "certificate_excused", "certificate_across_runs", "feedback",
    "group_report_months", "keep_days",
)  # fmt: skip


class VenueForm(Struct, kw_only=True):
    """`access` in German; in other languages in fields of their own."""

    name: Name
    street: Annotated[str, Meta(max_length=160)] = ""
    postcode: Annotated[str, Meta(max_length=10)] = ""
    city: Annotated[str, Meta(max_length=80)] = ""


class SeriesForm(Struct, kw_only=True):
    programme: UUID


class ProgrammeForm(PolicyForm, kw_only=True):
    """`certificate_least`: dates or minutes, as `certificate` says."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    family: Short = ""
    kind: Annotated[str, Meta(max_length=40)] = "other"
    funding: Short = ""
    certificate: CertificateRule | None = None
    certificate_least: Annotated[int, Meta(ge=1, le=100000)] | None = None
    certificate_excused: bool | None = None
    certificate_across_runs: bool | None = None
    feedback: bool | None = None
    group_report_months: Annotated[int, Meta(ge=1, le=36)] | None = None
    keep_days: Annotated[int, Meta(ge=1, le=LONGEST_KEPT)] | None = None
    dimensions: tuple[Dimension, ...] = ()

    def rules(self) -> dict[str, object]:
        further = {name: value for name in _FURTHER_RULES if (value := getattr(self, name)) is not None}
        counted = {"dimensions": list(self.dimensions)} if self.dimensions else {}
        return self.policy() | further | counted


class _Access(Struct):
    access: Annotated[MultilineText, Meta(max_length=1000)] = ""


class _Texts(Struct):
    title: Annotated[str, Meta(max_length=160)] = ""
    summary: Line = ""
    description: Long = ""


def read_venue(sent: Form, before: VenueView | None) -> tuple[VenueDetails | None, dict[str, str]]:
    """Where it lies on the map is kept."""
    form, errors = parse_form(VenueForm, sent)
    access = {}
    for code in LANGUAGES:
        read, wrong = parse_form(_Access, sent, _prefix(code))
        errors |= wrong
        if read is not None and read.access:
            access[code] = read.access
    if form is None or errors:
        return None, errors
    latitude, longitude = (before.latitude, before.longitude) if before else (None, None)
    return VenueDetails(form.name, form.street, form.postcode, form.city, latitude, longitude, access), {}


def read_series(sent: Form) -> tuple[SeriesDetails | None, dict[str, str]]:
    form, errors = parse_form(SeriesForm, sent)
    texts: dict[str, _Texts] = {}
    for code in LANGUAGES:
        read, wrong = parse_form(_Texts, sent, _prefix(code))
        errors |= wrong
        if read is not None:
            texts[code] = read
    if SOURCE in texts and not texts[SOURCE].title:
        errors["title"] = _("Bitte füllen Sie dieses Feld aus.")
    if form is None or errors:
        return None, errors
    title, summary, description = (_filled({code: getattr(one, name) for code, one in texts.items()}) for name in TEXTS)
    return SeriesDetails(form.programme, title, summary, description, published=False), {}


def read_programme(sent: Form, stored: Mapping[str, object]) -> tuple[ProgrammeDetails | None, dict[str, str]]:
    """`stored`: its present rules; those no form shows are kept."""
    form, errors = parse_form(ProgrammeForm, sent)
    if form is None:
        return None, errors
    if form.certificate in ("dates", "minutes") and form.certificate_least is None:
        return None, {"certificate_least": _("Bitte sagen Sie, ab wie vielen.")}
    kept = {
        name: value for name, value in stored.items() if name not in (*SIGN_UP_RULES, *_FURTHER_RULES, "dimensions")
    }
    return ProgrammeDetails(form.name, form.family, form.kind, form.funding, {**kept, **form.rules()}), {}


def venue_values(venue: VenueView) -> dict[str, Any]:
    values = {name: getattr(venue, name) for name in ("name", "street", "postcode", "city")}
    return values | _by_language("access", venue.access)


def series_values(one: SeriesRow) -> dict[str, Any]:
    values: dict[str, Any] = {"programme": str(one.programme_id)}
    for name in TEXTS:
        values |= _by_language(name, getattr(one, name))
    return values


def programme_values(one: ProgrammeRow) -> dict[str, Any]:
    further = {name: one.own_policy[name] for name in _FURTHER_RULES if name in one.own_policy}
    shown = {name: str(int(value)) if isinstance(value, bool) else str(value) for name, value in further.items()}
    named = {name: getattr(one, name) for name in ("name", "family", "kind", "funding")}
    return {**named, **policy_values(one.own_policy), **shown, "dimensions": one.own_policy.get("dimensions", [])}


def _prefix(code: str) -> str:
    return "" if code == SOURCE else f"{code}-"


def _by_language(name: str, texts: Texts) -> dict[str, str]:
    return {f"{_prefix(code)}{name}": text for code, text in texts.items()}


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: text for code, text in texts.items() if text}
