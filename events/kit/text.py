"""Text made fit for one place or another: comparing, addresses, single lines, CSV, JSON inside HTML."""

import json
import re
import unicodedata

TALLEST_STACK = 30
"""Marks on one letter; a text without more of them is "stream-safe" (UAX #15, 13)."""

LINE_BREAKS = re.compile("\r\n|[\r\n\u2028\u2029]")
CSV_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")

_ALIKE = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"}
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ـ": ""}  # Arabic letters from Persian and Kurdish keyboards
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_UMLAUT_IN_TWO = re.compile("([aou])e")
_JSON_IN_HTML = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def fold(text: str) -> str:
    """The form in which texts are compared and searched: "Şükrü" and "SUKRU " are both "sukru"."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())  # the same, and most of what is compared
    # The dot of "İ" is a combining mark only after casefold, so marks go last.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign) and not _is_invisible(sign))
    return " ".join(bare.translate(_ALIKE).split())


def spellings(word: str) -> tuple[str, ...]:
    """The folded forms of a typed word: "Müller" is found by "muller", "müller" and "mueller", Mueller by "müller"."""
    composed, folded = unicodedata.normalize("NFC", word), fold(word)
    return tuple(dict.fromkeys((folded, fold(composed.translate(_GERMAN)), _UMLAUT_IN_TWO.sub(r"\1", folded))))


def is_found(search: str, text: str) -> bool:
    """Whether each word that was typed stands somewhere in the text, in one of its spellings."""
    known = fold(text)
    return all(any(one in known for one in spellings(word)) for word in search.split())


def slugify(text: str, longest: int = 80) -> str:
    """ASCII words with hyphens, umlauts written the German way; cut between words, empty if no word is left."""
    words = re.findall(r"[a-z0-9]+", fold(unicodedata.normalize("NFC", text).translate(_GERMAN)))
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > longest:
            break
        slug = f"{slug}-{word}" if slug else word[:longest]
    return slug


def one_line(text: str) -> str:
    """Line breaks and runs of blanks become one space; control characters go."""
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """NFC, line breaks as "\\n", blanks off both ends; without control characters, lone surrogates, marks that
    turn the reading direction by force (U+202D, U+202E) and stacks of marks that no language has."""
    lines = LINE_BREAKS.sub("\n", _composed(text)).replace("\t", " ")
    kept = (sign for sign in lines if sign == "\n" or not _is_harmful(sign))
    return "".join(kept).strip()


def _composed(text: str) -> str:
    """Marks are sorted for NFC in a time that grows with the square of their number: a megabyte would take hours."""
    if text.isascii():
        return text
    height, kept = 0, []
    for sign in text:
        height = height + 1 if unicodedata.combining(sign) else 0
        if height <= TALLEST_STACK:
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


def _is_harmful(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in "\u202d\u202e\ufeff"


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cs")


def csv_safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: typed text that begins like one gets an apostrophe."""
    text = "" if value is None else str(value)
    is_formula = isinstance(value, str) and text.lstrip(" ").startswith(CSV_FORMULA_STARTS)
    return f"'{text}" if is_formula else text


def jsonld(data: object) -> str:
    """JSON that cannot end the `<script type="application/ld+json">` around it."""
    return json.dumps(data, ensure_ascii=False).translate(_JSON_IN_HTML)
