"""What the selects of staff forms offer: pairs of value and text."""

from collections.abc import Mapping
from typing import Any

from events.kit.translation import LANGUAGES, SOURCE, localized
from events.kit.translation import gettext as _
from events.programme.queries import programmes, series_choices, venues
from events.programme.wording import AUDIENCES, FORMATS, HINTS, LANGUAGE_NAMES

Pairs = list[tuple[str, str]]


async def event_choices() -> dict[str, Any]:
    """For the form of an event."""
    return {
        "programmes": [(str(one.id), one.name) for one in await programmes()],
        "series": [(str(id), localized(title).text) for id, title in await series_choices()],
        "formats": _spoken(FORMATS),
        "audiences": _spoken(AUDIENCES),
        "hints": _spoken(HINTS),
        "spoken": [pair for pair in _spoken(LANGUAGE_NAMES) if pair[0] != SOURCE],
        "other_languages": [(code, LANGUAGES[code].name, LANGUAGES[code].dir) for code in LANGUAGES if code != SOURCE],
        "yes_or_no": [("1", _("Ja")), ("0", _("Nein"))],
        "visibilities": [
            ("public", _("Öffentlich in Liste und Kalender")),
            ("invited_only", _("Nur mit Einladung")),
            ("hidden", _("Nur wer die Adresse kennt")),
        ],
        "waiting_lists": [
            ("direct", _("Ja, freie Plätze gehen an die nächste Person")),
            ("off", _("Nein")),
        ],
    }


async def venue_choices() -> Pairs:
    return [(str(one.id), f"{one.city}: {one.name}" if one.city else one.name) for one in await venues()]


async def programme_filter() -> Pairs:
    return [(one.slug, one.name) for one in await programmes()]


def _spoken(labels: Mapping[str, str]) -> Pairs:
    return [(code, _(text)) for code, text in labels.items()]
