"""What `/metrics` tells about requests: how many of which kind, and how long they took."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from events.kit.counting import count

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds
METHODS = {"GET", "POST"}


def tally(scope: Mapping[str, Any], status: int, seconds: float) -> None:
    """The path is the template of its route: real ones hold tokens, and there is no end to them."""
    path = scope.get("path_template") or "(unknown)"
    method = scope["method"] if scope["method"] in METHODS else "(other)"
    count("requests", method, path, str(status))
    count("within", path, str(bisect_left(BOUNDS, seconds)))
    count("seconds", path, by=seconds)


def tally_kept() -> None:
    """A page that was kept has no route: it was answered before anybody looked for one."""
    count("kept")
