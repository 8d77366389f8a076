"""What all pages behind the sign-in share: the menu, what the person may do, forms with what was typed, notices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from litestar import Response
from litestar.response import Redirect

from events.accounts.queries import StaffView
from events.accounts.rules import Permission, may
from events.kit.translation import N_, gettext
from events.web import templating

MENU: tuple[tuple[Permission, str, str], ...] = (
    ("read_organisations", "/team/organisationen", N_("Organisationen")),
    ("read_organisations", "/team/vereinbarungen", N_("Vereinbarungen")),
    ("read_figures", "/team/auswertung", N_("Auswertung")),
)

NOTICES = {
    "angelegt": N_("Die Veranstaltung ist als Entwurf angelegt."),
    "gespeichert": N_("Gespeichert."),
    "termin": N_("Der Termin ist gespeichert."),
    "verlegt": N_("Der Termin ist geändert. Alle Betroffenen mit E-Mail-Adresse bekommen Bescheid."),
    "entfallen": N_("Der Termin entfällt. Alle Betroffenen mit E-Mail-Adresse bekommen Bescheid."),
    "entfernt": N_("Der Termin ist entfernt."),
    "veroeffentlicht": N_("Die Veranstaltung ist veröffentlicht."),
    "abgesagt": N_("Die Veranstaltung ist abgesagt. Alle Betroffenen mit E-Mail-Adresse bekommen Bescheid."),
    "doch": N_("Die Veranstaltung findet doch statt. Die Absage wird nicht verschickt."),
    "erreicht": N_("Als erreicht vermerkt."),
    "anruf_offen": N_("Der Anruf ist wieder offen."),
    "angenommen": N_("Angenommen. Alle mit E-Mail-Adresse bekommen Bescheid."),
    "angenommen_warteliste": N_("Angenommen. Für einige war kein Platz mehr: Sie stehen auf der Warteliste."),
    "abgelehnt": N_("Abgelehnt. Alle mit E-Mail-Adresse bekommen Bescheid."),
    "warteliste": N_("Die Anmeldung steht jetzt auf der Warteliste."),
    "nachgerueckt": N_("Die Anmeldung ist jetzt bestätigt."),
    "personenzahl": N_("Die Zahl der Personen ist geändert."),
    "ersetzt": N_("Auf dem Platz steht jetzt die andere Person."),
    "berichtigte_daten": N_("Die Angaben sind gespeichert."),
    "storniert": N_("Die Anmeldung ist storniert."),
    "mail_gesendet": N_("Die Mail wird noch einmal gesendet."),
    "mail_verworfen": N_("Die Mail wird nicht gesendet."),
    "mail_fortgesetzt": N_("Der Mailversand läuft wieder."),
    "abgeschlossen": N_("Der Termin ist abgeschlossen. Die Zahlen stehen in der Auswertung."),
    "frage": N_("Die Frage ist gespeichert."),
    "frage_entfernt": N_("Die Frage ist entfernt."),
    "kontingent": N_("Das Kontingent ist gespeichert."),
    "kontingente": N_("Die Kontingente sind gespeichert."),
    "kontingent_aufgehoben": N_("Das Kontingent ist aufgehoben. Frei gewordene Plätze sind vergeben."),
    "nachgetragen": N_("Die Veranstaltung ist nachgetragen und abgeschlossen. Ihre Zahlen stehen in der Auswertung."),
    "datei": N_("Die Datei ist gespeichert."),
    "datei_entfernt": N_("Die Datei ist entfernt."),
    "berichtigt": N_("Die Berichtigung ist gespeichert."),
}
"""What a page says after a form was sent, by the value of `meldung` in its address."""


@dataclass(frozen=True)
class Filled:
    """A form as templates want it: what stands in the fields, and what is wrong by field."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def staff_page(name: str, staff: StaffView, *, status: int = 200, notice: str = "", **context: Any) -> Response[bytes]:
    """A page with the menu of this person's role; templates ask `may("plan")` what to offer."""
    said = gettext(NOTICES[notice]) if notice in NOTICES else ""
    return templating.page(
        name, status=status, notice=said, may=partial(may, staff.role), **team_frame(staff), **context
    )


def team_frame(staff: StaffView) -> dict[str, Any]:
    """What the frame of a page behind the sign-in shows of the person."""
    return {"staff_name": staff.name, "staff_items": list(_menu(staff.role))}


def see(path: str, notice: str = "") -> Response[Any]:
    """The answer to a form that was taken: go and look there."""
    sign = "&" if "?" in path else "?"
    return Redirect(f"{path}{sign}meldung={notice}" if notice else path, status_code=303)


def _menu(role: str) -> Iterator[tuple[str, str]]:
    for permission, path, text in MENU:
        if may(role, permission):
            yield path, gettext(text)
