"""From a typed or pasted list to addresses that are to be invited: one in a line, or as mail programs write several.

Pure. „Amira Haddad <amira@example.org>“, „amira@example.org“ and „Amira Haddad; amira@example.org“ are all read.
"""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID

from events.invitations.addresses.checking import Address, CheckedAddresses, without_doubles
from events.invitations.inviting import Invitee
from events.kit.addresses import mail_address
from events.kit.text import fold, one_line
from events.registration.imports.cells import LONGEST, Fault, split_name

MOST_LINES = 2000

_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>;,\"'“”„()]*@[^\s<>;,\"'“”„()]*)")
_BETWEEN_NAMES = re.compile("[<>;]+")
_AROUND_NAMES = " \t;,<>()\"'“”„"


def check_lines(
    text: str, language: str, organisations: Mapping[str, UUID], *, names_are_institutions: bool = False
) -> CheckedAddresses:
    """`names_are_institutions`: what stands beside an address is no person. Empty lines are nobody."""
    found: list[Address] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), 1):
        for piece in _pieces(one_line(line)):
            read = _read(piece, number, language, organisations, names_are_institutions)
            if isinstance(read, Address):
                found.append(read)
            else:
                faults.append(read)
    return without_doubles(found, faults)


def _pieces(line: str) -> Iterator[str]:
    """As mail programs copy several into one line: parted by semicolons or commas, which names may hold too."""
    if line.count("@") < 2:
        yield from [line] if line else []
        return
    gathered = ""
    for part in re.split(r"[;,]", line):
        gathered = f"{gathered},{part}" if gathered.strip() else part
        if "@" in part:
            yield gathered.strip()
            gathered = ""
    if gathered.strip(_AROUND_NAMES):
        yield gathered.strip()


def _read(
    piece: str, number: int, language: str, organisations: Mapping[str, UUID], is_institution: bool
) -> Address | Fault:
    match = _ADDRESS.search(piece)
    email = mail_address(match.group(1).rstrip(".")) if match else None
    if match is None or email is None:
        return Fault(number, "email", "no_email" if match else "email_missing", piece)
    beside = f"{piece[: match.start()]} {piece[match.end() :]}"
    name = one_line(_BETWEEN_NAMES.sub(" ", beside)).strip(_AROUND_NAMES)
    if len(name) > LONGEST["organisation"]:
        return Fault(number, "name", "too_long", piece, LONGEST["organisation"])
    if is_institution:
        known = organisations.get(fold(name)) if name else None
        named = Invitee(email, organisation=known, organisation_name="" if known else name, language=language)
        return Address(number, named)
    given, family = split_name(name)
    if max(len(given), len(family)) > LONGEST["given_name"]:
        return Fault(number, "name", "too_long", piece, LONGEST["given_name"])
    return Address(number, Invitee(email, given, family, language=language))
