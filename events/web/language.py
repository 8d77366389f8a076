"""Which language a request asks for (the first part of its path alone says it) and which one its browser prefers."""

from functools import lru_cache
from urllib.parse import quote

from events.kit.translation import LANGUAGES, SOURCE

ONLY_GERMAN = ("/team", "/static", "/api", "/health", "/metrics", "/robots.txt", "/favicon.ico")
"""Not for the public or not in words: these addresses do not exist below a language."""


LONGEST_WISHES = 300
"""Bytes of what a browser says about languages; what stands behind them is not read, nor kept in memory."""


def asked_language(path: str) -> tuple[str, str]:
    """The language, and the path without it; an unknown language stays in the path, which then is not found."""
    language, rest = _first_part(path)
    if language in LANGUAGES and language != SOURCE and not rest.startswith(ONLY_GERMAN):
        return language, rest
    return SOURCE, path


def address_without_source(path: str, query: bytes) -> str | None:
    """Where `/de/…` is really found; None for other paths. Never leads to another site."""
    language, rest = _first_part(path)
    if language != SOURCE:
        return None
    return quote("/" + rest.lstrip("/")) + (f"?{query.decode('latin-1')}" if query else "")


def preferred_language(accept_language: bytes) -> str | None:
    """The one of our languages that the browser likes best (RFC 9110, 12.5.4); None if it likes none of them."""
    return _preferred(accept_language[:LONGEST_WISHES])


@lru_cache(maxsize=1000)
def _preferred(accept_language: bytes) -> str | None:
    wishes = [_wish(part) for part in accept_language.decode("latin-1").lower().split(",")]
    liked = [(weight, code) for code, weight in wishes if code in LANGUAGES and weight > 0]
    return max(liked, key=lambda wish: wish[0])[1] if liked else None


def _first_part(path: str) -> tuple[str, str]:
    first, slash, rest = path[1:].partition("/")
    return first, slash + rest if slash else "/"


def _wish(part: str) -> tuple[str, float]:
    tag, _, weight = part.partition(";")
    try:
        return tag.strip().partition("-")[0], float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return tag.strip(), 0.0
