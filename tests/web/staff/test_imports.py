"""Taking over a list of people: from the file to the registrations, all of it or nothing."""

from uuid import UUID

import pytest

from events.kit import uploads
from events.kit.actor import SYSTEM
from events.kit.refusals import NotFound
from events.mail.tables import OutgoingMail
from events.registration.actions import register
from events.registration.imports.kept import sweep_drafts
from events.registration.queries import registrations_of
from events.registration.signup import SignUp
from events.registration.tables import ImportDraft, Registration
from tests.factories import make_event
from tests.people import AMIRA
from tests.web.staff.conftest import NOW

HEAD = ["Vorname", "Nachname", "E-Mail", "Telefon"]
LIST = [HEAD, ["Amira", "Haddad", "amira@example.org", ""], ["Şükrü", "Öztürk", "", "02361 222222"]]


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


@pytest.fixture
async def event(db):
    return await make_event(capacity=20)


def path(event):
    return f"/team/veranstaltungen/{event.id}/anmeldungen/import"


def csv_of(rows):
    return "\r\n".join(";".join(row) for row in rows).encode("utf-8-sig")


async def handed_in(client, event, content, name="liste.csv"):
    """The address of the draft."""
    answer = await client.post(path(event), files={"file": (name, content)})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def mapped(client, draft, **columns):
    answer = await client.post(draft, data=columns or {"given_name": 0, "family_name": 1, "email": 2, "phone": 3})
    assert answer.status_code == 303, answer.text
    return (await client.get(answer.headers["location"])).text


def version_in(page):
    return page.partition('name="version" value="')[2].partition('"')[0]


async def imported(client, draft, page, **more):
    return await client.post(f"{draft}/pruefung", data={"version": version_in(page), **more})


async def taken_over(client, event, rows, **more):
    draft = await handed_in(client, event, csv_of(rows))
    answer = await imported(client, draft, await mapped(client, draft), **more)
    assert answer.status_code == 303, answer.text
    return (await client.get(answer.headers["location"])).text


async def names(event):
    return sorted(f"{one.name}: {one.status}" for one in await registrations_of(event.id))


async def test_a_list_becomes_registrations_with_mails_to_those_who_have_an_address(bernd, event):
    draft = await handed_in(bernd, event, csv_of(LIST))
    page = (await bernd.get(draft)).text
    assert 'name="given_name"' in page and "Şükrü" in page and "stehen 2 Zeilen" in page
    page = await mapped(bernd, draft)
    assert "2 Anmeldungen bekommen einen Platz" in page and "1 Person hat eine E-Mail-Adresse" in page
    assert "2 Personen anmelden" in page and " checked" in page
    assert await Registration.count() == 0
    answer = await imported(bernd, draft, page, notify="on")
    assert answer.status_code == 303
    page = (await bernd.get(answer.headers["location"])).text
    assert "2 neue Anmeldungen" in page and "2 Anmeldungen bekommen einen Platz" in page
    assert await names(event) == ["Amira Haddad: confirmed", "Şükrü Öztürk: confirmed"]
    assert [mail.recipient for mail in await OutgoingMail.objects()] == ["amira@example.org"]


async def test_without_the_tick_nobody_is_told(bernd, event):
    await taken_over(bernd, event, LIST)
    assert await Registration.count() == 2 and await OutgoingMail.count() == 0


async def test_the_same_list_twice_changes_nothing(bernd, event):
    await taken_over(bernd, event, LIST)
    draft = await handed_in(bernd, event, csv_of(LIST))
    page = await mapped(bernd, draft)
    assert (
        "Hier ist niemand neu" in page and "2 Personen sind schon angemeldet" in page and "anmelden</span>" not in page
    )
    assert (await imported(bernd, draft, page)).status_code == 409
    assert await Registration.count() == 2


async def test_a_doubled_tap_yields_the_first_result_and_the_file_is_forgotten(bernd, event):
    draft = await handed_in(bernd, event, csv_of(LIST))
    page = await mapped(bernd, draft)
    first, second = await imported(bernd, draft, page), await imported(bernd, draft, page)
    assert first.headers["location"] == second.headers["location"] == f"{draft}/ergebnis"
    assert await Registration.count() == 2
    (row,) = await ImportDraft.objects()
    with pytest.raises(NotFound):
        await uploads.read(row.stored_as)
    for left in ("", "/pruefung"):
        assert (await bernd.get(draft + left)).headers["location"] == f"{draft}/ergebnis"


async def test_who_is_registered_already_is_counted_and_skipped(bernd, event):
    await register(SignUp((event.id,), (AMIRA,), AMIRA.email, source="office"), by=SYSTEM, now=NOW)
    page = await taken_over(bernd, event, LIST)
    assert "1 neue Anmeldung" in page and "1 Person war schon angemeldet" in page
    assert await Registration.count() == 2


async def test_one_wrong_row_and_nobody_is_signed_up(bernd, event):
    rows = [*LIST, ["Dorian", "Weiß", "dorian(at)example.org", "12"], ["", "", "x@example.org", ""]]
    draft = await handed_in(bernd, event, csv_of(rows))
    page = await mapped(bernd, draft)
    assert "2 Zeilen stimmen nicht" in page and "dorian(at)example.org" in page and "Der Name fehlt." in page
    assert "anmelden</span>" not in page
    answer = await bernd.post(f"{draft}/pruefung", data={"version": version_in(page), "notify": "on"})
    assert answer.status_code == 422 and "dorian(at)example.org" in answer.text
    assert await Registration.count() == 0 and await OutgoingMail.count() == 0


