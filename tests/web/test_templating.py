"""What every page carries, and what the macros make of a form."""

import re
from collections.abc import Iterator

import pytest
from jinja2 import UndefinedError
from litestar.datastructures import FormMultiDict

from events.kit.translation import speaking
from events.web.staff.menu import menu
from events.web.templating import Letterhead, Visit, environment, page, put_letterhead, visiting
from tests.web.sample_page import FILLED, sample_page


@pytest.fixture(autouse=True)
def our_letterhead() -> Iterator[None]:
    put_letterhead(Letterhead("Kommunales Integrationszentrum", "Kreis Musterland", "02361 12345", "ki@example.org"))
    yield
    put_letterhead(Letterhead())


def said(template: str, **context: object) -> str:
    return environment.from_string(template).render(**context)


def test_a_page_says_its_language_and_direction() -> None:
    assert '<html lang="de" dir="ltr">' in sample_page()
    with speaking("ar"):
        assert '<html lang="ar" dir="rtl">' in sample_page()


def test_the_language_menu_leads_to_the_same_page_with_its_filters() -> None:
    shown = sample_page(visit=Visit("/veranstaltungen/elterncafe", "stadt=a&frei=1"))
    assert '<a href="/tr/veranstaltungen/elterncafe?stadt=a&amp;frei=1" lang="tr" hreflang="tr" dir="ltr">' in shown
    assert 'href="/veranstaltungen/elterncafe?stadt=a&amp;frei=1" lang="de"' in shown


def test_links_keep_the_language_of_the_page() -> None:
    assert 'href="/kalender"' in sample_page()
    with speaking("en"):
        assert 'href="/en/kalender"' in sample_page()


def test_the_browsers_language_is_offered_only_where_it_is_another_one() -> None:
    assert 'class="offer"' not in sample_page()
    assert '<a class="kern-link" href="/en/" lang="en"' in sample_page(visit=Visit(offered="en"))


def test_the_item_of_the_navigation_one_is_in_is_marked() -> None:
    assert '<a href="/kalender" aria-current="page">' in sample_page(visit=Visit("/kalender"))
    assert '<a href="/" aria-current="page">' in sample_page(visit=Visit("/reihen/ehrenamt"))
    assert (
        "aria-current" not in said('{% extends "base.html" %}', visit=lambda: Visit("/impressum")).split("<details")[0]
    )


def test_help_names_phone_and_mail_of_the_office() -> None:
    assert '<a class="kern-link" href="tel:0236112345"><bdi dir="ltr">02361 12345</bdi></a>' in sample_page()
    assert 'href="mailto:ki@example.org"' in sample_page()


def test_the_official_line_appears_only_when_the_office_wants_it() -> None:
    assert "Offizielle Website" not in sample_page()
    put_letterhead(Letterhead(official=True))
    assert "Offizielle Website" in sample_page()


def test_a_form_with_errors_says_so_in_title_summary_and_fields() -> None:
    shown = sample_page(FILLED)
    assert "<title>Fehler: Anmelden" in shown
    assert 'role="alert" tabindex="-1" autofocus' in shown
    assert '<a class="kern-link" href="#f-email">Bitte geben Sie Ihre E-Mail-Adresse an.</a>' in shown
    assert "<li>Zu spät.</li>" in shown
    assert re.search(
        r'id="f-email"[^>]* aria-describedby="f-email-hint f-email-error" aria-invalid="true" required', shown
    )
    assert '<fieldset class="kern-fieldset kern-fieldset--error" aria-describedby="f-role-error">' in shown


def test_a_form_without_errors_alarms_nobody() -> None:
    shown = sample_page()
    assert "Fehler:" not in shown
    assert "aria-invalid" not in shown
    assert 'role="alert"' not in shown


def test_what_was_typed_stands_in_the_fields_again_and_is_escaped() -> None:
    shown = sample_page(FILLED)
    assert 'value="Amira &#34;A&#34; &lt;b&gt;"' in shown
    assert '<option value="b" selected>' in shown
    assert re.search(r'value="n" checked', shown)
    assert re.search(r'value="d" checked', shown)
    assert not re.search(r'value="(?:v|k|a)" (?:checked|selected)', shown)
    assert 'type="datetime-local" value="2027-01-12T17:30"' in shown


