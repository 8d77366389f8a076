"""Unsubscribing from all that goes to many: by a person, by a mail program, and by nobody else."""

import pytest
from httpx import AsyncClient
from litestar.routes import HTTPRoute

from events.contacts.queries import consents_of
from events.mail.opt_outs import address_hash, opted_out, unsubscribe_address, unsubscribe_token
from events.mail.tables import OptOut
from events.registration.links import booking_token
from events.web.wrapper import Site
from tests.contacts.stories import AMIRA, confirmed, seen
from tests.web.public.typing import words

DORIAN = "dorian@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
PROGRAMS = [
    {},
    {"Origin": "https://mail.example.net", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Cookie": "team=x"},
]


def path(email: str = AMIRA, language: str = "") -> str:
    return f"{language}/abmelden/{unsubscribe_token(email)}"


async def test_opening_the_link_shows_a_button_and_changes_nothing(client: AsyncClient) -> None:
    page = await client.get(path())
    assert page.status_code == 200 and "Keine Einladungen und Rundmails mehr?" in page.text
    assert page.headers["cache-control"] == "no-store" and "noindex" in page.headers["x-robots-tag"]
    await client.head(path())
    assert await OptOut.count() == 0


async def test_the_button_works_at_once_and_again(client: AsyncClient) -> None:
    for _ in range(2):
        answer = await client.post(path())
        assert answer.status_code == 200
        assert "Sie bekommen keine Einladungen und Rundmails mehr" in words(answer)
        assert answer.headers["cache-control"] == "no-store" and "noindex" in answer.headers["x-robots-tag"]
    assert await opted_out([AMIRA, DORIAN]) == {AMIRA} and await OptOut.count() == 1


@pytest.mark.parametrize("headers", PROGRAMS)
async def test_a_mail_program_is_answered_without_redirect_wherever_it_sends_from(
    client: AsyncClient, headers: dict[str, str]
) -> None:
    answer = await client.post(path(), data=ONE_CLICK, headers=headers)
    assert answer.status_code == 200 and "set-cookie" not in answer.headers
    assert await opted_out([AMIRA, DORIAN]) == {AMIRA}


@pytest.mark.parametrize(
    "body",
    [
        {"files": {"List-Unsubscribe": (None, "One-Click")}},
        {"content": b""},
        {"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"\xff\xfe", "headers": {"content-type": "text/plain; charset=nonsense"}},
    ],
)
async def test_whatever_the_body_is_it_works(client: AsyncClient, body: dict[str, object]) -> None:
    answer = await client.post(path(), **body)  # type: ignore[arg-type]  # httpx names them one by one
    assert answer.status_code == 200 and await opted_out([AMIRA]) == {AMIRA}


async def test_no_page_tells_whose_link_it_is(client: AsyncClient) -> None:
    pages = [await client.get(path()), await client.post(path()), await client.get(path())]
    assert not any(AMIRA in page.text or "amira" in page.text.lower() for page in pages)


async def test_pages_do_not_differ_by_what_we_know(client: AsyncClient) -> None:
    await confirmed()
    addresses = (AMIRA, "nie-gehoert@example.org")
    for method in ("GET", "POST"):
        pages = [
            (await client.request(method, path(one))).text.replace(unsubscribe_token(one), "-") for one in addresses
        ]
        assert pages[0] == pages[1]


async def test_the_entry_in_the_verteiler_ends_with_a_line_of_consent(client: AsyncClient) -> None:
    id = await confirmed()
    for _ in range(2):
        await client.post(path("Amira@example.org"))
    assert (await seen(id)).status == "left"
    assert [(one.given, one.way) for one in await consents_of(id)] == [(False, "click"), (True, "web")]


async def test_a_token_of_anything_else_unsubscribes_nobody(client: AsyncClient) -> None:
    id = await confirmed()
    other = unsubscribe_token(DORIAN)
    for made_up in (
        "x",
        booking_token(id, 1),
        unsubscribe_token(AMIRA)[:-2],
        other[:20] + unsubscribe_token(AMIRA)[20:],
    ):
        for answer in (await client.get(f"/abmelden/{made_up}"), await client.post(f"/abmelden/{made_up}")):
            assert answer.status_code == 404
    assert await OptOut.count() == 0 and (await seen(id)).status == "confirmed"


@pytest.mark.parametrize("language", ["/en", "/tr", "/ar"])
async def test_it_speaks_the_language_of_the_mail(client: AsyncClient, language: str) -> None:
    assert unsubscribe_address(AMIRA, language.strip("/")).endswith(path(AMIRA, language))
    page = await client.get(path(AMIRA, language))
    assert f'action="{path(AMIRA, language)}"' in page.text
    assert (await client.post(path(AMIRA, language))).status_code == 200
    assert await opted_out([AMIRA]) == {AMIRA}


async def test_what_is_kept_names_nobody(client: AsyncClient) -> None:
    await client.post(path())
    (row,) = await OptOut.select()
    assert row["address_hash"] == address_hash(AMIRA) and "amira" not in repr(row)


async def test_no_other_address_takes_forms_of_foreign_pages(site: Site) -> None:
    routes = [route for route in site.routes if isinstance(route, HTTPRoute)]
    found = {route.path for route in routes for one in route.route_handlers if one.opt.get("cross_origin_ok")}
    assert found == {"/abmelden/{token:str}"}
