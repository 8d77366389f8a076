"""One line per request for the operator: what, how long, how it ended. Never addresses, queries, people or tokens."""

from collections.abc import Mapping
from typing import Any

from events.kit.logs import logger

SLOW = 1.0  # seconds

_log = logger("web")


def log_request(scope: Mapping[str, Any], status: int, seconds: float) -> None:
    """The path appears as the template of its route, because real ones hold tokens."""
    line = {
        "method": scope["method"],
        "path": scope.get("path_template") or "(unknown)",
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    if status >= 500 or seconds >= SLOW:
        _log.warning("request", **line)
    else:
        _log.info("request", **line)


def log_fault(scope: Mapping[str, Any], fault: BaseException) -> None:
    """With where it happened, but without the message and the values: those may hold what somebody typed."""
    _log.error(
        "fault",
        method=scope.get("method"),
        path=scope.get("path_template") or "(unknown)",
        fault=type(fault).__name__,
        where=_where(fault),
    )


def _where(fault: BaseException) -> str:
    """The last calls, the innermost last: `file.py:12 name`."""
    trace, calls = fault.__traceback__, list[str]()
    while trace is not None:
        code = trace.tb_frame.f_code
        calls.append(f"{'/'.join(code.co_filename.rsplit('/', 3)[1:])}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " > ".join(calls[-8:])
