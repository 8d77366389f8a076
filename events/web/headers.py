"""The headers that protect every answer, error pages and static files included (design: no inline code anywhere)."""

from collections.abc import Iterable

Headers = list[tuple[bytes, bytes]]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"

YEAR = 365 * 24 * 3600


def security_headers(is_https: bool) -> Headers:
    headers = {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
        "cross-origin-opener-policy": "same-origin",
        # With no-referrer Chromium sends `Origin: null` on our own forms, which look foreign then.
        "referrer-policy": "same-origin",
        "permissions-policy": PERMISSIONS_POLICY,
    }
    if is_https:
        headers["strict-transport-security"] = f"max-age={YEAR}"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def with_defaults(headers: Iterable[tuple[bytes, bytes]], defaults: Headers) -> Headers:
    """What the handler said stays; a default comes in where it said nothing."""
    said = [(name.lower(), value) for name, value in headers]
    names = {name for name, _ in said}
    return said + [(name, value) for name, value in defaults if name not in names]


def value_of(headers: Iterable[tuple[bytes, bytes]], wanted: bytes) -> bytes:
    """The first header of this lower-case name, else nothing."""
    return next((value for name, value in headers if name == wanted), b"")
