"""What phones send: exactly once, in whatever order, as often as they like; and how little they are given."""

import json
import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.attendance.facts import Mark
from events.attendance.phone import MOST_FACTS, phone_list, take
from events.attendance.queries import notes_of, roll
from events.attendance.rules import newest_marks
from events.attendance.tables import AttendanceMark, DateNote, Headcount
from events.evidence.actions import TIME_FOR_A_REASON, close_date, take_in_late_facts
from events.evidence.queries import evidence_of
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import Refused
from events.registration.signup import Person
from tests.attendance.story import held_event, sign_up
from tests.factories import make_event
from tests.people import AMIRA, DORIAN

PHONES = ("phone-one-1", "phone-two-2")
SUBJECTS = [UUID(int=number) for number in range(4)]

marks = st.builds(
    Mark,
    id=st.uuids(version=4),
    subject=st.sampled_from(SUBJECTS),
    mark=st.sampled_from(["present", "late", "absent", "excused"]),
    device=st.sampled_from(PHONES),
    counter=st.integers(1, 5),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(marks, unique_by=lambda mark: mark.id, max_size=12), st.randoms(use_true_random=False))
def test_repeated_and_reordered_marks_say_the_same(sent: list[Mark], chance: random.Random) -> None:
    again = [*sent, *chance.choices(sent, k=len(sent))] if sent else []
    chance.shuffle(again)
    assert newest_marks(again) == newest_marks(sent)


def sending(device: str, **facts: list[dict[str, object]]) -> bytes:
    return json.dumps({"device": device, **facts}).encode()


def mark(subject: UUID, what: str = "present", counter: int = 1, **details: object) -> dict[str, object]:
    return {"id": str(uuid4()), "subject": str(subject), "mark": what, "counter": counter, **details}


def history(chance: random.Random, people: list[UUID]) -> list[tuple[str, str, dict[str, object]]]:
    """What two phones noted, each counting on from what it had seen."""
    facts: list[tuple[str, str, dict[str, object]]] = []
    counters = dict.fromkeys(PHONES, 0)
    walk_ins = [uuid4(), uuid4()]
    for step in range(14):
        device = chance.choice(PHONES)
        counters[device] = max(counters.values()) + 1 if chance.random() < 0.3 else counters[device] + 1
        common = {"id": str(uuid4()), "counter": counters[device]}
        kind = chance.choice(["marks", "marks", "walk-in", "counts", "notes"])
        if kind == "marks":
            fact = {
                "subject": str(chance.choice(people)),
                "mark": chance.choice(["present", "late", "absent"]),
                "party": chance.randint(1, 3),
            }
        elif kind == "walk-in":
            fact = {
                "subject": str(chance.choice(walk_ins)),
                "mark": "present",
                "walk_in": True,
                "name": "Nuri",
                "consented": True,
            }
        elif kind == "counts":
            fact = {
                "dimension": "people",
                "value": chance.choice(["women", "men"]),
                "heads": step,
                "station": chance.choice(["", "Saal"]),
            }
        else:
            fact = {"text": f"Notiz {step}"}
        facts.append((device, "marks" if kind == "walk-in" else kind, {**common, **fact}))
    return facts


async def deliver(date: UUID, facts: list[tuple[str, str, dict[str, object]]]) -> None:
    for device, kind, fact in facts:
        taken = await take(date, sending(device, **{kind: [fact]}), by=SYSTEM, now=now())
        assert (taken.accepted, taken.refused) == ([fact["id"]], [])


async def shown(date: UUID) -> object:
    found = await roll(date)
    rows = {(row.name, row.mark, row.party, row.walk_in) for row in found.rows}
    counts = {(one.station, one.value, one.heads) for one in found.counts}
    return rows, counts, found.effective_heads, [note.text for note in await notes_of(date)]


@pytest.mark.parametrize("seed", range(3))
async def test_two_phones_end_alike_however_their_facts_arrive(db: None, seed: int) -> None:
    chance = random.Random(seed)
    event = await held_event()
    date = event.dates[0].id
    people = await sign_up(event, Person(given_name="Amira"), Person(given_name="Dorian"))
    facts = history(chance, people)
    await deliver(date, facts)
    in_order = await shown(date)
    for table in (AttendanceMark, Headcount, DateNote):
        await table.delete(force=True)
    again = [*facts, *chance.choices(facts, k=6)]
    chance.shuffle(again)
    await deliver(date, again)
    assert await shown(date) == in_order


async def test_one_bad_fact_does_not_hold_up_the_others(db: None) -> None:
    event, other = await held_event(), await make_event("Woanders")
    (amira,), (dorian,) = await sign_up(event, AMIRA), await sign_up(other, DORIAN)
    good, strange = mark(amira), mark(dorian)
    impossible, broken = mark(amira, "asleep"), {"id": "x", "counter": 1}
    taken = await take(
        event.dates[0].id, sending(PHONES[0], marks=[strange, impossible, broken, good]), by=SYSTEM, now=now()
    )
    assert taken.accepted == [good["id"]]
    assert {one["id"] for one in taken.refused} == {strange["id"], impossible["id"], "x"}
    assert all(one["reason"] for one in taken.refused)


async def test_a_date_that_lies_ahead_takes_nothing_and_the_phone_keeps_it(db: None) -> None:
    event = await make_event(starts_in=timedelta(days=9))
    (amira,) = await sign_up(event, AMIRA)
    with pytest.raises(Refused):
        await take(event.dates[0].id, sending(PHONES[0], marks=[mark(amira)]), by=SYSTEM, now=now())


