"""The one stylesheet: KERN, made fit for our pages, followed by our own rules."""

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

from events.assets.colours import plain_colours
from events.assets.fonts import font_faces
from events.assets.logical import logical
from events.assets.places import KERN, STATIC
from events.assets.stylesheet import Rule, Sheet, Verbatim, read, write
from events.assets.used import used_classes, without_idle_properties, without_unused

NOTICE = (
    "/* Based on @kern-ux/native (EUPL-1.2), changed: colours, directions, icons as files, unused parts left out. */\n"
)
DATA_ICON = re.compile(r'url\("data:image/svg\+xml,([^"]*)"\)')
THEMES = re.compile(r"^:is\(body,.*$")

AddFile = Callable[[str, bytes], str]


def stylesheet(add_file: AddFile, font_addresses: dict[str, str]) -> str:
    """Styles for every page. `add_file` takes name and content of an icon and gives back its address."""
    kern = without_unused(_simplified(read((KERN / "kern.css").read_text(encoding="utf-8"))), used_classes())
    own = read((STATIC / "app.css").read_text(encoding="utf-8"))
    sheet = without_idle_properties(_without_fallbacks(plain_colours(logical([*kern, *own]))))
    css = NOTICE + font_faces(font_addresses) + _with_icon_files(write(sheet), add_file)
    for leftover in ("data:", "oklch", "color-mix"):
        if leftover in css:
            raise ValueError(f"{leftover} is left in the stylesheet: teach the build about it")
    return css


def _with_icon_files(css: str, add_file: AddFile) -> str:
    """Inline icons become files, so that `img-src 'self'` is enough."""

    def as_file(found: re.Match[str]) -> str:
        svg = re.sub(r" (?:height|width)=''", "", unquote(found[1]))
        return f'url("{add_file("icon.svg", svg.encode())}")'

    return DATA_ICON.sub(as_file, css)


def _simplified(sheet: Sheet) -> Sheet:
    """With us the body alone begins a theme; KERN's selector for all that may is too young for old browsers."""
    return [
        rule
        if isinstance(rule, Verbatim)
        else replace(rule, selectors=tuple(THEMES.sub("body", s) for s in rule.selectors))
        for rule in sheet
    ]


def _without_fallbacks(sheet: Sheet) -> Sheet:
    """`var(--x,#123456)` needs no second value where `--x` is always set."""
    rules = [rule for rule in sheet if isinstance(rule, Rule)]
    known = {name for rule in rules for name, _ in rule.declarations if {":root", "body"} & set(rule.selectors)}

    def shorter(found: re.Match[str]) -> str:
        return f"var({found[1]})" if found[1] in known else found[0]

    return [
        rule.with_declarations(
            (name, re.sub(r"var\((--[\w-]+),[^()]*\)", shorter, value)) for name, value in rule.declarations
        )
        if isinstance(rule, Rule)
        else rule
        for rule in sheet
    ]
