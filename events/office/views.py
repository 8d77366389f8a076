"""What others see of the office: plain values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

LONGEST_PARAGRAPH = 1_000
"""Characters of what the office adds to a mail, in each language."""


@dataclass(frozen=True)
class OfficeView:
    """Who we are. Before the office has said so: invented values, as in the demo."""

    name: str = "Kommunales Integrationszentrum Kreis Recklinghausen"
    county: str = "Kreis Recklinghausen"
    street: str = "Musterallee 1"
    postcode_and_town: str = "45657 Recklinghausen"
    phone: str = "02361 000000"
    email: str = "ki@example.org"
    accent: str = ""  # `#rrggbb` of what can be clicked; empty: as the program comes
    paragraphs: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """What is added to mails: by kind, then by language code."""


FACTS = ("name", "county", "street", "postcode_and_town", "phone", "email", "accent")
"""What is stored in the one row that says who we are."""


@dataclass(frozen=True)
class OfficePageView:
    """An obligatory page; `title` and `body` (Markdown) by language code."""

    slug: str
    title: Mapping[str, str]
    body: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Another one as soon as a sign of it changes."""
        content = json.dumps([dict(self.title), dict(self.body)], sort_keys=True, ensure_ascii=False)
        return sha256(content.encode()).hexdigest()[:16]
