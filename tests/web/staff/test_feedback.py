"""Bernd asks, closes and reads; Carla reads; Tanja, who led it, writes what she thinks and signs."""

from io import BytesIO

from pypdf import PdfReader

from events.accounts.queries import staff_by_email
from events.feedback.forms_kept import questions_of
from events.kit.actor import SYSTEM
from events.programme.actions import add_trainer
from tests.attendance.story import held_event
from tests.factories import make_programme
from tests.feedback.story import AMIRA, answer, asked_event, opened, room_token, said
from tests.outbox import kinds_to
from tests.web.staff.conftest import NOW


async def test_bernd_opens_closes_and_reads(browser):
    bernd, (event, _ids) = await browser("organiser"), await asked_event(AMIRA)
    here = f"/team/veranstaltungen/{event.id}/feedback"
    assert (await bernd.get(f"{here}/plakat.pdf")).status_code == 409
    assert (await bernd.post(f"{here}/eroeffnen")).status_code == 303
    assert await kinds_to(AMIRA.email) == ["feedback_asked"]
    poster = PdfReader(BytesIO((await bernd.get(f"{here}/plakat.pdf", params={"sprache": "ar"})).content))
    assert len(poster.pages) == 1 and poster.trailer["/Root"]["/Lang"] == "ar"
    token = room_token(await opened(event))
    for points in (5, 5, 5, 5, 5, 4, 4, 3):
        await answer(token, {"overall": points, "recommend": "yes", "better": f"<b>{points}</b>"})
    assert "&lt;b&gt;" not in (await bernd.get(here)).text
    assert (await bernd.post(f"{here}/schliessen")).status_code == 303
    page = (await bernd.get(here)).text
    assert "8 Antworten" in page and "4,5</bdi> von 5" in page and "&lt;b&gt;4&lt;/b&gt;" in page
    assert (await bernd.post(f"{here}/schliessen")).status_code == 409


async def test_fewer_than_five_are_not_shown(browser):
    carla, (event, _ids) = await browser("reader"), await asked_event()
    await said(event, [{"overall": 1, "better": "Zu laut"}] * 4)
    page = (await carla.get(f"/team/veranstaltungen/{event.id}/feedback")).text
    assert "Zu wenige Antworten" in page and "Zu laut" not in page and "weniger als 5" in page


async def test_the_events_of_a_programme_stand_side_by_side(browser):
    carla, programme = await browser("reader"), await make_programme("Austausch", slug="austausch")
    for answers in ([5] * 5, [1] * 4):
        event, _ids = await asked_event(programme=programme)
        await said(event, [{"overall": one} for one in answers])
    page = (await carla.get("/team/feedback?programm=austausch")).text
    assert "unter 5" in page and "Alle gezeigten zusammen" in page
    file = (await carla.get("/team/feedback.csv?programm=austausch")).text
    assert file.count("\r\n") == 3 and ";5;5,0;" in file and "weniger als 5;;" in file
    assert (await carla.get("/team/feedback?programm=keines")).status_code == 404


async def test_questions_are_written_moved_and_left_out(browser):
    bernd, programme = await browser("organiser"), await make_programme("Austausch", slug="austausch")
    path = "/team/programme/austausch/feedback"
    assert "insgesamt gefallen" in (await bernd.get(path)).text
    sent = {
        "asks": "on", "question-0-text": "Zweite?", "question-0-place": "2", "question-0-kind": "choice",
        "question-0-options": "Ja\nNein", "question-0-en-options": "Yes", "question-1-text": "Erste?",
        "question-1-place": "1", "question-1-kind": "agree", "question-2-text": "", "question-2-kind": "good",
    }  # fmt: skip
    again = await bernd.post(path, data=sent)
    assert again.status_code == 422 and 'href="#f-question-0-en-options"' in again.text and "Erste?" in again.text
    more = await bernd.post(path, data={**sent, "more": "1"})
    assert more.status_code == 200 and "question-3-text" in more.text
    assert (await bernd.post(path, data={**sent, "question-0-en-options": "Yes\nNo"})).status_code == 303
    first, second = await questions_of(programme)
    assert first.text == {"de": "Erste?"} and [one.text["en"] for one in second.options] == ["Yes", "No"]
    assert (await bernd.post(path, data={"question-0-text": ""})).status_code == 409
    assert (await bernd.get("/team/programme/keines/feedback")).status_code == 404


async def test_tanja_writes_and_signs_and_the_team_reads(browser):
    tanja, bernd = await browser("trainer"), await browser("organiser")
    event, other = await held_event(), await held_event()
    person = await staff_by_email("trainer@example.org")
    await add_trainer(person.id, event_id=event.id, by=SYSTEM, now=NOW)
    here = f"/team/veranstaltungen/{event.id}/rueckblick"
    assert (await tanja.post(here, data={"went": "Gut"})).status_code == 303
    assert "Gut" in (await tanja.get(here)).text and "Noch kein Rückblick" in (await bernd.get(here)).text
    nameless = await tanja.post(here, data={"went": "Gut\nund laut", "action": "sign"})
    assert nameless.status_code == 422 and 'href="#f-name"' in nameless.text
    sent = {"went": "Gut\nund laut", "action": "sign", "name": "Tanja Fuchs"}
    assert (await tanja.post(here, data=sent)).status_code == 303
    assert "Tanja Fuchs" in (await bernd.get(here)).text
    assert (await tanja.post(here, data=sent)).status_code == 409
    assert (await bernd.post(here, data=sent)).status_code == 404
    assert (await tanja.get(f"/team/veranstaltungen/{other.id}/rueckblick")).status_code == 404
