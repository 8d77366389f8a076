"""What all code of this project keeps to. A rule that can be tested stands here, not in a guide."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.source_tree import PROJECT, modules, parsed, project_files, shown, texts

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
NO_ROOM_FOR_ANYTHING = {
    "utils",
    "util",
    "common",
    "helpers",
    "helper",
    "service",
    "services",
    "manager",
    "base",
    "misc",
}
CLOCK, SETTINGS = "events/kit/clock.py", "events/settings.py"
ASKS_THE_TIME = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
ASKS_THE_ENVIRONMENT = {"os.environ", "os.getenv"}
BROUGHT_BY_PACKAGES = re.compile(r"\.(woff2?|ttf|otf|eot|map)$|\.min\.(js|css)$|^(kern|htmx|axe)[\w.-]*\.(js|css)$")
# In pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile("/" + "(home|Users|root|work)/" + "|" + r"[A-Z]:\\" + "Users")
REGISTRIES = re.compile("|".join(["registry" + r"\.npmjs", "pypi" + r"\.org", "files" + r"\.pythonhosted"]))
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son(?:click|change|submit|load|input|error|focus|blur|key\w+)\s*=|javascript:",
    re.IGNORECASE,
)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
PARTS_OF_MAILS = {"layout", "lines", "parts", "styles"}


def test_the_arrows_between_packages_only_point_down() -> None:
    """The contracts stand in pyproject.toml."""
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_every_module_opens_by_saying_what_it_holds() -> None:
    """Empty ones hold nothing; a test is named after what it tests."""
    asked = [path for path in modules("events", "tests", "bench") if path.read_text() and path.stem[:5] != "test_"]
    assert [shown(path) for path in asked if not ast.get_docstring(parsed(path))] == []


def test_no_module_is_longer_than_a_few_pages() -> None:
    lengths = {shown(path): len(path.read_text().splitlines()) for path in modules("events", "tests", "bench")}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{shown(path, one.lineno)} {one.name}": (one.end_lineno or 0) - one.lineno + 1
        for path in modules("events", "tests", "bench")
        for one in _functions(path)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_no_module_is_named_after_nothing() -> None:
    assert [shown(path) for path in modules("events", "tests") if path.stem in NO_ROOM_FOR_ANYTHING] == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    assert _asked(ASKS_THE_TIME, but=CLOCK) == []


def test_only_the_settings_read_the_environment() -> None:
    assert _asked(ASKS_THE_ENVIRONMENT, but=SETTINGS) == []


def test_pages_hold_no_inline_script_and_no_inline_style() -> None:
    """The Content-Security-Policy would refuse them. Mails need their styles inside."""
    found = [
        shown(path, number)
        for path in _templates()
        if path.relative_to(PROJECT).parts[1] != "mail"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE.search(line) or any(_is_inline(script) for script in SCRIPT.findall(line))
    ]
    assert found == []


def test_every_mail_has_subject_text_and_html() -> None:
    folder = PROJECT / "templates" / "mail"
    endings = {".subject.txt", ".txt", ".html"}
    kinds = {path.name.partition(".")[0] for path in folder.iterdir()} - PARTS_OF_MAILS
    absent = {kind: [one for one in endings if not (folder / f"{kind}{one}").is_file()] for kind in kinds}
    assert {kind: endings for kind, endings in absent.items() if endings} == {}


def test_every_mail_is_written_by_somebody() -> None:
    said = {node.value for path in modules("events", "tests") for node in ast.walk(parsed(path)) if _is_text(node)}
    kinds = {path.name.partition(".")[0] for path in (PROJECT / "templates" / "mail").glob("*.subject.txt")}
    assert kinds - said == set()


def test_journeys_in_a_browser_stand_in_the_one_folder_they_are_run_from() -> None:
    mark = "mark." + "browser"
    assert {shown(path).rpartition("/")[0] for path in modules("tests") if mark in path.read_text()} == {
        "tests/browser"
    }


def test_no_file_of_somebody_else_is_kept_here() -> None:
    assert [shown(path) for path in project_files() if BROUGHT_BY_PACKAGES.search(path.name)] == []


def test_lock_files_name_packages_and_hashes_but_no_addresses() -> None:
    names = re.compile(r"^http(x|core|tools)==[\d.]+ \\$")
    locks = [path for path in PROJECT.iterdir() if path.name.endswith(".lock") or path.name == "package-lock.json"]
    assert {path.name for path in locks} >= {"requirements.lock", "requirements-dev.lock", "package-lock.json"}
    addresses = [
        shown(path, number)
        for path in locks
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "http" in line and not names.match(line)
    ]
    assert addresses == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = [
        shown(path, number)
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATHS.search(line) or REGISTRIES.search(line)
    ]
    assert found == []


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _asked(names: set[str], but: str) -> list[str]:
    return [
        shown(path, node.lineno)
        for path in modules("events")
        if shown(path) != but
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if f"{node.value.id}.{node.attr}" in names
    ]


def _templates() -> list[Path]:
    folder = PROJECT / "templates"
    return [path for path in project_files() if folder in path.parents and path.suffix == ".html"]


def _is_inline(attributes: str) -> bool:
    return "src=" not in attributes and "application/ld+json" not in attributes


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
