"""Addresses that take no mail, for the office: why, who is behind them, what they are registered for, who was told."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from events.accounts.queries import names_of
from events.kit.clock import now
from events.mail.reply_words import why_undeliverable
from events.mail.undeliverable import reopen, settle, undeliverable_counts, undeliverable_on_page
from events.reports.unreachable import behind
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import see, staff_page
from events.web.staff.outbox import PATH
from events.web.staff.paging import ON_A_PAGE, page_within

ADDRESSES = f"{PATH}/adressen"
SETTLED = "erledigt"

Text = Annotated[str, QueryParameter(max_length=60)]


@get(ADDRESSES, guards=[needs("handle_mails")])
async def list_addresses(
    staff: SignedIn, stand: Text = "", seite: FromQuery[int] = 1, meldung: Text = ""
) -> Response[bytes]:
    settled = stand == SETTLED
    open_ones, settled_ones = await undeliverable_counts()
    total = settled_ones if settled else open_ones
    page, pages = page_within(total, seite)
    found = await undeliverable_on_page(settled, (page - 1) * ON_A_PAGE, ON_A_PAGE)
    return staff_page(
        "staff/outbox/addresses.html",
        staff,
        notice=meldung,
        rows=found,
        settled=settled,
        counted=(open_ones, settled_ones),
        total=total,
        page=page,
        pages=pages,
        behind=await behind([one.address for one in found], now()),
        names=await names_of({one.settled_by for one in found if one.settled_by}),
        why=why_undeliverable,
    )


@post(f"{ADDRESSES}/{{address_id:uuid}}/erledigt", guards=[needs("handle_mails")])
async def settle_address(staff: SignedIn, address_id: FromPath[UUID]) -> Response[Any]:
    await settle(address_id, by=staff.actor, now=now())
    return see(ADDRESSES, "adresse_erledigt")


@post(f"{ADDRESSES}/{{address_id:uuid}}/offen", guards=[needs("handle_mails")])
async def reopen_address(staff: SignedIn, address_id: FromPath[UUID]) -> Response[Any]:
    await reopen(address_id, by=staff.actor, now=now())
    return see(ADDRESSES, "adresse_offen")


handlers = (team(list_addresses, settle_address, reopen_address),)
