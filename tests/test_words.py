"""Every code people can meet has words, and every text people read is there in all languages."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from events.accounts import rules as accounts_rules
from events.accounts import wording as accounts_wording
from events.attendance import status as attendance_status
from events.attendance import wording as attendance_wording
from events.contacts import status as contacts_status
from events.contacts import wording as contacts_wording
from events.kit.translation import LANGUAGES, SOURCE
from events.piccolo_app import APP_CONFIG
from events.programme import status as programme_status
from events.programme import wording as programme_wording
from events.registration import status as registration_status
from events.registration import wording as registration_wording
from tests.source_tree import PROJECT, modules, parsed, shown

DOMAINS = sorted(path.parent.name for path in (PROJECT / "events").glob("*/wording.py"))
TRANSLATED = sorted(LANGUAGES.keys() - {SOURCE})
CODES = [
    (registration_status.STATUSES, registration_wording.STATUSES),
    (programme_status.STATUSES, programme_wording.STATUSES),
    (attendance_status.MARKS, attendance_wording.MARKS),
    (attendance_status.SCOPES, attendance_wording.SCOPES),
    (attendance_status.SOURCES, attendance_wording.SOURCES),
    (attendance_status.DIMENSIONS, attendance_wording.DIMENSIONS),
    (attendance_status.PEOPLE, attendance_wording.PEOPLE),
    (accounts_rules.ROLES, accounts_wording.ROLE_NAMES),
    (contacts_status.STATUSES, contacts_wording.STATUSES),
]
FOR_THE_TEAM = re.compile(
    r"templates/staff/|events/(web/staff|accounts|attendance|evidence|groups|history|reports|demo|office|mail|privacy)/"
    r"|events/(cli|checks|settings)\.py|tests/|bench/|migrations/"
)
"""The team works in German; these texts may be translated but need not."""

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "pgettext": ((1, "c"), 2)}

PRODUCTS = {"Nextcloud", "Outlook", "Thunderbird"}
SAME_AS_IN_GERMAN: dict[str, set[str]] = {
    "ar": PRODUCTS,
    "en": PRODUCTS
    | {"Code", "Name", "Online", "Person %(number)s", "Workshop", "online", "optional"}
    | {"Dari", "Somali", "Tigrinya", "Urdu"},
    "tr": PRODUCTS | {"Telefon", "Telefon:"},
}
"""Texts that really are the same in this language."""


@pytest.mark.parametrize(("codes", "words"), CODES)
def test_every_code_has_words_and_no_word_is_left_over(codes: tuple[str, ...], words: dict[str, str]) -> None:
    assert set(codes) == set(words)


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_refusal_has_words_in_its_own_domain(domain: str) -> None:
    worded = set(getattr(_wording(domain), "REFUSALS", {}))
    refused = {code: place for code, place in _refusals(f"events/{domain}/") if code not in worded}
    assert refused == {}


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_refusal_has_words_that_nobody_says(domain: str) -> None:
    said = {
        node.value
        for path in modules("events")
        if path.name != "wording.py" and shown(path).startswith((f"events/{domain}/", "events/web/"))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(getattr(_wording(domain), "REFUSALS", {})) - said == set()


def test_every_refusal_of_a_page_has_words_somewhere() -> None:
    worded = {code for domain in DOMAINS for code in getattr(_wording(domain), "REFUSALS", {})}
    assert {code: place for code, place in _refusals("events/web/") if code not in worded} == {}


def test_every_next_step_belongs_to_a_refusal() -> None:
    steps = {domain: getattr(_wording(domain), "NEXT_STEPS", {}).keys() - _wording(domain).REFUSALS.keys()
             for domain in DOMAINS if hasattr(_wording(domain), "NEXT_STEPS")}  # fmt: skip
    assert {domain: codes for domain, codes in steps.items() if codes} == {}


def test_history_speaks_of_tables_that_exist() -> None:
    tables = {table._meta.tablename for table in APP_CONFIG.table_classes}
    assert set(_wording("history").KINDS) - tables == set()


def test_every_change_in_the_history_has_a_verb() -> None:
    verbs = {
        node.args[0].value: shown(path, node.lineno)
        for path in modules("events")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "entry" and node.args
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }
    assert {verb: place for verb, place in verbs.items() if verb not in _wording("history").VERBS} == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_the_public_reads_is_translated(language: str) -> None:
    catalogue = _catalogue(language)
    absent = {
        text: place
        for (text, context), place in _source_texts().items()
        if not FOR_THE_TEAM.match(place) and not _is_translated(catalogue.get(text, context))
    }
    assert absent == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_kept_of_a_text_that_is_gone(language: str) -> None:
    """`make translations` removes them."""
    kept = {(_first(one), one.context) for one in _catalogue(language) if one.id}
    assert kept - _source_texts().keys() == set()
    assert not _catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_doubtful(language: str) -> None:
    assert [one.id for one in _entries(language) if one.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_changes_the_markup(language: str) -> None:
    changed = [one.id for one in _entries(language) for text in _forms(one) if _marked(text) != _marked(_first(one))]
    assert changed == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_in_the_same_values(language: str) -> None:
    """A form for one may say "one" instead of the number."""
    changed = [one.id for one in _entries(language) for text in _forms(one) if _values(text) != _values(_first(one))]
    assert changed == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_the_plural_forms_of_its_language(language: str) -> None:
    """CLDR's categories and "other"."""
    forms = len(Locale.parse(language).plural_form.tags) + 1
    assert _catalogue(language).num_plurals == forms
    assert [one.id for one in _entries(language) if one.pluralizable and len(_forms(one)) != forms] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_just_the_german_text(language: str) -> None:
    same = {_first(one) for one in _entries(language) if _forms(one)[0] == _first(one) and _has_words(_first(one))}
    assert same == SAME_AS_IN_GERMAN[language]


