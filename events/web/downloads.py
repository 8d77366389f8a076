"""Files that people take away: always to be saved, never shown inside our pages."""

from urllib.parse import quote

from litestar import Response

from events.kit.text import slugify


def download(content: bytes, name: str, media_type: str) -> Response[bytes]:
    headers = {"Content-Disposition": attachment(name), "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=media_type, headers=headers)


def attachment(name: str) -> str:
    """With a plain name for old browsers and the real one (RFC 6266, 5; RFC 8187)."""
    stem, _dot, ending = name.rpartition(".")
    plain = f"{slugify(stem) or 'datei'}.{slugify(ending)}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
