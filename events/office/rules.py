"""What an obligatory page must say, and when somebody has to look at it again. Pure: no database, no clock, no web."""

from collections.abc import Iterator
from datetime import date, timedelta

from events.kit.colours import LIGHT_GROUND, READABLE, contrast_pressed, is_colour
from events.kit.refusals import Refusal
from events.kit.translation import N_

CHECKED_FOR = timedelta(days=365)
"""How long "geprüft" holds."""

PARTS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    # § 5 DDG
    "impressum": (
        (N_("Anschrift"), ("straße", "strasse", "allee", "platz", "weg", "postfach")),
        (N_("Telefonnummer oder E-Mail-Adresse"), ("@", "telefon")),
        (N_("Wer vertritt (Landrätin oder Landrat)"), ("landrat", "landrät", "vertret")),
    ),
    # Art. 13 DSGVO
    "datenschutz": (
        (N_("Wer verantwortlich ist"), ("verantwortlich",)),
        (N_("Datenschutzbeauftragte:r"), ("datenschutzbeauftragt",)),
        (N_("Rechtsgrundlage"), ("rechtsgrundlage", "art. 6", "artikel 6")),
        (N_("Wie lange gespeichert wird"), ("lösch", "speicher")),
        (N_("Rechte der Betroffenen"), ("auskunft", "rechte")),
        (N_("Beschwerde bei der Aufsichtsbehörde"), ("aufsichtsbehörde", "landesbeauftragte", "beschwerde")),
    ),
    # § 10 BITVNRW
    "barrierefreiheit": (
        (N_("Was noch nicht barrierefrei ist"), ("nicht barrierefrei", "einschränk", "barrieren", "vereinbar")),
        (N_("Wie man Barrieren meldet"), ("melden", "feedback", "schreiben sie", "@")),
        (N_("Ombudsstelle"), ("ombud", "schlichtung", "durchsetzung")),
        (N_("Wann die Erklärung erstellt wurde"), ("erstellt", "stand", "geprüft", "überprüft")),
    ),
    "einfache-sprache": (),
}
"""By page: the parts the law wants, each with words one of which the German text must contain."""


def why_not_this_colour(colour: str) -> Refusal | None:
    """What can be clicked has this colour on light ground, also while it is pressed, and white text on it."""
    if not is_colour(colour):
        return Refusal("no_colour")
    ratio = contrast_pressed(colour, LIGHT_GROUND)
    return None if ratio >= READABLE else Refusal("pale_colour", {"ratio": f"{ratio:.1f}".replace(".", ",")})


def missing_parts(slug: str, body: str) -> Iterator[str]:
    """Names of parts that no word of the German text points to. It may be mistaken, so it only warns."""
    text = body.casefold()
    for name, words in PARTS.get(slug, ()):
        if not any(word in text for word in words):
            yield name


def is_to_be_checked(checked_on: date | None, today: date) -> bool:
    return checked_on is None or today > checked_on + CHECKED_FOR
