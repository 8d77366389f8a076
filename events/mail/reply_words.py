"""What mail servers say, in words the office understands: why an address takes no mail, why nothing is sent."""

import re
from dataclasses import dataclass

from events.kit.translation import N_, gettext
from events.mail.pausing import UNTIL_SOMEBODY_ENDS_IT, Pause

# RFC 3463 and its registry; the first that fits counts.
_ADDRESSES = (
    ("5.1.2", N_("Den Teil hinter dem @ gibt es nicht.")),
    ("5.1.3", N_("Die Adresse ist falsch geschrieben.")),
    ("5.1.6", N_("Das Postfach ist umgezogen.")),
    ("5.1.10", N_("Den Teil hinter dem @ gibt es nicht, oder er nimmt keine Mails an.")),
    ("5.1.", N_("Diese Adresse gibt es nicht.")),
    ("5.2.1", N_("Das Postfach ist abgeschaltet.")),
    ("5.2.2", N_("Das Postfach ist voll.")),
    ("5.2.3", N_("Die Mail ist für dieses Postfach zu groß.")),
    ("5.2.", N_("Das Postfach nimmt keine Mails an.")),
    ("5.4.", N_("Der Mailserver hinter dieser Adresse ist nicht zu finden.")),
    ("4.", N_("Der Mailserver hinter dieser Adresse war tagelang nicht erreichbar.")),
    ("5.7.", N_("Der Mailserver hinter dieser Adresse lehnt unsere Mails ab.")),
)
_PLAIN_CODES = {
    "551": N_("Das Postfach ist umgezogen."),
    "552": N_("Das Postfach ist voll."),
    "553": N_("Die Adresse ist falsch geschrieben."),
    "556": N_("Den Teil hinter dem @ gibt es nicht, oder er nimmt keine Mails an."),
}
_ENHANCED = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_NO_ENTRY = ("530", "534", "535", "538")
_NO_WAY = ("500", "502", "503", "504")


@dataclass(frozen=True)
class Standstill:
    """`what` is the matter and what somebody should do, each a sentence."""

    what: str
    to_do: str


def why_undeliverable(reply: str) -> str:
    """A server's refusal of one address, as a sentence."""
    for code in _ENHANCED.findall(reply):
        for beginning, sentence in _ADDRESSES:
            if code == beginning or (beginning.endswith(".") and code.startswith(beginning)):
                return gettext(sentence)
    return gettext(_PLAIN_CODES.get(reply[:3], N_("Diese Adresse nimmt keine Mails an.")))


def why_paused(pause: Pause) -> Standstill:
    """By hand, or because of what our own mail server said."""
    if pause.until >= UNTIL_SOMEBODY_ENDS_IT:
        return Standstill(
            gettext("Der Versand ist von Hand angehalten: %(reason)s", reason=pause.reason),
            gettext("Setzen Sie ihn fort, sobald nichts mehr dagegen spricht. Bis dahin wartet jede Mail."),
        )
    code = pause.reason[:3]
    if code in _NO_ENTRY:
        return Standstill(
            gettext("Unser Mailserver nimmt unsere Zugangsdaten nicht an."),
            gettext("Bitte lassen Sie die IT Benutzernamen und Passwort prüfen (Einstellung EVENTS_SMTP_URL)."),
        )
    if code in _NO_WAY:
        return Standstill(
            gettext("Unser Mailserver versteht die eingestellte Verbindung nicht."),
            gettext("Bitte lassen Sie die IT Anschluss und Verschlüsselung prüfen (Einstellung EVENTS_SMTP_URL)."),
        )
    return Standstill(
        gettext("Unser Mailserver lehnt unsere Mails ab."),
        gettext("Bitte lassen Sie die IT prüfen, ob wir von der Adresse in EVENTS_MAIL_FROM senden dürfen."),
    )
