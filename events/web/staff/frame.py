"""What all pages behind the sign-in share: the menu, what the person may do, forms with what was typed, notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from litestar import Response
from litestar.response import Redirect

from events.accounts.queries import StaffView
from events.accounts.rules import may
from events.kit.translation import N_, gettext
from events.web import templating
from events.web.staff.menu import menu

NOTICES = {
    "angelegt": N_("Die Veranstaltung ist als Entwurf angelegt."),
    "gespeichert": N_("Gespeichert."),
    "baustein_weg": N_("Der Baustein ist entfernt."),
    "jahr_abgeschlossen": N_("Das Jahr ist abgeschlossen. Die Zahlen stehen fest."),
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
    "rundmail_gestartet": N_("Der Versand läuft."),
    "rundmail_angehalten": N_("Der Versand ist angehalten. Was noch nicht verschickt ist, wartet."),
    "rundmail_fortgesetzt": N_("Der Versand läuft wieder."),
    "rundmail_abgebrochen": N_("Die Rundmail ist abgebrochen."),
    "rundmail_geloescht": N_("Der Entwurf ist gelöscht."),
    "testmail": N_("Die Testmail ist unterwegs an Ihre Adresse."),
    "mail_gesendet": N_("Die Mail wird noch einmal gesendet."),
    "mail_verworfen": N_("Die Mail wird nicht gesendet."),
    "mail_angehalten": N_("Der Mailversand ist angehalten. Jede Mail wartet, bis Sie ihn fortsetzen."),
    "mails_gesendet": N_("Die Mails werden noch einmal gesendet."),
    "mails_verworfen": N_("Die Mails werden nicht gesendet."),
    "mails_teils": N_("Erledigt, aber nicht bei allen: Bei einigen war schon entschieden, oder es ist zu spät."),
    "mails_keine": N_("Nichts geändert: Bei diesen Mails war schon entschieden, oder es ist zu spät."),
    "adresse_erledigt": N_("Als erledigt vermerkt."),
    "adresse_offen": N_("Die Adresse steht wieder in der Liste."),
    "mail_an_mich": N_("Die Testmail liegt im Postausgang."),
    "mail_fortgesetzt": N_("Der Mailversand läuft wieder."),
    "abgeschlossen": N_("Der Termin ist abgeschlossen. Die Zahlen stehen in der Auswertung."),
    "frage": N_("Die Frage ist gespeichert."),
    "frage_entfernt": N_("Die Frage ist entfernt."),
    "kontingent": N_("Das Kontingent ist gespeichert."),
    "kontingente": N_("Die Kontingente sind gespeichert."),
    "kontingent_aufgehoben": N_("Das Kontingent ist aufgehoben. Frei gewordene Plätze sind vergeben."),
    "mailregel": N_("Gespeichert. Die Mails gehen von selbst hinaus."),
    "mailregel_entfernt": N_("Die Regel ist entfernt."),
    "mailregel_aus": N_("Ausgeschaltet. Solche Mails gehen nicht mehr hinaus."),
    "mailregel_zurueck": N_("Die eigenen Regeln sind aufgehoben."),
    "nachgetragen": N_("Die Veranstaltung ist nachgetragen und abgeschlossen. Ihre Zahlen stehen in der Auswertung."),
    "eingeladen": N_("Die Einladungen gehen jetzt hinaus."),
    "erinnert": N_("Die Erinnerungen gehen jetzt hinaus."),
    "antwort": N_("Die Antwort ist eingetragen."),
    "einladung_berichtigt": N_("Gespeichert. Wenn die Adresse neu ist, muss die Einladung noch einmal hinaus."),
    "zurueckgezogen": N_("Die Einladung ist zurückgezogen. Niemand kann sie mehr beantworten."),
    "kalender_neu": N_("Ihr Kalender hat eine neue Adresse."),
    "kalender_aus": N_("Ihr Kalender ist abgeschaltet."),
    "kalender_an": N_("Ihr Kalender ist wieder eingeschaltet."),
    "datei": N_("Die Datei ist gespeichert."),
    "datei_entfernt": N_("Die Datei ist entfernt."),
    "berichtigt": N_("Die Berichtigung ist gespeichert."),
    "kontakt_abgemeldet": N_("Der Kontakt ist abgemeldet."),
    "kontakt_geloescht": N_("Der Kontakt ist gelöscht."),
    "anwesenheit_nachgetragen": N_("Die Anwesenheit ist nachgetragen."),
    "link_gesendet": N_("Der Link ist unterwegs."),
    "link_erneuert": N_("Ein neuer Link ist unterwegs. Der alte öffnet nichts mehr."),
    "zugang_beendet": N_("Der Zugang ist beendet."),
    "vertretung_genannt": N_("Die Vertretung bekommt einen eigenen Link per Mail."),
    "partner_dazu": N_("Der Partner ist hinzugefügt."),
    "partner_entfernt": N_("Der Partner ist entfernt."),
    "bescheinigt": N_("Ausgestellt. Wer schon eine Bescheinigung hatte, behält sie."),
    "bescheinigt_verschickt": N_(
        "Die Bescheinigungen sind unterwegs. Wer schon eine bekommen hat, bekommt keine zweite."
    ),
    "bescheinigung_neu": N_("Die Bescheinigung ist neu ausgestellt. Die alte gilt als ersetzt."),
    "bescheinigung_weg": N_("Die Bescheinigung ist zurückgezogen."),
    "rueckmeldung_offen": N_("Die Rückmeldung ist eröffnet."),
    "rueckmeldung_mails": N_("Die Rückmeldung ist eröffnet. Die Mails sind unterwegs."),
    "rueckmeldung_zu": N_("Die Rückmeldung ist abgeschlossen."),
    "schritt": N_("Aufgeschrieben. Hier ist Platz für den nächsten Schritt."),
    "schritt_weg": N_("Der Handlungsschritt ist gelöscht."),
    "schritt_zurueck": N_("Der Handlungsschritt ist nicht mehr öffentlich."),
    "schritte_oeffentlich": N_("Veröffentlicht. Die Ergebnisse stehen auf der Seite der Reihe."),
    "gruppe": N_("Die Gruppe ist eröffnet."),
    "gruppe_entfernt": N_("Die Gruppe ist entfernt."),
    "gruppe_beendet": N_("Die Gruppe ist beendet."),
    "gemeldet": N_("Die Meldung ist gespeichert."),
    "wunsch_weg": N_("Der Themenwunsch ist gelöscht."),
    "seite_geprueft": N_("Als geprüft vermerkt."),
    "zugang_eingeladen": N_("Die Einladung ist unterwegs."),
    "zugang_gesperrt": N_("Der Zugang ist gesperrt."),
    "zugang_frei": N_("Der Zugang ist wieder frei."),
    "ueberall_abgemeldet": N_("Die Person ist überall abgemeldet."),
    "zwei_faktor_aus": N_("Der zweite Faktor ist ausgeschaltet."),
    "kennwort_neu": N_("Ihr Passwort ist geändert. Alle anderen Geräte sind abgemeldet."),
    "anmeldung_beendet": N_("Abgemeldet."),
    "zusammengefuehrt": N_("Beide Einträge haben jetzt dieselben Angaben."),
    "reihe_oeffentlich": N_("Die Reihe ist veröffentlicht."),
    "reihe_zurueck": N_("Die Reihe ist nicht mehr öffentlich. Ihre Veranstaltungen bleiben, wie sie sind."),
    "vorschau_neu": N_("Der Link zum Entwurf ist neu. Der alte öffnet nichts mehr."),
    "kopiert": N_("Die Kopie ist als Entwurf angelegt."),
    "termine": N_("Die Termine sind gespeichert."),
    "wiederholt": N_("Die Veranstaltungen sind als Entwürfe angelegt."),
    "auf_wunsch_geloescht": N_("Gelöscht. Im Verlauf steht, dass und warum, nicht wer."),
    "faelliges_geloescht": N_("Fälliges ist gelöscht."),
    "rueckblick_fertig": N_("Danke! Der Rückblick ist unterzeichnet."),
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
    return {"staff_name": staff.name, "staff_menu": list(menu(staff.role))}


def see(path: str, notice: str = "") -> Response[Any]:
    """The answer to a form that was taken: go and look there."""
    sign = "&" if "?" in path else "?"
    return Redirect(f"{path}{sign}meldung={notice}" if notice else path, status_code=303)
