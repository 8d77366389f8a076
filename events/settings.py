"""Every setting, read once from the environment or a `.env` file; a wrong value stops the start and says why."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Literal, NoReturn
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
ROLES = ("admin", "organiser", "trainer", "reader")
MAIL_SCHEMES = ("smtp", "smtps", "smtp+starttls")


class WrongSetting(Exception):
    """A setting we cannot work with; the message names it, its value and what is expected."""


@dataclass(frozen=True)
class IdentityProvider:
    """Through whom people of the team may sign in (OpenID Connect)."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Settings:
    """What the operator decides. `docs/settings.md` explains each in German."""

    data: Path
    database_url: str
    base_url: str
    secret_key: str
    smtp_url: str | None
    mail_from: str
    mail_rate: int  # mails a minute
    dns: str | None  # a nameserver's address, perhaps with a port; None: the machine's own
    calendar_method: Literal["REQUEST", "PUBLISH"]
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    spam_checks: bool
    metrics_token: str | None
    require_totp: tuple[str, ...]  # roles that sign in with a second factor only
    oidc: IdentityProvider | None
    log: Literal["console", "json"]

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def sqlite_path(self) -> Path | None:
        """The embedded database's file; None on PostgreSQL."""
        if self.database_url.startswith("sqlite:///"):
            return Path(self.database_url.removeprefix("sqlite:///"))
        return None


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Raises WrongSetting."""
    return read_settings({**_dotenv(PROJECT / ".env"), **os.environ})


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Checks all values. Creates the data folder and, on SQLite, the secret key kept in it."""
    data = Path(environ.get("EVENTS_DATA") or PROJECT / "data").absolute()
    database_url = _database_url(environ, data)
    return Settings(
        data=_folder(data),
        database_url=database_url,
        base_url=_base_url(environ.get("EVENTS_BASE_URL") or "http://localhost:8000"),
        secret_key=_secret_key(environ, data, embedded=database_url.startswith("sqlite:")),
        smtp_url=_smtp_url(environ.get("EVENTS_SMTP_URL") or ""),
        mail_from=_mail_from(environ.get("EVENTS_MAIL_FROM") or "ki@example.org"),
        mail_rate=_mail_rate(environ.get("EVENTS_MAIL_RATE") or "60"),
        dns=_nameserver(environ.get("EVENTS_DNS") or ""),
        calendar_method=_calendar_method(environ.get("EVENTS_CALENDAR_METHOD") or "request"),
        trusted_proxies=_networks(environ.get("EVENTS_TRUSTED_PROXIES") or ""),
        spam_checks=_one_of("EVENTS_SPAM_CHECKS", environ.get("EVENTS_SPAM_CHECKS") or "on", ("on", "off")) == "on",
        metrics_token=environ.get("EVENTS_METRICS_TOKEN") or None,
        require_totp=_roles(environ.get("EVENTS_REQUIRE_TOTP") or ""),
        oidc=_identity_provider(
            environ.get("EVENTS_OIDC_ISSUER") or "",
            environ.get("EVENTS_OIDC_CLIENT_ID") or "",
            environ.get("EVENTS_OIDC_CLIENT_SECRET") or "",
        ),
        log="json"
        if _one_of("EVENTS_LOG", environ.get("EVENTS_LOG") or "console", ("console", "json")) == "json"
        else "console",
    )


def _refuse(name: str, value: str, expected: str) -> NoReturn:
    raise WrongSetting(f"Einstellung {name}={value!r} geht nicht. Erwartet wird: {expected}.")


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def _folder(data: Path) -> Path:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)  # people's data: for us alone
    except OSError as error:
        _refuse("EVENTS_DATA", str(data), f"ein Ordner, in den geschrieben werden darf ({error.strerror})")
    return data


