"""Colours as `#rrggbb`: how far two stand apart, and one that stands apart enough (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

WHITE, BLACK = "#ffffff", "#000000"
LIGHT_GROUND, DARK_GROUND = "#f3f4f7", "#131525"
"""Grey surfaces of our pages (KERN's neutral-025 and -950): links stand on them as well as on white and on black."""

READABLE = 4.5
"""Contrast of text of any size on its ground (WCAG 2.2, 1.4.3)."""

HOVERED, PRESSED = 0.04, 0.08
"""Share of its own colour that lies on the ground while somebody points at or presses what can be clicked."""

_WRITTEN = re.compile(r"#[0-9a-f]{6}")
_STEPS = 40


def is_colour(text: str) -> bool:
    return _WRITTEN.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), as WCAG defines the contrast ratio."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def contrast_pressed(colour: str, ground: str) -> float:
    """What is left of the contrast while it is pressed: the least there is on this ground."""
    return contrast(colour, mixed(ground, colour, PRESSED))


def mixed(one: str, other: str, share: float) -> str:
    """`share` of the other: 0 is the first colour, 1 the second."""
    parts = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def readable_in_the_dark(colour: str) -> str:
    """The colour itself or the next lighter of its kind that can be read on the lightest dark ground, pressed too."""
    steps = (mixed(colour, WHITE, step / _STEPS) for step in range(_STEPS + 1))
    return next(one for one in steps if contrast_pressed(one, DARK_GROUND) >= READABLE)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
