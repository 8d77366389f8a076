"""The numbers of certificates: made at random, typed by people from paper, and proof of a name that was erased."""

import hashlib
import hmac
import secrets

from events.kit.text import fold
from events.settings import settings

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U; ten of them are 50 bits."""

LENGTH = 10
_ALIKE = str.maketrans("OIL", "011")


def new_number() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def grouped(number: str) -> str:
    """As it stands on paper: `7K3QM-9XR2T`."""
    return f"{number[:5]}-{number[5:]}"


def read_number(typed: str) -> str | None:
    """However it was copied: small letters, blanks, hyphens, O for 0, I or L for 1. None when it cannot be one."""
    number = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_ALIKE)
    return number if len(number) == LENGTH and set(number) <= set(SIGNS) else None


def name_check(number: str, given_name: str, family_name: str) -> str:
    """What tells whether a name belongs to a number, without holding the name. Case and marks are all one."""
    name = fold(f"{given_name} {family_name}")
    return hmac.new(settings().secret_key.encode(), f"certificate {number} {name}".encode(), hashlib.sha256).hexdigest()
