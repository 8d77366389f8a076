"""What is handed to the typesetting process. Apart from it, because loading typst costs the site its memory."""

from typing import Literal

from msgspec import Struct


class Order(Struct):
    """`documents` are the data of each file, as JSON texts: data for the source, never code."""

    source: str
    format: Literal["pdf", "png"]
    fonts: list[str]
    documents: list[str]
    ppi: float = 144
