"""The obligatory pages as they come with the program, until the office writes its own: files of `texts/`.

Invented values of a demo office; each office has to put in its own before it opens the site.
"""

from dataclasses import asdict
from functools import cache
from pathlib import Path

from events.office.views import OfficePageView, OfficeView

FOLDER = Path(__file__).parent / "texts"

SLUGS = ("impressum", "datenschutz", "barrierefreiheit", "einfache-sprache")


def default_page(slug: str, office: OfficeView) -> OfficePageView | None:
    """The page with the name, address, phone and mail of the office filled in."""
    if slug not in SLUGS:
        return None
    filled = {language: source.format_map(asdict(office)) for language, source in _sources(slug).items()}
    parts = {language: text.partition("\n") for language, text in filled.items()}
    titles = {language: first.removeprefix("# ").strip() for language, (first, _, _) in parts.items()}
    return OfficePageView(slug, titles, {language: body.strip() for language, (_, _, body) in parts.items()})


@cache
def _sources(slug: str) -> dict[str, str]:
    """Markdown by language code; the first line of each is its title."""
    return {path.name.split(".")[1]: path.read_text(encoding="utf-8") for path in FOLDER.glob(f"{slug}.*.md")}
