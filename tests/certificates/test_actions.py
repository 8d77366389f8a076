"""Certificates from the roll to the proof: issued once, corrected, withdrawn, mailed once, erased."""

import asyncio
from io import BytesIO

import pytest
from pypdf import PdfReader

from events.certificates.actions import correct_name, issue, withdraw
from events.certificates.mailing import mail
from events.certificates.numbers import name_check, read_number
from events.certificates.papers import extent_in_words, paper
from events.certificates.queries import candidates, certificate_by_id, certificates_of
from events.certificates.tables import Certificate
from events.evidence.actions import close_date
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import Refused
from events.mail.tables import OutgoingMail
from events.privacy.erasing import erase_booking
from events.registration.signup import Person
from events.registration.tables import Registration
from tests.attendance.story import held_event, record, sign_up, was

AMIRA = Person("Amira", "Haddad", "amira@example.org")
BERND = Person("Bernd", "", "bernd@example.org")


async def a_training(*people, marks=("present",)):
    event = await held_event(policy={"certificate": "all"})
    ids = [(await sign_up(event, person))[0] for person in people]
    await record(event.dates[0].id, *(was(id, mark) for id, mark in zip(ids, marks, strict=True)))
    return event, ids


async def test_two_who_issue_at_once_make_one(db):
    event, _ids = await a_training(AMIRA)
    await asyncio.gather(*(issue(event.id, by=SYSTEM, now=now()) for _ in range(3)))
    assert len(await certificates_of(event.id)) == 1
    assert await issue(event.id, by=SYSTEM, now=now()) == []


async def test_who_was_not_there_gets_none_and_the_reason(db):
    event, ids = await a_training(AMIRA, BERND, marks=("present", "absent"))
    assert len(await issue(event.id, by=SYSTEM, now=now())) == 1
    with pytest.raises(Refused) as refused:
        await issue(event.id, [ids[1]], by=SYSTEM, now=now())
    assert [one.code for one in refused.value.reasons] == ["too_few_dates"]


async def test_whoever_was_excused_every_time_took_part_in_nothing(db):
    event = await held_event(policy={"certificate": "dates", "certificate_least": 1, "certificate_excused": True})
    (amira,) = await sign_up(event, AMIRA)
    await record(event.dates[0].id, was(amira, "excused"))
    (candidate,) = await candidates(event, now())
    assert (candidate.attended, candidate.excused, candidate.why_not.code) == (0, 1, "never_there")
    assert await issue(event.id, by=SYSTEM, now=now()) == []


async def test_a_name_that_was_corrected_on_the_paper_is_right_and_is_mailed(db):
    event, _ids = await a_training(AMIRA)
    (old,) = await issue(event.id, by=SYSTEM, now=now())
    await correct_name(old, "Amira", "Haddad-Öz", "Schreibfehler", by=SYSTEM, now=now())
    (candidate,) = await candidates(event, now())
    assert candidate.is_mailable and not candidate.is_renamed
    assert await mail(event.id, by=SYSTEM, now=now()) == 1


async def test_a_correction_replaces_and_a_withdrawal_ends(db):
    event, _ids = await a_training(AMIRA)
    (old,) = await issue(event.id, by=SYSTEM, now=now())
    new = await correct_name(old, "Amira", "Haddad-Öz", "Schreibfehler", by=SYSTEM, now=now())
    first, second = await certificate_by_id(old), await certificate_by_id(new)
    assert first.ending == "replaced" and second.replaces == old and second.number != first.number
    assert first.facts == second.facts
    with pytest.raises(Refused):
        await correct_name(old, "A", "B", "noch einmal", by=SYSTEM, now=now())
    await withdraw(new, "war nicht da", by=SYSTEM, now=now())
    assert (await certificate_by_id(new)).ending == "withdrawn"


async def test_each_is_mailed_once_and_only_to_a_proven_address(db):
    event, _ids = await a_training(AMIRA)
    (unproven,) = await sign_up(event, BERND, proven=False)
    await record(event.dates[0].id, was(unproven))
    await issue(event.id, by=SYSTEM, now=now())
    sent = await asyncio.gather(*(mail(event.id, by=SYSTEM, now=now()) for _ in range(2)))
    assert sum(sent) == 1
    (row,) = await OutgoingMail.select(OutgoingMail.recipient).where(OutgoingMail.kind == "certificate")
    assert row["recipient"] == "amira@example.org"


async def test_erasing_takes_the_name_and_leaves_the_proof(db):
    event, ids = await a_training(AMIRA)
    (id,) = await issue(event.id, by=SYSTEM, now=now())
    booking = await Registration.select(Registration.booking).where(Registration.id == ids[0]).first()
    await close_date(event.dates[0].id, by=SYSTEM, now=now())
    await erase_booking(booking["booking"], by=SYSTEM, now=now())
    found = await certificate_by_id(id)
    assert (found.given_name, found.family_name) == ("", "") and found.is_valid
    assert found.name_check == name_check(found.number, "AMIRA  haddad", "")
    with pytest.raises(Refused):
        await correct_name(id, "Amira", "Haddad", "wieder da", by=SYSTEM, now=now())
    assert await Certificate.count() >= 1


async def test_the_paper_is_tagged_titled_and_says_what_was_certified(db):
    event, _ids = await a_training(Person("شيماء", "الحداد", "amira@example.org"))
    (id,) = await issue(event.id, by=SYSTEM, now=now())
    found = await certificate_by_id(id)
    reader = PdfReader(BytesIO(await paper(found)))
    assert reader.metadata.title == "Teilnahmebescheinigung" and reader.root_object["/Lang"] == "de"
    assert reader.root_object["/MarkInfo"]["/Marked"] and len(reader.pages) == 1
    assert found.grouped_number in reader.pages[0].extract_text()


@pytest.mark.parametrize(("minutes", "said"), [(120, "2,67"), (180, "4"), (390, "8,67"), (22, "0,49")])
def test_the_extent_is_told_as_in_reports(minutes, said):
    assert extent_in_words(minutes) == f"{said} Unterrichtseinheiten zu 45 Minuten"


def test_numbers_are_read_however_they_were_copied():
    assert read_number(" 7k3qm-9xr2t ") == "7K3QM9XR2T" and read_number("OIL00-00000") == "0110000000"
    assert read_number("7K3QM") is None and read_number("UUUUUUUUUU") is None
