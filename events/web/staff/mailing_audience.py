"""Choosing whom a mailing goes to: the choice stands in the address, the page shows who that is."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery

from events.invitations.mailings.audiences import Audience, Reachable, reachable
from events.invitations.mailings.rules import why_not_write
from events.invitations.mailings.views import MailingView
from events.invitations.mailings.writing import edit_mailing, write_mailing
from events.kit.clock import now
from events.kit.forms import Form, parse_form
from events.kit.refusals import refuse_if
from events.kit.text import fold
from events.kit.translation import gettext as _
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.mailing_choices import audience_choices
from events.web.staff.mailing_forms import AudienceForm, as_query, audience_values
from events.web.staff.mailing_words import WHY_LEFT_OUT, left_out_in_words, names_behind
from events.web.staff.mailings import PATH, found_draft
from events.web.staff.paging import page_of

NEW, CHANGE = f"{PATH}/neu", f"{PATH}/{{mailing_id:uuid}}/empfaenger"
FIELDS = {"veranstaltungen": "dazu", "reihe": "reihe", "programm": "programm", "verteiler": "thema"}
_SHOWN_AS = {"veranstaltung": "dazu", "quelle": ""}

Asked = Request[Any, Any, Any]


@get(NEW, guards=[needs("handle_mails")])
async def choose(request: Asked, staff: SignedIn, seite: FromQuery[int] = 1) -> Response[bytes]:
    audience, errors = await _read(request.query_params)
    return await _page(staff, None, audience, errors or _nothing_asked_for(request.query_params, audience), seite)


@post(NEW, guards=[needs("handle_mails")])
async def begin(request: Asked, staff: SignedIn) -> Response[Any]:
    audience, errors = await _read(request.query_params)
    if errors or not audience.ids:
        return await _page(staff, None, audience, errors or _nothing_chosen(request.query_params))
    id = await write_mailing(audience, by=staff.actor, now=now())
    return see(f"{PATH}/{id}/text")


@get(CHANGE, guards=[needs("handle_mails")])
async def choose_others(
    request: Asked, staff: SignedIn, mailing_id: FromPath[UUID], seite: FromQuery[int] = 1
) -> Response[bytes]:
    found, kept = await found_draft(mailing_id)
    refuse_if(why_not_write(found.status))
    if "quelle" not in request.query_params:
        return await _page(staff, found, kept, {}, seite)
    audience, errors = await _read(request.query_params)
    return await _page(staff, found, audience, errors or _nothing_asked_for(request.query_params, audience), seite)


@post(CHANGE, guards=[needs("handle_mails")])
async def change(request: Asked, staff: SignedIn, mailing_id: FromPath[UUID]) -> Response[Any]:
    found, _kept = await found_draft(mailing_id)
    audience, errors = await _read(request.query_params)
    if errors or not audience.ids:
        return await _page(staff, found, audience, errors or _nothing_chosen(request.query_params))
    await edit_mailing(found.id, audience=audience, by=staff.actor, now=now())
    return see(f"{PATH}/{found.id}", "gespeichert")


async def _read(sent: Form) -> tuple[Audience, dict[str, str]]:
    """The choice, and what is wrong by field; only what there is can be chosen."""
    form, errors = parse_form(AudienceForm, sent)
    if form is None:
        said = {_SHOWN_AS.get(name, name): sentence for name, sentence in errors.items()}
        return AudienceForm().audience(now()), said
    audience = form.audience(now())
    known = await names_behind([audience])
    if not set(audience.ids) <= known.keys():
        return AudienceForm(quelle=form.quelle).audience(now()), {
            FIELDS[form.quelle]: _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")
        }
    return audience, {}


def _nothing_asked_for(sent: Form, audience: Audience) -> dict[str, str]:
    """Whoever asks to be shown people has to say which."""
    return _nothing_chosen(sent) if "anzeigen" in sent and not audience.ids else {}


def _nothing_chosen(sent: Form) -> dict[str, str]:
    form, _errors = parse_form(AudienceForm, sent)
    return {FIELDS[form.quelle if form else "veranstaltungen"]: _("Bitte wählen Sie eine Möglichkeit.")}


async def _page(
    staff: SignedIn, found: MailingView | None, audience: Audience, errors: dict[str, str], page: int = 1
) -> Response[bytes]:
    values = audience_values(audience)
    people = await reachable(audience) if audience.ids else Reachable((), ())
    shown = sorted(people.recipients, key=lambda one: (fold(one.name or one.address), one.address))
    return staff_page(
        "staff/mailings/audience.html",
        staff,
        status=422 if errors else 200,
        mailing=found,
        here=f"{PATH}/{found.id}/empfaenger" if found else NEW,
        form=Filled(values, errors),
        source=values["quelle"],
        query=as_query(values),
        is_chosen=bool(audience.ids),
        found=page_of(shown, page),
        left_out=people.left_out,
        left_out_words=left_out_in_words(people.counts),
        why_left_out=WHY_LEFT_OUT,
        choices=await audience_choices(audience),
    )


handlers = (team(choose, begin, choose_others, change),)
