"""Left and right become start and end, so that one stylesheet serves both directions of writing."""

import re
from collections.abc import Iterator

from events.assets.stylesheet import Sheet, Verbatim

SIDES = {"left": "inline-start", "right": "inline-end"}
CORNERS = {
    "top-left": "start-start",
    "top-right": "start-end",
    "bottom-right": "end-end",
    "bottom-left": "end-start",
}
KEYWORDS = {"text-align": {"left": "start", "right": "end"}, "float": {"left": "inline-start", "right": "inline-end"}}
# A pair of sides to clear is the same in both directions, and every browser knows it.
KEYWORDS["clear"] = {"left": "both", "right": "both"}


def logical(sheet: Sheet) -> Sheet:
    return [
        rule
        if isinstance(rule, Verbatim)
        else rule.with_declarations(new for one in rule.declarations for new in _turned(*one))
        for rule in sheet
    ]


def _turned(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name.startswith("--"):
        yield name, value
    elif name in ("margin", "padding") and (sides := _four(value)) and sides[1] != sides[3]:
        yield from _by_side(name, *sides)
    elif name == "border-radius" and (corners := _four(value)) and not _is_symmetric(corners):
        for corner, part in zip(CORNERS.values(), corners, strict=True):
            yield f"border-{corner}-radius", part
    else:
        yield _turned_name(name), KEYWORDS.get(name, {}).get(value, value)


def _turned_name(name: str) -> str:
    for corner, turned in CORNERS.items():
        if name == f"border-{corner}-radius":
            return f"border-{turned}-radius"
    for side, turned in SIDES.items():
        if name == side:
            return f"inset-{turned}"
        name = re.sub(rf"^(margin|padding|border)-{side}(?=-|$)", rf"\1-{turned}", name)
    return name


def _by_side(name: str, top: str, end: str, bottom: str, start: str) -> Iterator[tuple[str, str]]:
    yield f"{name}-top", top
    yield f"{name}-inline-end", end
    yield f"{name}-bottom", bottom
    yield f"{name}-inline-start", start


def _four(value: str) -> tuple[str, str, str, str] | None:
    """The parts of a shorthand with four values; spaces inside brackets do not separate."""
    parts, depth = [""], 0
    for sign in value:
        depth += (sign == "(") - (sign == ")")
        if sign == " " and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return (parts[0], parts[1], parts[2], parts[3]) if len(parts) == 4 else None


def _is_symmetric(corners: tuple[str, str, str, str]) -> bool:
    top_left, top_right, bottom_right, bottom_left = corners
    return top_left == top_right and bottom_right == bottom_left
