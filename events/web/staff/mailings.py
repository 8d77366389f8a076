"""Mailings of the office: the list, one of them, starting, pausing, resuming, stopping, deleting a draft.

Choosing whom is in `mailing_audience`, writing and looking at the mail in `mailing_texts`.
"""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import Struct

from events.accounts.queries import names_of
from events.history.queries import history_of
from events.invitations.mailings.audiences import Audience, Reachable, reachable
from events.invitations.mailings.messages import body_html
from events.invitations.mailings.rules import (
    BULK,
    why_not_pause,
    why_not_start,
    why_not_stop,
    why_not_write,
)
from events.invitations.mailings.views import MailingView, mailing_by_id, mailings
from events.invitations.mailings.writing import (
    delete_mailing,
    pause_mailing,
    progress_of,
    resume_mailing,
    start_mailing,
    stop_mailing,
)
from events.invitations.wording import refusal_text
from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.refusals import NotFound, Refused, refuse_if
from events.kit.translation import LANGUAGES
from events.mail.pausing import current_pause
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.mailing_words import (
    WHY_LEFT_OUT,
    audiences_in_words,
    left_out_in_words,
    status_word,
    titles_in_words,
)
from events.web.staff.paging import page_of

PATH = "/team/rundmails"
ONE = f"{PATH}/{{mailing_id:uuid}}"

Text = Annotated[str, QueryParameter(max_length=60)]
MailingId = FromPath[UUID]


class StartForm(Struct):
    """How many recipients the page promised."""

    expected: int | None = None


@get(PATH, guards=[needs("handle_mails")])
async def list_mailings(staff: SignedIn, seite: FromQuery[int] = 1, meldung: Text = "") -> Response[bytes]:
    found = await mailings()
    progress = await progress_of([one.id for one in found])
    over = [one for one in found if progress[one.id].is_over]
    drafts = [one for one in found if one.status == "draft"]
    return staff_page(
        "staff/mailings/list.html",
        staff,
        notice=meldung,
        drafts=drafts,
        running=[one for one in found if one not in over and one not in drafts],
        over=page_of(over, seite),
        progress=progress,
        titles=await titles_in_words(found),
        audiences=await audiences_in_words({one.audience for one in found if one.audience}),
        names=await names_of({one.staff for one in found if one.staff}),
        status_word=status_word,
    )


@get(ONE, guards=[needs("handle_mails")])
async def show_mailing(staff: SignedIn, mailing_id: MailingId, meldung: Text = "") -> Response[bytes]:
    found = await found_mailing(mailing_id)
    if found.status == "draft" and found.audience:
        return await _draft_page(staff, found, found.audience, meldung)
    progress = (await progress_of([found.id]))[found.id]
    return staff_page(
        "staff/mailings/progress.html",
        staff,
        notice=meldung,
        progress=progress,
        may_pause=found.status != "paused" and why_not_pause(progress) is None,
        may_stop=why_not_stop(found.kind, progress) is None,
        is_bulk=found.kind in BULK,
        pause=await current_pause(),
        bodies={code: body_html(text.body, 3) for code, text in found.texts.items()},
        status_text=status_word(found.status, progress.is_over),
        **await _about(found),
    )


@get(f"{ONE}/senden", guards=[needs("handle_mails")])
async def ask_before_sending(staff: SignedIn, mailing_id: MailingId) -> Response[bytes]:
    found, audience = await found_draft(mailing_id)
    refuse_if(why_not_write(found.status))
    return await _confirm_page(staff, found, audience, Filled())


@post(f"{ONE}/senden", guards=[needs("handle_mails")])
async def send(request: Request[Any, Any, Any], staff: SignedIn, mailing_id: MailingId) -> Response[Any]:
    found, audience = await found_draft(mailing_id)
    form, _errors = parse_form(StartForm, await request.form())
    try:
        await start_mailing(found.id, expected=form.expected if form else None, by=staff.actor, now=now())
    except Refused as refused:
        if found.status != "draft":
            raise
        said = {"": " ".join(map(refusal_text, refused.reasons))}
        return await _confirm_page(staff, found, audience, Filled(errors=said), 409)
    return see(f"{PATH}/{found.id}", "rundmail_gestartet")


@post(f"{ONE}/anhalten", guards=[needs("handle_mails")])
async def pause(staff: SignedIn, mailing_id: MailingId) -> Response[Any]:
    await pause_mailing(mailing_id, by=staff.actor, now=now())
    return see(f"{PATH}/{mailing_id}", "rundmail_angehalten")


@post(f"{ONE}/fortsetzen", guards=[needs("handle_mails")])
async def resume(staff: SignedIn, mailing_id: MailingId) -> Response[Any]:
    await resume_mailing(mailing_id, by=staff.actor, now=now())
    return see(f"{PATH}/{mailing_id}", "rundmail_fortgesetzt")


@post(f"{ONE}/abbrechen", guards=[needs("handle_mails")])
async def stop(staff: SignedIn, mailing_id: MailingId) -> Response[Any]:
    await stop_mailing(mailing_id, by=staff.actor, now=now())
    return see(f"{PATH}/{mailing_id}", "rundmail_abgebrochen")


@post(f"{ONE}/loeschen", guards=[needs("handle_mails")])
async def delete(staff: SignedIn, mailing_id: MailingId) -> Response[Any]:
    await delete_mailing(mailing_id, by=staff.actor, now=now())
    return see(PATH, "rundmail_geloescht")


async def found_mailing(mailing_id: UUID) -> MailingView:
    found = await mailing_by_id(mailing_id)
    if found is None:
        raise NotFound
    return found


async def found_draft(mailing_id: UUID) -> tuple[MailingView, Audience]:
    """One the office wrote, with whom it goes to. Raises NotFound for others."""
    found = await found_mailing(mailing_id)
    if found.audience is None:
        raise NotFound
    return found, found.audience


async def _draft_page(staff: SignedIn, found: MailingView, audience: Audience, notice: str) -> Response[bytes]:
    people = await reachable(audience)
    return staff_page("staff/mailings/draft.html", staff, notice=notice, **_people(people), **await _about(found))


async def _confirm_page(
    staff: SignedIn, found: MailingView, audience: Audience, form: Filled, status: int = 200
) -> Response[bytes]:
    people = await reachable(audience)
    against = why_not_start(found.texts, len(people.recipients))
    spoken = [one.language for one in people.recipients]
    return staff_page(
        "staff/mailings/confirm.html",
        staff,
        status=status,
        form=form,
        against=refusal_text(against) if against else "",
        spoken=[
            (LANGUAGES[code].name, spoken.count(code), code in found.texts) for code in LANGUAGES if code in spoken
        ],
        **_people(people),
        **await _about(found),
    )


def _people(people: Reachable) -> dict[str, Any]:
    return {
        "recipients": people.recipients,
        "left_out": people.left_out,
        "left_out_words": left_out_in_words(people.counts),
        "why_left_out": WHY_LEFT_OUT,
    }


async def _about(found: MailingView) -> dict[str, Any]:
    """What every page of one mailing says about it."""
    said = await audiences_in_words([found.audience]) if found.audience else {}
    return {
        "mailing": found,
        "title": (await titles_in_words([found]))[found.id],
        "audience": said[found.audience] if found.audience else "",
        "writer": (await names_of({found.staff} if found.staff else set())).get(found.staff, "") if found.staff else "",
        "lines": await told(await history_of("mailing", found.id)),
    }


handlers = (team(list_mailings, show_mailing, ask_before_sending, send, pause, resume, stop, delete),)
