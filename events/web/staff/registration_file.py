"""The registrations of an event as a table file, with the answers to its questions."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from events.kit.clock import BERLIN
from events.kit.text import csv_safe
from events.kit.translation import N_, SOURCE, localized
from events.kit.translation import gettext as _
from events.programme.views import QuestionView
from events.registration.answers import in_words
from events.registration.event_answers import Given
from events.registration.queries import RegistrationView
from events.registration.wording import NEEDS, STATUSES

COLUMNS = (
    N_("Vorname"),
    N_("Nachname"),
    N_("E-Mail"),
    N_("Telefon"),
    N_("Organisation"),
    N_("Ort"),
    N_("Personen"),
    N_("Stand"),
    N_("Angemeldet am"),
    N_("Braucht"),
    N_("Rolle"),
)
"""Of every table file; `_cells` fills them. The event's questions follow.

Neither the language of the booking nor the need for an interpreter is among them: beside a name they would tell where
somebody comes from. Who arranges an interpreter sees the need on the page.
"""

NOT_IN_FILES = ("interpreting",)

ROLES = {
    "volunteer": N_("Ehrenamt"),
    "multiplier": N_("Multiplikator:in"),
    "professional": N_("Fachkraft"),
    "employee": N_("Hauptamt"),
    "newcomer": N_("Neu zugewandert"),
}
"""As the team speaks of people; what they tick themselves is in `registration/wording`."""


def table_file(rows: Iterable[RegistrationView], questions: Sequence[QuestionView], given: Given) -> bytes:
    """With byte order mark and semicolons, as German spreadsheets open it by a double click."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    asked = [localized(question.text, SOURCE).text for question in questions]
    writer.writerow(csv_safe(heading) for heading in (*map(_, COLUMNS), *asked))
    for one in rows:
        answers = [_answer(question, one, given) for question in questions]
        writer.writerow(csv_safe(cell) for cell in (*_cells(one), *answers))
    return text.getvalue().encode("utf-8-sig")


def _answer(question: QuestionView, one: RegistrationView, given: Given) -> str:
    return next((words for _text, words in in_words([question], given.get(one.id, ()), SOURCE)), "")


def _cells(one: RegistrationView) -> tuple[object, ...]:
    return (
        one.given_name,
        one.family_name,
        one.email,
        one.phone,
        one.organisation_name,
        one.city,
        one.party,
        _(STATUSES[one.status]),
        f"{one.registered_at.astimezone(BERLIN):%d.%m.%Y %H:%M}",
        ", ".join(_(NEEDS.get(need, need)) for need in one.needs if need not in NOT_IN_FILES),
        _(ROLES[one.role]) if one.role in ROLES else one.role,
    )