def _wording(domain: str) -> ModuleType:
    return import_module(f"events.{domain}.wording")


def _refusals(folder: str) -> Iterator[tuple[str, str]]:
    for path in modules("events"):
        for node in ast.walk(parsed(path)) if shown(path).startswith(folder) else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal" and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value, shown(path, node.lineno)


@cache
def _source_texts() -> dict[tuple[str, str | None], str]:
    """Each marked text (of plurals the singular) with its context, and a place it stands at."""
    with (PROJECT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found: dict[tuple[str, str | None], str] = {}
    for folder in ("events", "templates"):
        for name, line, text, _comments, context in extract_from_dir(
            PROJECT / folder, [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods],
            {pattern.removeprefix(f"{folder}/"): values for pattern, values in options.items()}, KEYWORDS,
        ):  # fmt: skip
            place = f"{folder}/{name}:{line}"
            key = (text[0] if isinstance(text, tuple) else text, context)
            if key not in found or FOR_THE_TEAM.match(found[key]):
                found[key] = place
    return found


@cache
def _catalogue(language: str) -> Catalog:
    with (PROJECT / "events" / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def _entries(language: str) -> list[Message]:
    return [one for one in _catalogue(language) if one.id and _is_translated(one)]


def _is_translated(message: Message | None) -> bool:
    return message is not None and all(_forms(message))


def _first(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def _forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)


def _marked(text: str) -> Counter[str]:
    return Counter(MARKUP.findall(text))


def _values(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text)) - {"n", "num"}


def _has_words(text: str) -> bool:
    return re.search(r"[^\W\d_]{2,}", PLACEHOLDER.sub("", MARKUP.sub("", text))) is not None


def test_the_catalogues_are_those_of_the_languages_we_offer() -> None:
    folders = {path.name for path in (PROJECT / "events" / "translations").iterdir() if path.is_dir()}
    assert folders == set(TRANSLATED)
