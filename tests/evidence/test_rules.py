"""Tallies, their differences, and by what people are recognised."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from events.attendance.facts import Count, DateFacts, Listed, Mark
from events.attendance.people import person_hash
from events.evidence.rules import (
    HeldDate,
    Tally,
    difference,
    earlier_hashes,
    settled,
    tally,
    why_not_close,
    why_not_countable,
)

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
KEY = "00" * 32


def listed(given_name: str = "", **details: object) -> Listed:
    facts: dict[str, object] = {
        "registration_id": uuid4(),
        "status": "confirmed",
        "party": 1,
        "registered_at": NOW,
        "given_name": given_name,
        "family_name": "",
        "email": "",
        "address_proven": False,
        "phone": "",
        "organisation_name": "",
        "is_known_organisation": False,
        "city": "",
        "role": "",
    }
    return Listed(**{**facts, **details})  # type: ignore[arg-type]


def present(*people: Listed, counts: tuple[Count, ...] = ()) -> DateFacts:
    marks = (Mark(id=uuid4(), subject=one.registration_id, mark="present", party=one.party) for one in people)
    return DateFacts(tuple(marks), counts, people)


def counted(facts: DateFacts, known: dict[str, str] | None = None) -> Tally:
    return tally(facts, 180, 180, lambda identity: identity, known or {})


def people_of(*people: Listed) -> set[str]:
    return set(counted(present(*people)).people)


def walked_in(name: str, organisation_name: str = "") -> DateFacts:
    id = uuid4()
    details = {"name": name, "organisation_name": organisation_name, "source": "walk_in"}
    return DateFacts(marks=(Mark(id=id, subject=id, mark="present", **details),))  # type: ignore[arg-type]


def test_a_proven_address_is_one_person_however_the_name_is_written() -> None:
    first = people_of(listed("Amira", email="Amira@example.org", address_proven=True))
    assert first == people_of(listed("A. Haddad", email="amira@EXAMPLE.org", address_proven=True))
    assert first != people_of(listed("Amira", email="other@example.org", address_proven=True))


def test_an_address_nobody_proved_is_no_identity() -> None:
    assert people_of(listed("Amira", email="amira@example.org")) == people_of(listed("AMIRA"))


@pytest.mark.parametrize("other", ["+49 2361 111 111", "0049 (0)2361-111111", "02361/111111"])
def test_a_phone_is_one_person_however_it_is_written(other: str) -> None:
    assert people_of(listed("Amira", phone="02361 111111")) == people_of(listed("Haddad", phone=other))


def test_two_colleagues_with_one_mailbox_are_two_people() -> None:
    kita = {"email": "kita@example.org", "address_proven": True}
    assert len(people_of(listed("Amira", **kita), listed("Dorian", **kita))) == 2


def test_a_name_counts_together_with_the_organisation() -> None:
    assert people_of(listed("Şükrü")) == people_of(listed(" SUKRU "))
    assert people_of(listed("Amira", organisation_name="Kita A")) != people_of(listed("Amira", organisation_name="B"))


def test_who_gives_no_name_is_a_head_but_no_person_and_no_participation() -> None:
    found = counted(present(listed(party=3)))
    assert (found.heads, found.participations, found.people) == (3, 0, {})


def test_a_party_is_one_participation_and_all_its_heads() -> None:
    found = counted(present(listed("Amira", party=3)))
    assert (found.registered, found.heads, found.participations, len(found.people)) == (3, 3, 1, 1)


def test_walk_ins_came_but_were_not_registered() -> None:
    found = counted(walked_in("Nuri"))
    assert (found.registered, found.heads, found.participations) == (0, 1, 1)


def test_who_was_absent_or_not_marked_at_all_did_not_come() -> None:
    amira, dorian = listed("Amira"), listed("Dorian")
    facts = DateFacts((Mark(id=uuid4(), subject=amira.registration_id, mark="excused"),), (), (amira, dorian))
    found = counted(facts)
    assert (found.registered, found.heads, found.participations) == (2, 0, 0)


def test_the_breakdown_joins_the_list_with_what_was_counted_beside_it() -> None:
    beside = Count(id=uuid4(), dimension="city", value="Marl", heads=4, scope="additional")
    found = counted(present(listed("Amira", city="Marl", party=2), listed("Dorian", city="Herten"), counts=(beside,)))
    assert found.counts == {("city", "Marl"): 6, ("city", "Herten"): 1}


def test_where_everyone_in_the_room_was_counted_the_list_is_among_them() -> None:
    room = Count(id=uuid4(), dimension="city", value="Marl", heads=4)
    assert counted(present(listed("Amira", city="Marl"), counts=(room,))).counts == {("city", "Marl"): 4}


def test_only_organisations_of_our_list_are_kept_by_name() -> None:
    private = listed("Amira", organisation_name="privat: Amira Haddad")
    ours = listed("Dorian", organisation_name="Stadt Marl", is_known_organisation=True)
    assert counted(present(private, ours)).counts == {("organisation", "Stadt Marl"): 1}
    assert counted(walked_in("Nuri", "STADT marl"), {"stadt marl": "Stadt Marl"}).counts == {
        ("organisation", "Stadt Marl"): 1
    }


def test_a_difference_takes_back_and_adds() -> None:
    before = Tally(heads=5, counts={("city", "Marl"): 5}, people={"a": 1, "b": 1})
    after = Tally(heads=4, counts={("city", "Herten"): 4}, people={"b": 1, "c": 1})
    change = difference(after, before)
    assert (change.heads, change.counts) == (-1, {("city", "Marl"): -5, ("city", "Herten"): 4})
    assert change.people == {"a": -1, "c": 1}
    assert difference(after, after).is_nothing


def test_a_hash_tells_people_apart_only_under_the_same_key() -> None:
    assert person_hash(KEY, "name:amira|") == person_hash(KEY, "name:amira|")
    assert person_hash(KEY, "name:amira|") != person_hash("11" * 32, "name:amira|")
    assert len(person_hash(KEY, "name:amira|")) == 64


def held(**details: object) -> HeldDate:
    facts: dict[str, object] = {
        "id": uuid4(),
        "event_id": uuid4(),
        "programme_id": uuid4(),
        "family": "",
        "funding": "",
        "start": NOW - timedelta(hours=3),
        "end": NOW,
        "minutes": 180,
        "city": "Marl",
        "is_cancelled": False,
        "is_called_off": False,
    }
    return HeldDate(**{**facts, **details})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("date", "is_closed", "code"),
    [
        (held(), True, "already_closed"),
        (held(is_called_off=True), False, "event_called_off"),
        (held(is_cancelled=True), False, "date_did_not_take_place"),
        (held(end=NOW + timedelta(minutes=1)), False, "date_not_over"),
    ],
)
def test_why_a_date_cannot_be_closed(date: HeldDate, is_closed: bool, code: str) -> None:
    refusal = why_not_close(date, is_closed, NOW)
    assert refusal is not None
    assert refusal.code == code


def test_a_date_that_has_ended_can_be_closed() -> None:
    assert why_not_close(held(), False, NOW) is None


@pytest.mark.parametrize(
    ("minutes", "is_refused"), [(None, False), (0, False), (1440, False), (1441, True), (-1, True)]
)
def test_countable_minutes_fit_into_a_day(minutes: int | None, is_refused: bool) -> None:
    assert (why_not_countable(minutes) is not None) is is_refused


def test_who_goes_is_taken_out_under_what_they_were_counted_as() -> None:
    """Two shared a mailbox when the date was closed; one of them was erased since and shares it no more."""
    kita = {"email": "kita@example.org", "address_proven": True}
    amira = listed("Amira", **kita)
    facts, ledger = present(amira), {"address:kita@example.org|amira": 1, "address:kita@example.org|dorian": 1}
    change = difference(counted(present()), counted(facts))
    assert change.people == {"address:kita@example.org": -1}
    earlier = earlier_hashes(facts, lambda identity: identity)
    assert settled(change, 0, ledger, earlier).people == {"address:kita@example.org|amira": -1}


def test_a_correction_counts_nobody_twice_and_takes_out_nobody_who_is_not_in() -> None:
    change = Tally(people={"name:amira|": 1, "name:cem|": -1, "name:elif|": 1})
    assert settled(change, 0, {"name:amira|": 1}, {}).people == {"name:elif|": 1}


def test_a_head_whose_name_was_erased_takes_a_name_with_it_when_it_was_the_last() -> None:
    absent = Tally(heads=-1)
    assert settled(absent, 0, {}, {}).participations == -1
    assert settled(absent, 1, {}, {}).participations == 0
