"""What the commands say when they are done."""

from collections.abc import Iterator

from events.kit.clock import BERLIN
from events.operations.archive import KEY
from events.operations.backup import BackedUp
from events.operations.move import Moved
from events.operations.restore import Restored
from events.settings import settings


def backup_lines(made: BackedUp, proof: bool, removed: int) -> Iterator[str]:
    yield f"{made.path}: {made.rows} Zeilen, {made.uploads} Dateien, {made.size / 1e6:.1f} MB, gelesen und verglichen."
    if proof:
        yield "Die Probe ist gelungen: zurückgeholt und geprüft."
    if removed:
        yield f"Ältere Sicherungen gelöscht: {removed}."


def restored_lines(restored: Restored) -> Iterator[str]:
    yield f"Zurückgeholt: {restored.rows} Zeilen und {restored.uploads} Dateien."
    yield f"Stand der Sicherung: {restored.made_at.astimezone(BERLIN):%d.%m.%Y, %H:%M Uhr}."
    yield f"Seit der Sicherung gelöscht und nun wieder gelöscht: {restored.erased}."
    if restored.held:
        yield f"Mails, die vielleicht schon hinausgingen und unter „Postausgang“ auf Sie warten: {restored.held}."
    if restored.aside:
        yield f"Was vorher da war, liegt in {restored.aside}. Bitte löschen, sobald es niemand mehr braucht."
    if restored.key_differs:
        yield (
            "EVENTS_SECRET_KEY ist nicht der Schlüssel der Sicherung: Verschickte Links öffnen nichts. "
            f"Setzen Sie die Einstellung auf den Inhalt von {settings().data / KEY}."
        )


def moved_line(moved: Moved) -> str:
    return f"{moved.rows} Zeilen und {moved.uploads} Dateien sind da, jede Tabelle mit gleicher Prüfsumme."
