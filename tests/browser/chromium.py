"""Finds Chromium: named by CHROMIUM, on the PATH, or brought by the system's packages. Never a browser download."""

import os
import shutil
import subprocess
from functools import cache

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@cache
def chromium() -> str:
    """The path of the program. Raises RuntimeError with one sentence when there is none and none can be had."""
    found = os.environ.get("CHROMIUM") or _on_the_path()
    if found:
        return found
    _install()
    if installed := _on_the_path():
        return installed
    raise RuntimeError(
        "Für die Browsertests fehlt Chromium: installieren Sie das Paket chromium oder nennen Sie es mit CHROMIUM=."
    )


def options() -> list[str]:
    return [*OPTIONS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def _on_the_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _install() -> None:
    """With Debian's packages, where we may."""
    apt = shutil.which("apt-get")
    if apt is None:
        return
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run([*as_root, apt, *command], check=False, capture_output=True)
