"""Two entries, one in winter and one in summer, and how to look into iCalendar text without a library."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from events.kit.ical import Entry

ENTRY = Entry(
    uid="7d1c@termine.example.org",
    sequence=2,
    changed_at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC),
    start=datetime(2027, 1, 12, 16, 30, tzinfo=UTC),
    end=datetime(2027, 1, 12, 19, 30, tzinfo=UTC),
    summary="Mehrsprachigkeit; Teil 1, Grundlagen",
    description="Für Fachkräfte.\nhttps://termine.example.org/veranstaltungen/mehrsprachigkeit",
    location="Kreishaus, Am Rübezahlwald 7, 51469 Bergisch Gladbach",
    geo=(50.98, 7.12),
    url="https://termine.example.org/veranstaltungen/mehrsprachigkeit",
    categories=("Sprache", "Bergisch Gladbach, Mitte"),
    organizer_name="Integrationszentrum",
    organizer_mail="team@example.org",
)
SUMMER = replace(
    ENTRY, uid="9a@termine.example.org", start=datetime(2027, 7, 12, 15, 30, tzinfo=UTC), end=ENTRY.end.replace(month=7)
)


def unfolded(text: str | bytes) -> list[str]:
    raw = text if isinstance(text, str) else text.decode()
    assert raw.endswith("\r\n")
    return raw.replace("\r\n ", "").split("\r\n")[:-1]


def values(text: str | bytes, name: str) -> list[str]:
    """The values of a property, parameters cut off."""
    return [line.partition(":")[2] for line in unfolded(text) if re.match(rf"{name}[;:]", line)]
