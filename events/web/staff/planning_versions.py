"""Editing that overwrites nobody: who saved last, and how what was typed differs from what somebody saved meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from events.history.queries import last_line
from events.kit.clock import BERLIN, now
from events.kit.forms import Form
from events.kit.refusals import Refused
from events.kit.translation import day_and_time, time_of_day
from events.kit.translation import gettext as _
from events.web.staff.history import told

OUTDATED = "changed_meanwhile"

SEEN = "seen"
"""The hidden field with the version the form was filled in on."""


@dataclass(frozen=True)
class Difference:
    """One field in words, as it is stored now and as it was typed."""

    label: str
    stored: str
    typed: str


async def last_saved(kind: str, id: UUID) -> str:
    """As in "Zuletzt gespeichert 10:42 Uhr von Bernd"; empty when nothing is written down. Two statements."""
    line = await last_line(kind, id)
    if line is None:
        return ""
    (said,) = await told([line])
    is_today = said.at.astimezone(BERLIN).date() == now().astimezone(BERLIN).date()
    when = _("%(time)s Uhr", time=time_of_day(said.at)) if is_today else day_and_time(said.at)
    return _("Zuletzt gespeichert: %(when)s von %(who)s", when=when, who=said.who)


def seen_in(sent: Form) -> str:
    """The version a sent form was filled in on; empty when it does not say."""
    return next((text for text in sent.getall(SEEN, []) if isinstance(text, str)), "")


def is_outdated(refused: Refused) -> bool:
    return any(one.code == OUTDATED for one in refused.reasons)


def differences(
    stored: Mapping[str, Any],
    typed: Mapping[str, list[str]],
    labels: Mapping[str, str],
    choices: Mapping[str, Iterable[tuple[str, str]]] | None = None,
) -> list[Difference]:
    """In the order of the labels. Fields the form does not show count as empty."""
    known = {name: dict(pairs) for name, pairs in (choices or {}).items()}
    found = []
    for name, label in labels.items():
        there = _texts(stored.get(name))
        here = [text for text in _texts(typed.get(name, [])) if text]
        if sorted(filter(None, there)) != sorted(here):
            words = known.get(name, {})
            found.append(
                Difference(_(label), *(", ".join(words.get(one, one) for one in each) for each in (there, here)))
            )
    return found


def _texts(value: Any) -> list[str]:
    if value is None or value is False:
        return []
    if value is True:
        return ["on"]
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one).replace("\r\n", "\n").strip() for one in values]