def _database_url(environ: Mapping[str, str], data: Path) -> str:
    url = environ.get("EVENTS_DATABASE_URL") or f"sqlite:///{data / 'teilnahme.sqlite'}"
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        shown = url.partition("://")[0]  # the rest may hold a password
        _refuse("EVENTS_DATABASE_URL", f"{shown}…", "postgresql://… oder leer für die eingebaute Datenbank")
    return url


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        _refuse("EVENTS_BASE_URL", url, "die Adresse der Website ohne Pfad, etwa https://anmeldung.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _secret_key(environ: Mapping[str, str], data: Path, embedded: bool) -> str:
    given = environ.get("EVENTS_SECRET_KEY") or ""
    if given:
        if len(given) < 32:
            _refuse("EVENTS_SECRET_KEY", "…", "mindestens 32 zufällige Zeichen")
        return given
    if not embedded:
        _refuse("EVENTS_SECRET_KEY", "", "mindestens 32 zufällige Zeichen, weil die Datenbank PostgreSQL ist")
    return _kept_secret(_folder(data) / "secret-key")


def _kept_secret(path: Path) -> str:
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


def _smtp_url(url: str) -> str | None:
    if not url:
        return None
    parts = urlsplit(url)
    try:
        complete = parts.scheme in MAIL_SCHEMES and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        complete = False
    if not complete:
        _refuse(
            "EVENTS_SMTP_URL",
            f"{parts.scheme}://…",
            "smtp://, smtps:// oder smtp+starttls://name:kennwort@rechner:port",
        )
    return url


def _mail_from(address: str) -> str:
    local, _, domain = address.rpartition("@")
    if not local or "." not in domain or any(sign.isspace() for sign in address):
        _refuse("EVENTS_MAIL_FROM", address, "eine E-Mail-Adresse, die gelesen wird, etwa ki@example.org")
    return address


def _mail_rate(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1_000_000:
        _refuse("EVENTS_MAIL_RATE", text, "eine ganze Zahl ab 1 (Mails je Minute)")
    return int(text)


def _calendar_method(text: str) -> Literal["REQUEST", "PUBLISH"]:
    is_request = _one_of("EVENTS_CALENDAR_METHOD", text, ("request", "publish")) == "request"
    return "REQUEST" if is_request else "PUBLISH"


def _nameserver(text: str) -> str | None:
    host, _, port = text.rpartition(":") if text.count(":") == 1 else (text, "", "53")
    try:
        ip_address(host or "127.0.0.1")
        known = port.isascii() and port.isdigit() and 0 < int(port) < 65536
    except ValueError:
        known = False
    if not known:
        _refuse("EVENTS_DNS", text, "die IP-Adresse eines Nameservers, auch mit Anschluss, etwa 127.0.0.1:5353")
    return text or None


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
    except ValueError:
        _refuse("EVENTS_TRUSTED_PROXIES", text, "Adressen oder Netze, durch Komma getrennt, etwa 10.0.0.0/8")


def _roles(text: str) -> tuple[str, ...]:
    roles = tuple(part.strip() for part in text.split(",") if part.strip())
    if set(roles) - set(ROLES):
        _refuse("EVENTS_REQUIRE_TOTP", text, f"Rollen, durch Komma getrennt: {', '.join(ROLES)}")
    return roles


def _identity_provider(issuer: str, client_id: str, client_secret: str) -> IdentityProvider | None:
    """All three or none. Unencrypted only on this machine, for trying it out."""
    if not (issuer or client_id or client_secret):
        return None
    parts = urlsplit(issuer)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost"))
    if not is_safe or not parts.netloc or parts.query or parts.fragment:
        _refuse("EVENTS_OIDC_ISSUER", issuer, "die https-Adresse des Anmeldedienstes, wie er sich selbst nennt")
    if not client_id:
        _refuse("EVENTS_OIDC_CLIENT_ID", client_id, "der Name, unter dem der Anmeldedienst diese Anwendung kennt")
    if not client_secret:
        _refuse("EVENTS_OIDC_CLIENT_SECRET", "", "das Geheimnis, das der Anmeldedienst dieser Anwendung gegeben hat")
    return IdentityProvider(issuer, client_id, client_secret)


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        _refuse(name, value, " oder ".join(choices))
    return value
