"""Drops from KERN's styles what no page of ours uses: classes, then custom properties nobody asks for any more."""

import re
from collections.abc import Iterable
from pathlib import Path

from events.assets.places import PROJECT, STATIC, TEMPLATES
from events.assets.stylesheet import Rule, Sheet, Verbatim

PYTHON = PROJECT / "events" / "web"
CLASS = re.compile(r"kern-[a-z0-9]+(?:[_-]+[a-z0-9]+)*")

# Put together while rendering, so that no template holds them whole.
KINDS = ("info", "success", "warning", "danger")
SAFELIST = {
    *(f"kern-{block}--{kind}" for block in ("alert", "badge", "icon") for kind in KINDS),
    *(f"kern-btn--{kind}" for kind in ("primary", "secondary", "tertiary")),
    *(f"kern-form-check__{kind}{state}" for kind in ("radio", "checkbox") for state in ("", "--error")),
    *(f"kern-table__{cell}--{kind}" for cell in ("header", "cell") for kind in ("numeric", "action")),
    *(f"kern-heading-{size}" for size in ("large", "medium", "small")),
}
# Icons come by name: {{ icon("search") }}, icon="mail".
ICON = re.compile(r"""(?:icon\(|icon=)["']([a-z-]+)["']""")


def used_classes() -> set[str]:
    """Every class of KERN that a template, a script or our own styles name."""
    texts = [path.read_text(encoding="utf-8") for path in _sources()]
    named = {found for text in texts for found in CLASS.findall(text)}
    return named | SAFELIST | {f"kern-icon--{name}" for text in texts for name in ICON.findall(text)}


def without_unused(sheet: Sheet, used: set[str]) -> Sheet:
    """Keeps the selectors whose classes are all used. Themes by attribute go too: the browser's preference decides."""
    kept: Sheet = []
    for rule in sheet:
        if isinstance(rule, Verbatim):
            kept.append(rule)
        elif selectors := tuple(one for one in rule.selectors if _is_used(one, used)):
            kept.append(Rule(selectors, rule.declarations, rule.media))
    return kept


def without_idle_properties(sheet: Sheet) -> Sheet:
    """Drops custom properties that no declaration needs, be it through others."""
    needed = _needed(sheet)
    return [
        rule
        if isinstance(rule, Verbatim)
        else rule.with_declarations(one for one in rule.declarations if not one[0].startswith("--") or one[0] in needed)
        for rule in sheet
    ]


def asked_for(values: Iterable[str]) -> set[str]:
    """The custom properties that these values refer to."""
    return {name for value in values for name in re.findall(r"var\((--[\w-]+)", value)}


def _sources() -> list[Path]:
    return [*TEMPLATES.rglob("*.html"), *PYTHON.rglob("*.py"), *STATIC.glob("*.css"), *STATIC.glob("*.js")]


def _is_used(selector: str, used: set[str]) -> bool:
    plain = re.sub(r":not\([^)]*\)", "", selector)
    return "data-kern-theme" not in plain and set(re.findall(r"\.(kern-[\w-]+)", plain)) <= used


def _needed(sheet: Sheet) -> set[str]:
    rules = [rule for rule in sheet if isinstance(rule, Rule)]
    values: dict[str, list[str]] = {}
    for rule in rules:
        for name, value in rule.declarations:
            values.setdefault(name if name.startswith("--") else "", []).append(value)
    needed: set[str] = set()
    waiting = asked_for(values.get("", []))
    while waiting:
        needed |= waiting
        waiting = asked_for(value for name in waiting for value in values.get(name, [])) - needed
    return needed
