"""Keeps out of memory what packages load for functions we never call; each process would pay for it, for ever.

tests/kit/test_lean.py says what is not there; docs/decisions/0029-memory.md how much that is.
"""

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, cast

from babel import localedata
from babel.core import get_global

OF_LOCALES = {
    "character_order", "date_formats", "datetime_formats", "datetime_skeletons", "day_period_rules", "day_periods",
    "days", "decimal_formats", "default_numbering_system", "eras", "locale_id", "months", "number_symbols",
    "numbering_systems", "plural_form", "quarters", "time_formats", "week_data",
}  # fmt: skip


class Later:
    """A module that is loaded only when something of it is used, for what one page or one command needs."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


@contextmanager
def without(*packages: str) -> Iterator[None]:
    """Inside, these cannot be imported, unless they are loaded already. For packages that others can do without."""
    with _in_their_place(dict.fromkeys(packages)):
        yield


def load_piccolo_configuration() -> None:
    """Piccolo insists on black, 6 MB, for writing new migrations; while serving nobody writes any."""
    with _in_their_place({"black": ModuleType("black")}):
        import_module("piccolo.conf.apps")


def keep_dates_and_numbers(languages: Collection[str]) -> None:
    """Of all that Babel knows about these languages: the names of countries, currencies and units are 6 MB."""
    for language in languages:
        known = localedata.load(language)
        for part in set(known) - OF_LOCALES:
            del known[part]
    for facts in (get_global("likely_subtags"), get_global("territory_currencies"), get_global("territory_languages")):
        cast(dict[str, Any], facts).clear()


@contextmanager
def _in_their_place(others: dict[str, ModuleType | None]) -> Iterator[None]:
    absent = {name: other for name, other in others.items() if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]  # None is how Python says that there is no such package
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
