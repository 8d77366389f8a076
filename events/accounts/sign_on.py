"""Signing in through the county's identity provider: OpenID Connect with a code, PKCE, state and nonce.

Opens accounts that are there already and makes none. Loaded only where a provider is configured: 20 MB of libraries.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError

from events.accounts.actions import next_step, throttle
from events.accounts.provider import NotUnderstood, doors, id_token, keys, provider
from events.accounts.queries import staff_by_email
from events.accounts.tables import SignOnAttempt
from events.kit.addresses import address_prefix
from events.kit.links import hash_token, random_token
from events.kit.refusals import Refusal, Refused
from events.settings import settings

RETURN = "/team/anmelden/oidc/zurueck"
LIVES = timedelta(minutes=10)
FROM_HERE = (60, timedelta(minutes=15))
ALGORITHMS = ["RS256", "ES256"]
"""Signed with the provider's private key; never `none`, and no secret that others might share (RFC 8725, 3.1)."""

LEEWAY = 60  # seconds by which clocks may differ


@dataclass(frozen=True)
class Departure:
    """`ticket` stays in the browser that leaves, so that only this one can come back."""

    address: str
    ticket: str


async def depart(ip: str, now: datetime) -> Departure:
    """Raises Refused."""
    await throttle(f"sign-on:{address_prefix(ip)}", FROM_HERE, now)
    ticket = random_token()
    try:
        address = (await doors()).authorization
    except NotUnderstood as error:
        raise _failed(str(error)) from error
    state = _derived(ticket, "state")
    await SignOnAttempt.insert(SignOnAttempt(id=uuid4(), state_hash=hash_token(state), ends_at=now + LIVES))
    asked = {
        "response_type": "code",
        "client_id": provider().client_id,
        "redirect_uri": _back_to(),
        "scope": "openid email",
        "state": state,
        "nonce": _derived(ticket, "nonce"),
        "code_challenge": create_s256_code_challenge(_derived(ticket, "verifier")),
        "code_challenge_method": "S256",
    }
    return Departure(f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", ticket)


async def arrive(ticket: str, state: str, code: str, issuer: str, ip: str, now: datetime, device: str = "") -> str:
    """As `sign_in`. Each state counts once. Raises Refused: `sign_on_failed`, or `sign_on_unknown` for somebody whom
    the provider knows and we do not."""
    await throttle(f"sign-on-back:{address_prefix(ip)}", FROM_HERE, now)
    if not hmac.compare_digest(state.encode(), _derived(ticket, "state").encode()):
        raise _failed("state")
    where = (SignOnAttempt.state_hash == hash_token(state)) & (SignOnAttempt.ends_at > now)
    if not await SignOnAttempt.delete().where(where).returning(SignOnAttempt.id):
        raise _failed("used")
    # RFC 9207: a provider that names itself in its answer must be ours.
    if issuer not in ("", provider().issuer) or not code:
        raise _failed("issuer" if code else "no code")
    try:
        email = await _proven_address(ticket, code, now)
    except (NotUnderstood, JoseError, ValueError) as error:
        raise _failed(str(error) if isinstance(error, NotUnderstood) else type(error).__name__) from error
    member = await staff_by_email(email)
    if member is None or not member.active:
        raise Refused(Refusal("sign_on_unknown"))
    return await next_step(member.id, now, device)


async def _proven_address(ticket: str, code: str, now: datetime) -> str:
    """OpenID Connect Core 3.1.3.7. Raises NotUnderstood, JoseError, ValueError."""
    open_doors = await doors()
    token = await id_token(open_doors.token, code, _derived(ticket, "verifier"), _back_to())
    read = jwt.decode(token, await keys(open_doors.keys), algorithms=ALGORITHMS)
    us = provider()
    claims = CodeIDToken(
        read.claims,
        read.header,
        {
            "iss": {"essential": True, "value": us.issuer},
            "aud": {"essential": True, "value": us.client_id},
            "sub": {"essential": True},
        },
        {"nonce": _derived(ticket, "nonce"), "client_id": us.client_id},
    )
    claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        raise NotUnderstood("no verified address")
    return email


def _derived(ticket: str, purpose: str) -> str:
    """43 signs: what the provider is told and what it must tell us again; nothing of it is stored."""
    mac = hmac.new(settings().secret_key.encode(), f"sign-on-{purpose}:{ticket}".encode(), hashlib.sha256)
    return urlsafe_b64encode(mac.digest()).decode().rstrip("=")


def _back_to() -> str:
    return settings().base_url + RETURN


def _failed(why: str) -> Refused:
    return Refused(Refusal("sign_on_failed", {"why": why}))
