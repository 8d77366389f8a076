"""A small identity provider as a real HTTP server: it signs people in at once and can be made to lie."""

import json
import secrets
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey
from joserfc.jws import JWSRegistry

CLIENT, SECRET = "teilnahme", "ein langes Geheimnis: 1%"


@dataclass
class IdentityProvider:
    """`person` is whom it signs in; `lies` replace claims (None leaves one out); `algorithm` signs."""

    moment: datetime
    port: int = 0
    person: Mapping[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    foreign_key: bool = False
    calls_itself: str = ""
    granted: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: Mapping[str, RSAKey | ECKey] = field(default_factory=lambda: _KEYS)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}/realms/kreis"

    def about_itself(self) -> dict[str, str]:
        doors = {"authorization_endpoint": "auth", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.calls_itself or self.issuer} | {
            name: f"{self.issuer}/{path}" for name, path in doors.items()
        }

    def let_in(self, asked: Mapping[str, str]) -> str:
        """Where the browser is sent to after the sign-in."""
        code = secrets.token_urlsafe(16)
        self.granted[code] = dict(asked)
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def exchange(self, sent: Mapping[str, str], proof: str) -> dict[str, str] | None:
        """A token for a code: once, for the client that shows its secret and what only the first browser knows."""
        asked = self.granted.pop(sent.get("code", ""), None)
        expected = f"{CLIENT}:ein%20langes%20Geheimnis%3A%201%25"
        if asked is None or b64decode(proof.removeprefix("Basic ")).decode() != expected:
            return None
        challenge = create_s256_code_challenge(sent["code_verifier"])
        if asked["code_challenge"] != challenge or asked["redirect_uri"] != sent["redirect_uri"]:
            return None
        return {"token_type": "Bearer", "access_token": "x", "id_token": self.sign(self.claims(asked["nonce"]))}

    def claims(self, nonce: str) -> dict[str, Any]:
        start = int(self.moment.timestamp())
        true = {"iss": self.issuer, "aud": CLIENT, "sub": "7", "iat": start, "exp": start + 300, "nonce": nonce}
        said = {**true, "email_verified": True, **self.person, **self.lies}
        return {name: value for name, value in said.items() if value is not None}

    def sign(self, claims: Mapping[str, Any]) -> str:
        header = {"alg": self.algorithm, "kid": self.algorithm}
        if self.algorithm in ("RS256", "ES256"):
            key = RSAKey.generate_key(2048) if self.foreign_key else self.keys[self.algorithm]
            return jwt.encode(header, dict(claims), key)
        # Signed with what everybody knows: the public key as a secret, or nothing at all.
        known = sha256(json.dumps(self.keys["RS256"].as_dict(private=False)).encode()).hexdigest()
        registry = JWSRegistry(algorithms=["HS256", "none"])
        return jwt.encode({**header, "kid": "RS256"}, dict(claims), OctKey.import_key(known), registry=registry)


_KEYS: Mapping[str, RSAKey | ECKey] = {
    "RS256": RSAKey.generate_key(2048, {"kid": "RS256"}),
    "ES256": ECKey.generate_key("P-256", {"kid": "ES256"}),
}


@contextmanager
def identity_provider(moment: datetime) -> Iterator[IdentityProvider]:
    provider = IdentityProvider(moment)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(provider: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path.endswith("/auth"):
                self.send_response(302)
                self.send_header("Location", provider.let_in(_first(address.query)))
                self.end_headers()
            elif address.path.endswith("/keys"):
                self._say(KeySet(list(provider.keys.values())).as_dict(private=False))
            else:
                self._say(provider.about_itself())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = provider.exchange(_first(body), self.headers.get("Authorization", ""))
            self._say(given or {"error": "invalid_grant"}, 200 if given else 400)

        def _say(self, what: Mapping[str, Any], status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Tests are quiet."""

    return Handler


def _first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
