"""From the cells of a list to people, and from people to registrations: all of them or nobody."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from events.kit.actor import staff
from events.kit.clock import now
from events.kit.database import queries_so_far
from events.kit.spreadsheets import Row, Table
from events.mail.tables import OutgoingMail
from events.programme.queries import event_by_id
from events.registration import wording
from events.registration.imports.checking import NEEDS, ROLES, check
from events.registration.imports.drafts import Outlook, import_people, outlook
from events.registration.imports.fields import FIELDS, guessed, why_not_columns
from events.registration.imports.kept import choose_columns, draft_of, keep_draft
from events.registration.queries import registrations_of
from events.registration.signup import Person
from events.registration.tables import Booking
from tests.factories import make_event, make_organisation, make_quota
from tests.people import AMIRA
from tests.registration.stories import BERND, signed_up, statuses
from tests.workbooks import xlsx

HEAD = ["Vorname", "Nachname", "E-Mail", "Telefon", "Organisation", "Ort", "Rolle", "Braucht", "Personen"]


def table(*rows, head=HEAD):
    return Table(tuple(head), tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, 2)))


def read(*rows, head=HEAD, organisations=None, most=5):
    found = table(*rows, head=head)
    return check(found, guessed(found.columns), organisations or {}, most)


def person(*cells, head=HEAD, **more):
    checked = read(list(cells), head=head, **more)
    assert checked.faults == ()
    return checked.entries[0].person


def faults(*cells, head=HEAD):
    return [(one.number, one.field, one.code) for one in read(list(cells), head=head).faults]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (HEAD, {"given_name": 0, "family_name": 1, "email": 2, "phone": 3, "organisation": 4, "city": 5, "role": 6,
                "needs": 7, "party": 8}),
        (["First Name", "Last name", "E-mail address", "Mobile"],
         {"given_name": 0, "family_name": 1, "email": 2, "phone": 3}),
        (["Nr.", "NAME", "Vorname:", "Handy-Nr.", "e mail"],
         {"family_name": 1, "given_name": 2, "phone": 3, "email": 4}),
        (["Name, Vorname", "Träger", "Wohnort", "E-Mail (dienstlich)"],
         {"name": 0, "organisation": 1, "city": 2, "email": 3}),
        (["Teilnehmer:in", "Anzahl Personen"], {"name": 0, "party": 1}),
        (["Vor- und Nachname", "Telefon", "Telefon 2"], {"name": 0, "phone": 1}),
        (["x", "", "Bemerkung"], {}),
    ],
)  # fmt: skip
def test_columns_are_guessed_from_their_headings(headings, fields):
    assert guessed(headings) == fields


def test_a_list_without_any_name_or_with_a_column_chosen_twice_is_not_taken():
    assert why_not_columns({"email": 0}, 3) == {"given_name": "no_name_column"}
    assert why_not_columns({"name": 0, "city": 0, "phone": 3}, 3) == {"city": "taken_twice", "phone": "no_such_column"}
    assert why_not_columns({"family_name": 0}, 1) == {}


def test_a_full_row_becomes_a_person():
    kita = uuid4()
    row = ["Amira", "Haddad", "amira@Example.ORG", "02361 111", "Kita Regenbogen", "Herten", "Multiplikatorin",
           "Sprachmittlung, Kinderbetreuung", "3"]  # fmt: skip
    assert person(*row, organisations={"kita regenbogen": kita}) == Person(
        "Amira", "Haddad", "amira@example.org", "02361 111", kita, "Kita Regenbogen", "Herten", "multiplier",
        ("interpreting", "childcare"), 3,
    )  # fmt: skip


def test_right_to_left_names_and_lines_inside_a_cell_stay_what_they_are():
    found = person("أميرة", "حداد", "", "", "Moscheegemeinde\nHerten")
    assert (found.given_name, found.family_name, found.organisation_name) == ("أميرة", "حداد", "Moscheegemeinde Herten")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Amira Haddad", ("Amira", "Haddad")),
        ("Haddad, Amira", ("Amira", "Haddad")),
        ("Anna Lena Weiß", ("Anna Lena", "Weiß")),
        ("Amira von der Heide", ("Amira", "von der Heide")),
        ("Fatma", ("Fatma", "")),
        ("Fatma,", ("Fatma", "")),
    ],
)
def test_a_whole_name_is_split(name, parts):
    found = person(name, head=["Name"])
    assert (found.given_name, found.family_name) == parts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("02361 / 11-22", "02361 / 11-22"),
        ("2361123456", "02361123456"),
        ("491701234567", "+491701234567"),
        ("+49 2361 1", "+49 2361 1"),
        ("'+49 2361 1", "+49 2361 1"),
        ("12345", "12345"),
        ("-", ""),
    ],
)
def test_a_phone_number_gets_back_the_zero_a_spreadsheet_took(typed, kept):
    assert person("Amira", "", "", typed).phone == kept


def test_every_wrong_cell_is_told_with_its_row_and_field():
    assert faults("", "", "amira(at)example.org", "0", "", "", "Königin", "Ruhe", "0") == [
        (2, "given_name", "no_name"),
        (2, "email", "no_email"),
        (2, "phone", "no_phone"),
        (2, "role", "no_role"),
        (2, "needs", "no_need"),
        (2, "party", "no_party"),
    ]
    assert faults("Amira " + "a" * 121, head=["Name"]) == [(2, "name", "too_long")]
    assert faults("a" * 121) == [(2, "given_name", "too_long")]
    assert faults("Amira", "", "", "", "", "", "", "", "6") == [(2, "party", "no_party")]
    assert faults("Amira", "", "-", "keine", "", "", "", "nein", "") == []


def test_what_is_no_formula_of_ours_and_what_is_stay_text():
    assert person("=1+1", "'=HYPERLINK()").name == "=1+1 =HYPERLINK()"


def test_a_row_twice_counts_once_but_colleagues_with_one_mailbox_are_two():
    checked = read(
        ["Amira", "Haddad", "kita@example.org"],
        ["AMIRA", "Haddad", "Kita@Example.org"],
        ["Dorian", "Weiß", "kita@example.org"],
        ["Fatma", "", "", "02361 1234"],
        ["Fatma", "", "", "+49 2361 1234"],
        ["Fatma", "", "", "02361 9999"],
    )
    assert [entry.number for entry in checked.entries] == [2, 4, 5, 7]
    assert [(one.entry.number, one.first) for one in checked.doubled] == [(3, 2), (6, 5)]


def test_rows_in_which_nothing_of_interest_stands_are_left_out():
    assert read(["", "", "", "", "", "", "", "", "", "Bemerkung"]).entries == ()


def test_every_role_and_need_can_be_named_in_a_list():
    assert set(ROLES) == set(wording.ROLES) and set(NEEDS) == set(wording.NEEDS)
    for word in (*wording.ROLES.values(), *wording.ROLES):
        assert person("Amira", "", "", "", "", "", word).role in wording.ROLES
    for word in (*wording.NEEDS.values(), *wording.NEEDS):
        assert person("Amira", "", "", "", "", "", "", word).needs[0] in wording.NEEDS


async def drafted(event, *rows, head=HEAD):
    return await draft_of(await keep_draft(event.id, BERND.id, "liste.xlsx", xlsx([head, *rows]), now=now()))


async def looked(event, *rows):
    return await outlook(await drafted(event, *rows), event, now=now())


async def imported(event, *rows, notify=False):
    draft = await drafted(event, *rows)
    return await import_people(draft, draft.version, by=BERND, now=now(), notify=notify)


def guests(number, start=0):
    return [[f"Gast {n}", "", f"gast{n}@example.org"] for n in range(start, start + number)]


async def test_the_list_is_signed_up_in_its_order_and_the_rest_waits(db):
    event = await make_event(capacity=3)
    await signed_up(event, who=AMIRA, source="office")
    done = await imported(event, *guests(4))
    assert done.done == {"confirmed": 2, "waiting": 2}
    found = await registrations_of(event.id)
    assert [one.given_name for one in found] == ["Amira", "Gast 0", "Gast 1", "Gast 2", "Gast 3"]
    assert [one.status for one in found] == ["confirmed"] * 3 + ["waiting"] * 2
    assert len({one.queue_number for one in found}) == 5
    bookings = await Booking.objects().where(Booking.source == "import")
    assert len(bookings) == 4 and all(one.address_proven_at for one in bookings)


async def test_the_outlook_is_what_happens(db):
    event = await make_event(capacity=3, policy={"max_party": 4})
    rows = [["A", "", "a@example.org", "", "", "", "", "", "2"], ["B", "", "b@example.org", "", "", "", "", "", "3"],
            ["C", "", "c@example.org"]]  # fmt: skip
    expected = (await looked(event, *rows)).statuses
    assert dict((await imported(event, *rows)).done) == expected == {"confirmed": 2, "waiting": 1}
    assert await statuses(event) == ["confirmed", "waiting", "confirmed"]


async def test_places_kept_for_others_are_not_given_to_the_list(db):
    event, kita = await make_event(capacity=4), await make_organisation("Kita Regenbogen")
    await make_quota(event.id, places=1, organisation=kita)
    rows = [[name, "", f"{name}@example.org", "", "KITA Regenbogen"] for name in ("a", "b")]
    assert (await imported(event, *rows)).done == {"confirmed": 1, "waiting": 1}
    assert {one.organisation_id for one in await registrations_of(event.id)} == {kita}


async def test_without_a_waiting_list_everybody_must_fit_also_into_the_places_kept_for_others(db):
    event, kita = (
        await make_event(capacity=9, policy={"waiting_list": "off"}),
        await make_organisation("Kita Regenbogen"),
    )
    await make_quota(event.id, places=1, organisation=kita)
    rows = [[name, "", f"{name}@example.org", "", "Kita Regenbogen"] for name in ("a", "b")]
    for refused in (await imported(event, *rows), await imported(event, *guests(10))):
        assert isinstance(refused, Outlook) and [one.code for one in refused.reasons] == ["full"]
    assert await registrations_of(event.id) == [] and await Booking.count() == 0


async def test_whoever_waits_already_comes_first(db):
    event = await make_event(capacity=1)
    for number in range(2):
        await signed_up(event, who=replace(AMIRA, given_name=f"Amira {number}"), source="office")
    assert (await imported(event, *guests(1))).done == {"waiting": 1}
    assert await statuses(event) == ["confirmed", "waiting", "waiting"]


async def test_requests_stay_requests(db):
    event = await make_event(policy={"approval": True})
    assert (await imported(event, *guests(2))).done == {"requested": 2}


async def test_nothing_happens_when_one_row_is_wrong(db):
    event = await make_event()
    found = await imported(event, *guests(2), ["Dorian", "", "dorian"])
    assert isinstance(found, Outlook) and [one.code for one in found.checked.faults] == ["no_email"]
    assert await registrations_of(event.id) == [] and await Booking.count() == 0
    seen = await event_by_id(event.id)
    assert seen == event


async def test_twice_changes_nothing_with_and_without_addresses(db):
    event = await make_event(policy={"needs_email": False})
    rows = [*guests(2), ["Fatma", "", "", "02361 123456"], ["Gülay", "Öz", "", "", "Kita", "Marl"]]
    assert (await imported(event, *rows)).done == {"confirmed": 4}
    again = await imported(event, *rows)
    assert isinstance(again, Outlook) and len(again.known) == 4 and not again.is_possible
    assert (await imported(event, *rows, *guests(1, start=9))).done == {"confirmed": 1, "known": 4}
    assert len(await registrations_of(event.id)) == 5


async def test_mails_go_to_those_with_an_address_and_only_when_wanted(db):
    event = await make_event(policy={"needs_email": False})
    await imported(event, *guests(2), ["Fatma"], notify=True)
    mails = await OutgoingMail.objects()
    assert {(mail.kind, mail.recipient) for mail in mails} == {
        ("confirmation", "gast0@example.org"),
        ("confirmation", "gast1@example.org"),
    }
    codes = [one for one in await registrations_of(event.id) if not one.email]
    assert [one.given_name for one in codes] == ["Fatma"]


async def test_columns_that_changed_meanwhile_stop_it(db):
    event = await make_event()
    draft = await drafted(event, *guests(1))
    await choose_columns(draft, {"name": 1})
    assert isinstance(await import_people(draft, draft.version, by=staff(uuid4()), now=now(), notify=False), Outlook)
    assert await registrations_of(event.id) == []


async def test_two_taps_at_the_same_moment_sign_up_once(db):
    event = await make_event(capacity=3)
    draft = await drafted(event, *guests(5))
    calls = [import_people(draft, draft.version, by=BERND, now=now(), notify=False) for _ in range(4)]
    found = await asyncio.gather(*calls)
    assert {tuple(one.done.items()) for one in found} == {(("confirmed", 3), ("waiting", 2))}
    assert await statuses(event) == ["confirmed"] * 3 + ["waiting"] * 2


async def test_the_outlook_asks_the_database_the_same_for_one_and_for_thousands(db):
    event = await make_event(capacity=None)
    counts = []
    for number in (1, 5000):
        draft = await drafted(event, *guests(number))
        before = queries_so_far()
        found = await outlook(draft, event, now=now())
        counts.append(queries_so_far() - before)
        assert len(found.new) == number
    assert counts[0] == counts[1]


def test_every_field_of_the_form_is_a_field():
    assert {"given_name", "family_name", "name"} < set(FIELDS)
