"""The project's own files as the convention tests read them: what git keeps, without what is built or brought."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
IGNORED = {".git", "__pycache__"} | {
    line.strip("/")
    for line in (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
    if line.endswith("/") and "*" not in line
}
BINARY = {".jpg", ".png", ".ico", ".pyc"}


@cache
def project_files() -> tuple[Path, ...]:
    return tuple(sorted(_walk(PROJECT)))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        shown = path.relative_to(PROJECT).as_posix()
        if path.name in IGNORED or shown in IGNORED or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.name != ".env":
            yield path


def modules(*folders: str) -> tuple[Path, ...]:
    """Our Python modules below these folders; migrations are written by Piccolo."""
    return tuple(
        path for path in project_files() if path.suffix == ".py" and path.relative_to(PROJECT).parts[0] in folders
    )


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path, line: int | None = None) -> str:
    """As in `events/app.py:12`."""
    name = path.relative_to(PROJECT).as_posix()
    return name if line is None else f"{name}:{line}"


def texts() -> Iterator[tuple[Path, str]]:
    for path in project_files():
        if path.suffix not in BINARY:
            yield path, path.read_text(encoding="utf-8")


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")
