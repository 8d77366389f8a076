"""What somebody gets to read about themselves: all of it, in words, and nothing about anybody else."""

import ast
import json
from dataclasses import replace
from uuid import UUID

import pytest

from events.attendance.status import MARKS as MARKED
from events.kit.clock import now
from events.kit.refusals import NotFound
from events.mail.undeliverable import note_undeliverable
from events.privacy.inventory import INVENTORY
from events.privacy.own_data import own_data
from events.privacy.own_json import as_json
from events.privacy.own_words import HAPPENED, MAILS, MARKS, PURPOSES
from events.programme.tables import Question
from events.registration.actions import cancel_booking
from events.registration.signup import GivenAnswer
from events.registration.status import STATUSES
from events.registration.tables import Booking, Participant
from tests.attendance.story import held_event, record, sign_up, was
from tests.factories import make_event
from tests.people import AMIRA, DORIAN
from tests.registration.stories import BERND, confirmed, only
from tests.source_tree import PROJECT, modules, parsed, shown


async def asked(event: UUID, text: str) -> UUID:
    question = Question(event=event, kind="text", text=json.dumps({"de": text}), purpose="Planung")
    await Question.insert(question)
    id: UUID = question.id
    return id


async def test_everything_typed_is_in_it(db: None) -> None:
    event = await make_event("Pflege zu Hause")
    question = await asked(event.id, "Was essen Sie?")
    who = replace(
        AMIRA, organisation_name="Kita Mondschein", needs=("interpreting",), role="volunteer",
        answers=(GivenAnswer(question, text="Suppe"),),
    )  # fmt: skip
    receipt = await confirmed(event, who=who)
    content = json.loads(as_json(await own_data(receipt.booking), now()))
    assert content["anmeldevorgang"]["e_mail"] == AMIRA.email
    assert content["anmeldevorgang"]["adresse_bestaetigt_am"]
    [own] = content["personen"]
    assert (own["name"], own["telefon"], own["stadt"]) == ("Amira Haddad", "02361 111111", "Herten")
    assert (own["organisation"], own["braucht"]) == ("Kita Mondschein", ["Sprachmittlung"])
    [registration] = content["anmeldungen"]
    assert registration["veranstaltung"] == "Pflege zu Hause" and registration["stand"] == "bestätigt"
    assert registration["antworten"] == [{"frage": "Was essen Sie?", "antwort": "Suppe"}]
    assert [mail["art"] for mail in content["mails"]] == ["Bitte um Bestätigung", "Anmeldebestätigung"]


async def test_that_ones_address_takes_no_mail_is_told(db: None) -> None:
    receipt = await confirmed(await make_event())
    for address in (AMIRA.email, DORIAN.email):
        await note_undeliverable(address, "552 5.2.2 full", None, now())
    [told] = json.loads(as_json(await own_data(receipt.booking), now()))["nicht_zustellbar"]
    assert (told["an"], told["antwort_des_mailservers"]) == (AMIRA.email, "552 5.2.2 full") and told["seit"]


async def test_consent_is_told_with_its_version_and_time(db: None) -> None:
    receipt = await confirmed(await make_event())
    await Booking.update({Booking.consent_text: "datenschutz-1"}, force=True)
    told = json.loads(as_json(await own_data(receipt.booking), now()))["anmeldevorgang"]
    assert told["fassung_der_hinweise"] == "datenschutz-1" and told["hinweise_gelesen_am"]


async def test_attendance_is_told_with_its_date(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    await record(event.dates[0].id, was(amira, "late"))
    booking = await Booking.objects().first()
    assert booking is not None
    [mark] = json.loads(as_json(await own_data(booking.id), now()))["anwesenheit"]
    assert mark["vermerk"] == "Später gekommen" and mark["termin"].startswith(f"{event.dates[0].start:%Y-%m-%d}")


async def test_the_history_tells_that_it_was_us_but_not_who(db: None) -> None:
    receipt = await confirmed(await make_event())
    await cancel_booking(receipt.booking, by=BERND, now=now())
    text = as_json(await own_data(receipt.booking), now())
    lines = [line["was"] for line in json.loads(text)["verlauf"]]
    assert lines == [
        "Angemeldet",
        "Bestätigt, über Ihren Link",
        "Abgesagt, von uns",
    ]
    assert str(BERND.id) not in text


async def test_one_person_of_a_booking_reads_of_no_other(db: None) -> None:
    event = await make_event()
    await sign_up(event, AMIRA, DORIAN, contact=AMIRA.email)
    booking = await Booking.objects().first()
    dorian = await Participant.objects().get(Participant.given_name == "Dorian")
    assert booking is not None and dorian is not None
    text = as_json(await own_data(booking.id, dorian.id), now())
    assert "Dorian" in text and "Amira" not in text and AMIRA.email not in text
    with pytest.raises(NotFound):
        await own_data(booking.id, UUID(int=7))


async def test_nothing_of_another_booking_is_in_it(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    await confirmed(event, who=DORIAN)
    text = as_json(await own_data(receipt.booking), now())
    assert "Dorian" not in text and DORIAN.email not in text


async def test_reading_it_changes_nothing(db: None) -> None:
    receipt = await confirmed(await make_event())
    before = await only(receipt)
    await own_data(receipt.booking)
    after = await only(receipt)
    assert (after.status, after.changed_at) == (before.status, before.changed_at)


def test_every_use_of_what_people_type_is_explained_to_them() -> None:
    told = {one.use for one in PURPOSES}
    tables = ("booking", "participant", "registration", "answer", "sent_entry", "outgoing_mail", "person_counted")
    uses = {use for table in tables for use in INVENTORY[table].values() if use.is_personal}
    assert uses - told == set()


def test_every_mail_about_a_registration_has_a_name() -> None:
    kinds = {path.name.partition(".")[0] for path in (PROJECT / "templates" / "mail").glob("*.subject.txt")}
    written = {
        node.value
        for path in modules("events")
        if shown(path).startswith("events/registration/")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    before_anybody_is_registered = {"date_wish", "date_fixed"}
    assert (kinds & written) - before_anybody_is_registered - MAILS.keys() == set()


def test_every_status_and_mark_is_said_in_words() -> None:
    assert set(MARKED) == MARKS.keys()
    assert set(STATUSES) - {"unconfirmed"} - HAPPENED.keys() == set()
