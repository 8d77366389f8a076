"""Builds all files into one new folder and puts it in the place of the old one."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from functools import partial

from events.assets.fonts import font_files
from events.assets.output import Output
from events.assets.places import BUILT, PRINT_FONTS, STATIC
from events.assets.styles import stylesheet

IMPORTED = re.compile(rb'(from |import\()"\./([\w-]+\.js)"')

COMMENT = re.compile(rb"(?m)^ *//.*\n")
"""Lines that are for whoever reads the source; browsers are spared them."""


def scripts() -> Iterator[tuple[str, bytes]]:
    """Our modules, each after those it imports."""
    left = {path.name: COMMENT.sub(b"", path.read_bytes()) for path in sorted(STATIC.glob("*.js"))}
    while left:
        ready = [name for name, content in left.items() if not _imports(content) & left.keys()]
        if not ready:
            raise ValueError(f"modules import each other: {sorted(left)}")
        yield from ((name, left.pop(name)) for name in ready)


def _imports(content: bytes) -> set[str]:
    return {name.decode() for _how, name in IMPORTED.findall(content)}


def _with_addresses(content: bytes, names: Mapping[str, str]) -> bytes:
    """What is imported has another name once it is built."""
    return IMPORTED.sub(lambda found: b'%s"./%s"' % (found[1], names[found[2].decode()].encode()), content)


def build() -> dict[str, int]:
    """The packed size of each file in bytes. An interrupted build leaves the old files as they were."""
    output = Output(BUILT.with_name("built.new"))
    addresses = {name: output.add(name, content) for name, content in font_files().items()}
    for name, content in scripts():
        output.add(name, _with_addresses(content, output.manifest))
    for path in sorted((STATIC / "icons").glob("*")):
        output.add(path.name, path.read_bytes())
    css = stylesheet(partial(output.add, listed=False), addresses)
    output.add("app.css", css.encode())
    manifest = json.dumps(output.manifest, indent=1, sort_keys=True)
    (output.folder / "manifest.json").write_text(manifest, encoding="utf-8")
    for font in PRINT_FONTS:  # read by the typesetting, never served
        (output.folder / "print").mkdir(exist_ok=True)
        shutil.copy(font, output.folder / "print")
    shutil.rmtree(BUILT, ignore_errors=True)
    output.folder.rename(BUILT)
    return output.sizes
