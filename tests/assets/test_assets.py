"""What the build promises of its result: light, safe under our CSP, right in both directions, fit for old phones."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from events.assets.__main__ import main
from events.assets.places import BUILT, PROJECT
from events.assets.stylesheet import Rule, read
from events.web.static_files import read_built
from tests.web.sample_page import FILLED, sample_page

FIRST_VISIT = 60 * 1024  # bytes on the wire: page, styles, two fonts


def test_a_first_visit_stays_light(css: str) -> None:
    fonts = ("fira-sans-400-latin.woff2", "fira-sans-600-latin.woff2")
    built = read_built(BUILT)
    sizes = [len(built.files[built.addresses[name].rpartition("/")[2]].body) for name in fonts]
    page = len(gzip.compress(sample_page(FILLED).encode()))
    assert page + len(gzip.compress(css.encode())) + sum(sizes) <= FIRST_VISIT


def test_every_class_of_kern_that_pages_use_has_its_rules(css: str) -> None:
    ruled = set(re.findall(r"\.(kern-[\w-]+)", css))
    sources = {str(path): path.read_text(encoding="utf-8") for path in (PROJECT / "templates").rglob("*.html")}
    sources["a page"] = sample_page(FILLED)
    unruled = {
        (where, name)
        for where, text in sources.items()
        for names in re.findall(r'class="([^"]*)"', text)
        for name in re.findall(r"kern-[\w-]*[a-z0-9](?![\w{-])", names)
        if name not in ruled
    }
    assert unruled == set()


def test_what_no_page_uses_is_left_out(css: str) -> None:
    assert "kern-dialog" not in css
    assert "kern-icon--sign-language" not in css
    assert "--kern-color-limette-500" not in css


def test_every_custom_property_asked_for_is_there(css: str) -> None:
    asked = set(re.findall(r"var\((--[\w-]+)\)", css))
    assert asked - set(re.findall(r"(--[\w-]+):", css)) == set()


def test_nothing_is_inlined_and_every_file_named_is_there(css: str) -> None:
    assert "data:" not in css
    named = re.findall(r'url\("([^"]+)"\)', css)
    assert len(named) > 10
    assert all((BUILT / name).is_file() for name in named)


def test_no_declaration_knows_left_or_right(css: str) -> None:
    physical = re.compile(r"(?<![\w-])(?:left|right)(?![\w-])|-(?:left|right)(?:-|$)")
    declarations = [one for rule in read(css) if isinstance(rule, Rule) for one in rule.declarations]
    assert [one for one in declarations if not one[0].startswith("--") and physical.search(" ".join(one))] == []


def test_old_phones_understand_every_colour(css: str) -> None:
    assert not re.search(r"oklch|oklab|color-mix|light-dark", css)
    assert "--kern-color-darkblue-700:#2044aa" in css


def test_selectors_that_old_phones_do_not_know_stand_alone(css: str) -> None:
    lists = re.findall(r"^([^@{}\n]*)\{", css, re.MULTILINE)
    young = [one for one in lists if ":has(" in one or ":focus-visible" in one]
    assert young
    assert not [one for one in young if "," in re.sub(r"\([^)]*\)", "", one)]


def test_light_needs_no_preference_and_dark_follows_it(css: str) -> None:
    dark = css.index("@media screen and (prefers-color-scheme: dark)")
    assert "prefers-color-scheme: light" not in css
    assert css.index("--kern-color-layout-background-default:var(--kern-color-white)") < dark
    assert css.index("--kern-color-layout-background-default:var(--kern-color-black)") > dark
    assert "data-kern-theme" not in css


def test_nothing_is_built_twice(css: str) -> None:
    before = (BUILT / "manifest.json").stat().st_mtime_ns
    assert main([]) == 0
    assert (BUILT / "manifest.json").stat().st_mtime_ns == before


def test_packages_that_do_not_come_are_one_clear_sentence(tmp_path: Path) -> None:
    """A copy of the build beside an npm that fails, as it does without network."""
    shutil.copytree(PROJECT / "events" / "assets", tmp_path / "events" / "assets")
    for name in ("templates", "events/static"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(PROJECT / "package-lock.json", tmp_path)
    for name in ("npm", "node"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'getaddrinfo ENOTFOUND' >&2\nexit 1\n", encoding="ascii")
        (tmp_path / name).chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    command = [sys.executable, "-m", "events.assets"]
    done = subprocess.run(command, cwd=tmp_path, env={"PATH": path}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("Aussehen: Die Pakete aus package-lock.json kommen nicht an")


def test_the_lock_names_no_place_on_the_network() -> None:
    for name in ("package-lock.json", "requirements-node.lock"):
        assert "://" not in (PROJECT / name).read_text(encoding="utf-8")
