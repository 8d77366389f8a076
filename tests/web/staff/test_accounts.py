"""Accounts on the page: inviting, locking, the own password and devices, the second factor, a forgotten password."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from events import settings as settings_module
from events.accounts.actions import add_staff
from events.accounts.queries import staff_by_email
from events.accounts.second_factor import secret_of
from events.kit.actor import SYSTEM
from events.kit.clock import standing_at
from events.kit.database import queries_so_far
from tests.outbox import mails_to, text_of
from tests.people import CARLA_MAIL, DORIAN_MAIL, PASSWORD
from tests.web.staff import conftest
from tests.web.staff.conftest import NOW

PATH = "/team/zugaenge"
NEW = "ganz andere Wörter hier"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def link_to(email):
    return re.findall(r"http://testserver\.local(/team/\w+/\S+)", text_of((await mails_to(email))[-1]))[0]


async def sign_in(client, email, password=PASSWORD, **more):
    return await client.post("/team/anmelden", data={"email": email, "password": password, **more})


async def id_of(email):
    return (await staff_by_email(email)).id


async def test_an_invited_person_sets_a_password_and_signs_in(browser, visitor):
    admin = await browser("admin")
    wrong = await admin.post(f"{PATH}/neu", data={"name": "Carla", "email": "carla@"})
    assert wrong.status_code == 422 and 'value="carla@"' in wrong.text and 'href="#f-role"' in wrong.text
    sent = {"name": "Carla", "email": CARLA_MAIL, "role": "reader"}
    assert (await admin.post(f"{PATH}/neu", data=sent)).status_code == 303
    assert "noch ohne Passwort" in (await admin.get(PATH)).text
    again = await admin.post(f"{PATH}/neu", data=sent)
    assert again.status_code == 409 and "schon einen Zugang" in again.text
    link = await link_to(CARLA_MAIL)
    page = await visitor.get(link)
    assert CARLA_MAIL in page.text and page.headers["cache-control"] == "no-store"
    assert (await visitor.post(link, data={"password": "kurz"})).status_code == 422
    assert (await visitor.post(link, data={"password": PASSWORD})).headers["location"].endswith("meldung=passwort")
    assert (await visitor.get(link)).status_code == 410
    assert (await visitor.post(link, data={"password": NEW})).status_code == 410
    assert (await sign_in(visitor, CARLA_MAIL)).headers["location"] == "/team/"
    assert "12.01.2027" in (await admin.get(PATH)).text or "12. Januar" in (await admin.get(PATH)).text


async def test_the_answer_is_the_same_whether_or_not_the_address_is_known(browser, visitor):
    await browser("organiser")
    known = await visitor.post("/team/kennwort-vergessen", data={"email": "organiser@example.org"})
    unknown = await visitor.post("/team/kennwort-vergessen", data={"email": DORIAN_MAIL})
    assert (known.status_code, known.headers["location"]) == (unknown.status_code, unknown.headers["location"])
    assert "unterwegs" in (await visitor.get(known.headers["location"])).text
    assert len(await mails_to("organiser@example.org")) == 1 and not await mails_to(DORIAN_MAIL)
    for _ in range(3):
        late = await visitor.post("/team/kennwort-vergessen", data={"email": DORIAN_MAIL})
    assert late.status_code == 429 and int(late.headers["retry-after"]) > 0


async def test_the_outbox_shows_nobody_the_link_of_another(browser, visitor):
    organiser = await browser("organiser")
    await browser("admin")
    await visitor.post("/team/kennwort-vergessen", data={"email": "admin@example.org"})
    token = (await link_to("admin@example.org")).rpartition("/")[2]
    mails = re.findall(r'href="(/team/postausgang/[0-9a-f-]{36})"', (await organiser.get("/team/postausgang")).text)
    shown = (await organiser.get(mails[0])).text
    assert "Ihr neues Passwort" in shown and token not in shown


async def test_a_locked_person_is_out_at_once(browser):
    admin, carla = await browser("admin"), await browser("reader")
    one = f"{PATH}/{await id_of('reader@example.org')}"
    assert (await carla.get("/team/")).status_code == 200
    assert (await admin.post(f"{one}/sperren")).status_code == 303
    assert (await carla.get("/team/")).status_code == 303
    assert "gesperrt" in (await admin.get(one)).text
    assert (await sign_in(carla, "reader@example.org")).status_code == 422
    assert (await admin.post(f"{one}/freigeben")).status_code == 303
    assert (await sign_in(carla, "reader@example.org")).status_code == 303


async def test_a_long_list_is_read_a_page_at_a_time_with_as_many_questions(browser):
    admin = await browser("admin")

    async def questions():
        before = queries_so_far()
        page = (await admin.get(f"{PATH}?seite=2")).text
        return queries_so_far() - before, page

    await questions()
    short, _page = await questions()
    for number in range(60):
        await add_staff(f"trainer{number}@example.org", "Tanja", "trainer", by=SYSTEM, now=NOW)
    long, page = await questions()
    assert long <= short and "61 Zugänge" in page and "Link der Mail" in page


async def test_the_last_admin_stays(browser):
    admin = await browser("admin")
    one = f"{PATH}/{await id_of('admin@example.org')}"
    assert (await admin.post(f"{one}/sperren")).status_code == 409
    answer = await admin.post(f"{one}/rolle", data={"role": "reader"})
    assert answer.status_code == 409 and "zweiten ein" in answer.text
    assert (await admin.get(PATH)).status_code == 200


async def test_the_own_password_needs_the_old_one_and_signs_out_everywhere_else(browser):
    here, elsewhere = await browser("organiser"), await browser("organiser")
    wrong = await here.post("/team/konto/kennwort", data={"old_password": "falsch falsch", "password": NEW})
    assert wrong.status_code == 422 and 'href="#f-old_password"' in wrong.text and NEW not in wrong.text
    short = await here.post("/team/konto/kennwort", data={"old_password": PASSWORD, "password": "kurz"})
    assert short.status_code == 422 and 'href="#f-password"' in short.text
    right = await here.post("/team/konto/kennwort", data={"old_password": PASSWORD, "password": NEW})
    assert right.status_code == 303
    assert (await here.get("/team/konto")).status_code == 200 and (
        await elsewhere.get("/team/konto")
    ).status_code == 303


async def test_devices_are_named_by_their_browser_alone_and_ended_one_by_one(browser, app):
    here, other = await browser("organiser"), await browser("reader")
    async with conftest.new_browser(app) as phone:
        phone.headers["User-Agent"] = FIREFOX
        await sign_in(phone, "organiser@example.org")
        page = (await here.get("/team/konto")).text
        assert "Firefox" in page and "Gecko" not in page and "X11" not in page
        (theirs,) = re.findall(r'name="session" value="([^"]+)"', page)
        await other.post("/team/konto/anmeldungen", data={"session": theirs})
        assert (await phone.get("/team/")).status_code == 200  # somebody else's is left alone
        await here.post("/team/konto/anmeldungen", data={"session": theirs})
        assert (await phone.get("/team/")).status_code == 303
        await sign_in(phone, "organiser@example.org")
        await here.post("/team/konto/anmeldungen")
        assert (await phone.get("/team/")).status_code == 303 and (await here.get("/team/")).status_code == 200


async def test_changes_of_accounts_are_read_by_who_manages_them(browser):
    admin, reader = await browser("admin"), await browser("reader")
    about = f"/team/verlauf/staff_member/{await id_of('reader@example.org')}"
    assert (await admin.get(about)).status_code == 200
    assert (await reader.get(about)).status_code == 404


async def switched_on(client, email="organiser@example.org"):
    """The app of somebody who has just set it up, and the page with the codes."""
    app = pyotp.TOTP(await secret_of(await id_of(email)))
    return app, await client.post("/team/konto/zwei-faktor/an", data={"code": app.at(NOW), "password": PASSWORD})


async def test_setting_up_and_signing_in_with_a_code(browser, visitor):
    here = await browser("organiser")
    picture = await here.get("/team/konto/zwei-faktor/qr.svg")
    assert picture.headers["content-type"] == "image/svg+xml" and picture.headers["cache-control"] == "no-store"
    assert (await here.post("/team/konto/zwei-faktor/an", data={"code": "000000"})).status_code == 422
    wrong = await here.post("/team/konto/zwei-faktor/an", data={"code": "000000", "password": "geraten"})
    assert wrong.status_code == 422 and 'href="#f-password"' in wrong.text
    app, answer = await switched_on(here)
    codes = re.findall(r"<code>([^<]+)</code>", answer.text)
    assert answer.status_code == 200 and len(codes) == 10 and answer.headers["cache-control"] == "no-store"
    assert (await here.get("/team/konto/zwei-faktor/qr.svg")).status_code == 404
    assert codes[0] not in (await here.get("/team/konto/zwei-faktor")).text
    answer = await sign_in(visitor, "organiser@example.org", weiter="/team/personen")
    assert answer.headers["location"] == "/team/anmelden/code?weiter=/team/personen" and "team" not in visitor.cookies
    assert (await visitor.get("/team/personen")).status_code == 303
    assert (await visitor.get(answer.headers["location"])).status_code == 200
    later = NOW + timedelta(minutes=1)
    with standing_at(later):
        wrong = await visitor.post("/team/anmelden/code", data={"code": "000000"})
        assert wrong.status_code == 422 and 'href="#f-code"' in wrong.text
        right = await visitor.post("/team/anmelden/code", data={"code": app.at(later), "weiter": "/team/personen"})
        assert right.headers["location"] == "/team/personen" and "team-code" not in visitor.cookies
        assert (await visitor.get("/team/personen")).status_code == 200
        over = await visitor.post("/team/anmelden/code", data={"code": app.at(later)})
        assert over.headers["location"].startswith("/team/anmelden?meldung=vorbei")


async def test_a_code_without_a_password_opens_nothing(visitor, db):
    for cookie in ("", "code.", "code.made-up"):
        visitor.cookies["team-code"] = cookie
        assert (await visitor.get("/team/anmelden/code")).status_code == 303
        assert "meldung=vorbei" in (await visitor.post("/team/anmelden/code", data={"code": "1"})).headers["location"]


@pytest.fixture
def organisers_need_two(monkeypatch):
    """As if EVENTS_REQUIRE_TOTP named them."""
    kept = replace(settings_module.settings(), require_totp=("organiser",))
    for name in ("events.web.guards", "events.accounts.second_factor", "events.web.staff.own_account_code"):
        monkeypatch.setattr(f"{name}.settings", lambda: kept)


async def test_a_role_that_needs_it_sets_it_up_before_anything_else(browser, organisers_need_two):
    bernd, carla = await browser("organiser"), await browser("reader")
    for path in ("/team/", "/team/konto", "/team/personen"):
        assert (await bernd.get(path)).headers["location"] == "/team/konto/zwei-faktor"
        assert (await carla.get(path)).status_code == 200
    assert "jetzt ein" in (await bernd.get("/team/konto/zwei-faktor")).text
    await switched_on(bernd)
    assert (await bernd.get("/team/")).status_code == 200
    off = await bernd.post("/team/konto/zwei-faktor/aus", data={"code": "000000"})
    assert off.status_code == 409 and "gehört der zweite Faktor" in off.text
