"""What visitors read when something did not work: each fault becomes a page that says why and what to do now."""

import sqlite3
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import asyncpg
from litestar import Request, Response
from litestar.exceptions import ClientException, HTTPException, NotFoundException

from events.accounts import wording as accounts_wording
from events.attendance import wording as attendance_wording
from events.certificates import wording as certificates_wording
from events.contacts import wording as contacts_wording
from events.evidence import wording as evidence_wording
from events.feedback import wording as feedback_wording
from events.groups import wording as groups_wording
from events.invitations import wording as invitations_wording
from events.kit.database import is_missing_reference
from events.kit.refusals import Gone, NotFound, Refusal, Refused, say
from events.kit.translation import gettext as _
from events.mail import wording as mail_wording
from events.outcomes import wording as outcomes_wording
from events.privacy import wording as privacy_wording
from events.programme import wording as programme_wording
from events.registration import wording as registration_wording
from events.reports import wording as reports_wording
from events.topics import wording as topics_wording
from events.web.origin_guard import ForeignOrigin
from events.web.request_log import log_fault
from events.web.staff.frame import team_frame
from events.web.templating import page

Asked = Request[Any, Any, Any]
Handler = Callable[[Asked, Exception], Response[Any]]

WORDINGS: tuple[ModuleType, ...] = (
    registration_wording,
    accounts_wording,
    mail_wording,
    privacy_wording,
    reports_wording,
    groups_wording,
    evidence_wording,
    attendance_wording,
    invitations_wording,
    contacts_wording,
    certificates_wording,
    feedback_wording,
    outcomes_wording,
    topics_wording,
    programme_wording,
)
"""Where refusals have their sentences; the same code may mean something else to visitors and to the team."""

OUT_OF_REACH: tuple[type[Exception], ...] = (
    sqlite3.OperationalError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    OSError,  # refused connections, a missing socket, TimeoutError
)
"""The database is gone, restarting, full or busy for too long."""

TRY_AGAIN_AFTER = "30"  # seconds


def refusal_text(refusal: Refusal, path: str = "/") -> str:
    """The reason in words, by the team's or the visitors' meaning of its code."""
    wording = _wording_of(refusal, path)
    return str(wording.refusal_text(refusal)) if wording else _("Das ist so leider nicht möglich.")


def next_step(refusal: Refusal, path: str = "/") -> str:
    """What to do now; may be empty."""
    wording = _wording_of(refusal, path)
    return say(getattr(wording, "NEXT_STEPS", {}), refusal)


def _wording_of(refusal: Refusal, path: str) -> ModuleType | None:
    order = reversed(WORDINGS) if path.startswith("/team") else iter(WORDINGS)
    return next((wording for wording in order if refusal.code in wording.REFUSALS), None)


def refused(request: Asked, fault: Exception) -> Response[Any]:
    reasons = fault.reasons if isinstance(fault, Refused) else ()
    path = request.scope["path"]
    steps = dict.fromkeys(step for reason in reasons if (step := next_step(reason, path)))
    sentences = [refusal_text(reason, path) for reason in reasons]
    return _problem(request, 409, _("Das geht gerade nicht"), *sentences, *steps)


def not_found(request: Asked, _fault: Exception) -> Response[Any]:
    return _problem(
        request,
        404,
        _("Diese Seite gibt es nicht"),
        _("Vielleicht ist die Adresse nicht vollständig oder die Seite ist umgezogen."),
    )


def gone(request: Asked, _fault: Exception) -> Response[Any]:
    return _problem(
        request,
        410,
        _("Dieser Link gilt nicht mehr"),
        _("Er wurde erneuert oder zurückgezogen. Bitte nehmen Sie den Link aus unserer neuesten E-Mail an Sie."),
    )


def foreign(request: Asked, _fault: Exception) -> Response[Any]:
    return _problem(
        request,
        403,
        _("Das Formular kam von einer fremden Seite"),
        _("Zu Ihrer Sicherheit haben wir nichts geändert. Bitte öffnen Sie unsere Seite und versuchen Sie es dort."),
    )


def not_offered(request: Asked, fault: Exception) -> Response[Any]:
    """Somebody chose a programme, a series or a place that is not there (any more)."""
    if not is_missing_reference(fault):
        return unexpected(request, fault)
    sentence = _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")
    return _problem(request, 409, _("Das geht gerade nicht"), sentence)


def out_of_reach(request: Asked, fault: Exception) -> Response[Any]:
    log_fault(request.scope, fault)
    return _problem(
        request,
        503,
        _("Gerade nicht erreichbar – bitte später"),
        _("Unser Speicher antwortet im Moment nicht. Bitte versuchen Sie es in einigen Minuten noch einmal."),
        headers={"Retry-After": TRY_AGAIN_AFTER},
    )


def unexpected(request: Asked, fault: Exception) -> Response[Any]:
    log_fault(request.scope, fault)
    if request.scope["path"].endswith(".ics"):
        # Calendar programs switch a calendar off for good at 500.
        title = _("Der Kalender ist gerade nicht erreichbar")
        return _problem(request, 503, title, headers={"Retry-After": TRY_AGAIN_AFTER})
    return _problem(
        request,
        500,
        _("Das hat nicht geklappt"),
        _("Der Fehler liegt bei uns. Bitte versuchen Sie es später noch einmal."),
    )


def _by_status(request: Asked, fault: Exception) -> Response[Any]:
    """What the framework itself refuses."""
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    if status >= 500:
        return unexpected(request, fault)
    title, sentence = _words_for(status)
    headers = fault.headers if isinstance(fault, HTTPException) else None
    return _problem(request, status, title, sentence, headers=headers or {})


def _words_for(status: int) -> tuple[str, str]:
    return {
        405: (_("So geht es hier nicht weiter"), _("Diese Adresse nimmt nichts an. Bitte öffnen Sie die Seite neu.")),
        413: (_("Das ist zu groß"), _("Das ist mehr, als wir auf einmal annehmen. Bitte senden Sie weniger.")),
        429: (_("Zu viele Versuche"), _("Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.")),
    }.get(status, (_("Das haben wir nicht verstanden"), _("Bitte öffnen Sie die Seite neu.")))


def _problem(
    request: Asked, status: int, title: str, *sentences: str, headers: Mapping[str, str] | None = None
) -> Response[Any]:
    was_sent = request.method not in ("GET", "HEAD")
    return page(
        "public/errors/problem.html",
        status=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        heading=title,
        sentences=sentences,
        was_sent=was_sent,
        for_team=request.scope["path"].startswith("/team"),
        **(team_frame(staff) if (staff := getattr(request.state, "staff", None)) else {}),
    )


exception_handlers: dict[int | type[Exception], Handler] = {
    Refused: refused,
    NotFound: not_found,
    NotFoundException: not_found,
    404: not_found,
    Gone: gone,
    ForeignOrigin: foreign,
    ClientException: _by_status,
    HTTPException: _by_status,
    **dict.fromkeys(OUT_OF_REACH, out_of_reach),
    sqlite3.IntegrityError: not_offered,
    asyncpg.ForeignKeyViolationError: not_offered,
    500: unexpected,
}
