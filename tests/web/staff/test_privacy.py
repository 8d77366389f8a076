"""The administrator sees what is due, what waits for closing, and what is stored; and may erase at once."""

from datetime import timedelta

from events.registration.people import find_people
from events.registration.signup import Person
from tests.attendance.story import held_event, record, sign_up, was

AMIRA = Person("Amira", "Haddad", "amira@example.org")


async def test_what_is_due_is_shown_and_erased_without_naming_anybody(browser):
    admin = await browser("admin")
    assert "nichts fällig" in (await admin.get("/team/datenschutz")).text
    event = await held_event(starts_in=-timedelta(days=100))
    await sign_up(event, AMIRA)
    noted = await held_event(title="Noch nicht gezählt", starts_in=-timedelta(days=100))
    ids = await sign_up(noted, Person("Cem", "Kaya", "cem@example.org"))
    await record(noted.dates[0].id, was(ids[0]))
    page = (await admin.get("/team/datenschutz")).text
    assert "1 Person: die Frist" in page and "Noch nicht gezählt" in page and "Amira" not in page
    assert (await admin.post("/team/datenschutz/loeschen")).status_code == 303
    assert await find_people("amira") == [] and len(await find_people("cem")) == 1
    page = (await admin.get("/team/datenschutz")).text
    assert "Fälliges gelöscht" in page and "Amira" not in page


async def test_the_record_names_purpose_and_retention(browser):
    admin, bernd = await browser("admin"), await browser("organiser")
    page = (await admin.get("/team/datenschutz/verzeichnis")).text
    assert "Person (participant)" in page and "DSGVO" in page and "90 Tage nach dem letzten Termin" in page
    assert (await bernd.get("/team/datenschutz")).status_code == 404
