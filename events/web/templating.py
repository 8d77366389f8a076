"""Turns templates into pages: the one Jinja environment, what every page knows, and the answer that carries a page.

What templates may call beyond this is in `template_words.py`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from litestar import MediaType, Response

from events.kit.translation import LANGUAGES, current_language, language_prefix
from events.settings import PROJECT
from events.web import template_words as words
from events.web.static_files import asset_address


@dataclass(frozen=True)
class Letterhead:
    """What every page says about the office: who we are and where to get help."""

    name: str = "Kommunales Integrationszentrum"
    county: str = ""
    phone: str = ""
    email: str = ""
    accent: str = ""  # `#rrggbb`, checked when it was set
    official: bool = False  # the line "Offizielle Website"


@dataclass(frozen=True)
class Visit:
    """Where the visitor is. `path` and `query` come without language prefix and question mark.

    `offered` is the language the browser prefers, where it is another one of ours (a line on top offers it).
    """

    path: str = "/"
    query: str = ""
    offered: str | None = None

    def address_in(self, language: str) -> str:
        """This very page in another language, filters kept."""
        return language_prefix(language) + self.path + (f"?{self.query}" if self.query else "")


_letterhead = [Letterhead()]
HOME = Visit()
_visit: ContextVar[Visit] = ContextVar("visit", default=HOME)


def put_letterhead(letterhead: Letterhead) -> None:
    """From now on this process's pages show `letterhead`."""
    _letterhead[0] = letterhead


@contextmanager
def visiting(visit: Visit) -> Iterator[None]:
    """Pages rendered inside know where they are: for language links and the marked item of the navigation."""
    token = _visit.set(visit)
    try:
        yield
    finally:
        _visit.reset(token)


def render(name: str, **context: object) -> str:
    """The template's text in the current language. Raises UndefinedError for a name nobody set."""
    return environment.get_template(name).render(context)


def page(
    name: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: object
) -> Response[bytes]:
    """An HTML answer."""
    body = render(name, **context).encode()
    return Response(body, status_code=status, headers=dict(headers or {}), media_type=MediaType.HTML)


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(PROJECT / "templates"),
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # added by the i18n extension
    made.policies["ext.i18n.trimmed"] = True  # as babel.cfg says, so that both see the same text
    made.globals |= words.GLOBALS | {
        "asset": asset_address,
        "languages": LANGUAGES,
        "language": lambda: LANGUAGES[current_language()],
        "letterhead": lambda: _letterhead[0],
        "visit": _visit.get,
    }
    made.filters |= words.FILTERS
    return made


environment = _environment()
