"""How the log looks: lines to read, or JSON to collect. What is logged says nothing about people."""

import logging

from events.kit.lean import without

with without("rich", "greenlet"):  # 5 MB: structlog paints tracebacks where it can
    import structlog


def configure(as_json: bool) -> None:
    """Sets the shape of every log line of this process; libraries speak from warnings on."""
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks if as_json else structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")


def logger(name: str = "") -> structlog.stdlib.BoundLogger:
    """Where to say what happened; only ids, kinds and numbers."""
    log: structlog.stdlib.BoundLogger = structlog.get_logger(name) if name else structlog.get_logger()
    return log
