"""What others see of the office: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class OfficeView:
    """Who we are. Before the office has said so: invented values, as in the demo."""

    name: str = "Kommunales Integrationszentrum Kreis Recklinghausen"
    county: str = "Kreis Recklinghausen"
    street: str = "Musterallee 1"
    postcode_and_town: str = "45657 Recklinghausen"
    phone: str = "02361 000000"
    email: str = "ki@example.org"


@dataclass(frozen=True)
class OfficePageView:
    """An obligatory page; `title` and `body` (Markdown) by language code."""

    slug: str
    title: Mapping[str, str]
    body: Mapping[str, str]
