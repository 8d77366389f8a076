"""From a sent sign-up form to a sign-up, or to everything that is wrong with it by field. Asks the database nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from events.kit.forms import Form, parse_form, rows
from events.kit.text import clean
from events.kit.translation import gettext as _
from events.programme.bookable import BookableEvent
from events.programme.views import QuestionView
from events.registration.answers import read_answers
from events.registration.covered import Institution
from events.registration.forms import PersonForm, SignUpForm, Terms, together
from events.registration.signup import GivenAnswer, Person, SignUp

CONSENT_VERSION = "datenschutz-1"

PEOPLE = "people"
"""Fields of the other people begin with it: `people-1-given_name`."""

OTHER_INSTITUTION = "other"
"""Chosen instead of one of the list; its name is typed into `organization`."""

MOST_READ = 30
"""Other people of one form; more have no meaning, and reading them costs time."""


@dataclass(frozen=True)
class Asked:
    """What a form asks for all chosen events together."""

    events: tuple[UUID, ...]
    terms: Terms
    questions: tuple[QuestionView, ...] = ()
    institutions: tuple[Institution, ...] = ()
    series: UUID | None = None


@dataclass(frozen=True)
class Sent:
    """A form without mistakes, and what it means."""

    form: SignUpForm
    sign_up: SignUp


def asked_by(
    events: Sequence[BookableEvent], institutions: tuple[Institution, ...], series: UUID | None = None
) -> Asked:
    return Asked(
        events=tuple(event.id for event in events),
        terms=together(event.policy for event in events),
        questions=tuple(question for event in events for question in event.questions),
        institutions=institutions,
        series=series,
    )


def read_sign_up(
    asked: Asked, sent: Form, language: str, fields: type[SignUpForm] | None = None
) -> tuple[Sent | None, dict[str, str]]:
    """`fields`: where the contact is asked for something else than the terms of the events say."""
    form, errors = parse_form(fields or asked.terms.form, sent)
    home, of_home = _chosen_institution(asked, sent)
    answers, of_answers = read_answers(asked.questions, sent)
    others, of_others = _other_people(asked, sent)
    errors = {**errors, **of_home, **of_answers, **of_others}
    if form is None or errors:
        return None, errors
    contact = _contact(form, home, answers)
    sign_up = SignUp(
        events=asked.events,
        people=(contact, *(_beside(contact, other, theirs) for other, theirs in others)),
        contact_email=form.email,
        language=language,
        submission=form.submission,
        consent_text=CONSENT_VERSION,
        series=asked.series,
    )
    return Sent(form, sign_up), {}


def _contact(form: SignUpForm, home: UUID | None, answers: tuple[GivenAnswer, ...]) -> Person:
    return Person(
        given_name=form.given_name,
        family_name=form.family_name,
        phone=form.phone or "",
        organisation=home,
        organisation_name="" if home else form.organization,
        city=form.city,
        role=form.role,
        needs=tuple(form.needs),
        party=form.party,
        answers=answers,
    )


def _beside(contact: Person, other: PersonForm, answers: tuple[GivenAnswer, ...]) -> Person:
    """Who is signed up together comes from the same place."""
    return Person(
        given_name=other.given_name,
        family_name=other.family_name,
        email=other.email,
        organisation=contact.organisation,
        organisation_name=contact.organisation_name,
        city=contact.city,
        answers=answers,
    )


def _chosen_institution(asked: Asked, sent: Form) -> tuple[UUID | None, dict[str, str]]:
    """None for one that is not in the list."""
    need = asked.terms.agreement
    chosen = _last(sent, "organisation")
    if need == "not_needed" or (need == "in_preparation" and not chosen):
        return None, {}
    if chosen == OTHER_INSTITUTION:
        is_named = bool(_last(sent, "organization"))
        return None, {} if is_named else {"organization": _("Bitte füllen Sie dieses Feld aus.")}
    found = next((one.id for one in asked.institutions if str(one.id) == chosen), None)
    return found, {} if found else {"organisation": _("Bitte wählen Sie eine Möglichkeit.")}


def _other_people(asked: Asked, sent: Form) -> tuple[list[tuple[PersonForm, tuple[GivenAnswer, ...]]], dict[str, str]]:
    """Blocks that were left empty are nobody. Whether there are too many people is for the rules."""
    people: list[tuple[PersonForm, tuple[GivenAnswer, ...]]] = []
    errors: dict[str, str] = {}
    for prefix in rows(sent, PEOPLE)[:MOST_READ]:
        if not any(_last(sent, name) for name in dict.fromkeys(sent) if name.startswith(prefix)):
            continue
        person, of_person = parse_form(PersonForm, sent, prefix)
        answers, of_answers = read_answers(asked.questions, sent, prefix)
        errors |= of_person | of_answers
        if person is not None:
            people.append((person, answers))
    return people, errors


def _last(sent: Form, name: str) -> str:
    texts = [text for text in sent.getall(name, []) if isinstance(text, str)]
    return clean(texts[-1]) if texts else ""
