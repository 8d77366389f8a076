"""What both sign-up pages show: the terms of their events, the questions with what is left, what fields are called."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from litestar import Response
from markupsafe import Markup

from events.kit.clock import now
from events.kit.forms import rows
from events.kit.translation import gettext as _
from events.kit.translation import localized, ngettext
from events.programme.queries import EventView
from events.programme.questions import questions_of
from events.programme.views import QuestionView, Texts
from events.registration.answers import YES_NO, field_name
from events.registration.covered import institutions_for
from events.registration.forms import Terms, together
from events.registration.queries import option_seats, public_seats
from events.registration.reading import MOST_READ, OTHER_INSTITUTION, PEOPLE
from events.registration.signup import Seats
from events.web.public.filled import NEVER_KEPT, Filled
from events.web.template_words import language_of
from events.web.templating import page

Choice = tuple[str, Markup | str, str, bool]
"""Value, text, what is left, and whether nobody can choose it any more."""

Questions = Mapping[UUID, Sequence[QuestionView]]
"""By event; those that ask nothing are missing."""


async def sign_up_page(
    template: str,
    events: Sequence[EventView],
    form: Filled,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    *,
    terms: Terms | None = None,
    **context: Any,
) -> Response[bytes]:
    """`events`: those one can sign up for. The same number of statements, however many there are.

    `terms`: where they are not those of the events' policies.
    """
    at, ids = now(), [event.id for event in events]
    questions = {id: asked for id, asked in (await questions_of(ids)).items() if asked}
    seats = await public_seats(ids, at)
    people = rows(form.values, PEOPLE)[:MOST_READ]
    labels = dict(_labels(list(chain(*questions.values())), people))
    return page(
        template,
        status=status,
        headers={**NEVER_KEPT, **(headers or {})},
        form=form.in_order_of(labels),
        labels=labels,
        terms=terms or together(event.policy for event in events),
        events=events,
        asking=[event for event in events if event.id in questions],
        questions=questions,
        choices=await _choices(questions, seats, at),
        seats=seats,
        institutions=await _institutions(events),
        people=people,
        **{"series": None, **context},
    )


async def _choices(questions: Questions, seats: Mapping[UUID, Seats], at: datetime) -> dict[UUID, list[Choice]]:
    """By question. What can still be chosen comes first: the first one is good for anybody."""
    limited = [id for id, asked in questions.items() if any(one.places is not None for q in asked for one in q.options)]
    taken = await option_seats(limited, at)
    found = {
        question.id: _choices_of(question, taken, seats[id].free == 0)
        for id, asked in questions.items()
        for question in asked
    }
    return {id: sorted(choices, key=lambda choice: choice[3]) for id, choices in found.items()}


def _choices_of(question: QuestionView, taken: Mapping[UUID, int], everybody_waits: bool) -> list[Choice]:
    if question.kind == "yes_no":
        choices: list[Choice] = [(value, _(words), "", False) for value, words in YES_NO.items()]
    else:
        left = [None if one.places is None else one.places - taken.get(one.id, 0) for one in question.options]
        choices = [
            (str(option.id), _spoken(option.text), _left_in_words(free), _is_full(free) and not everybody_waits)
            for option, free in zip(question.options, left, strict=True)
        ]
    if question.required or question.kind == "several":
        return choices
    return [*choices, ("", _("keine Angabe"), "", False)]


def _is_full(free: int | None) -> bool:
    return free is not None and free <= 0


def _left_in_words(free: int | None) -> str:
    if free is None:
        return ""
    return _("ausgebucht") if free <= 0 else ngettext("Noch %(n)s Platz frei", "Noch %(n)s Plätze frei", free)


def _spoken(texts: Texts, without: str = "") -> Markup | str:
    """A text of the office, marked where it is in another language than the page; `without` these signs at its end."""
    text = localized(texts)
    words, marks = text.text.rstrip(without or None), language_of(text)
    return Markup("<span{}>{}</span>").format(marks, words) if marks else words


async def _institutions(events: Sequence[EventView]) -> list[tuple[str, str]]:
    """To choose from where an event asks for an agreement."""
    known = [(str(one.id), f"{one.name}, {one.city}".removesuffix(", ")) for one in await institutions_for(events)]
    return [*known, (OTHER_INSTITUTION, _("Meine Einrichtung steht nicht in der Liste"))]


def _labels(questions: Sequence[QuestionView], people: Sequence[str]) -> Iterator[tuple[str, Markup | str]]:
    """What the summary of errors calls the fields, in the order of the page. A colon follows, so no question mark."""
    called = [(one, _spoken(one.text, without=" ?؟")) for one in questions]
    yield "events", _("Termine")
    yield from _labels_of_person()
    yield "phone", _("Telefon")
    yield "party", _("Personen")
    yield "organisation", _("Einrichtung oder Organisation")
    yield "organization", _("Einrichtung oder Organisation")
    yield "city", _("Stadt")
    yield from ((field_name(one), words) for one, words in called)
    for number, prefix in enumerate(people, 2):
        person = _("Person %(number)s", number=number)
        fields = [*_labels_of_person(prefix), *((field_name(one, prefix), words) for one, words in called)]
        yield from ((name, Markup("{} – {}").format(person, words)) for name, words in fields)
    yield "consent", _("Hinweise zum Datenschutz")


def _labels_of_person(prefix: str = "") -> Iterator[tuple[str, str]]:
    yield f"{prefix}given_name", _("Vorname")
    yield f"{prefix}family_name", _("Nachname")
    yield f"{prefix}email", _("E-Mail-Adresse")
