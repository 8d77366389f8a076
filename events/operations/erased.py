"""Who was erased since a backup was made must not come back with it."""

from events.kit.refusals import Refusal, refuse_if
from events.kit.tombstones import FOLDER, buried, is_prepared
from events.settings import settings


def refuse_without_tombstones(at_least: int) -> None:
    """`at_least`: how many there were when the backup was made. Raises Refused where the list is lost or older."""
    facts = {"folder": str(settings().data / FOLDER)}
    lost = None if is_prepared() else Refusal("no_tombstones", facts)
    older = Refusal("old_tombstones", facts) if lost is None and len(buried()) < at_least else None
    refuse_if(lost, older)
