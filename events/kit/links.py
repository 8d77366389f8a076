"""Secrets in addresses: derived links that can be mailed again without being stored, random tokens, short codes."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

MAC_BYTES = 16
TOKEN_BYTES = 24
OLDEST_VERSIONS = 100
"""How many withdrawn versions of a link are still told from a made-up one."""

SHORT_CODE_LENGTH = 8
SHORT_CODE_SIGNS = "CDFGHJKMNPQRTVWXY34679"
"""No look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B) and no vowels, so that no word appears: 35 bits in eight signs."""


@dataclass(frozen=True)
class ReadToken:
    """What a derived link says; believe it only after `check`."""

    id: UUID
    mac: bytes


def derive(secret: str, purpose: str, id: UUID, version: int) -> str:
    """The link token of a row; the same arguments always give the same one. Raise the version to withdraw it."""
    return urlsafe_b64encode(id.bytes + _mac(secret, purpose, id, version)).decode().rstrip("=")


def read(token: str) -> ReadToken | None:
    """The row a token names, or None when it is malformed; proves nothing yet."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (UnicodeEncodeError, NotBase64):
        return None
    canonical = urlsafe_b64encode(raw).decode().rstrip("=") == token
    if len(raw) != 16 + MAC_BYTES or not canonical:
        return None
    return ReadToken(UUID(bytes=raw[:16]), raw[16:])


def check(secret: str, purpose: str, token: str, version: int) -> Literal["valid", "revoked", "unknown"]:
    """Whether the token is that of the row's present version, of an earlier one (410), or made up (404)."""
    if matches(secret, purpose, token, version):
        return "valid"
    earlier = range(max(1, version - OLDEST_VERSIONS), version)
    return "revoked" if any(matches(secret, purpose, token, older) for older in earlier) else "unknown"


def matches(secret: str, purpose: str, token: str, version: int) -> bool:
    """Compared in constant time."""
    found = read(token)
    return found is not None and hmac.compare_digest(found.mac, _mac(secret, purpose, found.id, version))


def _mac(secret: str, purpose: str, id: UUID, version: int) -> bytes:
    # Id and version have fixed lengths, so no two purposes can give the same bytes.
    message = purpose.encode() + id.bytes + version.to_bytes(8, "big")
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()[:MAC_BYTES]


def random_token() -> str:
    """192 random bits for an address; store only its hash."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """SHA-256 in hex: what is stored of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def short_code() -> str:
    """Eight signs that can be read out and typed; short enough to be guessed, so throttle the page that takes it."""
    return "".join(secrets.choice(SHORT_CODE_SIGNS) for _ in range(SHORT_CODE_LENGTH))


def read_short_code(typed: str) -> str | None:
    """A code as people type it (small letters, spaces, hyphens), or None when it cannot be one."""
    code = "".join(typed.split()).replace("-", "").upper()
    fits = len(code) == SHORT_CODE_LENGTH and set(code) <= set(SHORT_CODE_SIGNS)
    return code if fits else None
