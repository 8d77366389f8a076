"""What visitors read about an event's places: one badge, and whether and why not they can sign up. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from events.kit.refusals import Refusal
from events.kit.translation import gettext as _
from events.kit.translation import ngettext
from events.programme.queries import EventView
from events.registration.rules import why_not_sign_up
from events.registration.signup import Seats

FEW = 5
"""So many free places or fewer are called the last ones."""


@dataclass(frozen=True)
class Badge:
    kind: Literal["info", "success", "warning", "danger"]
    text: str


def why_not_book(event: EventView, seats: Seats, now: datetime) -> Refusal | None:
    """Why there is no button: also when all is full and nobody may wait."""
    if reason := why_not_sign_up(event, now):
        return reason
    is_full = seats.free == 0 and event.policy.waiting_list == "off"
    return Refusal("full", {"event": event.slug}) if is_full else None


def badge_of(event: EventView, seats: Seats, now: datetime) -> Badge:
    """The one thing to know first."""
    if event.is_called_off:
        return Badge("danger", _("Abgesagt"))
    if event.is_over(now):
        return Badge("info", _("Vorbei"))
    if not event.has_dates:
        return Badge("info", _("Termin folgt"))
    if reason := why_not_sign_up(event, now):
        return Badge("info", _CLOSED.get(reason.code, _closed)())
    return _places(event, seats)


def _places(event: EventView, seats: Seats) -> Badge:
    if seats.free is None:
        return Badge("success", _("Plätze frei"))
    if seats.free == 0:
        return Badge("warning", _("Warteliste") if event.policy.waiting_list != "off" else _("Ausgebucht"))
    if seats.free <= FEW:
        return Badge("warning", ngettext("Noch %(n)s Platz frei", "Noch %(n)s Plätze frei", seats.free))
    return Badge("success", ngettext("%(n)s Platz frei", "%(n)s Plätze frei", seats.free))


def _closed() -> str:
    return _("Anmeldung geschlossen")


_CLOSED = {
    "no_sign_up_needed": lambda: _("Ohne Anmeldung"),
    "by_invitation": lambda: _("Auf Einladung"),
    "already_started": lambda: _("Hat schon begonnen"),
}
