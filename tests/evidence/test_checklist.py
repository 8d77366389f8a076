"""What is asked before a date is closed: plain facts in, findings out."""

from uuid import uuid4

from events.attendance.facts import Count, DateFacts, Listed, Mark
from events.evidence.checklist import findings, needs_explanation
from events.evidence.wording import FINDINGS
from events.kit.clock import now


def listed(**details: object) -> Listed:
    given = {
        "registration_id": uuid4(), "status": "confirmed", "party": 1, "registered_at": now(), "given_name": "Amira",
        "family_name": "", "email": "", "address_proven": False, "phone": "", "organisation_name": "",
        "is_known_organisation": False, "city": "", "role": "",
    }  # fmt: skip
    return Listed(**{**given, **details})  # type: ignore[arg-type]


def count(heads: int, dimension: str = "total", value: str = "", **details: object) -> Count:
    return Count(id=uuid4(), heads=heads, dimension=dimension, value=value, **details)  # type: ignore[arg-type]


def facts(present: int, *counts: Count, silent: int = 0) -> DateFacts:
    people = [listed() for _ in range(present + silent)]
    marks = [
        Mark(id=uuid4(), subject=one.registration_id, registration=one.registration_id, mark="present")
        for one in people[:present]
    ]
    return DateFacts(tuple(marks), counts, tuple(people))


def codes(of: DateFacts, *asked_for: str) -> list[str]:
    return [one.code for one in findings(of, asked_for)]


def test_a_list_that_is_complete_raises_no_question() -> None:
    assert codes(facts(3)) == []


def test_who_has_no_mark_is_asked_about() -> None:
    assert codes(facts(1, silent=2)) == ["without_mark"]
    assert not needs_explanation(findings(facts(1, silent=2), ()))


def test_more_heads_than_names_are_explained_and_fewer_must_be() -> None:
    assert codes(facts(2, count(5))) == ["more_counted"]
    fewer = facts(3, count(2))
    assert codes(fewer) == ["fewer_counted"]
    assert needs_explanation(findings(fewer, ()))


def test_heads_beside_the_list_are_added() -> None:
    (found,) = findings(facts(2, count(4, scope="additional")), ())
    assert (found.code, found.facts["sum"]) == ("beside_list", 6)


def test_women_men_and_children_must_make_up_the_total() -> None:
    odd = facts(0, count(9), count(5, "people", "women"), count(3, "people", "men"))
    assert "people_not_total" in codes(odd)
    assert "people_not_total" not in codes(facts(0, count(8), count(8, "people", "women")))


def test_children_next_door_are_no_participation() -> None:
    assert codes(facts(2, count(2), count(5, "childcare", "children"))) == []


def test_what_the_programme_wants_counted_is_asked_for() -> None:
    assert codes(facts(1), "people", "language", "childcare") == ["language_not_counted", "people_not_counted"]


def test_two_stations_that_both_counted_the_whole_room_are_asked_about() -> None:
    both = facts(0, count(20, station="Moschee"), count(20))
    assert codes(both) == ["more_counted", "rooms_counted"]
    one_beside = facts(0, count(20, station="Moschee"), count(2, scope="additional"))
    assert "several_stations" in codes(one_beside) and "rooms_counted" not in codes(one_beside)


def test_each_finding_has_words() -> None:
    asked = {
        "without_mark",
        "rooms_counted",
        "nobody_came",
        "fewer_counted",
        "more_counted",
        "beside_list",
        "both_scopes",
    }
    assert asked | {"people_not_total", "several_stations", "people_not_counted", "language_not_counted"} == set(
        FINDINGS
    )
