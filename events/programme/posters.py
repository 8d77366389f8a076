"""What a poster and a picture to share say about an event, in one language: data for `poster.typ` and `share.typ`.

Everything in it is public; the event's own texts are German where the office has not written them in the language.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from events.kit.documents import qr_code
from events.kit.text import one_line
from events.kit.translation import (
    LANGUAGES,
    Localized,
    current_language,
    day_and_time,
    language_prefix,
    localized,
    ngettext,
    pgettext,
    span,
)
from events.kit.translation import gettext as _
from events.office.views import OfficeView
from events.programme.views import DateView, EventView
from events.programme.wording import AUDIENCES, FORMATS, HINTS, LANGUAGE_NAMES, PARTNER_ROLES
from events.settings import settings

MOST_DATES = 4
FREE = "free"
NO_BREAK = "\u00a0"


def poster_data(event: EventView, office: OfficeView) -> dict[str, object]:
    """In the language that is spoken."""
    address = f"{settings().base_url}{language_prefix(current_language())}/veranstaltungen/{event.slug}"
    return {
        "lang": current_language(),
        "dir": LANGUAGES[current_language()].dir,
        "title": _text(localized(event.title)),
        "summary": _text(localized(event.summary)),
        "format": _(FORMATS[event.format]) if event.format in FORMATS else "",
        "programme": event.programme_name,
        "dates": [{"where": where, "when": times} for where, times in _dates(event)],
        "facts": [fact for fact in _facts(event) if fact[1]],
        "free": _("Die Teilnahme ist kostenfrei.") if FREE in event.hints else "",
        "invitation": _how_to_come(event),
        "until": _until(event),
        "address": address.partition("://")[2],
        "qr": qr_code(address),
        "qr_says": _("QR-Code: öffnet die Seite der Veranstaltung"),
        "questions": _("Fragen?"),
        "contact": {"name": office.name, "phone": office.phone, "email": office.email},
        "credits": _credits(event),
        "labels": {"when": _("Wann"), "where": _("Wo")},
    }


def share_text(event: EventView, data: dict[str, object]) -> str:
    """The same facts to write beside the picture, for those who hear instead of see."""
    said = [str(localized(event.title))]
    for where, times in _dates(event):
        said += [f"{_('Wann')}: {times[0]}", *times[1:], f"{_('Wo')}: {where}" if where else ""]
    said += [f"{label}: {value}" for label, value in _facts(event) if value]
    said += [str(data["free"]), _how_to_come(event), str(data["address"])]
    return "\n".join(line for line in said if line)


def _text(text: Localized) -> dict[str, str]:
    return {"text": one_line(text.text), "lang": text.language, "dir": text.dir}


def _dates(event: EventView) -> list[tuple[str, list[str]]]:
    """Dates that follow one another at one place share it; what does not fit is said in one line."""
    by_place = groupby(event.coming_dates[:MOST_DATES], _place)
    found = [(place, [span(one.start, one.end) for one in some]) for place, some in by_place] or [("", [])]
    if further := _further(event):
        found[-1][1].append(further)
    return found


def _place(one: DateView) -> str:
    """House number and postcode never stand apart from their street and town."""
    street = re.sub(r" (\d\S*)$", f"{NO_BREAK}\\1", one.street)
    town = f"{one.postcode}{NO_BREAK}{one.city}".strip(NO_BREAK)
    place = ", ".join(part for part in (one.venue_name, one.room, street, town) if part)
    online = _("Online. Den Link bekommen Sie nach der Anmeldung.") if one.is_online else ""
    return " / ".join(part for part in (place, online) if part)


def _further(event: EventView) -> str:
    if not event.has_dates:
        return _("Der Termin steht noch nicht fest.")
    more = len(event.coming_dates) - MOST_DATES
    return ngettext("und %(n)s weiterer Termin", "und %(n)s weitere Termine", more) if more > 0 else ""


def _facts(event: EventView) -> list[tuple[str, str]]:
    languages = ["de", *(code for code in event.languages if code != "de")]
    return [
        (_("Für wen"), _listed(_(AUDIENCES.get(code, code)) for code in event.audiences)),
        (_("Sprachen"), _listed(_(LANGUAGE_NAMES.get(code, code)) for code in languages)),
        (_("Gut zu wissen"), " · ".join(_(HINTS.get(code, code)) for code in event.hints if code != FREE)),
    ]


def _listed(words: Iterable[str]) -> str:
    return pgettext("zwischen den Teilen einer Aufzählung", ", ").join(words)


def _how_to_come(event: EventView) -> str:
    if not event.policy.sign_up:
        return _("Kommen Sie einfach vorbei. Sie brauchen sich nicht anzumelden.")
    if event.policy.visibility == "invited_only":
        return _("Die Teilnahme ist nur mit Einladung möglich.")
    return _("Hier melden Sie sich an:")


def _until(event: EventView) -> str:
    hours = event.policy.sign_up_until_hours
    if not event.policy.sign_up or not hours or event.starts_at is None:
        return ""
    return _("Anmeldung bis %(when)s", when=day_and_time(event.starts_at - timedelta(hours=hours)))


def _credits(event: EventView) -> list[tuple[str, str]]:
    """Who else has a part in it, and who pays."""
    named = [(one.role, one.name) for one in event.partners if one.role in PARTNER_ROLES]
    named += [("funder", event.funding)] if event.funding else []
    roles = dict.fromkeys(role for role, _name in named)
    return [(_(PARTNER_ROLES[role]), ", ".join(name for of, name in named if of == role)) for role in roles]
