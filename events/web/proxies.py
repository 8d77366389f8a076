"""Who really asks when proxies stand in between."""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Networks = Collection[IPv4Network | IPv6Network]


def client_address(peer: str, forwarded_for: str, trusted: Networks) -> str:
    """The last address in the chain that is no trusted proxy; what stands before it anyone may have written."""
    address = peer
    for earlier in reversed(forwarded_for.split(",")):
        said = _address(earlier.strip())
        if said is None or not _is_trusted(address, trusted):
            return address
        address = str(said)
    return address


def _is_trusted(address: str, trusted: Networks) -> bool:
    known = _address(address)
    return known is not None and any(known in network for network in trusted)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text.removeprefix("[").partition("]")[0])
    except ValueError:
        return None
