"""Which language is spoken right now, texts in that language, and dates and times in words (Europe/Berlin).

German is the source: its text is the key, and what no catalogue holds is said in German.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, format_time

from events.kit.catalogues import catalogue
from events.kit.clock import BERLIN
from events.kit.lean import keep_dates_and_numbers

SOURCE = "de"


@dataclass(frozen=True)
class Language:
    """`name` is what its speakers call it; `dir` is the HTML attribute."""

    code: str
    name: str
    dir: Literal["ltr", "rtl"] = "ltr"


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("de", "Deutsch"),
        Language("en", "English"),
        Language("tr", "Türkçe"),
        Language("ar", "العربية", "rtl"),
    )
}

keep_dates_and_numbers(LANGUAGES)

_spoken: ContextVar[str] = ContextVar("language", default=SOURCE)


def current_language() -> str:
    return _spoken.get()


def language_prefix(language: str) -> str:
    """What stands before the path in the addresses of this language: nothing in German, else as in `/tr`."""
    return "" if language == SOURCE else f"/{language}"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything inside is said in `language`; one that we do not (or no longer) offer is German."""
    token = _spoken.set(language if language in LANGUAGES else SOURCE)
    try:
        yield
    finally:
        _spoken.reset(token)


def gettext(message: str, /, **values: object) -> str:
    """The text in the current language, its `%(name)s` filled if values are given."""
    return _filled(catalogue(_spoken.get()).gettext(message), values)


_ = gettext


def ngettext(singular: str, plural: str, n: int, /, **values: object) -> str:
    """The form that fits the number; `%(n)s` is filled with it."""
    return _filled(catalogue(_spoken.get()).ngettext(singular, plural, n), {"n": n, **values})


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Like `gettext`, for a text that means different things in different places."""
    return _filled(catalogue(_spoken.get()).pgettext(context, message), values)


def mark(message: str) -> str:
    """Puts a text into the catalogues and leaves it as it is; say it later with `gettext`."""
    return message


N_ = mark


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text % values if values else text


@dataclass(frozen=True)
class Localized:
    """A text of the office, and the language it is really in (for `lang` and `dir` where that is not the page's)."""

    text: str
    language: str

    @property
    def dir(self) -> Literal["ltr", "rtl"]:
        return LANGUAGES[self.language].dir if self.language in LANGUAGES else "ltr"

    def __str__(self) -> str:
        return self.text


def localized(texts: Mapping[str, str], language: str | None = None) -> Localized:
    """The text in the wished (else the current) language, German where that one is missing or blank."""
    wished = language or current_language()
    for code in (wished, SOURCE):
        if texts.get(code, "").strip():
            return Localized(texts[code], code)
    return Localized("", SOURCE)


def day(moment: date) -> str:
    """As in "Dienstag, 12. Januar 2027"; a moment is taken as the day it is in Berlin."""
    pattern = pgettext("Muster für Tage (Unicode LDML)", "EEEE, d. MMMM y")
    local = moment.astimezone(BERLIN) if isinstance(moment, datetime) else moment
    return _day_in(date(local.year, local.month, local.day), pattern, current_language())


def time_of_day(moment: datetime) -> str:
    """As in "17:30", always 24 hours."""
    local = moment.astimezone(BERLIN)
    return _clock_in(local.hour, local.minute, current_language())


def day_and_time(moment: datetime) -> str:
    """As in "Dienstag, 12. Januar 2027, 17:30 Uhr"."""
    return gettext("%(day)s, %(time)s Uhr", day=day(moment), time=_isolated(time_of_day(moment)))


def span(start: datetime, end: datetime) -> str:
    """As in "Dienstag, 12. Januar 2027, 17:30–20:30 Uhr"; both days are named when they differ."""
    if start.astimezone(BERLIN).date() != end.astimezone(BERLIN).date():
        return gettext("%(start)s bis %(end)s", start=day_and_time(start), end=day_and_time(end))
    times = _isolated(f"{time_of_day(start)}–{time_of_day(end)}")
    return gettext("%(day)s, %(time)s Uhr", day=day(start), time=times)


@lru_cache(maxsize=500)  # a list says the same few days and times on every line
def _day_in(local: date, pattern: str, language: str) -> str:
    return format_date(local, pattern, locale=language)


@lru_cache(maxsize=500)
def _clock_in(hour: int, minute: int, language: str) -> str:
    return format_time(time(hour, minute), "HH:mm", locale=language)


def _isolated(times: str) -> str:
    """Inside right-to-left text, times keep their order only between isolate marks (U+2066, U+2069) and on one line
    (U+2060, for the dash)."""
    if LANGUAGES[current_language()].dir == "ltr":
        return times
    return "\u2066" + times.replace("–", "\u2060–\u2060") + "\u2069"
