"""Whether the built files still fit their sources: one fingerprint over all that decides the result.

Of the templates only the classes they name count, so that writing pages does not cost a build each time.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from events.assets.places import BUILT, LOCK, PROJECT, STAMP, STATIC
from events.assets.used import used_classes


def is_fresh() -> bool:
    return (
        STAMP.is_file() and (BUILT / "manifest.json").is_file() and STAMP.read_text(encoding="ascii") == _fingerprint()
    )


def remember() -> None:
    STAMP.write_text(_fingerprint(), encoding="ascii")


def _fingerprint() -> str:
    total = sha256(" ".join(sorted(used_classes())).encode())
    for path in sorted(_sources()):
        total.update(f"{path.relative_to(PROJECT)}\0".encode() + sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _sources() -> Iterator[Path]:
    yield LOCK
    yield from Path(__file__).parent.glob("*.py")
    yield from (path for path in STATIC.rglob("*") if path.is_file() and BUILT not in path.parents)
