"""The outbox for the office: which mails wait, arrived, failed or are held, and one of them. What decides is beside."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from events.accounts.queries import StaffView
from events.history.queries import history_of
from events.kit.clock import now
from events.kit.forms import Form, parse_form, typed
from events.kit.refusals import NotFound
from events.kit.translation import gettext as _
from events.mail.forms import OutboxSearchForm
from events.mail.outbox_list import STATUSES, Wanted, counts, mails_on_page
from events.mail.pausing import current_pause
from events.mail.queries import mail_by_id
from events.mail.reading import letter_in
from events.mail.reply_words import why_paused
from events.mail.rules import why_not_resend
from events.mail.undeliverable import undeliverable_by_address, undeliverable_counts
from events.mail.wording import KINDS, kind_text, reason_text, status_text
from events.reports.mail_subjects import subject_of
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, staff_page
from events.web.staff.history import told
from events.web.staff.paging import ON_A_PAGE, page_within

PATH = "/team/postausgang"
FILTERS = ("stand", "art", "von", "bis", "suche", "rundmail")

_WORDS = {"kind_text": kind_text, "status_text": status_text, "reason_text": reason_text}

Text = Annotated[str, QueryParameter(max_length=60)]


@get(PATH, guards=[needs("handle_mails")])
async def list_mails(
    request: Request[Any, Any, Any], staff: SignedIn, seite: FromQuery[int] = 1, meldung: Text = ""
) -> Response[bytes]:
    return await outbox_page(staff, request.query_params, page=seite, notice=meldung)


@get(f"{PATH}/{{mail_id:uuid}}", guards=[needs("handle_mails")])
async def show_mail(staff: SignedIn, mail_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    found = await mail_by_id(mail_id)
    if found is None:
        raise NotFound
    mail, content = found
    return staff_page(
        "staff/outbox/one.html",
        staff,
        notice=meldung,
        mail=mail,
        letter=letter_in(content) if content else None,
        kind=kind_text(mail.kind),
        status_text=status_text(mail.status),
        reason=reason_text(mail.reason),
        may_resend=why_not_resend(mail.status, mail.has_content, mail.useful_until, now()) is None,
        subject=await subject_of(mail),
        undeliverable=await undeliverable_by_address(mail.recipient),
        lines=await told(await history_of("outgoing_mail", mail.id)),
    )


async def outbox_page(
    staff: StaffView,
    asked: Form,
    *,
    page: int = 1,
    notice: str = "",
    wrong: Mapping[str, str] | None = None,
    pausing: Filled | None = None,
    status: int = 200,
) -> Response[bytes]:
    """The list as it is filtered; `wrong` says what a form sent from it lacks, `pausing` that of the pause."""
    form, errors = parse_form(OutboxSearchForm, asked)
    wanted = (form or OutboxSearchForm()).wanted()
    counted = await counts(wanted)
    total = counted[wanted.status] if wanted.status else sum(counted.values())
    page, pages = page_within(total, page)
    pause = await current_pause()
    return staff_page(
        "staff/outbox/list.html",
        staff,
        status=422 if errors else status,
        notice=notice,
        mails=await mails_on_page(wanted, (page - 1) * ON_A_PAGE, ON_A_PAGE),
        wanted=wanted,
        total=total,
        page=page,
        pages=pages,
        tabs=_tabs(wanted, counted),
        held=counted["held"],
        filters=Filled(typed(asked), errors),
        form=Filled(errors=wrong or {}),
        pausing=pausing or Filled(),
        kinds=sorted(((code, _(text)) for code, text in KINDS.items()), key=lambda one: one[1]),
        address=filtered(wanted),
        pause=pause,
        standstill=why_paused(pause) if pause else None,
        undeliverable=(await undeliverable_counts())[0],
        **_WORDS,
    )


def filtered(wanted: Wanted, **changed: str) -> str:
    """The address of the list with these filters."""
    given = {
        "stand": wanted.status,
        "art": wanted.kind,
        "von": wanted.first.isoformat() if wanted.first else "",
        "bis": wanted.last.isoformat() if wanted.last else "",
        "suche": wanted.address,
        "rundmail": str(wanted.mailing or ""),
    } | changed
    return f"{PATH}?{urlencode({name: value for name, value in given.items() if value})}"


def _tabs(wanted: Wanted, counted: Mapping[str, int]) -> list[tuple[str, str, bool]]:
    """All, then each state there is something of, with how many."""
    named = [("", _("alle"), sum(counted.values())), *((one, status_text(one), counted[one]) for one in STATUSES)]
    return [
        (filtered(wanted, stand=code), f"{text[:1].upper()}{text[1:]} ({count})", wanted.status == code)
        for code, text, count in named
        if count or code in ("", wanted.status)
    ]


handlers = (team(list_mails, show_mail),)