def test_a_forms_values_may_be_what_the_browser_sent() -> None:
    form = {"values": FormMultiDict([("needs", "k"), ("needs", "d"), ("given_name", "Bernd")]), "errors": {}}
    assert sample_page(form).count(" checked") == 2
    assert 'value="Bernd"' in sample_page(form)


def test_a_password_is_never_written_back() -> None:
    assert "geheim" not in sample_page({"values": {"password": "geheim"}, "errors": {}})


def test_the_honeypot_tells_machines_nothing_and_people_cannot_reach_it() -> None:
    trap = re.search(r'<div class="trap".*?</div>', sample_page(), re.DOTALL)
    assert trap and 'aria-hidden="true"' in trap[0] and 'tabindex="-1"' in trap[0] and 'type="email"' not in trap[0]


def test_every_error_link_leads_to_a_field() -> None:
    shown = sample_page(FILLED)
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(ids)


def test_no_page_has_inline_code() -> None:
    assert not re.search(r"<style| style=|<script(?! type=\"module\" src=)| on[a-z]+=", sample_page(FILLED))


def test_texts_of_the_office_carry_their_language_where_it_is_not_the_pages() -> None:
    assert said("{% set t = localized({'de': 'Fest'}) %}<b{{ t|lang }}>{{ t }}</b>") == "<b>Fest</b>"
    with speaking("ar"):
        shown = said("{% set t = localized({'de': 'Fest', 'ar': ''}) %}<b{{ t|lang }}>{{ t }}</b>")
    assert shown == '<b lang="de" dir="auto">Fest</b>'


def test_values_in_translated_texts_are_escaped_and_percent_signs_are_kept() -> None:
    assert said("{{ _('Hallo %(name)s', name=name) }}", name="<i>") == "Hallo &lt;i&gt;"
    assert said("{{ _('100 %') }}") == "100 %"
    assert said("{% trans %}100 % sicher{% endtrans %}") == "100 % sicher"
    assert said("{{ ngettext('%(n)s Platz', '%(n)s Plätze', 2) }}") == "2 Plätze"
    assert said("{% trans n=1 %}{{ n }} Platz{% pluralize %}{{ n }} Plätze{% endtrans %}") == "1 Platz"


def test_days_and_times_are_berlins() -> None:
    shown = sample_page()
    assert 'Dienstag, 12. Januar 2027, <span class="times">17:30–20:30 Uhr</span>' in shown
    assert '<time datetime="2027-01-12T17:30+01:00">' in shown


def test_a_name_nobody_set_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        said("{{ who }}")


def test_text_templates_are_not_escaped_and_pages_are() -> None:
    assert environment.autoescape("mail/confirmation.txt") is False  # type: ignore[operator]
    assert environment.autoescape("base.html") is True  # type: ignore[operator]


def test_a_page_is_an_answer_with_status_and_headers() -> None:
    answer = page("base.html", status=422, headers={"Cache-Control": "no-store"})
    assert answer.status_code == 422
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.media_type == "text/html"


def test_the_staff_menu_holds_what_the_role_may_open() -> None:
    with visiting(Visit("/team/veranstaltungen/neu")):
        shown = said('{% extends "staff/base.html" %}', staff_name="Bernd", staff_menu=list(menu("organiser")))
    assert '<a href="/team/auswertung">Auswertung</a>' in shown
    assert '<a href="/team/veranstaltungen" aria-current="page">' in shown
    assert '<form class="sign-out" method="post" action="/team/abmelden"' in shown
    assert "Auswertung" not in said('{% extends "staff/base.html" %}', staff_menu=list(menu("trainer")))


def test_pages_of_one_group_stand_in_a_second_row_while_one_of_them_is_open() -> None:
    with visiting(Visit("/team/postausgang/adressen")):
        shown = said('{% extends "staff/base.html" %}', staff_menu=list(menu("organiser")))
    assert '<a href="/team/rundmails" aria-current="true">Mails</a>' in shown
    assert '<nav class="site-nav site-nav--team" aria-label="Mails">' in shown
    assert '<a href="/team/postausgang" aria-current="page">Postausgang</a>' in shown
    assert "/team/vereinbarungen" not in shown
