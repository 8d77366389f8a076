"""A mark in the data folder while a restore is under way: whoever was erased may be in the database until it ends."""

from pathlib import Path

from events.kit.refusals import Refusal, refuse_if
from events.settings import settings

MARK = "restore-unfinished"


def begin() -> None:
    _mark().touch(mode=0o600)


def end() -> None:
    _mark().unlink()


def refuse_if_unfinished() -> None:
    """Raises Refused: nothing may start on a database that was put back by halves."""
    refuse_if(Refusal("unfinished") if _mark().exists() else None)


def _mark() -> Path:
    return settings().data / MARK
