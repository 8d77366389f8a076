"""What attackers send and look for: it changes nothing, tells nothing, and is never a fault of ours."""

import asyncio
import json
import re
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.routes import HTTPRoute

from events.accounts.actions import add_staff, sign_in
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.piccolo_app import APP_CONFIG
from events.programme.queries import EventView
from events.registration.links import receipt_token
from events.registration.queries import registrations_of
from events.web.sent_forms import MOST_FIELDS
from events.web.wrapper import LONGEST_QUERY, Site
from tests.factories import make_event
from tests.outbox import mails_to, text_of
from tests.people import PASSWORD
from tests.web.objects import parameters
from tests.web.public.typing import send, signed_up, typed

HOSTILE = "</script><script>alert(1)</script> \"x\" 'y' & ; , \\ {{7*7}} %(n)s =1+1"
SIGNS = ("a%00b", "%%0000", "%ed%a0%80", "%ff", "%0d%0aX-Evil:%201", "9" * 5000, "-1", "%25", "%e2%80%ae")
TEXTS = ("a\0b", "\ud800", "\u202e", "9" * 5000, "-1", "1e9", "x" * 100_000, "a\r\nBcc: b")
MAY_CHANGE_BY_READING = {"staff_session", "throttle_bucket"}


async def sign_in_as(client: AsyncClient, role: str) -> None:
    await add_staff(f"{role}@example.org", role.title(), role, PASSWORD, by=SYSTEM, now=now())
    client.cookies["team"] = await sign_in(f"{role}@example.org", PASSWORD, "192.0.2.7", now())


async def all_rows() -> dict[str, str]:
    """A digest of each table that holds more than sign-ins and counted tries."""
    tables = [table for table in APP_CONFIG.table_classes if table._meta.tablename not in MAY_CHANGE_BY_READING]
    rows = {table._meta.tablename: sorted(map(repr, await table.select())) for table in tables}
    return {name: sha256(repr(found).encode()).hexdigest() for name, found in rows.items()}


@pytest.mark.parametrize(
    "path",
    [
        "/{}",
        "/de/{}",
        "/en/veranstaltungen/{}",
        "/veranstaltungen/{}.ics",
        "/veranstaltungen/{}/anmeldung",
        "/reihen/{}",
        "/reihen/{}/anmeldung",
        "/anmeldung/{}",
        "/einladung/{}",
        "/feedback/{}",
        "/themenwuensche/{}",
        "/themenwuensche/stimme/{}",
        "/einrichtung/{}",
        "/vorschau/{}",
        "/reihen/{}/ergebnisse",
        "/static/{}",
        "/?suche={}&stadt={}&monat={}",
        "/kalender.ics?programm={}",
        "/team/verlauf/{}/00000000-0000-0000-0000-000000000000",
        "/team/veranstaltungen?suche={}&programm={}",
        "/team/auswertung?programm={}&von={}",
    ],
)
async def test_signs_no_address_holds_find_nothing(client: AsyncClient, path: str) -> None:
    await sign_in_as(client, "admin")
    for sign in SIGNS:
        answer = await client.get(path.replace("{}", sign))
        assert answer.status_code < 500, sign
        assert "x-evil" not in answer.headers and "content-security-policy" in answer.headers


