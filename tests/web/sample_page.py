"""A page that uses every macro once, and what it is filled with."""

from datetime import UTC, datetime

from events.web.templating import Visit, environment, visiting

SAMPLE = """
{% extends "base.html" %}
{% import "parts/fields.html" as field %}
{% from "parts/errors.html" import error_summary, error_title %}
{% from "parts/blocks.html" import cards, card, facts, table, pagination, tabs, when, more %}
{% from "parts/notices.html" import badge, alert, icon, empty %}
{% from "parts/actions.html" import button, action_link, post_button, share, copy, buttons %}
{% from "parts/pictures.html" import bars, stacked_bars %}
{% block title %}{{ error_title(form) }}Anmelden{% endblock %}
{% block main %}
{{ error_summary(form) }}
<h1 class="kern-heading-large">Anmelden</h1>
<form class="form" method="post" novalidate>
{{ field.honeypot() }}{{ field.hidden("submission", "1") }}
{% call field.fieldset("Ihre Angaben", hint="Nur das Nötige.") %}
{{ field.text(form, "given_name", "Vorname", autocomplete="given-name") }}
{{ field.email(form, hint="Keine Werbung.") }}
{{ field.tel(form, required=false) }}
{% endcall %}
{{ field.select(form, "city", "Stadt", [("a", "Musterstadt"), ("b", "Beispielhausen")]) }}
{{ field.radios(form, "role", "Ich bin", [("v", "Ehrenamtliche:r"), ("n", "Neu hier", "Seit kurzem")]) }}
{{ field.checkboxes(form, "needs", "Ich brauche", [("k", "Kinderbetreuung"), ("d", "Dolmetschen")]) }}
{{ field.number(form, "party", "Personen", min=1, max=6) }}
{{ field.date(form, "day", "Tag") }}{{ field.time(form, "at", "Uhrzeit") }}
{{ field.datetime(form, "starts", "Beginn") }}
{{ field.password(form) }}{{ field.file(form, "list", "Liste", accept=".csv") }}
{{ field.textarea(form, "note", "Nachricht", required=false) }}
{{ field.checkbox(form, "consent", "Einverstanden", required=true) }}
{{ button("Anmelden", block=true) }}
</form>
{% call cards() %}{% call card("/x", {"de": "Elterncafé"}, preline=when(start), subline="Kreishaus") %}
{{ badge("success", "5 Plätze frei") }}{% endcall %}{% endcall %}
{{ facts([("Wann", when(start, end)), ("Wo", "")]) }}
{% call table("t", "Plätze", ["Termin", ("Plätze", "numeric")]) %}
<tr class="kern-table__row"><td class="kern-table__cell">{{ start|day }}</td>
<td class="kern-table__cell kern-table__cell--numeric">{{ 1234|number }}</td></tr>
{% endcall %}
{{ pagination(5, 12, "?seite=") }}{{ tabs([("/", "Liste", true), ("/m", "Monat", false)], "Ansicht") }}
{% call alert("warning", "Fast voll") %}<p>Bald.</p>{% endcall %}{{ alert("success", "Gespeichert", live=true) }}
{% call empty("Nichts geplant.") %}{% endcall %}{% call more("Mehr") %}<p>Text</p>{% endcall %}{{ icon("search") }}
{% call buttons() %}{{ action_link("/k", "Kalender", kind="secondary", icon="calendar-today") }}
{{ post_button("/x", "Absagen", fields={"id": 7}) }}{{ share("https://example.org/x", "Titel") }}{{ copy("f-note") }}
{% endcall %}
{{ bars("p1", "Teilnahmen", [("Sprachmittlung", 124), ("Elterncafé", 0)]) }}
{{ stacked_bars("p2", "Bausteine", ["umgesetzt", "offen"], [("Nordstadt", [1, 4])]) }}
{% endblock %}
"""

START = datetime(2027, 1, 12, 16, 30, tzinfo=UTC)
END = datetime(2027, 1, 12, 19, 30, tzinfo=UTC)
FILLED = {
    "values": {
        "given_name": 'Amira "A" <b>',
        "city": "b",
        "role": "n",
        "needs": ["d"],
        "consent": True,
        "starts": START,
    },
    "errors": {"email": "Bitte geben Sie Ihre E-Mail-Adresse an.", "role": "Bitte wählen Sie aus.", "": "Zu spät."},
}


def sample_page(form: object = None, visit: Visit | None = None) -> str:
    with visiting(visit or Visit()):
        return environment.from_string(SAMPLE).render(form=form, start=START, end=END)
