"""What events allow together in one sign-up, and what a sent form means."""

from uuid import UUID, uuid4

import pytest
from litestar.datastructures import FormMultiDict

from events.programme.bookable import BookableEvent
from events.programme.policy import Policy
from events.registration.covered import Institution
from events.registration.forms import LooseSignUpForm, SignUpForm, together
from events.registration.reading import MOST_READ, Asked, asked_by, read_sign_up
from events.registration.signup import SignUp

KITA = Institution(uuid4(), "Kita Regenbogen", "Herten")
TYPED = {"given_name": "Amira", "family_name": "Haddad", "email": "amira@example.org", "consent": "on"}


def event(**policy: object) -> BookableEvent:
    return BookableEvent(uuid4(), "abend", Policy(**policy), uuid4(), None, None)  # type: ignore[arg-type]


def asked(**policy: object) -> Asked:
    return asked_by([event(**policy)], (KITA,))


def read(what: Asked, **changes: str) -> tuple[SignUp | None, dict[str, str]]:
    sent, errors = read_sign_up(what, FormMultiDict({**TYPED, **changes}), "tr")
    return (sent.sign_up if sent else None), errors


def signed_up(what: Asked, **changes: str) -> SignUp:
    sign_up, errors = read(what, **changes)
    assert sign_up is not None, errors
    return sign_up


def test_together_the_strictest_of_each_counts() -> None:
    strict = Policy(needs_email=True, max_party=1, max_people=3, agreement="in_preparation")
    loose = Policy(needs_email=False, max_party=6, max_people=5, agreement="required")
    terms = together([strict, loose])
    assert (terms.needs_email, terms.max_party, terms.max_people, terms.agreement) == (True, 1, 3, "required")
    assert terms.form is SignUpForm and together([loose]).form is LooseSignUpForm


def test_where_nobody_needs_a_name_nobody_names_others() -> None:
    assert together([Policy(needs_email=False, max_people=5)]).max_people == 1


def test_a_sign_up_is_for_all_chosen_events_in_the_language_of_the_page() -> None:
    first, second, series = event(), event(), uuid4()
    sign_up = signed_up(asked_by([first, second], (), series))
    assert (sign_up.events, sign_up.series, sign_up.language) == ((first.id, second.id), series, "tr")
    assert sign_up.people[0].name == "Amira Haddad" and sign_up.people[0].email == ""
    assert sign_up.contact_email == "amira@example.org"


def test_who_is_signed_up_together_shares_the_place_but_not_the_needs() -> None:
    group = {"people-1-given_name": "Bernd", "people-1-email": "bernd@example.org"}
    sign_up = signed_up(asked(), organization="Kita Neu", city="Marl", needs="step_free", role="professional", **group)
    contact, bernd = sign_up.people
    assert (bernd.organisation_name, bernd.city, bernd.email) == ("Kita Neu", "Marl", "bernd@example.org")
    assert contact.needs == ("step_free",) and bernd.needs == () and bernd.role == "" and bernd.party == 1


def test_empty_blocks_are_nobody_and_endless_ones_are_not_read() -> None:
    assert len(signed_up(asked(), **{"people-1-given_name": " ", "people-1-email": ""}).people) == 1
    crowd = {f"people-{n}-given_name": f"Gast {n}" for n in range(1, 200)}
    assert len(signed_up(asked(), **crowd).people) == MOST_READ + 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"people-1-email": "bernd@example.org"}, "people-1-given_name"),
        ({"people-1-given_name": "Bernd", "people-1-email": "bernd@"}, "people-1-email"),
        ({"people-7-family_name": "Haddad"}, "people-7-given_name"),
    ],
)
def test_what_is_wrong_with_one_person_is_told_at_their_field(sent: dict[str, str], field: str) -> None:
    sign_up, errors = read(asked(), **sent)
    assert sign_up is None and list(errors) == [field]


@pytest.mark.parametrize(
    ("need", "sent", "home", "name"),
    [
        ("required", {"organisation": str(KITA.id), "organization": "Kita Alt"}, KITA.id, ""),
        ("required", {"organisation": "other", "organization": "Kita Neu"}, None, "Kita Neu"),
        ("in_preparation", {}, None, ""),
        ("in_preparation", {"organisation": str(KITA.id)}, KITA.id, ""),
        ("not_needed", {"organisation": str(KITA.id), "organization": "Kita Neu"}, None, "Kita Neu"),
    ],
)
def test_where_somebody_comes_from(need: str, sent: dict[str, str], home: UUID | None, name: str) -> None:
    person = signed_up(asked(agreement=need), **sent).people[0]
    assert (person.organisation, person.organisation_name) == (home, name)


@pytest.mark.parametrize(
    ("need", "sent", "field"),
    [
        ("required", {}, "organisation"),
        ("required", {"organization": "Kita Neu"}, "organisation"),
        ("required", {"organisation": str(uuid4())}, "organisation"),
        ("required", {"organisation": "other", "organization": " "}, "organization"),
        ("in_preparation", {"organisation": "unsinn"}, "organisation"),
    ],
)
def test_an_institution_that_is_asked_for_must_be_chosen(need: str, sent: dict[str, str], field: str) -> None:
    sign_up, errors = read(asked(agreement=need), **sent)
    assert sign_up is None and list(errors) == [field]