@pytest.mark.parametrize("field", sorted(typed()))
async def test_no_text_in_a_sign_up_is_a_fault_of_ours(client: AsyncClient, field: str) -> None:
    event = await make_event()
    for value in TEXTS:
        form = typed(email=f"{uuid4().hex}@example.org")
        data = {**form, field: value.encode("utf-8", "surrogatepass")}
        answer = await client.post(f"/veranstaltungen/{event.slug}/anmeldung", data=data)
        assert answer.status_code in (303, 409, 422), value
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("charset", ["", "; charset=nonsense", "; charset=idna", "; charset=rot13"])
async def test_a_part_that_is_no_text_is_not_understood(client: AsyncClient, charset: str) -> None:
    event = await make_event()
    kind = f"Content-Type: text/plain{charset}".encode()
    body = b'--x\r\nContent-Disposition: form-data; name="given_name"\r\n' + kind + b"\r\n\r\na\xff\r\n--x--\r\n"
    answer = await client.post(
        f"/veranstaltungen/{event.slug}/anmeldung",
        content=body,
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 400 and 'lang="de"' in answer.text


async def test_millions_of_fields_are_not_read(client: AsyncClient) -> None:
    answer = await client.post(
        "/anmeldung",
        content=b"&".join([b"a=1"] * (MOST_FIELDS + 2)),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 400


async def test_a_stack_of_marks_is_taken_down(client: AsyncClient) -> None:
    event = await make_event()
    await signed_up(client, event, given_name="Amira" + "\u0301\u0316" * 30_000)
    (one,) = await registrations_of(event.id)
    assert one.given_name.startswith("Amir") and len(one.given_name) < 40


async def test_an_endless_query_is_as_good_as_none(client: AsyncClient) -> None:
    await make_event()
    answer = await client.get("/?suche=nichts&x=" + "x" * LONGEST_QUERY)
    assert answer.status_code == 200 and "Zweisprachig aufwachsen" in answer.text


async def test_who_goes_while_sending_is_no_fault_of_ours(
    client: AsyncClient, site: Site, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    async def gone() -> Any:
        return {"type": "http.disconnect"}

    sent: list[Any] = []

    async def keep(message: Any) -> None:
        sent.append(message)

    scope: Any = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/anmeldung", "raw_path": b"/anmeldung", "query_string": b"", "root_path": "", "client": ("::1", 1),
        "server": ("testserver.local", 80), "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
    }  # fmt: skip
    await site(scope, gone, keep)
    assert sent[0]["status"] == 400
    assert "fault=" not in caplog.text + "".join(capsys.readouterr())


@pytest.mark.parametrize("field", ["programme", "series"])
async def test_a_choice_nobody_offered_is_refused(client: AsyncClient, field: str) -> None:
    event = await make_event()
    await sign_in_as(client, "organiser")
    fields = {"title": "Neu", "programme": str(event.programme_id), "format": "training", field: str(uuid4())}
    for path in ("/team/veranstaltungen/neu", f"/team/veranstaltungen/{event.id}/bearbeiten"):
        answer = await client.post(path, data=fields)
        assert answer.status_code == 409 and "angebotenen Möglichkeiten" in answer.text


async def test_a_place_nobody_offered_is_refused(client: AsyncClient) -> None:
    event = await make_event()
    await sign_in_as(client, "organiser")
    fields = {"day": "2037-05-05", "starts": "10:00", "ends": "12:00", "venue": str(uuid4())}
    answer = await client.post(f"/team/veranstaltungen/{event.id}/termine/neu", data=fields)
    assert answer.status_code == 409


async def test_a_number_nobody_can_count_to_is_no_row(client: AsyncClient) -> None:
    event = await make_event(starts_in=timedelta(days=-1))
    await sign_in_as(client, "organiser")
    path = f"/team/anwesenheit/{event.dates[0].id}"
    endless = {"page": str(uuid4()), f"count-{'9' * 5000}-heads": "3", f"line-{'9' * 5000}-mark": "present"}
    for ending in ("", "/zaehlung"):
        assert (await client.post(path + ending, data=endless)).status_code == 303


async def test_reading_any_address_changes_nothing(client: AsyncClient, site: Site) -> None:
    event = await make_event()
    own = await signed_up(client, event)
    await sign_in_as(client, "admin")
    (one,) = await registrations_of(event.id)
    filled = {
        **await parameters(event),
        "slug": event.slug,
        "token": own.rpartition("/")[2],
        "receipt": receipt_token(one.booking_id),
        "number": "7K3QM9XR2T",
        "name": "app.css",
    }
    before = await all_rows()
    for route in site.routes:
        path = re.sub(r"\{(\w+)(:\w+)?\}", lambda part: filled[part[1]], route.path)
        for method in ("GET", "HEAD", "OPTIONS") if isinstance(route, HTTPRoute) else ():
            answer = await client.request(method, path, headers={"x-http-method-override": "POST"})
            assert answer.status_code < 500, path
    assert await all_rows() == before


async def test_a_form_sent_ten_times_at_once_is_one_sign_up(client: AsyncClient) -> None:
    event = await make_event(capacity=1)
    form = typed()
    answers = await asyncio.gather(
        *[client.post(f"/veranstaltungen/{event.slug}/anmeldung", data=form) for _ in range(10)]
    )
    assert {answer.status_code for answer in answers} <= {303, 429}
    assert len({answer.headers["location"] for answer in answers if answer.status_code == 303}) == 1
    assert len(await registrations_of(event.id)) == 1


async def test_a_strange_host_gets_into_no_link(client: AsyncClient) -> None:
    event = await make_event()
    strange = {"host": "evil.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    for path in ("/", "/kalender", "/kalender.ics", f"/veranstaltungen/{event.slug}", "/de/kalender", "/team/"):
        answer = await client.get(path, headers=strange)
        assert "evil.example" not in answer.text + str(answer.headers)
    answer = await client.post(f"/veranstaltungen/{event.slug}/anmeldung", data=typed(), headers=strange)
    (mail,) = await mails_to("amira@example.org")
    assert answer.status_code == 303 and "evil.example" not in mail.as_string() + answer.headers["location"]


@pytest.mark.parametrize("cookie", ["team=x", "a=1; team=x", "team=x; team=y"])
async def test_nobody_gets_a_page_made_for_somebody_who_is_signed_in(client: AsyncClient, cookie: str) -> None:
    await make_event()
    asked = {"cookie": cookie, "x-forwarded-host": "evil.example", "accept-language": "ar"}
    signed_in = await client.get("/?suche=auf", headers=asked)
    assert signed_in.headers["cache-control"] == "private, no-cache"
    answer = await client.get("/?suche=auf", headers={"accept-language": "ar"})
    assert answer.headers["cache-control"] == "no-cache" and "set-cookie" not in answer.headers


async def hostile_event() -> EventView:
    return await make_event(
        {"de": HOSTILE},
        summary={"de": f"{HOSTILE} <!--"},
        description={"de": f"{HOSTILE}\n\n[a](javascript:alert(1)) ![i](https://evil.example/i.png) <svg onload=x>"},
    )


async def test_hostile_words_of_an_event_stay_words_on_every_page(client: AsyncClient) -> None:
    event = await hostile_event()
    for path in ("/", f"/veranstaltungen/{event.slug}", f"/en/veranstaltungen/{event.slug}/anmeldung"):
        page = (await client.get(path)).text
        assert "<script>" not in page and "<svg onload" not in page and "{{7*7}}" in page
        assert not re.search(r'(href|src)="\s*(javascript:|https://evil)', page)
    page = (await client.get(f"/veranstaltungen/{event.slug}")).text
    data = re.search(r'(?s)<script type="application/ld\+json">(.*?)</script>', page)
    assert data and json.loads(data[1])["name"] == HOSTILE


async def test_hostile_words_of_an_event_stay_words_in_calendars_and_mails(client: AsyncClient) -> None:
    event = await hostile_event()
    feed = (await client.get("/kalender.ics")).text
    assert feed.count("\r\nBEGIN:VEVENT") == feed.count("\r\nEND:VEVENT") == 1
    await send(client, event, given_name="Bcc: dorian@example.org")
    (mail,) = await mails_to("amira@example.org")
    assert mail["bcc"] is None and "\n" not in mail["subject"]
    html = mail.get_body(("html",))
    assert html is not None and "<script>" not in html.get_content()
    assert "dorian" not in text_of(mail)  # who reads it may not be who typed it


async def test_a_table_file_holds_no_formula(client: AsyncClient) -> None:
    event = await make_event()
    await signed_up(client, event, family_name="=1+1", organization="@SUM(1)", city="-1+1", phone="+49 221 471013")
    await sign_in_as(client, "organiser")
    text = (await client.get(f"/team/veranstaltungen/{event.id}/anmeldungen.csv")).text
    assert not re.search(r"(?m)(^|;)\"?[=+@-]", text.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    "path",
    ["/de//evil.example", "/de/%2fevil.example", "/de/%5cevil.example", "/de/..//evil.example", "//evil.example"],
)
async def test_no_address_leads_to_another_site(client: AsyncClient, path: str) -> None:
    answer = await client.get(f"http://testserver.local{path}")
    assert not answer.headers.get("location", "/").startswith(("//", "/\\", "http"))
