"""From lists and table files to addresses that are to be invited: what is read, and what is told about the rest."""

from uuid import uuid4

import pytest

from events.invitations.addresses.checking import FIELDS, SPOKEN, check, guessed, why_not_columns
from events.invitations.addresses.drafts import Outlook, outlook, take_over
from events.invitations.addresses.lines import check_lines
from events.invitations.invited import invitations_of
from events.invitations.inviting import Invitee
from events.invitations.rules import MOST_PLACES
from events.kit.clock import now
from events.kit.spreadsheets import Row, Table
from events.kit.translation import LANGUAGES
from events.registration.imports.kept import Draft, choose_columns, draft_of, keep_draft
from events.web.staff.invitation_words import FAULTS
from events.web.staff.invitation_words import FIELDS as FIELD_NAMES
from tests.factories import make_event, make_organisation
from tests.inviting import AMIRA, prepared
from tests.registration.stories import BERND
from tests.workbooks import xlsx

HEAD = ["Ansprechperson", "E-Mail", "Einrichtung", "Sprache", "Plätze"]
COLUMNS = {"name": 0, "email": 1, "organisation": 2, "language": 3, "places": 4}
REGENBOGEN = uuid4()


def read(text, **more):
    return check_lines(text, "de", {"kita regenbogen": REGENBOGEN}, **more)


def checked(*rows):
    return check(Table(tuple(HEAD), tuple(Row(at, row) for at, row in enumerate(rows, 2))), COLUMNS, {})


def only(found):
    (one,) = found.addresses
    assert found.faults == () and found.doubled == ()
    return one.invitee


@pytest.mark.parametrize(
    "line",
    [
        "Amira Haddad <amira@example.org>",
        "Haddad, Amira <amira@example.org>",
        '"Haddad, Amira" <amira@example.org>;',
        "Amira Haddad; amira@example.org",
        "amira@example.org\tAmira Haddad",
        "Amira Haddad (amira@example.org)",
        "Amira Haddad mailto:amira@example.org",
        "Amira <amira@example.org>; Haddad",
    ],
)
def test_a_line_is_read_however_it_was_copied(line):
    assert only(read(line)) == Invitee("amira@example.org", "Amira", "Haddad")


def test_an_address_alone_is_enough():
    assert only(read("  amira@Example.ORG \r\n\r\n")) == Invitee("amira@example.org")


def test_several_in_one_line_are_several():
    line = '"Öztürk, Şükrü" <sukru@example.org>, Haddad, Amira <amira@example.org>; bernd@example.org'
    assert [(one.invitee.given_name, one.invitee.family_name) for one in read(line).addresses] == [
        ("Şükrü", "Öztürk"), ("Amira", "Haddad"), ("", ""),
    ]  # fmt: skip


def test_names_can_be_those_of_institutions():
    known, typed = read(
        "Kita Regenbogen <a@example.org>\nKita Süd <b@example.org>", names_are_institutions=True
    ).addresses
    assert (known.invitee.organisation, known.invitee.organisation_name, known.invitee.given_name) == (
        REGENBOGEN,
        "",
        "",
    )
    assert (typed.invitee.organisation, typed.invitee.organisation_name) == (None, "Kita Süd")


def test_each_wrong_line_is_told_with_its_number_and_the_others_are_read():
    found = read(f"amira@example.org\nkeine Adresse\n\ndorian@example\nDorian <>\n{'x' * 200} <a@example.org>")
    assert [(one.number, one.code) for one in found.faults] == [
        (2, "email_missing"), (4, "no_email"), (5, "email_missing"), (6, "too_long"),
    ]  # fmt: skip
    assert [one.number for one in found.addresses] == [1]


def test_an_address_counts_where_it_stands_first():
    found = read("Amira <amira@example.org>\nAMIRA@EXAMPLE.ORG")
    assert [one.invitee.given_name for one in found.addresses] == ["Amira"]
    assert [(one.address.number, one.first) for one in found.doubled] == [(2, 1)]


@pytest.mark.parametrize("text", ["", "\n \n", ";;;", ",,\t"])
def test_a_list_of_nothing_is_nobody(text):
    assert read(text).addresses == ()


