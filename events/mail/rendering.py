"""Turns templates/mail into subject, text and HTML: an environment of its own, and what its templates may call."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context, select_autoescape
from jinja2.nodes import EvalContext
from markupsafe import Markup

from events.kit import translation
from events.kit.catalogues import catalogue
from events.kit.colours import readable_in_the_dark
from events.kit.text import one_line
from events.kit.translation import LANGUAGES, SOURCE, Localized, current_language, language_prefix
from events.settings import PROJECT, settings

LARGEST_HTML = 100_000
"""Gmail cuts off what is longer (bytes)."""

BLUES = ("#2044aa", "#97afe1")
"""KERN's colours of what can be clicked, in the light and in the dark; for an office without one of its own."""


@dataclass(frozen=True)
class Texts:
    language: str  # the one they are really in
    subject: str
    plain: str
    html: str


class MailTooLarge(Exception):
    """The HTML part would be cut off by mail programs."""


def rendered(kind: str, language: str, context: Mapping[str, object]) -> Texts:
    """The three texts of a mail in `language`. Raises UndefinedError for a name nobody set, MailTooLarge."""
    office = context.get("office")
    with translation.speaking(language):
        filled = {**context, "paragraph": _paragraph(kind, office), "colours": _colours(office)}
        subject, plain, html = (
            environment.get_template(f"mail/{kind}.{ending}").render(filled)
            for ending in ("subject.txt", "txt", "html")
        )
        spoken = current_language()
    if len(html.encode()) > LARGEST_HTML:
        raise MailTooLarge(kind)
    return Texts(spoken, one_line(subject), _tidy(plain), html)


def named(thing: object, name: str) -> Any:
    """A value of an object or a mapping, as templates reach it."""
    return environment.getattr(thing, name)


def _paragraph(kind: str, office: object) -> Localized:
    """What the office adds to every mail of this kind; empty where it adds nothing."""
    paragraphs = named(office, "paragraphs")
    return _localized(paragraphs.get(kind, {}) if isinstance(paragraphs, Mapping) else {})


def _colours(office: object) -> tuple[str, str]:
    """Of links and buttons: in the light and in the dark."""
    accent = named(office, "accent")
    return (accent, readable_in_the_dark(accent)) if isinstance(accent, str) and accent else BLUES


def absolute(path: str) -> str:
    """The full address of a page of ours in the language of the mail."""
    return settings().base_url + language_prefix(current_language()) + path


def _tidy(text: str) -> str:
    """Templates need not care for blank lines: never more than one, and none at the ends."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


@pass_eval_context
def _gettext(context: EvalContext, message: str, /, **values: object) -> str:
    return _filled(context, catalogue(current_language()).gettext(message), values)


@pass_eval_context
def _ngettext(context: EvalContext, singular: str, plural: str, n: int, /, **values: object) -> str:
    text = catalogue(current_language()).ngettext(singular, plural, n)
    return _filled(context, text, {"n": n, "num": n, **values})


@pass_eval_context
def _pgettext(context: EvalContext, about: str, message: str, /, **values: object) -> str:
    return _filled(context, catalogue(current_language()).pgettext(about, message), values)


def _filled(context: EvalContext, text: str, values: Mapping[str, object]) -> str:
    """In HTML the texts of the catalogues may hold markup, and values are escaped."""
    text = Markup(text) if context.autoescape else text  # noqa: S704
    return text % values if values else text.replace("%%", "%")


def _breaks(text: str) -> Markup:
    """Lines of typed text in HTML; not by a style, which not all mail programs know."""
    return Markup("<br>").join(text.splitlines())


def _localized(texts: Mapping[str, str] | Localized | str) -> Localized:
    if isinstance(texts, Localized):
        return texts
    return Localized(texts, SOURCE) if isinstance(texts, str) else translation.localized(texts)


def _language_of(text: Localized) -> Markup:
    if text.language == current_language() or not text.text:
        return Markup("")
    return Markup(' lang="{}" dir="auto"').format(text.language)


@pass_eval_context
def _time(context: EvalContext, moment: datetime) -> str:
    text = translation.time_of_day(moment)
    return Markup('<bdi dir="ltr">{}</bdi>').format(text) if context.autoescape else text


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(PROJECT / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # added by the i18n extension
    made.globals |= {"_": _gettext, "gettext": _gettext, "ngettext": _ngettext, "pgettext": _pgettext}
    made.globals |= {
        "absolute": absolute,
        "language": lambda: LANGUAGES[current_language()],
        "localized": _localized,
        "span": translation.span,
    }
    made.filters |= {
        "breaks": _breaks,
        "day": translation.day,
        "day_and_time": translation.day_and_time,
        "time": _time,
        "lang": _language_of,
        "one_line": one_line,
    }
    return made


environment = _environment()
