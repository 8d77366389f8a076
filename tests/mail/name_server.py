"""A real little nameserver on a port of its own: it answers from a handful of lines, or not at all."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Zone = Mapping[str, Sequence[str]]
"""As in {"example.org MX": ["10 mail.example.org."]}."""


class _Answers(asyncio.DatagramProtocol):
    def __init__(self, zone: Zone | None) -> None:
        self.zone = zone

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def datagram_received(self, data: bytes, address: Any) -> None:
        if self.zone is not None:
            self.transport.sendto(_answer(dns.message.from_wire(data), self.zone).to_wire(), address)


def _answer(query: dns.message.Message, zone: Zone) -> dns.message.Message:
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.RA
    (asked,) = query.question
    name = asked.name.to_text(omit_final_dot=True).lower()
    kind = dns.rdatatype.to_text(asked.rdtype)
    if found := zone.get(f"{name} {kind}"):
        answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", kind, *found))
    elif not any(line.split()[0] == name for line in zone):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer


@asynccontextmanager
async def name_server(zone: Zone | None) -> AsyncIterator[str]:
    """Its address as `EVENTS_DNS` takes it. Without a zone it hears everything and says nothing."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: _Answers(zone), ("127.0.0.1", 0))
    try:
        yield f"127.0.0.1:{transport.get_extra_info('sockname')[1]}"
    finally:
        transport.close()
