"""Reads the translations from their message files and keeps them in memory; nothing about who speaks which language."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent.parent / "translations"


@cache
def catalogue(language: str) -> NullTranslations:
    """The texts of one language; without a message file (German is the source) each text stays as it is in the code.

    Missing and fuzzy entries give the German source. A changed file is seen after a restart.
    """
    messages = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not messages.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with messages.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
