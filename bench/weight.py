"""What a first visit takes over the line: the page and every style, script, font and picture it names, packed."""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urljoin

import httpx

from tests.servers import Server

NAMED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="(/static/[^"]+)"')
NAMED_IN_STYLES = re.compile(r"url\(\"?([^)\"]+)\"?\)")
OF_OTHERS = re.compile(r"cyrillic|arabic|-ext|greek|vietnamese")
"""Fonts that browsers fetch only for letters which a German page does not show."""

KINDS = {
    "css": "Stil",
    "js": "Skripte",
    "woff2": "Schriften",
    "svg": "Bilder",
    "png": "Bilder",
    "webmanifest": "Bilder",
}


async def measured(server: Server, path: str) -> Sequence[tuple[str, str]]:
    """Rows: kind of file, and kilobytes of all of that kind."""
    sizes: Counter[str] = Counter()
    async with httpx.AsyncClient(base_url=server.address, headers={"Accept-Encoding": "br, gzip"}) as client:
        sizes["Seite"], page = await _fetched(client, path)
        left, seen = NAMED.findall(page), set[str]()
        while left:
            if (address := left.pop()) in seen:
                continue
            seen.add(address)
            size, text = await _fetched(client, address)
            sizes[KINDS[address.rpartition(".")[2]]] += size
            if address.endswith(".css"):
                left += [urljoin(address, one) for one in NAMED_IN_STYLES.findall(text) if not OF_OTHERS.search(one)]
    sizes["Summe"] = sizes.total()
    return [(kind, f"{size / 1000:.1f}") for kind, size in sizes.items()]


async def _fetched(client: httpx.AsyncClient, path: str) -> tuple[int, str]:
    """Bytes over the line without headers, and the text."""
    answer = await client.get(path)
    answer.raise_for_status()
    is_text = "font" not in answer.headers["content-type"] and "image/" not in answer.headers["content-type"]
    return answer.num_bytes_downloaded, answer.text if is_text else ""