async def test_more_people_than_places_wait_or_are_refused_together(bernd):
    some, none = await make_event(capacity=1), await make_event(capacity=1, policy={"waiting_list": "off"})
    page = await mapped(bernd, await handed_in(bernd, some, csv_of(LIST)))
    assert "1 Anmeldung bekommt einen Platz" in page and "1 Anmeldung kommt auf die Warteliste" in page
    draft = await handed_in(bernd, none, csv_of(LIST))
    page = await mapped(bernd, draft)
    assert "Es sind nicht genug Plätze frei, und es gibt keine Warteliste." in page
    assert (await imported(bernd, draft, page)).status_code == 409
    assert await Registration.count() == 0


async def test_an_unpublished_event_says_so_before_anybody_is_signed_up(bernd):
    event = await make_event(published=False)
    draft = await handed_in(bernd, event, csv_of(LIST))
    page = await mapped(bernd, draft)
    assert "noch nicht veröffentlicht" in page
    assert (await imported(bernd, draft, page)).status_code == 409


async def test_columns_chosen_otherwise_in_another_window_are_looked_at_again(bernd, event):
    draft = await handed_in(bernd, event, csv_of(LIST))
    seen = await mapped(bernd, draft)
    await mapped(bernd, draft, given_name=1)
    answer = await imported(bernd, draft, seen)
    assert answer.status_code == 409 and "inzwischen anders zugeordnet" in answer.text
    assert await Registration.count() == 0


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"email": 2}, "mindestens eine Spalte mit dem Namen"),
        ({"given_name": 0, "city": 0}, "schon bei einem anderen Feld"),
        ({"given_name": 9}, "gibt es in der Datei nicht"),
        ({"given_name": "x"}, "ganze Zahl"),
    ],
)
async def test_a_wrong_choice_of_columns_is_told_at_its_field(bernd, event, columns, sentence):
    draft = await handed_in(bernd, event, csv_of(LIST))
    answer = await bernd.post(draft, data=columns)
    assert answer.status_code == 422 and sentence in answer.text and "-error" in answer.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "keine Tabelle"),
        (b"", "steht nichts"),
        (b"Vorname;Ort", "nur Überschriften"),
        (b"PK\x03\x04xxx", "beschädigt"),
        (b"x" * 10_000_001, "höchstens 10 MB"),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_at_its_field_and_not_kept(bernd, event, content, sentence):
    answer = await bernd.post(path(event), files={"file": ("liste.csv", content)})
    assert answer.status_code == 422 and sentence in answer.text and 'id="f-file-error"' in answer.text
    assert await ImportDraft.count() == 0


async def test_an_endless_file_is_not_read_to_its_end(bernd, event):
    answer = await bernd.post(path(event), files={"file": ("liste.csv", b"x" * 12_500_000)})
    assert answer.status_code == 413 and "<h1" in answer.text


async def test_no_file_is_told_at_its_field(bernd, event):
    for sent in ({"files": {"file": ("", b"")}}, {"data": {"file": "text"}}):
        answer = await bernd.post(path(event), **sent)
        assert answer.status_code == 422 and "Bitte wählen Sie eine Datei." in answer.text


async def test_what_a_list_holds_stays_text(bernd, event):
    bad = "<script>alert(1)</script>"
    draft = await handed_in(bernd, event, csv_of([HEAD, [bad, "=1+1", bad, ""]]), f"{bad}.csv")
    pages = (await bernd.get(draft)).text + await mapped(bernd, draft)
    assert "<script>alert" not in pages and "&lt;script&gt;" in pages and "=1+1" in (await bernd.get(draft)).text


@pytest.mark.parametrize("role", ["reader", "trainer"])
async def test_who_may_not_take_over_lists_finds_nothing(browser, bernd, event, role):
    draft = await handed_in(bernd, event, csv_of(LIST))
    other = await browser(role)
    for page in (path(event), draft, f"{draft}/pruefung", f"{draft}/ergebnis"):
        assert (await other.get(page)).status_code == 404
    for page in (path(event), draft, f"{draft}/pruefung"):
        assert (await other.post(page, data={"version": "x"})).status_code == 404
    assert await Registration.count() == 0


async def test_a_stranger_is_asked_to_sign_in(visitor, event):
    answer = await visitor.get(path(event))
    assert answer.status_code == 303 and answer.headers["location"].startswith("/team/anmelden")


async def test_a_list_is_seen_by_who_handed_it_in_and_by_admins_only(browser, bernd, event):
    other, admin = await make_event("Etwas anderes"), await browser("admin")
    draft = await handed_in(admin, event, csv_of(LIST))
    assert (await bernd.get(draft)).status_code == 404
    assert (await bernd.post(f"{draft}/pruefung", data={})).status_code == 404
    mine = await handed_in(bernd, event, csv_of(LIST))
    assert (await admin.get(mine)).status_code == 200
    elsewhere = f"{path(other)}/{UUID(mine.rpartition('/')[2])}"
    assert (await bernd.get(elsewhere)).status_code == 404


async def test_a_list_of_yesterday_is_forgotten_with_its_file(bernd, event):
    draft = await handed_in(bernd, event, csv_of(LIST))
    (row,) = await ImportDraft.objects()
    await sweep_drafts(NOW)
    assert await ImportDraft.count() == 1
    await sweep_drafts(NOW.replace(day=NOW.day + 1))
    assert await ImportDraft.count() == 0 and (await bernd.get(draft)).status_code == 404
    with pytest.raises(NotFound):
        await uploads.read(row.stored_as)
