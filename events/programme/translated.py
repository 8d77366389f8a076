"""How far the texts of an event are translated, and whether the German changed after a translation was made."""

import hashlib
import json
from collections.abc import Mapping
from typing import Literal

from events.kit.translation import LANGUAGES, SOURCE
from events.programme.details import EventDetails
from events.programme.views import EventView

State = Literal["there", "partly", "missing", "outdated"]

TEXTS = ("title", "summary", "description")
LENGTH = 16


def state_of(event: EventView, language: str) -> State:
    """Of a language besides German. What was translated before states were kept counts as there."""
    wanted = [name for name in TEXTS if _text(event, name, SOURCE)]
    filled = [name for name in wanted if _text(event, name, language)]
    if not filled:
        return "missing"
    if event.translated_from.get(language, _german(event)) != _german(event):
        return "outdated"
    return "there" if filled == wanted else "partly"


def states_of(event: EventView) -> dict[str, State]:
    """By language, without German."""
    return {code: state_of(event, code) for code in LANGUAGES if code != SOURCE}


def made_from(before: EventView | None, after: EventDetails) -> Mapping[str, str]:
    """By language the check value of the German texts its translation belongs to: the new ones where somebody touched
    the translation or said that it still fits, else those it was made from."""
    found = {}
    for code in LANGUAGES:
        if code == SOURCE or not any(_text(after, name, code) for name in TEXTS):
            continue
        is_touched = before is None or any(_text(before, name, code) != _text(after, name, code) for name in TEXTS)
        if before is None or is_touched or code in after.translations_checked:
            found[code] = _german(after)
        else:
            found[code] = before.translated_from.get(code, _german(before))
    return found


def _german(texts: EventView | EventDetails) -> str:
    said = [_text(texts, name, SOURCE) for name in TEXTS]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:LENGTH]


def _text(texts: EventView | EventDetails, name: str, language: str) -> str:
    by_language: Mapping[str, str] = getattr(texts, name)
    return by_language.get(language, "").strip()
