"""Every setting, command and address is explained where people look for it, and nothing that does not exist is."""

import json
import re
import tomllib
from collections.abc import Iterator
from itertools import chain

import click
import pytest
from litestar.routes import HTTPRoute

from events.app import create_app
from events.cli import cli
from tests.source_tree import PROJECT, read

SETTING = re.compile(r'environ\.get\("(EVENTS_\w+)"')
ADDRESS = re.compile(r"^\| (?P<methods>GET|POST|GET, POST) \| `(?P<path>/[^`]*)` \|", re.MULTILINE)
TARGET = re.compile(r"^([a-z-]+):.*##", re.MULTILINE)


def test_every_setting_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| `(EVENTS_\w+)`", read("docs/settings.md"), re.MULTILINE)
    assert sorted(explained) == sorted(set(SETTING.findall(read("events/settings.py"))))


def test_every_command_is_explained_with_its_options() -> None:
    text = read("docs/commands.md")
    assert [words for words in _words(cli, "events") if not re.search(rf"{words}(?![\w-])", text)] == []


def test_no_command_is_explained_that_does_not_exist() -> None:
    explained = re.findall(r"^#+ `(events [^`]+)`", read("docs/commands.md"), re.MULTILINE)
    assert set(explained) <= set(_words(cli, "events"))


@pytest.mark.parametrize("target", TARGET.findall(read("Makefile")))
def test_every_target_of_make_is_explained(target: str) -> None:
    assert f"`make {target}" in read("docs/commands.md")


def test_every_address_is_explained_and_no_other() -> None:
    explained = {
        (path, method) for methods, path in ADDRESS.findall(read("docs/addresses.md")) for method in methods.split(", ")
    }
    assert explained == set(_addresses())


def test_every_decision_says_context_decision_and_consequences() -> None:
    decisions = sorted((PROJECT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    headings = ("## Context", "## Decision", "## Consequences")
    assert [
        path.name for path in decisions if any(one not in path.read_text(encoding="utf-8") for one in headings)
    ] == []


def test_every_package_we_depend_on_has_its_reason() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    packages = {re.split(r"[<>=;\[ ]", one)[0] for one in wanted} | {*json.loads(read("package.json"))["dependencies"]}
    reasons = read("docs/decisions/0012-dependencies.md")
    assert {one for one in packages - {"pip"} if not re.search(rf"(?<![\w@-]){one}(?![\w-])", reasons)} == set()


def test_links_between_our_documents_lead_somewhere() -> None:
    documents = [PROJECT / "README.md", PROJECT / "ARCHITECTURE.md", *(PROJECT / "docs").rglob("*.md")]
    links = [
        (path, target)
        for path in documents
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    ]
    assert [(path.name, target) for path, target in links if not (path.parent / target).exists()] == []


def _words(group: click.Group, words: str) -> Iterator[str]:
    """Each command (`events serve`), followed by its options (`--port`)."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _words(command, f"{words} {name}")
            continue
        yield f"{words} {name}"
        yield from (option for one in command.params for option in one.opts if option.startswith("--"))


def _addresses() -> Iterator[tuple[str, str]]:
    for route in create_app().routes:
        if isinstance(route, HTTPRoute):
            path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
            yield from ((path, method) for method in route.methods if method != "OPTIONS")