def test_a_row_of_a_table_is_read_whole():
    (one,) = checked(("Amira Haddad", "amira@example.org", "Kita Süd", "türkisch", "3")).addresses
    expected = Invitee("amira@example.org", "Amira", "Haddad", organisation_name="Kita Süd", language="tr", places=3)
    assert (one.number, one.invitee) == (2, expected)


def test_what_is_left_empty_means_one_place_in_german():
    assert only(checked(("", "kita@example.org", "", "", ""), ("", "", "", "", ""))) == Invitee("kita@example.org")


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (("Amira", "", "", "", ""), "email", "email_missing"),
        (("Amira", "amira(at)example.org", "", "", ""), "email", "no_email"),
        (("Amira", "amira@example.org", "x" * 161, "", ""), "organisation", "too_long"),
        (("Amira", "amira@example.org", "", "klingonisch", ""), "language", "no_language"),
        (("Amira", "amira@example.org", "", "", "0"), "places", "no_places"),
        (("Amira", "amira@example.org", "", "", str(MOST_PLACES + 1)), "places", "no_places"),
        (("Amira", "amira@example.org", "", "", "zwei"), "places", "no_places"),
        (("A" * 130, "amira@example.org", "", "", ""), "name", "too_long"),
    ],
)
def test_what_is_wrong_with_a_cell_is_told_with_its_field(row, field, code):
    found = checked(row)
    assert [(one.field, one.code) for one in found.faults] == [(field, code)] and found.addresses == ()
    assert code in FAULTS and field in FIELD_NAMES


def test_every_language_we_write_in_can_be_named_in_a_list():
    assert set(SPOKEN) == set(LANGUAGES)
    for code, words in SPOKEN.items():
        for word in (code, *words, words[0].upper()):
            assert only(checked(("", "a@example.org", "", word, ""))).language == code


def test_columns_are_guessed_by_their_headings():
    assert guessed(HEAD) == COLUMNS
    assert guessed(["Vorname", "Name", "Mailadresse"]) == {"given_name": 0, "family_name": 1, "email": 2}
    assert set(FIELD_NAMES) == set(FIELDS)


def test_a_choice_of_columns_needs_the_addresses_and_each_column_once():
    assert why_not_columns({"name": 0}, 3) == {"email": "no_email_column"}
    assert why_not_columns({"email": 0, "name": 0, "places": 7}, 3) == {
        "name": "taken_twice",
        "places": "no_such_column",
    }
    assert why_not_columns({"email": 0}, 1) == {}


async def drafted(event, *rows):
    content = xlsx([HEAD, *rows])
    id = await keep_draft(event.id, BERND.id, "a.xlsx", content, now=now(), purpose="invitations", guess=guessed)
    return await draft_of(id, "invitations")


async def taken(draft, version=None):
    return await take_over(draft, version or draft.version, hold_until=None, by=BERND, now=now())


async def test_a_file_is_taken_over_once_and_leaves_those_who_are_invited_alone(db):
    event = await make_event()
    await make_organisation("Kita Regenbogen")
    await prepared(event, AMIRA)
    rows = [["Amira X", "Amira@example.org", "", "", ""], ["", "kita@example.org", "KITA REGENBOGEN", "Arabisch", 2]]
    draft = await drafted(event, *rows)
    found = await outlook(draft)
    assert (len(found.new), len(found.known), found.places) == (1, 1, 2)
    first, second = await taken(draft), await taken(draft)
    assert isinstance(first, Draft) and isinstance(second, Draft)
    assert first.done == second.done == {"new": 1, "known": 1}
    names = {one.email: (one.name, one.organisation_name, one.places) for one in await invitations_of(event.id)}
    assert names == {"amira@example.org": ("Amira Haddad", "", 1), "kita@example.org": ("", "Kita Regenbogen", 2)}


async def test_nothing_is_taken_over_with_a_fault_or_once_the_columns_are_others(db):
    event = await make_event()
    broken = await drafted(event, ["Amira", "amira@example.org", "", "", ""], ["Dorian", "dorian", "", "", ""])
    assert isinstance(await taken(broken), Outlook)
    draft = await drafted(event, ["Amira", "amira@example.org", "", "", ""])
    await choose_columns(draft, {"email": 1})
    assert isinstance(await taken(draft), Outlook)
    assert await invitations_of(event.id) == []
