"""Typesets documents in a process of its own, so that neither its memory nor its time is the site's.

Reads one JSON order from standard input and writes each finished file, its length in front, to standard output.
"""

import os
import struct
import sys
from typing import Any

import msgspec
import typst

from events.kit.document_order import Order

NICENESS = 10


def main() -> None:
    os.nice(NICENESS)
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    for data in order.documents:
        content = typeset(order, data)
        sys.stdout.buffer.write(struct.pack(">I", len(content)) + content)
        sys.stdout.buffer.flush()


def typeset(order: Order, data: str) -> bytes:
    # PDF/UA-1: tagged, with title and language; typst refuses pictures without a text instead.
    how: dict[str, Any] = {"pdf_standards": ["ua-1"]} if order.format == "pdf" else {"ppi": order.ppi}
    made = typst.compile(
        order.source.encode(),
        format=order.format,
        font_paths=order.fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        **how,
    )
    if not isinstance(made, bytes):
        raise TypeError("a picture has one page")
    return made


if __name__ == "__main__":
    main()
