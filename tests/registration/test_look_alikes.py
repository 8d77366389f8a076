"""Somebody on the phone: is it the same person, and which organisation is meant."""

from uuid import uuid4

import pytest

from events.kit.clock import now
from events.programme.views import OrganisationView
from events.registration.actions import cancel_registration, register
from events.registration.known_organisations import organisation_named, suggestions
from events.registration.look_alikes import is_the_same, look_alikes
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from tests.factories import make_event
from tests.registration.stories import BERND

AMIRA = Person(given_name="Amira", family_name="Haddad", phone="02361 111111")


@pytest.mark.parametrize(
    ("typed", "email", "alike"),
    [
        (Person(given_name="amira", family_name="HADDAD"), "", True),
        (Person(given_name="Frau Haddad", phone="+49 2361 111111"), "", True),
        (Person(given_name="Amira", family_name="Haddad"), "Amira@Example.org", True),
        (Person(phone="02361 111111"), "", True),
        (Person(given_name="Kollegin", phone="02361 111111"), "", False),
        (Person(given_name="Amira"), "", False),
        (Person(given_name="Kollegin"), "amira@example.org", False),
        (Person(), "", False),
    ],
)
async def test_who_is_alike_is_found_by_name_or_phone(db: None, typed: Person, email: str, alike: bool) -> None:
    event = await make_event()
    await register(SignUp((event.id,), (AMIRA,), "amira@example.org", source="office"), by=BERND, now=now())
    found = await look_alikes(event.id, typed, email, "")
    assert bool(found) is alike
    assert [is_the_same(one, typed, email) for one in found] == ([bool(email)] if alike else [])


async def test_who_cancelled_and_who_was_sent_twice_are_no_look_alikes(db: None) -> None:
    event = await make_event()
    sign_up = SignUp((event.id,), (AMIRA,), "", source="office", submission="doubled")
    await register(sign_up, by=BERND, now=now())
    assert await look_alikes(event.id, AMIRA, "", "doubled") == []
    (registered,) = await look_alikes(event.id, AMIRA, "", "another")
    await cancel_registration(registered.id, by=BERND, now=now())
    assert await look_alikes(event.id, AMIRA, "", "another") == [] and await registrations_of(event.id)


def test_an_organisation_is_taken_from_the_list_where_it_is_clear_which_one() -> None:
    sun, herten, marl = (
        OrganisationView(uuid4(), name, "institution", None, city)
        for name, city in (("Kita Sonne", "Datteln"), ("Kita Mond", "Herten"), ("Kita Mond", "Marl"))
    )
    known = [sun, herten, marl]
    assert suggestions(known) == ["Kita Sonne", "Kita Mond (Herten)", "Kita Mond (Marl)"]
    assert organisation_named("  kita sonne ", known) == sun.id
    assert organisation_named("Kita Mond (Marl)", known) == marl.id
    assert organisation_named("Kita Mond", known) is None
    assert organisation_named("Kita Venus", known) is None and organisation_named("", known) is None
