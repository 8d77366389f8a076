"""Whether a form was sent from our own pages, told by what the browser says; no tokens, so pages can be cached."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_USUAL_PORTS = {"http": ":80", "https": ":443"}


def why_cross_origin(method: str, headers: Mapping[str, str], own_origins: Iterable[str]) -> str | None:
    """Why this request must not change anything, or None when it may. Header names are lower case.

    `own_origins` are origins (`https://example.org`) or bare hosts as in the Host header, which stand for any scheme.
    Without Sec-Fetch-Site and Origin it was no browser and so no forgery.
    """
    if method.upper() in SAFE_METHODS:
        return None
    site = headers.get("sec-fetch-site")
    if site in ("same-origin", "none"):
        return None
    origin = headers.get("origin")
    if site is not None:
        return f"sent from a page of another origin ({site})"
    if origin is None or _is_own(origin, own_origins):
        return None
    return f"sent from a page of {origin}"


def _is_own(origin: str, own_origins: Iterable[str]) -> bool:
    sent = _normal(origin)
    return bool(sent) and any(sent in _meant(own) for own in own_origins)


def _meant(own: str) -> set[str]:
    origins = [own] if "://" in own else [f"{scheme}://{own}" for scheme in _USUAL_PORTS]
    return {_normal(origin) for origin in origins}


def _normal(origin: str) -> str:
    """Lower case and without the scheme's usual port; empty for "null" and other things that are no origin."""
    try:
        parts = urlsplit(origin.strip().lower())
    except ValueError:
        return ""
    if parts.scheme not in _USUAL_PORTS or not parts.netloc:
        return ""
    return f"{parts.scheme}://{parts.netloc.removesuffix(_USUAL_PORTS[parts.scheme])}"
