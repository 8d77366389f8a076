"""Texts of mails: complete in plain text, readable without anything to load."""

import re

import pytest

from events.kit.colours import readable_in_the_dark
from events.mail import rendering
from events.mail.rendering import MailTooLarge, Texts, rendered
from tests.mail.letters import NOW, OFFICE


def trial(language: str = "de", **context: object) -> Texts:
    return rendered("trial", language, {"office": OFFICE, "sent_at": NOW, "asked_by": "Bernd", **context})


def test_each_link_stands_alone_on_its_line() -> None:
    lines = [line for line in trial().plain.splitlines() if "http" in line]
    assert len(lines) == 3
    assert all(re.fullmatch(r"https?://\S+", line) for line in lines)


def test_the_text_says_who_writes_and_how_to_reach_them() -> None:
    plain = trial().plain
    for words in OFFICE.values():
        assert words in plain


def test_what_the_office_has_not_filled_in_leaves_no_trace() -> None:
    bare = dict.fromkeys(OFFICE, "") | {"name": "KI"}
    texts = trial(office=bare)
    assert "Telefon" not in texts.plain + texts.html
    assert "\n\n\n" not in texts.plain


def test_empty_facts_are_left_out() -> None:
    assert "Ausgelöst" not in trial(asked_by="").plain


def test_the_html_loads_nothing_from_elsewhere() -> None:
    html = trial().html
    assert not re.search(r"<(img|link|script|iframe)\b|url\(|@import", html)
    assert len(html.encode()) < 20_000


def test_links_and_buttons_have_the_colour_of_the_office() -> None:
    assert "#2044aa" in trial().html and "#97afe1" in trial().html
    own = trial(office={**OFFICE, "accent": "#7a1f5c"}).html
    assert "#2044aa" not in own and "#97afe1" not in own
    assert own.count("#7a1f5c") == 5 and readable_in_the_dark("#7a1f5c") in own


def test_the_html_names_its_language_and_direction() -> None:
    assert '<html lang="de" dir="ltr">' in trial().html
    assert '<html lang="ar" dir="rtl">' in trial("ar").html


def test_links_lead_to_pages_in_the_language_of_the_mail() -> None:
    assert "http://testserver.local/impressum" in trial().plain
    assert "http://testserver.local/ar/impressum" in trial("ar").plain


def test_the_subject_is_one_line() -> None:
    assert trial().subject == "Test: Diese Mail kam an"


def test_a_mail_that_programs_would_cut_off_is_refused() -> None:
    with pytest.raises(MailTooLarge):
        trial(asked_by="x" * rendering.LARGEST_HTML)


@pytest.mark.parametrize(("name", "seen"), [("x.html", "1 &lt; 2, 17:30"), ("x.txt", "1 < 2, 17:30")])
def test_values_in_sentences_are_escaped_in_html_only(name: str, seen: str) -> None:
    source = '{{ _("%(a)s, %(b)s", a=sign, b="17:30") }}'
    template = rendering.environment.overlay(autoescape=name.endswith(".html")).from_string(source)
    assert template.render(sign="1 < 2") == seen


def test_times_keep_their_direction_in_html() -> None:
    template = rendering.environment.from_string("{{ moment|time }}")
    assert template.render(moment=NOW) == '<bdi dir="ltr">17:30</bdi>'
