"""What the selects of staff forms offer: pairs of value and text."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from events.kit.translation import LANGUAGES, N_, SOURCE, localized
from events.kit.translation import gettext as _
from events.programme.queries import OrganisationView, programmes, series_choices, venues
from events.programme.wording import AUDIENCES, FORMATS, HINTS, LANGUAGE_NAMES

Pairs = list[tuple[str, str]]


async def event_choices() -> dict[str, Any]:
    """For the form of an event."""
    return {
        "programmes": [(str(one.id), one.name) for one in await programmes()],
        "series": series_pairs(await series_choices()),
        "formats": _spoken(FORMATS),
        "audiences": _spoken(AUDIENCES),
        "hints": _spoken(HINTS),
        "spoken": [pair for pair in _spoken(LANGUAGE_NAMES) if pair[0] != SOURCE],
        "other_languages": other_languages(),
        "yes_or_no": [("1", _("Ja")), ("0", _("Nein"))],
        "visibilities": [
            ("public", _("Öffentlich in Liste und Kalender")),
            ("invited_only", _("Nur mit Einladung")),
            ("hidden", _("Nur wer die Adresse kennt")),
        ],
        "waiting_lists": [
            ("direct", _("Ja, freie Plätze gehen an die nächste Person")),
            ("offer", _("Ja, freie Plätze werden mit Frist angeboten")),
            ("off", _("Nein")),
        ],
        "agreements": [
            ("not_needed", _("Keine nötig")),
            ("in_preparation", _("Nötig, darf noch in Vorbereitung sein")),
            ("required", _("Nötig, sonst entscheidet das Team")),
        ],
    }


def series_pairs(found: Iterable[tuple[UUID, Mapping[str, str]]]) -> Pairs:
    return [(str(id), localized(title).text) for id, title in found]


def other_languages() -> list[tuple[str, str, str]]:
    """Code, name and direction of those that texts are translated into."""
    return [(code, LANGUAGES[code].name, LANGUAGES[code].dir) for code in LANGUAGES if code != SOURCE]


QUESTION_KINDS = {
    "text": N_("Freier Text"),
    "yes_no": N_("Ja oder Nein"),
    "choice": N_("Eine Antwort auswählen"),
    "several": N_("Mehrere Antworten auswählen"),
    "number": N_("Zahl"),
}


def question_kinds() -> Pairs:
    return _spoken(QUESTION_KINDS)


async def venue_choices() -> Pairs:
    return [(str(one.id), f"{one.city}: {one.name}" if one.city else one.name) for one in await venues()]


async def programme_filter() -> Pairs:
    return [(one.slug, one.name) for one in await programmes()]


def organisation_choices(found: Iterable[OrganisationView]) -> Pairs:
    return [(str(one.id), f"{one.name} ({one.city})" if one.city else one.name) for one in found]


def _spoken(labels: Mapping[str, str]) -> Pairs:
    return [(code, _(text)) for code, text in labels.items()]
