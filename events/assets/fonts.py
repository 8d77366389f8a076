"""KERN's Fira Sans cut into small files by script. Arabic script is left to the phone's own font."""

import logging
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from events.assets.places import KERN

WEIGHTS = {400: "FiraSans-Regular.woff2", 600: "FiraSans-SemiBold.woff2"}
# Latin: Western Europe, Turkish, Polish, Czech … (Latin Extended-A, ș/ț, ə, ẞ), Kurdish; signs of our pages.
RANGES = {
    "latin": "U+0020-007E,U+00A0-017F,U+0218-021B,U+018F,U+0259,U+02C6-02DD,U+1E9E,U+2010-2015,U+2018-201E,U+2020-2022,"
    "U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2215,U+2264-2265",
    "greek": "U+0370-03FF",
    "cyrillic": "U+0400-045F,U+0462-0463,U+0472-0475,U+048A-04FF,U+2116",
}
FEATURES = ["kern", "liga", "mark", "mkmk", "locl", "ccmp", "tnum", "lnum"]


def font_files() -> dict[str, bytes]:
    """Plain file names and their content."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it warns about each file's table version
    return {
        f"fira-sans-{weight}-{script}.woff2": _cut(source, span)
        for weight, source in WEIGHTS.items()
        for script, span in RANGES.items()
    }


def font_faces(addresses: dict[str, str]) -> str:
    """`addresses` by plain file name."""
    return "".join(
        f'@font-face{{font-family:"Fira Sans";font-weight:{weight};font-display:swap;unicode-range:{span};'
        f'src:url("{addresses[f"fira-sans-{weight}-{script}.woff2"]}") format("woff2")}}\n'
        for weight in WEIGHTS
        for script, span in RANGES.items()
    )


def _cut(source: str, span: str) -> bytes:
    font = TTFont(KERN / "fonts" / "fira-sans" / source)
    options = Options(flavor="woff2", layout_features=FEATURES, desubroutinize=True, hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_codes(span))
    subsetter.subset(font)
    font.flavor = "woff2"
    target = BytesIO()
    font.save(target)
    return target.getvalue()


def _codes(span: str) -> list[int]:
    codes: list[int] = []
    for part in span.split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        codes.extend(range(int(first, 16), int(last or first, 16) + 1))
    return codes
