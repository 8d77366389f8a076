"""What is kept out of the message files, and plurals. That no text is missing is tested in tests/test_words.py."""

from configparser import RawConfigParser

import pytest

from events.kit.translation import ngettext, speaking
from tests.source_tree import PROJECT

FOR_THE_TEAM = {
    "templates/staff/**",
    "events/web/staff/**",
    "events/accounts/**",
    "events/attendance/**",
    "events/certificates/wording.py",
    "events/demo/**",
    "events/evidence/**",
    "events/feedback/forms.py",
    "events/feedback/wording.py",
    "events/history/**",
    "events/invitations/mailings/wording.py",
    "events/kit/feasts.py",
    "events/mail/wording.py",
    "events/operations/**",
    "events/office/rules.py",
    "events/office/wording.py",
    "events/outcomes/wording.py",
    "events/programme/offer_forms.py",
    "events/programme/planning_wording.py",
    "events/programme/repeat_forms.py",
    "events/privacy/retention_words.py",
    "events/privacy/at_address.py",
    "events/reports/**",
    "events/checks.py",
    "events/cli.py",
}


def test_only_what_the_team_alone_reads_is_passed_over() -> None:
    places = RawConfigParser()
    places.read(PROJECT / "babel.cfg", encoding="utf-8")
    passed_over = {name.partition(":")[2].strip() for name in places.sections() if name.startswith("ignore:")}
    assert passed_over == FOR_THE_TEAM


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "بقي مكان واحد"),
        (2, "بقي مكانان"),
        (3, "بقيت 3 أماكن"),
        (11, "بقي 11 مكانًا"),
        (100, "بقي 100 مكان"),
        (103, "بقيت 103 أماكن"),
    ],
)
def test_arabic_counts_in_its_own_way(number: int, words: str) -> None:
    with speaking("ar"):
        assert ngettext("Noch %(n)s Platz frei", "Noch %(n)s Plätze frei", number) == words
