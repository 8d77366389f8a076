"""The functions and filters that templates use: translated texts, addresses, dates and times, what a form holds."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from babel.numbers import format_decimal
from markupsafe import Markup

from events.kit import translation
from events.kit.catalogues import catalogue
from events.kit.clock import BERLIN
from events.kit.translation import SOURCE, Localized, current_language, language_prefix
from events.registration import wording

TIMES = re.compile(r"(\u2066?\d\d:\d\d\u2060?–\u2060?\d\d:\d\d\u2069?(?: Uhr)?)")


def link(path: str) -> str:
    """The address of `path` in the language of the page."""
    return language_prefix(current_language()) + path


def _gettext(message: str, /, **values: object) -> Markup:
    return _filled(catalogue(current_language()).gettext(message), values)


def _ngettext(singular: str, plural: str, n: int, /, **values: object) -> Markup:
    return _filled(catalogue(current_language()).ngettext(singular, plural, n), {"n": n, "num": n, **values})


def _pgettext(context: str, message: str, /, **values: object) -> Markup:
    return _filled(catalogue(current_language()).pgettext(context, message), values)


def _npgettext(context: str, singular: str, plural: str, n: int, /, **values: object) -> Markup:
    text = catalogue(current_language()).npgettext(context, singular, plural, n)
    return _filled(text, {"n": n, "num": n, **values})


def _filled(text: str, values: Mapping[str, object]) -> Markup:
    """Texts of the catalogues may hold markup; values are escaped."""
    return Markup(text) % values if values else Markup(text.replace("%%", "%"))  # noqa: S704


def said_in(language: str, message: str) -> Markup:
    """A text (marked with `N_`) in another language than the page's."""
    with translation.speaking(language):
        return _gettext(message)


def in_words(texts: Mapping[str, str] | Localized | str) -> Localized:
    """A text of the office in the language of the page, German where it is missing."""
    if isinstance(texts, Localized):
        return texts
    return Localized(texts, SOURCE) if isinstance(texts, str) else translation.localized(texts)


def language_of(text: Localized) -> Markup:
    """The attributes for an element whose text may be in another language than the page; else nothing."""
    if text.language == current_language() or not text.text:
        return Markup("")
    return Markup(' lang="{}" dir="auto"').format(text.language)


def time_of_day(moment: datetime) -> Markup:
    return Markup('<bdi dir="ltr">%s</bdi>') % translation.time_of_day(moment)  # on long lists: quicker than format


def span(start: datetime, end: datetime) -> Markup:
    """Day and times in words; the times stay together on one line."""
    before, *rest = TIMES.split(translation.span(start, end))
    return Markup('{}<span class="times">{}</span>{}').format(before, *rest) if rest else Markup("{}").format(before)


def machine_time(moment: date) -> str:
    """For the `datetime` attribute of a `<time>` element: a day, or a moment in Berlin's time with offset."""
    if isinstance(moment, datetime):
        return moment.astimezone(BERLIN).isoformat(timespec="minutes")
    return moment.isoformat()


def typed(form: Any, name: str) -> str:
    """What stands in a field: of a form's `values`, the last one given. No form: an empty field."""
    values = all_typed(form, name)
    return values[-1] if values else ""


def all_typed(form: Any, name: str) -> list[str]:
    """What is chosen in a group of boxes. `values` may hold one text or several by name, or be a FormMultiDict."""
    values = _part(form, "values")
    if hasattr(values, "getall"):
        return [str(value) for value in values.getall(name, [])]
    value = values.get(name)
    if value is None or value is False:
        return []
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [str(one) for one in value]
    return [_as_typed(value)]


def error_of(form: Any, name: str) -> str:
    return str(_part(form, "errors").get(name, ""))


def errors_of(form: Any) -> dict[str, str]:
    return dict(_part(form, "errors"))


def _part(form: Any, name: str) -> Any:
    if form is None:
        return {}
    found = form.get(name) if isinstance(form, Mapping) else getattr(form, name, None)
    return {} if found is None else found


def _as_typed(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M")
    return "on" if value is True else str(value)


def number(value: float) -> Markup:
    """Figures with the separators of the language, kept left to right."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(format_decimal(value, locale=current_language()))


def phone_link(text: str) -> Markup:
    digits = "".join(sign for sign in text if sign.isdigit() or sign == "+")
    return Markup('<a class="kern-link" href="tel:{}"><bdi dir="ltr">{}</bdi></a>').format(digits, text)


def mail_link(text: str) -> Markup:
    return Markup('<a class="kern-link" href="mailto:{}">{}</a>').format(text, breaking_at(text))


def breaking_at(text: str) -> Markup:
    """An address that may break behind the @, rather than anywhere, where the line is too short."""
    name, at, domain = text.partition("@")
    return Markup('<bdi dir="ltr">{}{}<wbr>{}</bdi>').format(name, at, domain)


def _choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, translation.gettext(text)) for code, text in words.items()]


GLOBALS: dict[str, Any] = {
    "roles": lambda: _choices(wording.ROLES),
    "needs": lambda: _choices(wording.NEEDS),
    "registration_status": wording.status_word,
    "refusal_text": wording.refusal_text,
    "next_step": wording.next_step,
    "_": _gettext,
    "gettext": _gettext,
    "ngettext": _ngettext,
    "pgettext": _pgettext,
    "npgettext": _npgettext,
    "N_": translation.N_,
    "said_in": said_in,
    "link": link,
    "localized": in_words,
    "span": span,
    "typed": typed,
    "all_typed": all_typed,
    "error_of": error_of,
    "errors_of": errors_of,
}

FILTERS: dict[str, Any] = {
    "day": translation.day,
    "time": time_of_day,
    "day_and_time": translation.day_and_time,
    "machine_time": machine_time,
    "number": number,
    "lang": language_of,
    "phone_link": phone_link,
    "breaking_at": breaking_at,
    "mail_link": mail_link,
}
