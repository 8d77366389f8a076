"""What the poster (or slide) says with which everybody in the room finds the questions: data for `feedback.typ`."""

from events.feedback.answering import room_address
from events.feedback.rounds import Round
from events.kit.documents import qr_code
from events.kit.text import one_line
from events.kit.translation import LANGUAGES, localized, speaking
from events.kit.translation import gettext as _
from events.office.views import OfficeView
from events.programme.queries import EventView


def poster_data(event: EventView, one: Round, sender: OfficeView, language: str) -> dict[str, object]:
    with speaking(language):
        title, address = localized(event.title), room_address(one, language)
        return {
            "lang": language,
            "dir": LANGUAGES[language].dir,
            "heading": _("Wie war es?"),
            "title": {"text": one_line(title.text), "lang": title.language, "dir": title.dir},
            "how": _("Scannen Sie den Code mit der Kamera Ihres Handys."),
            "anonymous": _("Ihre Antworten sind anonym. Wir speichern nicht, wer geantwortet hat."),
            "qr": qr_code(address),
            "qr_says": _("QR-Code: öffnet die Fragen zu dieser Veranstaltung"),
            "address": address.partition("://")[2],
            "office": sender.name,
        }
