"""A stylesheet as plain data: rules with selectors and declarations, some in media queries; reading, writing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import tinycss2

# Old browsers drop a whole rule when one selector of its list is unknown to them, so such selectors get their own rule.
YOUNG = (":has(", ":is(", ":where(", ":focus-visible", "::")


@dataclass(frozen=True)
class Rule:
    """`media` is the query around it, "" for none; values keep `!important`."""

    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str], ...]
    media: str = ""

    def with_declarations(self, declarations: Iterator[tuple[str, str]]) -> "Rule":
        return replace(self, declarations=tuple(declarations))


@dataclass(frozen=True)
class Verbatim:
    """An at-rule nobody looks into, such as @font-face."""

    text: str


Sheet = list[Rule | Verbatim]


def read(css: str) -> Sheet:
    return list(_read(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), ""))


def write(sheet: Sheet) -> str:
    """Without comments and needless spaces; neighbouring rules of one media query share its block."""
    parts: list[str] = []
    media = ""
    for rule in sheet:
        here = rule.media if isinstance(rule, Rule) else ""
        if here != media:
            parts.append(("}" if media else "") + (f"@media {here}{{" if here else ""))
            media = here
        parts.extend([rule.text] if isinstance(rule, Verbatim) else _written(rule))
    return "\n".join([*parts, "}" if media else ""]).strip() + "\n"


def _read(nodes: list[tinycss2.ast.Node], media: str) -> Iterator[Rule | Verbatim]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield Rule(_selectors(node.prelude), tuple(_declarations(node.content)), media)
        elif node.type == "at-rule" and node.lower_at_keyword == "media":
            query = tinycss2.serialize(node.prelude).strip()
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _read(inner, f"{media} and {query}" if media else query)
        elif node.type == "at-rule" and node.lower_at_keyword != "charset":
            yield Verbatim(_tight(node.serialize()))
        elif node.type == "error":
            raise ValueError(f"line {node.source_line}: {node.message}")


def _selectors(prelude: list[tinycss2.ast.Node]) -> tuple[str, ...]:
    """Splits the list at its outer commas: those inside brackets are nodes of their own."""
    groups: list[list[tinycss2.ast.Node]] = [[]]
    for node in prelude:
        if node.type == "literal" and node.value == ",":
            groups.append([])
        elif node.type != "comment":
            groups[-1].append(node)
    return tuple(_tight(tinycss2.serialize(group)) for group in groups)


def _declarations(content: list[tinycss2.ast.Node]) -> Iterator[tuple[str, str]]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            raise ValueError(f"line {node.source_line}: only plain declarations are understood")
        yield node.name, _tight(tinycss2.serialize(node.value)) + ("!important" if node.important else "")


def _tight(text: str) -> str:
    return re.sub(r",\s+", ",", re.sub(r"\s+", " ", text)).strip()


def _written(rule: Rule) -> Iterator[str]:
    body = ";".join(f"{name}:{value}" for name, value in rule.declarations)
    old = [selector for selector in rule.selectors if not any(sign in selector for sign in YOUNG)]
    for group in (old, *([young] for young in rule.selectors if young not in old)):
        if group and body:
            yield f"{','.join(group)}{{{body}}}"
