"""KERN's colours in the notation every phone knows: `oklch` becomes hex, and mixes are worked out for each theme.

The conversion is that of CSS Color 4 (sections 9.3 and 10); what lies outside sRGB is clipped.
"""

import math
import re
from dataclasses import dataclass, replace

from events.assets.stylesheet import Rule, Sheet, Verbatim

OKLCH = re.compile(r"oklch\(([\d.]+)(%?) ([\d.]+) ([\d.]+)(?: ?/ ?([\d.]+))?\)")
MIX = re.compile(r"color-mix\(in oklch,(.+),(.+)\)$")
PERCENT = re.compile(r"(?:calc\()?(?:100% - ([\d.]+)%|([\d.]+) \* 100%|([\d.]+)%)\)?$")
LIGHT, DARK = "(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"


@dataclass(frozen=True)
class Colour:
    """Lightness 0–1, chroma, hue in degrees, alpha 0–1."""

    lightness: float
    chroma: float
    hue: float
    alpha: float = 1

    def hex(self) -> str:
        red, green, blue = (round(255 * min(1, max(0, _gamma(part)))) for part in self._linear())
        text = f"#{red:02x}{green:02x}{blue:02x}"
        if self.alpha < 1:
            return f"rgba({red},{green},{blue},{self.alpha:.3g})"
        return "#" + text[1::2] if text[1::2] == text[2::2] else text

    def _linear(self) -> tuple[float, float, float]:
        a = self.chroma * math.cos(math.radians(self.hue))
        b = self.chroma * math.sin(math.radians(self.hue))
        long = (self.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (self.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (self.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        return (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )


NAMED = {"white": Colour(1, 0, 0), "black": Colour(0, 0, 0), "transparent": Colour(0, 0, 0, 0)}


def plain_colours(sheet: Sheet) -> Sheet:
    """Also makes the light theme the one that needs no media query, for browsers that do not know the preference."""
    rules = sorted((_scheme(rule) if isinstance(rule, Rule) else rule for rule in sheet), key=_is_dark)
    common = _properties(rules, "")
    themes = {"": common, f"screen and {DARK}": {**common, **_properties(rules, f"screen and {DARK}")}}
    return [
        rule.with_declarations(
            (name, _plain(value, themes.get(rule.media, common))) for name, value in rule.declarations
        )
        if isinstance(rule, Rule)
        else rule
        for rule in rules
    ]


def _scheme(rule: Rule) -> Rule:
    return replace(rule, media={LIGHT: "", DARK: f"screen and {DARK}"}.get(rule.media, rule.media))


def _is_dark(rule: Rule | Verbatim) -> bool:
    return isinstance(rule, Rule) and DARK in rule.media


def _properties(sheet: Sheet, media: str) -> dict[str, str]:
    roots = (rule for rule in sheet if isinstance(rule, Rule) and rule.media == media and ":root" in rule.selectors)
    return {name: value for rule in roots for name, value in rule.declarations if name.startswith("--")}


def _plain(value: str, theme: dict[str, str]) -> str:
    if mix := MIX.match(value):
        return _mixed(_resolved(mix[1], theme), _resolved(mix[2], theme)).hex()
    return OKLCH.sub(lambda found: _colour(found[0])[0].hex(), value)


def _resolved(value: str, theme: dict[str, str]) -> str:
    while "var(" in value:
        value = re.sub(r"var\((--[\w-]+)(?:,[^()]*)?\)", lambda found: theme[found[1]], value)
    return value


def _mixed(first: str, second: str) -> Colour:
    """Mixing with white, black or nothing keeps the hue of the other colour."""
    (one, share), (other, other_share) = _colour(first), _colour(second)
    weight = share if share is not None else 1 - (other_share if other_share is not None else 0.5)
    if other.alpha == 0:
        return replace(one, alpha=one.alpha * weight)
    lightness = weight * one.lightness + (1 - weight) * other.lightness
    chroma = weight * one.chroma + (1 - weight) * other.chroma
    return Colour(lightness, chroma, one.hue if one.chroma else other.hue)


def _colour(text: str) -> tuple[Colour, float | None]:
    """A colour and the share that may follow it."""
    name, _, rest = (
        text.strip().partition(" ") if not text.strip().startswith("oklch") else _after_bracket(text.strip())
    )
    share = PERCENT.match(rest.strip())
    return NAMED.get(name) or _from_oklch(name), _share(share) if share else None


def _after_bracket(text: str) -> tuple[str, str, str]:
    end = text.index(")") + 1
    return text[:end], "", text[end:]


def _share(found: re.Match[str]) -> float:
    if found[1]:
        return 1 - float(found[1]) / 100
    return float(found[2]) if found[2] else float(found[3]) / 100


def _from_oklch(text: str) -> Colour:
    found = OKLCH.fullmatch(text)
    if not found:
        raise ValueError(f"not a colour we understand: {text}")
    lightness = float(found[1]) / (100 if found[2] else 1)
    return Colour(lightness, float(found[3]), float(found[4]), float(found[5] or 1))


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
