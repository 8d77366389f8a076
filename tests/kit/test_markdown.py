"""Organisers' Markdown as safe HTML and as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.kit.markdown import as_html, as_text


def test_common_marks_become_html() -> None:
    assert as_html("Text mit **Nachdruck**\nund Umbruch\n\n- eins\n- zwei") == (
        "<p>Text mit <strong>Nachdruck</strong><br>\nund Umbruch</p>\n<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n"
    )


def test_headings_begin_below_those_of_the_page() -> None:
    assert as_html("# Eins\n## Zwei\n###### Sechs") == "<h3>Eins</h3>\n<h4>Zwei</h4>\n<h6>Sechs</h6>\n"


def test_no_level_of_headings_is_left_out_below_the_title() -> None:
    assert as_html("### Eins\n#### Zwei", highest_heading=2) == "<h2>Eins</h2>\n<h3>Zwei</h3>\n"


def test_links_give_nothing_to_the_linked_page() -> None:
    assert as_html("[Kita](https://example.org/?a=1&b=2)") == (
        '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener nofollow">Kita</a></p>\n'
    )


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "[x](<javascript:alert(1)>)",
        "<b onclick=alert(1)>x</b>",
        '[x](https://example.org "t\\" onmouseover=alert(1)")',
    ],
)
def test_nothing_in_a_text_can_run(attack: str) -> None:
    html = as_html(attack)
    assert "<script" not in html
    assert "<img" not in html
    assert "<b " not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert "<a onmouse" not in html.replace(' href="https://example.org" rel="noopener nofollow"', "")


def test_a_picture_is_shown_as_its_description() -> None:
    assert as_html("![Plan & Weg](https://example.org/x.png)") == "<p>Plan &amp; Weg</p>\n"
    assert as_text("![Plan & Weg](https://example.org/x.png)") == "Plan & Weg"


def test_plain_text_puts_each_address_on_its_own_line() -> None:
    source = "# Titel\n\nZum [Plan](https://example.org/a) und [Team](mailto:team@example.org).\n\nEnde."
    assert as_text(source) == "Titel\n\nZum Plan und Team.\nhttps://example.org/a\nteam@example.org\n\nEnde."


def test_an_address_that_is_written_out_is_not_repeated() -> None:
    assert as_text("Siehe <https://example.org>.") == "Siehe https://example.org."


def test_plain_lists_keep_marks_numbers_and_depth() -> None:
    assert as_text("- a\n- b\n  - c\n\n3. drei\n4. vier\n\nEnde") == "- a\n- b\n  - c\n\n3. drei\n4. vier\n\nEnde"


@given(st.text(alphabet="abc*_[]()<>!#-`\n 1.\\&;:/\"'"))
def test_no_text_makes_it_raise(source: str) -> None:
    as_html(source)
    as_text(source)
