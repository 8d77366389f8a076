"""The least an answer can cost here: Litestar handlers that return bytes they have in hand, with the same headers.

Served with the same settings as the site, see `sites.py`; the answers stand in the file that `BENCH_COPIES` names.
"""

import json
import os
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path

from litestar import Litestar, Response, get
from litestar.handlers import HTTPRouteHandler


def create_app() -> Litestar:
    copies = json.loads(Path(os.environ["BENCH_COPIES"]).read_text(encoding="utf-8"))
    return Litestar([_handler(path, **copy) for path, copy in copies.items()], openapi_config=None, logging_config=None)


def _handler(path: str, headers: Mapping[str, str], body: str) -> HTTPRouteHandler:
    content, media_type = b64decode(body), headers["content-type"]
    others = {name: value for name, value in headers.items() if name != "content-type"}

    @get(path, name=path)
    async def answer() -> Response[bytes]:
        return Response(content, headers=others, media_type=media_type)

    return answer
