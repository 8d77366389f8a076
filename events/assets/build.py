"""Builds all files into one new folder and puts it in the place of the old one."""

import json
import shutil
from functools import partial

from events.assets.fonts import font_files
from events.assets.output import Output
from events.assets.places import BUILT, PRINT_FONTS, STATIC
from events.assets.styles import stylesheet


def build() -> dict[str, int]:
    """The packed size of each file in bytes. An interrupted build leaves the old files as they were."""
    output = Output(BUILT.with_name("built.new"))
    addresses = {name: output.add(name, content) for name, content in font_files().items()}
    for path in sorted([*STATIC.glob("*.js"), *(STATIC / "icons").glob("*")]):
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
