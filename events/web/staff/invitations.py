"""The invitations of an event for staff: how they stand at a glance, one of them, and inviting one more address."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from events.history.queries import history_of
from events.invitations.forms import InviteForm, invitee_from
from events.invitations.invited import InvitationView, invitation_by_id
from events.invitations.inviting import add_invitations
from events.invitations.mailings.views import progress_of
from events.invitations.rules import MOST_PLACES, why_not_answer, why_not_invite, why_not_send, why_not_withdraw
from events.invitations.standing import GROUPS, Listed, Standing, sent_for, standing_of
from events.invitations.wording import REFUSALS, status_word
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.text import is_found
from events.kit.translation import LANGUAGES, ngettext
from events.kit.translation import gettext as _
from events.programme.queries import EventView, organisations
from events.registration.known_organisations import organisation_named, suggestions
from events.registration.queries import seats
from events.web.errors import next_step, refusal_text
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.invitation_words import GROUP_NAMES, against
from events.web.staff.paging import page_of

LIST = "/team/veranstaltungen/{event_id:uuid}/einladungen"
NEW = LIST + "/neu"
ONE = LIST + "/{invitation_id:uuid}"

Text = Annotated[str, QueryParameter(max_length=100)]
Number = Annotated[int, QueryParameter(ge=0, le=100_000)]


@get(LIST, guards=[needs("handle_mails")])
async def list_invitations(
    staff: SignedIn,
    event: EventInSight,
    stand: Text = "",
    suche: Text = "",
    seite: FromQuery[int] = 1,
    meldung: Text = "",
    neu: Number = 0,
    bekannt: Number = 0,
) -> Response[bytes]:
    standing, sent, moment = await standing_of(event.id), await sent_for(event.id), now()
    progress = await progress_of([one.id for one in sent])
    found = [one for one in standing.of(stand) if _matches(one, suche)]
    reason = why_not_invite(event, moment)
    not_yet = why_not_send(event, moment)
    return staff_page(
        "staff/invitations/list.html",
        staff,
        notice=meldung,
        added=_added(neu, bekannt) if meldung == "eingetragen" else "",
        event=event,
        seats=(await seats([event.id], moment))[event.id],
        standing=standing,
        page=page_of(found, seite),
        tabs=_tabs(standing),
        stand=stand,
        filters=Filled({"suche": suche}),
        sent=sent,
        progress=progress,
        unwritten={id for id, so_far in progress.items() if so_far.unwritten},
        reason=against(reason) if reason else "",
        not_yet=against(not_yet) if not_yet else "",
        status_word=status_word,
        language_names={code: language.name for code, language in LANGUAGES.items()},
    )


@get(NEW, guards=[needs("handle_mails")])
async def new_invitation(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return await _form(staff, event, Filled({"places": 1, "language": "de"}))


@post(NEW, guards=[needs("handle_mails")])
async def invite(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(InviteForm, sent)
    if form is None:
        return await _form(staff, event, Filled(typed(sent), errors), 422)
    invitee = invitee_from(form, organisation_named(form.organization, await organisations()), form.places)
    try:
        added = await add_invitations(event.id, [invitee], hold_until=form.hold_until, by=staff.actor, now=now())
    except Refused as refused:
        return await _form(staff, event, Filled(typed(sent), in_words(refused)), 409)
    if not added.new:
        return await _form(staff, event, Filled(typed(sent), {"email": _(REFUSALS["already_invited"])}), 409)
    return see(address_of_list(event, "?neu=1"), "eingetragen")


@get(ONE, guards=[needs("handle_mails")])
async def show_invitation(
    staff: SignedIn, event: EventInSight, invitation_id: FromPath[UUID], meldung: Text = ""
) -> Response[bytes]:
    return await invitation_page(staff, event, await invitation_in(event, invitation_id), notice=meldung)


async def invitation_page(
    staff: SignedIn,
    event: EventView,
    one: InvitationView,
    form: Filled | None = None,
    *,
    status: int = 200,
    notice: str = "",
) -> Response[bytes]:
    """`form`: an answer given on the phone, with what is wrong with it."""
    listed = next(row for row in (await standing_of(event.id)).rows if row.view.id == one.id)
    reason = why_not_answer(one, event, now())
    return staff_page(
        "staff/invitations/one.html",
        staff,
        status=status,
        notice=notice,
        event=event,
        one=one,
        listed=listed,
        form=form or Filled({"names": "\n".join(one.people) or one.name}),
        reason=against(reason) if reason else "",
        may_change=why_not_withdraw(one) is None,
        status_word=status_word,
        language_name=LANGUAGES[one.language].name if one.language in LANGUAGES else one.language,
        lines=await told(await history_of("invitation", one.id)),
    )


async def invitation_in(event: EventView, invitation_id: UUID) -> InvitationView:
    """Raises NotFound for one of another event."""
    found = await invitation_by_id(invitation_id)
    if found is None or found.event_id != event.id:
        raise NotFound
    return found


def address_of_list(event: EventView, page: str = "") -> str:
    return f"/team/veranstaltungen/{event.id}/einladungen{page}"


def in_words(refused: Refused) -> dict[str, str]:
    """All reasons as one message with what to do now behind each, for the summary of a form."""
    path = "/team/"
    said = [f"{refusal_text(one, path)} {next_step(one, path)}".strip() for one in refused.reasons]
    return {"": " ".join(dict.fromkeys(said))}


async def _form(staff: SignedIn, event: EventView, form: Filled, status: int = 200) -> Response[bytes]:
    return staff_page(
        "staff/invitations/new.html", staff, status=status, event=event, form=form, most=MOST_PLACES,
        suggestions=suggestions(await organisations()), languages=language_choices(),
    )  # fmt: skip


def language_choices() -> list[tuple[str, str]]:
    return [(code, language.name) for code, language in LANGUAGES.items()]


def _matches(one: Listed, search: str) -> bool:
    """Every word that was typed stands somewhere in what is known of the address."""
    view = one.view
    return is_found(search, " ".join((view.name, view.email, view.organisation_name, *view.people)))


def _tabs(standing: Standing) -> Sequence[tuple[str, str, int]]:
    """The choices of `stand` with how many each shows; empty ones are left out, but for the first."""
    counted = [("", _("Alle"), len(standing.of("")))]
    counted += [(group, _(GROUP_NAMES[group]), len(standing.of(group))) for group in GROUPS]
    return [one for one in counted if one[2] or not one[0]]


def _added(new: int, known: int) -> str:
    said = ngettext("%(n)s Adresse ist eingetragen.", "%(n)s Adressen sind eingetragen.", new)
    if known:
        said += " " + ngettext(
            "%(n)s war schon auf der Liste und bleibt, wie sie ist.",
            "%(n)s waren schon auf der Liste und bleiben, wie sie sind.",
            known,
        )
    return said


handlers = (team(list_invitations, new_invitation, invite, show_invitation),)
