"""Talks to the county's identity provider (OpenID Connect): where its doors are, its keys, and a code for a token.

Over the standard library's client, in a thread: it is asked a few times a day.
"""

import asyncio
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from events.settings import IdentityProvider, settings

PATIENCE = 10.0  # seconds for one answer
LARGEST = 1_000_000  # bytes


class NotUnderstood(Exception):
    """The provider is not there, or its answer is not what the standard says. The message is for the log."""


@dataclass(frozen=True)
class Doors:
    authorization: str
    token: str
    keys: str


def provider() -> IdentityProvider:
    """Only asked where one is configured."""
    found = settings().oidc
    if found is None:
        raise NotUnderstood("not configured")
    return found


async def doors() -> Doors:
    """Read anew each time, so that a provider that moves needs no restart. Raises NotUnderstood."""
    issuer = provider().issuer
    said = await _ask(_request(issuer.rstrip("/") + "/.well-known/openid-configuration"))
    # OpenID Connect Discovery 4.3: it must name itself exactly as we know it.
    if said.get("issuer") != issuer:
        raise NotUnderstood("issuer differs")
    scheme = issuer.partition("://")[0]
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    found = [said.get(name) for name in names]
    if not all(isinstance(one, str) and one.startswith((f"{scheme}://", "https://")) for one in found):
        raise NotUnderstood("endpoints")
    return Doors(*map(str, found))


async def keys(address: str) -> KeySet:
    """Raises NotUnderstood."""
    try:
        return KeySet.import_key_set(await _ask(_request(address)))  # type: ignore[arg-type]  # checked by it
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise NotUnderstood("keys") from error


async def id_token(address: str, code: str, verifier: str, back_to: str) -> str:
    """What the provider gives for the code; nothing in it is believed yet. Raises NotUnderstood."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back_to, "code_verifier": verifier}
    us = provider()
    # RFC 6749, 2.3.1: both parts are encoded like a form before they are joined.
    proof = b64encode(f"{quote(us.client_id, safe='')}:{quote(us.client_secret, safe='')}".encode()).decode()
    headers = {"Authorization": f"Basic {proof}", "Accept": "application/json"}
    said = await _ask(_request(address, form, headers))
    token = said.get("id_token")
    if not isinstance(token, str):
        raise NotUnderstood("no id_token")
    return token


def _request(address: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> Request:
    """A form makes it a POST."""
    body = urlencode(form).encode() if form else None
    return Request(address, body, dict(headers or {}))  # noqa: S310  # settings and `doors` refuse all but http(s)


def _made_client() -> OpenerDirector:
    """Follows no redirection: a secret sent to one address must not go on to another."""
    made = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor):
        made.add_handler(handler())
    return made


_client = _made_client()


async def _ask(request: Request) -> Mapping[str, Any]:
    return await asyncio.to_thread(_answer, request)


def _answer(request: Request) -> Mapping[str, Any]:
    try:
        with _client.open(request, timeout=PATIENCE) as answer:
            said = json.loads(answer.read(LARGEST))
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise NotUnderstood(type(error).__name__) from error
    if not isinstance(said, dict):
        raise NotUnderstood("no object")
    return said
