"""What the DNS says about the domain mails come from: all asked at once, each answer awaited for three seconds."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from events.kit.lean import Later

if TYPE_CHECKING:
    from dns.asyncresolver import Resolver
    from dns.name import Name
    from dns.rdata import Rdata

_asking, _failing, _answering, _reversing = (
    Later(f"dns.{name}") for name in ("asyncresolver", "exception", "resolver", "reversename")
)

SECONDS = 3.0
DNS_PORT = 53

Records = tuple[str, ...] | None
"""Empty: there are none. None: nobody could be asked."""


@dataclass(frozen=True)
class Question:
    """`selector` names the DKIM key, empty if nobody knows it; `server` is the mail server's host, if there is one."""

    domain: str
    selector: str
    site: str
    server: str


@dataclass(frozen=True)
class DnsFacts:
    mx: Records  # as in "10 mail.example.org"; "0 ." says that the domain takes no mail
    texts: Records  # of the domain itself, SPF among them
    dmarc: tuple[tuple[str, Records], ...]  # of the domain and of those above it, nearest first
    dkim: Records
    domain: Records  # its addresses
    site: Records  # addresses
    server: Records  # addresses
    server_names: tuple[tuple[str, Records], ...]  # of each address of the server, the names it leads back to


def resolver(address: str | None) -> "Resolver | None":
    """One for `EVENTS_DNS` (an address, perhaps with a port), else the machine's own; None where it has none."""
    if address is None:
        try:
            found: Resolver = _asking.Resolver()
        except (_failing.DNSException, OSError):
            return None
    else:
        host, _, port = address.rpartition(":") if address.count(":") == 1 else (address, "", str(DNS_PORT))
        found = _asking.Resolver(configure=False)
        found.nameservers, found.port = [host], int(port)
    found.timeout, found.lifetime = SECONDS / 2, SECONDS
    return found


async def look_up(question: Question, by: "Resolver | None") -> DnsFacts:
    """Never fails: what could not be asked is None."""
    domain, selector = question.domain, question.selector
    above = _with_those_above(domain)
    dkim = _asked(by, f"{selector}._domainkey.{domain}", "TXT") if selector else _nothing()
    mx, texts, key, own, site, server, *dmarc = await asyncio.gather(
        _asked(by, domain, "MX"),
        _asked(by, domain, "TXT"),
        dkim,
        _addresses(by, domain),
        _addresses(by, question.site),
        _addresses(by, question.server),
        *(_asked(by, f"_dmarc.{one}", "TXT") for one in above),
    )
    names = await asyncio.gather(*(_names(by, address) for address in server or ()))
    by_address = tuple(zip(server or (), names, strict=True))
    return DnsFacts(mx, texts, tuple(zip(above, dmarc, strict=True)), key, own, site, server, by_address)


def _with_those_above(domain: str) -> list[str]:
    """The record of a domain further up counts too (RFC 7489), but none of a whole country."""
    parts = domain.split(".")
    return [".".join(parts[start:]) for start in range(max(1, len(parts) - 1))]


async def _nothing() -> Records:
    return ()


async def _addresses(by: "Resolver | None", host: str) -> Records:
    """Of both families; a host that is an address already is its own answer."""
    if not host:
        return ()
    try:
        return (str(ip_address(host)),)
    except ValueError:
        found = await asyncio.gather(_asked(by, host, "A"), _asked(by, host, "AAAA"))
    known = [one for one in found if one is not None]
    return _flat(known) if any(known) or len(known) == len(found) else None


async def _names(by: "Resolver | None", address: str) -> Records:
    return await _asked(by, _reversing.from_address(address), "PTR")


async def _asked(by: "Resolver | None", name: "str | Name", kind: str) -> Records:
    if by is None:
        return None
    try:
        return tuple(sorted(_text(one) for one in await by.resolve(name, kind, search=False)))
    except (_answering.NXDOMAIN, _answering.NoAnswer):
        return ()
    except (_failing.DNSException, OSError, UnicodeError):
        return None


def _text(record: "Rdata") -> str:
    """A long text is cut into pieces on the wire."""
    pieces: Iterable[bytes] = getattr(record, "strings", ())
    if pieces:
        return b"".join(pieces).decode(errors="replace")
    text = record.to_text()
    return text if text.endswith(" .") else text.rstrip(".")


def _flat(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(one for some in found for one in some)