async def test_a_counter_out_of_this_world_is_refused_and_a_time_without_zone_too(db: None) -> None:
    event = await held_event()
    far, zoneless = (
        mark(uuid4(), walk_in=True, counter=999_999_999),
        mark(uuid4(), walk_in=True, noted_at="2026-11-23T10:00:00"),
    )
    good = mark(uuid4(), walk_in=True)
    taken = await take(event.dates[0].id, sending(PHONES[0], marks=[far, zoneless, good]), by=SYSTEM, now=now())
    assert taken.accepted == [good["id"]]
    assert {one["id"] for one in taken.refused} == {far["id"], zoneless["id"]}


async def test_who_came_without_a_name_keeps_organisation_and_city(db: None) -> None:
    event = await held_event()
    who = uuid4()
    first = mark(who, walk_in=True, organisation_name="Kita", city="Marl")
    await take(
        event.dates[0].id, sending(PHONES[0], marks=[first, mark(who, "late", 2, walk_in=True)]), by=SYSTEM, now=now()
    )
    (row,) = (await roll(event.dates[0].id)).rows
    assert (row.mark, row.organisation_name, row.city, row.walk_in) == ("late", "Kita", "Marl", True)


async def test_a_name_is_kept_only_with_consent_and_a_wrong_clock_does_no_harm(db: None) -> None:
    event = await held_event()
    told = [
        mark(uuid4(), walk_in=True, name="Nuri", consented=consented, noted_at="2099-01-01T00:00:00Z", counter=number)
        for number, consented in enumerate((True, False), start=1)
    ]
    await take(event.dates[0].id, sending(PHONES[0], marks=told), by=SYSTEM, now=now())
    rows = await AttendanceMark.select(AttendanceMark.name, AttendanceMark.noted_at).order_by(AttendanceMark.counter)
    assert [row["name"] for row in rows] == ["Nuri", ""]
    assert all(row["noted_at"] <= now() for row in rows)
    assert (await roll(event.dates[0].id)).named_heads == 2


async def test_what_a_phone_brings_after_the_closing_becomes_a_difference(db: None) -> None:
    event = await held_event()
    (amira,) = await sign_up(event, AMIRA)
    date = event.dates[0].id
    await close_date(date, by=SYSTEM, now=now())
    await take(date, sending(PHONES[0], marks=[mark(amira)]), by=SYSTEM, now=now())
    await take_in_late_facts(by=SYSTEM, now=now() + TIME_FOR_A_REASON)
    assert [row.heads for row in (await evidence_of([date]))[date]] == [0, 1]


async def test_a_phone_gets_first_names_and_initials_only(db: None) -> None:
    event = await held_event()
    amira = replace(AMIRA, family_name="Haddad", organisation_name="Kita Regenbogen", city="Herten")
    await sign_up(
        event, amira, Person(given_name="Şükrü Öztürk"), Person(given_name="مريم"), Person(family_name="Şahin")
    )
    given = await phone_list(event.dates[0].id, now=now())
    assert {(one["given"], one.get("initial", "")) for one in given["people"]} == {
        ("Amira", "H."),
        ("Şükrü", "Ö."),
        ("مريم", ""),
        ("Şahin", ""),
    }
    text = json.dumps(given, default=str, ensure_ascii=False)
    assert not any(word in text for word in ("Haddad", "Öztürk", "Regenbogen", "Herten", "example.org"))


HOSTILE = "\x00=cmd|' /C calc'!A0\u202e<script>\x1b"


async def test_whatever_a_phone_sends_as_text_is_kept_as_harmless_text(db: None) -> None:
    event = await held_event()
    texts = {"name": HOSTILE, "organisation_name": HOSTILE, "city": HOSTILE}
    facts = {
        "marks": [mark(uuid4(), walk_in=True, consented=True, **texts)],
        "counts": [
            {"id": str(uuid4()), "counter": 2, "dimension": "city", "value": HOSTILE, "station": HOSTILE, "heads": 3}
        ],
        "notes": [{"id": str(uuid4()), "counter": 3, "text": f"{HOSTILE}\n{HOSTILE}"}],
    }
    taken = await take(event.dates[0].id, sending(PHONES[0], **facts), by=SYSTEM, now=now())
    assert (len(taken.accepted), taken.refused) == (3, [])
    found = await roll(event.dates[0].id)
    kept = [found.rows[0].name, found.rows[0].city, found.counts[0].value, (await notes_of(event.dates[0].id))[0].text]
    assert all("calc" in text and not set(text) & set("\x00\u202e\x1b") for text in kept)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"device": "x"}',
        b'{"device": "phone-one-1", "marks": 7}',
        b'{"device": "../../etc/passwd"}',
        b"\xff",
        rb'{"device": "phone-one-1", "notes": [{"id": "a", "counter": 1, "text": "\ud800"}]}',
    ],
)
async def test_what_is_no_sending_is_refused_as_a_whole(db: None, content: bytes) -> None:
    event = await held_event()
    with pytest.raises((msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError)):
        await take(event.dates[0].id, content, by=SYSTEM, now=now())
    assert not await AttendanceMark.count()


async def test_a_date_is_told_of_no_more_than_a_portion_at_once(db: None) -> None:
    event = await held_event()
    with pytest.raises(msgspec.ValidationError):
        await take(event.dates[0].id, sending(PHONES[0], marks=[{}] * (MOST_FACTS + 1)), by=SYSTEM, now=now())
