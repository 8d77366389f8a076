"""Mail addresses and network addresses in the form they are stored and compared in."""

import re
import unicodedata
from ipaddress import IPv6Address, ip_address, ip_network

import idna

from events.kit.text import fold

LONGEST_ADDRESS = 254
"""Octets of a whole address, RFC 5321 section 4.5.3.1 with erratum 1690; the part before the @ may have 64."""

LONGEST_LOCAL_PART = 64

_LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9][a-z0-9-]{0,61}[a-z0-9]")


def mail_address(typed: str) -> str | None:
    """The address to send to, its domain as lower-case A-labels (RFC 5891); None when it cannot be one.

    Quoted local parts and addresses without a domain name are legal in RFC 5321, but nobody has one: refused.
    """
    local_part, _, domain = unicodedata.normalize("NFC", typed.strip()).rpartition("@")
    domain = _as_a_labels(domain)
    address = f"{local_part}@{domain}"
    fits = len(local_part.encode(errors="replace")) <= LONGEST_LOCAL_PART
    fits = fits and len(address.encode(errors="replace")) <= LONGEST_ADDRESS
    well_formed = _LOCAL_PART.fullmatch(local_part) and _DOMAIN.fullmatch(domain)
    return address if fits and well_formed else None


def address_key(address: str) -> str:
    """What two spellings of one address have in common; for comparing, never for sending."""
    local_part, _, domain = address.strip().rpartition("@")
    return f"{unicodedata.normalize('NFKC', local_part).casefold()}@{_as_a_labels(domain) or fold(domain)}"


def _as_a_labels(domain: str) -> str:
    """The domain as it is looked up; empty when it has no such form."""
    try:
        return idna.encode(domain, uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        return ""


def address_prefix(ip: str) -> str:
    """The neighbourhood that is throttled together: /24 for IPv4, /48 for IPv6; the text itself if it is neither."""
    try:
        address = ip_address(ip.partition("%")[0])
    except ValueError:
        return ip
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))
