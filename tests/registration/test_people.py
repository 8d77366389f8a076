"""Bernd finds people over all events, whatever the accents; erased people are found by nothing."""

from dataclasses import replace
from uuid import uuid4

import pytest

from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import queries_so_far
from events.kit.refusals import NotFound, Refused
from events.privacy.erasing import erase_booking
from events.registration.actions import register
from events.registration.changing import correct_person, substitute_person
from events.registration.merging import merge_people, merging_of
from events.registration.people import find_people, others_like, person_by_id
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from tests.factories import make_event

pytestmark = pytest.mark.usefixtures("db")
SUKRU = Person("Şükrü", "Özdemir", "sukru@example.org", organisation_name="Kita Löwenzahn", city="Marl")


async def signed_up(person=SUKRU, event=None, contact=""):
    event = event or await make_event()
    await register(SignUp((event.id,), (person,), contact or person.email, source="office"), by=SYSTEM, now=now())
    (one,) = [row for row in await registrations_of(event.id) if row.given_name == person.given_name]
    return one


async def names(text, only=None):
    return [one.name for one in await find_people(text, only)]


async def test_every_word_must_fit_somewhere_and_accents_do_not_matter():
    await signed_up()
    await signed_up(Person("Amira", "Haddad", ""), contact="chef@kita.example.org")
    for text in ("sukru", "ŞÜKRÜ ozdem", "lowenzahn marl", "Oezdemir Loewenzahn", "sukru@example"):
        assert await names(text) == ["Şükrü Özdemir"]
    assert await names("chef@kita") == ["Amira Haddad"]
    for text in ("", " ", "s", "sukru haddad", "%%", "__nobody"):
        assert await names(text) == []


async def test_a_person_has_all_registrations_and_the_namesakes_beside():
    first, second = await signed_up(), await signed_up()
    other = await signed_up(replace(SUKRU, email="anders@example.org"))
    await signed_up(Person("Şükrüye", "Özdemir", "sy@example.org"))
    person = await person_by_id(first.participant_id)
    assert person is not None and [one.event.id for one in person.registrations] == [first.event_id]
    assert {one.id for one in await others_like(person)} == {second.participant_id, other.participant_id}
    assert await person_by_id(uuid4()) is None


async def test_a_trainer_finds_people_of_the_own_events_only():
    mine, others = await signed_up(), await signed_up(Person("Amira", "Haddad", "a@example.org"))
    only = frozenset({mine.event_id})
    assert await names("a@example", only) == [] and await names("sukru", only) == ["Şükrü Özdemir"]
    assert await names("sukru", frozenset()) == []
    assert await person_by_id(others.participant_id, only) is None


async def test_corrected_and_substituted_people_are_found_by_their_new_name():
    one = await signed_up()
    await correct_person(one.participant_id, replace(SUKRU, family_name="Çelik"), by=SYSTEM, now=now())
    assert await names("celik") == ["Şükrü Çelik"] and await names("ozdemir") == []
    await substitute_person(one.id, Person("Vera", "Novák", "v@example.org"), by=SYSTEM, now=now())
    assert await names("novak") == ["Vera Novák"]


async def test_erased_people_are_gone():
    one = await signed_up()
    await erase_booking(one.booking_id, by=SYSTEM, now=now())
    assert await names("sukru") == [] and await names("example.org") == []


async def test_many_people_take_no_more_statements():
    event = await make_event(capacity=None)
    counted = []
    for number in range(12):
        await signed_up(Person(f"Ali {number}", "Kaya", f"a{number}@example.org"), event)
        before = queries_so_far()
        assert len(await names("kaya")) == number + 1
        counted.append(queries_so_far() - before)
    assert len(set(counted)) == 1


async def test_two_spellings_become_one_person():
    first = await signed_up()
    second = await signed_up(Person("Sükrü", "Oezdemir", SUKRU.email, phone="0176 1234567"))
    found = await merging_of(first.participant_id, second.participant_id)
    assert found.against is None and ("given_name", "Sükrü", "Şükrü") in found.changes
    await merge_people(first.participant_id, second.participant_id, by=SYSTEM, now=now())
    merged = await person_by_id(second.participant_id)
    assert merged is not None and (merged.name, merged.phone) == ("Şükrü Özdemir", "0176 1234567")
    kept = await person_by_id(first.participant_id)
    assert kept is not None and kept.keys == merged.keys
    [line] = await HistoryEntry.select().where(HistoryEntry.verb == "merged")
    assert "Şükrü" not in line["facts"]


async def test_who_stands_in_one_event_twice_is_not_merged():
    event = await make_event()
    first, second = await signed_up(event=event), await signed_up(Person("Sükrü", "Oezdemir", "s@example.org"), event)
    with pytest.raises(Refused, match="registered_twice"):
        await merge_people(first.participant_id, second.participant_id, by=SYSTEM, now=now())
    for keep, other, code in ((first, first, "same_entry"),):
        with pytest.raises(Refused, match=code):
            await merge_people(keep.participant_id, other.participant_id, by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await merge_people(first.participant_id, uuid4(), by=SYSTEM, now=now())
