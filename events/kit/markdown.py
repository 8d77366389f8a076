"""What organisers write in Markdown, as safe HTML and as plain text for mails and calendars."""

from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "ul",
}
LINKS_TO = {"http", "https", "mailto", "tel"}

_LIST_STARTS = {"bullet_list_open": "- ", "ordered_list_open": "1. "}


def as_html(source: str, highest_heading: int = 3) -> str:
    """HTML without scripts, pictures and styles. The text's highest heading, whichever it is, becomes
    `highest_heading`, so that no level of the page is left out: below a section (h2) that is 3, below the title 2."""
    tokens = _parser.parse(source)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    raised_by = highest_heading - min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) + raised_by, 6)}"
    html = _parser.renderer.render(tokens, _parser.options, {})
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=LINKS_TO, link_rel="noopener nofollow")


def as_text(source: str) -> str:
    """Paragraphs with a blank line between them; the address of a link stands on a line of its own below its text."""
    lines: list[str] = []
    marks: list[str] = []
    for token in _parser.parse(source):
        if token.type in _LIST_STARTS:
            marks.append(_LIST_STARTS[token.type])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
            lines += [] if marks else [""]
        elif token.type == "list_item_open" and marks and marks[-1] != "- ":
            marks[-1] = f"{token.info}{token.markup} "
        elif token.type in ("inline", "fence", "code_block"):
            lines += _paragraph(token, marks)
    return "\n".join(lines).strip()


def _paragraph(token: Token, marks: list[str]) -> list[str]:
    text = "".join(_words(child) for child in token.children) if token.children else token.content.rstrip()
    targets = [address for child in token.children or () if (address := _target(child))]
    indent = "  " * (len(marks) - 1)
    mark = marks[-1] if marks else ""
    return [f"{indent}{mark}{text}", *targets, *([] if marks else [""])]


def _words(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _target(token: Token) -> str:
    """The address of a link, unless the text shows it already."""
    if token.type != "link_open" or token.markup == "autolink":
        return ""
    return str(token.attrs.get("href", "")).removeprefix("mailto:")


def _picture(_renderer: RendererHTML, tokens: Sequence[Token], index: int, *_: object) -> str:
    """Pictures are not ours to load: their description is shown."""
    return escapeHtml(tokens[index].content)


_parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
_parser.add_render_rule("image", _picture)
