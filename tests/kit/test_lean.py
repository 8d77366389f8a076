"""What a serving process does not carry about, and that nothing we say suffers from it."""

import json
import subprocess
import sys
from datetime import date, time

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from events.kit.lean import Later
from events.kit.translation import LANGUAGES
from tests.source_tree import PROJECT

UNUSED = {"black", "rich", "pygments", "pydantic", "attr", "dns", "events.demo.load", "docx", "xlsxwriter", "authlib"}
PATTERNS = ("EEE d. MMM y", "EEEE, d. MMMM y", "LLLL y", "full", "long", "medium", "short")
SERVING = "import sys, events.cli, events.app; events.app.create_app(); print(*sys.modules)"
WRITTEN = f"""
import json
from datetime import date, time
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
print(json.dumps([
    [[format_date(date(2026, month, month * 2), one, locale=language) for one in {PATTERNS} for month in range(1, 13)],
     format_time(time(16, 5), "HH:mm", locale=language), format_decimal(1234.5, locale=language)]
    for language in {list(LANGUAGES)}
]))
"""


def test_a_serving_process_has_not_loaded_what_it_never_uses() -> None:
    assert UNUSED & set(_said_by(SERVING).split()) == set()


def test_dates_and_numbers_read_as_in_the_whole_of_babel() -> None:
    here = [
        [
            [
                format_date(date(2026, month, month * 2), one, locale=language)
                for one in PATTERNS
                for month in range(1, 13)
            ],
            format_time(time(16, 5), "HH:mm", locale=language),
            format_decimal(1234.5, locale=language),
        ]
        for language in LANGUAGES
    ]
    assert here == json.loads(_said_by(WRITTEN))


def test_a_later_module_is_there_when_it_is_used() -> None:
    later = Later("tabnanny")
    assert "tabnanny" not in sys.modules
    assert later.NannyNag is sys.modules["tabnanny"].NannyNag


def _said_by(program: str) -> str:
    """A process that has loaded nothing before."""
    run = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    return run.stdout
