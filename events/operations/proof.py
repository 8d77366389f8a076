"""The proof of a backup: put back in an empty folder of its own, by a process of its own, and checked there."""

import asyncio
import sys
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from events.kit.refusals import Refusal, Refused
from events.kit.tombstones import FOLDER
from events.settings import settings

EVENTS = "from events.cli import main; main()"


async def prove(path: Path) -> None:
    """Raises Refused with what was said when it cannot be put back or is not in order. Needs room for all data."""
    with TemporaryDirectory(prefix=".probe-", dir=settings().data) as folder:
        _copy_tombstones(Path(folder))
        environment = {
            "EVENTS_DATA": folder,
            "EVENTS_DATABASE_URL": f"sqlite:///{folder}/teilnahme.sqlite",
            "EVENTS_BASE_URL": settings().base_url,
            "EVENTS_SECRET_KEY": settings().secret_key,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", EVENTS, "restore", str(path),
            env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await process.communicate()
    if process.returncode:
        raise Refused(Refusal("proof_failed", {"said": said.decode(errors="replace").strip()}))


def _copy_tombstones(folder: Path) -> None:
    """The backup has made sure that they are there."""
    copytree(settings().data / FOLDER, folder / FOLDER)
