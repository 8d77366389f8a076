"""PDF files and pictures from typst sources in `templates/print/`. What stands in them, the callers know.

A source reads its data as `json(bytes(sys.inputs.data))`; typed text is data there and never becomes code.
"""

import asyncio
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import msgspec
import segno

from events.kit.document_order import Order

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = PROJECT / "templates" / "print"
FONTS = PROJECT / "events" / "static" / "built" / "print"
PATIENCE = 60.0  # seconds for one order
AT_ONCE = 1  # orders: what prints may wait, who signs up should not

Data = Mapping[str, Any]

_gate = asyncio.Semaphore(AT_ONCE)


class CannotPrint(Exception):
    """The typesetting failed or took too long; the message is for the log."""


async def pdf(source: str, data: Data) -> bytes:
    """One document, tagged and accessible (PDF/UA-1). `source` is a file name in `templates/print/` without ending."""
    return (await pdfs(source, [data]))[0]


async def pdfs(source: str, documents: Sequence[Data]) -> list[bytes]:
    """One file for each of `documents`, in their order. Raises CannotPrint."""
    return await _ordered(source, documents, "pdf")


async def picture(source: str, data: Data, *, ppi: float = 144) -> bytes:
    """The first page as PNG; a point of the source is `ppi` / 72 pixels."""
    return (await pictures(source, [data], ppi=ppi))[0]


async def pictures(source: str, documents: Sequence[Data], *, ppi: float = 144) -> list[bytes]:
    """The first page of each, in their order."""
    return await _ordered(source, documents, "png", ppi)


def qr_code(text: str) -> str:
    """A QR code as SVG text for a source: `image(bytes(…), format: "svg")`. Readable when a seventh of it is lost."""
    target = BytesIO()
    segno.make(text, error="m", micro=False).save(target, kind="svg", xmldecl=False, border=2)
    return target.getvalue().decode()


async def _ordered(
    source: str, documents: Sequence[Data], format: Literal["pdf", "png"], ppi: float = 144
) -> list[bytes]:
    if not documents:
        return []
    texts = [msgspec.json.encode(data).decode() for data in documents]
    order = Order(_source(source), format, [str(FONTS)], texts, ppi)
    async with _gate:
        made = list(_files(await _run(msgspec.json.encode(order))))
    if len(made) != len(documents):
        raise CannotPrint(f"{source}: {len(made)} of {len(documents)} made")
    return made


@cache
def _source(name: str) -> str:
    """With what all sources share in front of it."""
    shared = (SOURCES / "shared.typ").read_text(encoding="utf-8")
    return shared + (SOURCES / f"{name}.typ").read_text(encoding="utf-8")


async def _run(order: bytes) -> bytes:
    # Without the environment: it holds secrets.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-m", "events.kit.document_process", env={},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        made, complaint = await asyncio.wait_for(process.communicate(order), PATIENCE)
    except TimeoutError:
        raise CannotPrint("took too long") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        # The last line alone: what stands before it may quote what people typed.
        raise CannotPrint(complaint.decode(errors="replace").strip().rpartition("\n")[2][:200])
    return made


def _files(stream: bytes) -> Iterator[bytes]:
    position = 0
    while position < len(stream):
        (length,) = struct.unpack_from(">I", stream, position)
        position += 4
        yield stream[position : position + length]
        position += length
